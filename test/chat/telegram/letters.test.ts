import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type Letter,
  lettersOf,
  replyLetters,
  withoutMarkup,
} from '../../../src/chat/telegram/letters.ts';
import { paragraph, root, text } from '../../../src/lib/tree.ts';
import { FORMS } from '../../../src/model/delivery.ts';
import type { Message } from '../../../src/model/message.ts';
import type { Picture } from '../../../src/model/picture.ts';
import { addDetected } from '../../fakes/telegram-detect.ts';
import { parseTelegramHtml } from '../../fakes/telegram-html.ts';
import { aTree } from '../../support/trees.ts';

const cloud: Picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 1,
  height: 1,
  bytes: Buffer.from([1]),
  alt: ['@ada_demo', '/stop', '#tag', 'example.com'],
};

/** People, commands and addresses, as they may stand in names of sources, in settings and in errors. */
const callers = fc.constantFrom(
  ...'@ada_demo /stop@some_bot #tag $TICK eve@example.com t.me/ada_demo @channelbot'.split(' '),
  ...'"@ada_demo" (@ada_demo) ，@ada_demo。 x_user=@ada_demo @@ada_demo @ada_demo@'.split(' '),
  '@\u2060ada_demo',
  '@\u202Eada_demo',
  '@\u0000ada_demo',
  '@\u0333ada_demo',
  '\uD800@ada_demo',
);
const words = fc.oneof(callers, fc.constantFrom('and', ' ', '。', '\n', '`', '*', '<', '&'));

const message = fc
  .record({
    tree: aTree(words),
    others: fc.array(aTree(words), { maxLength: 2 }),
    pictures: fc.subarray([cloud]),
    title: fc.array(words).map((all) => all.join('')),
  })
  .map(({ tree, others, pictures, title }): Message => ({
    language: 'en',
    tree,
    pictures,
    folds: others.map((each, at) => ({ mark: 'II', title, address: `s:${at}`, tree: each })),
    buttons: [],
  }));

/** What a letter links to or calls by itself, once Telegram's server has read it. */
function calledBy({ content }: Letter): string[] {
  if (content.kind === 'rich')
    return content.rich.skip_entity_detection ? [] : ['whatever it says'];
  const isBare = content.kind === 'text' && content.markup === 'none';
  const source = content.kind === 'text' ? content.text : content.caption;
  const read = isBare ? { text: source, entities: [] } : parseTelegramHtml(source);
  const written = new Set(read.entities.map((entity) => JSON.stringify(entity)));
  return addDetected(read.text, read.entities)
    .filter((entity) => !written.has(JSON.stringify(entity)) || entity.type.includes('mention'))
    .map(({ type, offset, length }) => `${type} ${read.text.slice(offset, offset + length)}`);
}

describe('whatever the bot says on Telegram', () => {
  it('calls nobody and links nothing by itself, in any form', () => {
    fc.assert(
      fc.property(message, (said) => {
        const letters = [...FORMS.flatMap((form) => lettersOf(said, form)), ...replyLetters(said)];
        const all = letters.flatMap((letter) => [letter, withoutMarkup(letter)]);
        expect(all.flatMap(calledBy)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('calls nobody out of code where its markup is refused', () => {
    const code = { type: 'inlineCode' as const, value: '@ada_demo' };
    const tree = root([paragraph([text('Ask '), code]), { type: 'code', value: '@ada_demo' }]);
    const [letter] = replyLetters({ language: 'en', tree, pictures: [], folds: [], buttons: [] });
    expect(letter?.content).toMatchObject({
      text: 'Ask <code>@ada_demo</code>\n\n<pre>@ada_demo</pre>',
    });
    expect(letter?.bare).toBe('Ask @\u2060ada_demo\n\n@\u2060ada_demo');
  });
});
