import { type APIContainerComponent, ComponentType, MessageFlags } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  renderComponents,
  type Rendered,
  renderFold,
} from '../../../src/chat/discord/components.ts';
import { withoutMarks } from '../../../src/chat/discord/escape.ts';
import { paragraph, root, text } from '../../../src/lib/tree.ts';
import type { Message } from '../../../src/model/message.ts';
import type { Picture } from '../../../src/model/picture.ts';
import { readDiscord } from '../../fakes/discord-markdown.ts';
import { aTree, bare, hasInk } from '../../support/trees.ts';

const said = (words: string) => root([paragraph([text(words)])]);

const picture: Picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 4,
  height: 3,
  alt: ['Lumen 7', '开源'],
  bytes: Buffer.from('png'),
};

const fold = (mark: string) => ({
  mark,
  title: `${mark} Prices`,
  address: `fold:${mark}`,
  tree: said(`about ${mark}`),
});

const message: Message = {
  language: 'en',
  tree: said('Lumen 7 is out'),
  pictures: [picture],
  folds: [fold('A'), fold('B')],
  buttons: [{ label: 'Sources', address: 'sources' }],
};

const within = (component: object): object[] => {
  const { components = [] } = component as { components?: object[] };
  return [component, ...components.flatMap(within)];
};

const textsOf = ({ components }: Rendered) =>
  (components.flatMap(within) as { type: ComponentType; content?: string }[])
    .filter(({ type }) => type === ComponentType.TextDisplay)
    .map(({ content = '' }) => content);

/** What breaks Discord's limits of a message. */
function complaintsOf({ components, flags }: Rendered): string[] {
  const all = components.flatMap(within) as Record<string, unknown>[];
  const texts = textsOf({ components, flags });
  const total = texts.join('').length;
  const ids = all.flatMap(({ custom_id: id }) => (typeof id === 'string' ? [id] : []));
  const options = all.flatMap(({ options: some = [] }) => some as Record<string, string>[]);
  const rows = all.filter(({ type }) => type === ComponentType.ActionRow);
  const checks: Record<string, boolean> = {
    flags: flags === MessageFlags.IsComponentsV2,
    components: all.length <= 40,
    characters: total <= 4000 && texts.every(hasInk),
    bytes: Buffer.byteLength(JSON.stringify(texts)) <= 10_170,
    ids: new Set(ids).size === ids.length && ids.every((id) => id.length <= 100),
    options: options.every(({ label = '', value = '', description = 'x' }) =>
      [label, value, description].every((words) => words.length > 0 && words.length <= 100),
    ),
    menus: all.every(({ options: some = [0], placeholder = '' }) => {
      const count = (some as unknown[]).length;
      return count >= 1 && count <= 25 && String(placeholder).length <= 150;
    }),
    labels: all.every(({ label = 'x' }) => String(label).length > 0 && String(label).length <= 80),
    rows: rows.every(({ components: some = [] }) => {
      const count = (some as unknown[]).length;
      return count >= 1 && count <= 5;
    }),
    galleries: all.every(({ items = [0] }) => {
      const count = (items as unknown[]).length;
      return count >= 1 && count <= 10;
    }),
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}

describe('a message in components', () => {
  it('is one container of text, pictures, a menu of the folds, and buttons', () => {
    const attachments = [{ name: 'cloud.png', picture }];
    const expected: APIContainerComponent = {
      type: 17,
      components: [
        { type: 10, content: 'Lumen 7 is out' },
        {
          type: 12,
          items: [{ media: { url: 'attachment://cloud.png' }, description: 'Lumen 7, 开源' }],
        },
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: 'folds-1',
              placeholder: 'A · B',
              options: [
                { label: 'A Prices', value: 'fold:A', description: 'about A' },
                { label: 'B Prices', value: 'fold:B', description: 'about B' },
              ],
            },
          ],
        },
        {
          type: 1,
          components: [{ type: 2, style: 2, label: 'Sources', custom_id: 'sources' }],
        },
      ],
    };
    expect(renderComponents(message, attachments)).toEqual({
      components: [expected],
      flags: 32_768,
      further: [],
    });
  });

  it('keeps within all limits, whatever it is made of, and goes on in further messages', () => {
    const words = fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' });
    const many = fc.record({
      tree: aTree(),
      folds: fc.array(fc.record({ mark: words, title: words }), { maxLength: 20 }),
      labels: fc.array(words, { maxLength: 10 }),
      pictures: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(many, ({ tree, folds, labels, pictures }) => {
        const { further, ...first } = renderComponents(
          {
            ...message,
            tree,
            folds: folds.map((some, index) => ({
              ...fold(`${index}`),
              ...some,
              title: `F${some.title}`,
            })),
            buttons: labels.map((label, index) => ({ label: `B${label}`, address: `b:${index}` })),
          },
          Array.from({ length: pictures }, (_, index) => ({ name: `${index}.png`, picture })),
        );
        expect([first, ...further].flatMap(complaintsOf)).toEqual([]);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('fills messages with Chinese by bytes, since Discord fails on 4000 such characters', () => {
    const words = '新模型今天发布，价格下降一半。'.repeat(600);
    const { further, ...first } = renderComponents({ ...message, tree: said(words) }, []);
    const all = [first, ...further];
    const texts = all.flatMap(textsOf);
    const shown = texts.flatMap(readDiscord).map((run) => run.text);
    expect(all.flatMap(complaintsOf)).toEqual([]);
    expect(withoutMarks(bare(shown.join('')))).toBe(words);
    expect(all.length).toBeLessThanOrEqual(4);
  });

  it('leaves out menu, buttons and pictures that are not there', () => {
    const { components } = renderComponents({ ...message, folds: [], buttons: [] }, []);
    expect(components[0].components.map(({ type }) => type)).toEqual([ComponentType.TextDisplay]);
  });

  it.each([
    ['too long', [{ label: 'a', address: 'a'.repeat(101) }]],
    ['empty', [{ label: 'a', address: '' }]],
    [
      'there twice',
      [
        { label: 'a', address: 'a' },
        { label: 'b', address: 'a' },
      ],
    ],
    ['a menu’s', [{ label: 'a', address: 'folds-1' }]],
  ])('refuses an address that is %s', (_, buttons) => {
    expect(() => renderComponents({ ...message, buttons }, [])).toThrow(RangeError);
  });

  it('refuses a message without anything to show', () => {
    const empty = { ...message, tree: root([]), folds: [], buttons: [] };
    expect(() => renderComponents(empty, [])).toThrow('without anything');
  });

  it('shows a fold under its title, in as many messages as it takes', () => {
    expect(renderFold(fold('A')).map(textsOf)).toEqual([['### A Prices\nabout A']]);
    const long = renderFold({ title: 'A', tree: said('One more sentence. '.repeat(500)) });
    expect(long.length).toBeGreaterThan(1);
    expect(long.flatMap(complaintsOf)).toEqual([]);
  });
});
