import { describe, expect, it } from 'vitest';

import { loadLanguageDetector } from '../../src/lib/language.ts';
import type { Problem } from '../../src/model/verdict.ts';
import { type Draft, draftsFrom } from '../../src/write/draft.ts';
import { faultsOf, repetitionsIn } from '../../src/write/faults.ts';
import { gatherEvidence } from '../../src/write/evidence.ts';
import { NO_CONTINUITY } from '../../src/write/continuity.ts';
import { aPost } from '../support/posts.ts';
import { workMs } from '../support/work.ts';

const detect = await loadLanguageDetector();
const YARDSTICK = { language: 'en', detect, timeZone: 'UTC', leads: [] };
const POST = aPost({
  author: 'lumen_labs_demo',
  authorName: 'Lumen Labs',
  text: 'Lumen 7 is out today for every customer of Lumen Labs. See Context.ai and harbour[.]example for the numbers of our test.',
});
const HONEST = 'Lumen Labs says that Lumen 7 is out today for every customer of Lumen Labs.';

function aDraft(fields: Partial<Draft>): Draft {
  return {
    part: 'I',
    lead: null,
    text: HONEST,
    bold: [],
    impact: null,
    inferred: false,
    posts: [POST],
    unknown: [],
    continues: null,
    basis: [],
    ...fields,
  };
}

const faults = (fields: Partial<Draft>): Problem[] => faultsOf(aDraft(fields), YARDSTICK);

/** What the border makes of a line of the model's. */
function draftOf(line: object): Draft | null {
  const empty = { lead: '', text: '', impact: '', inferred: false, continues: '' };
  const reply = { sections: [], lines: [{ ...empty, posts: [], basis: [], ...line }] };
  return draftsFrom(reply, 'II', gatherEvidence([], NO_CONTINUITY, 'UTC', 1000))[0] ?? null;
}

describe('what is wrong with a line', () => {
  it('is nothing where its posts carry it', () => {
    expect(faults({ lead: 'Lumen 7 is out' })).toEqual([]);
  });

  it.each([
    'See mooncat.xyz.',
    'See t.me for more.',
    'Go to mooncat。com now.',
    '月猫.中国 has it.',
  ])('is the name of a host that no cited post says: %s', (words) => {
    expect(faults({ text: `${HONEST} ${words}` })).toContainEqual(
      expect.objectContaining({ kind: 'markup' }),
    );
  });

  it.each(['Context.ai', 'harbour.example'])('is not that a post says %s', (host) => {
    const found = faults({ text: `${HONEST} It names ${host}.` });
    expect(found.filter(({ kind }) => kind === 'markup')).toEqual([]);
  });

  it('is not the handle of somebody on Mastodon who wrote a cited post, but that of anybody else', () => {
    const posts = [POST, aPost({ author: 'Ada@town.example', text: HONEST })];
    const found = (words: string) =>
      faults({ posts, text: `${HONEST} So says ${words}.` }).filter(
        ({ kind }) => kind === 'markup',
      );
    expect(found('@Ada@town.example')).toEqual([]);
    expect(found('@mira@town.example')).not.toEqual([]);
    expect(found('Ada@town.example')).not.toEqual([]);
  });

  it.each(['Gооgle', 'Аpple', 'Орепаі'])(
    'is a name in letters that look like others: %s',
    (name) => {
      expect(faults({ text: `${HONEST} ${name} agrees.` })).toContainEqual({
        kind: 'name',
        what: name,
      });
    },
  );

  it('is a figure in digits of another script', () => {
    expect(faults({ text: `${HONEST} It has ٩٩٩ customers.` })).toContainEqual(
      expect.objectContaining({ kind: 'number' }),
    );
  });

  it('is a quotation in any marks that no post has', () => {
    for (const words of ['«we stole the contracts»', '„we stole the contracts“']) {
      expect(faults({ text: `${HONEST} It says ${words}.` })).toContainEqual(
        expect.objectContaining({ kind: 'quotation' }),
      );
    }
  });

  it('is an impact that no post speaks of, however honest the text', () => {
    const impact =
      'Regulators have already opened a fraud investigation against the chief executive.';
    expect(faults({ part: 'II', impact, inferred: true })).not.toEqual([]);
  });

  it('is its length alone where it is no line, whatever else it holds', () => {
    const started = workMs();
    for (const piece of ['a', 'a.', 'a-', 'éa', '百']) {
      expect(faults({ text: piece.repeat(32_000) })).toEqual([{ kind: 'length' }]);
    }
    expect(workMs() - started).toBeLessThan(2000);
  });

  it('can always be stored: no emoji is cut in half', () => {
    const text = `${'a'.repeat(38)} https://${'a'.repeat(51)}😀 ${'b '.repeat(28)}😀😀😀 and so on`;
    const cited = draftOf({ text, posts: [`${'a'.repeat(39)}😀`, '😀'.repeat(50)] });
    const again = aDraft({ text: `${'word '.repeat(23)}end 😀😀😀 the same` });
    const told = [
      ...(cited ? faultsOf(cited, YARDSTICK) : []),
      ...faults({ text }),
      ...repetitionsIn([again, { ...again }]).values(),
    ];
    expect(told.length).toBeGreaterThan(3);
    for (const problem of told) expect(JSON.stringify(problem).isWellFormed()).toBe(true);
    expect(told.every((problem) => !JSON.stringify(problem).includes('\\ud8'))).toBe(true);
  });
});

describe('what is read of a line', () => {
  it('is no more than a line can be, of marks as of words', () => {
    const draft = draftOf({
      text: 'word '.repeat(200_000),
      posts: Array.from({ length: 9000 }, String),
    });
    expect(draft?.text.length).toBeLessThanOrEqual(2001);
    expect(draft?.unknown.length).toBeLessThanOrEqual(50);
  });

  it('is nothing where it has no letter', () => {
    for (const text of ['…', '🚀🚀🚀', '---', '**']) expect(draftOf({ text })).toBeNull();
  });

  it('is what everybody sees', () => {
    const hidden = 'L\uFE0Fu\u{E0101}m\u034Fe\u3164n\u2800 7';
    expect(draftOf({ text: hidden })?.text).toBe('Lumen 7');
  });
});
