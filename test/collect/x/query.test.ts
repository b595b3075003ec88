import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { complaintsAbout } from '../../../src/collect/x/query.ts';
import { xSource } from '../../../src/collect/x/source.ts';
import { pagesOf, startX, wishOf } from './reading.ts';

const TOO_LITTLE =
  'needs a word, a phrase or a handle in each of its alternatives: is:, has:, lang: and what is negated are too little';

describe('a query for X', () => {
  it.each([
    'kettle',
    '(lang:en OR lang:zh) (tea OR coffee has:links)',
    '(kettle OR "tea pot") lang:en -is:retweet',
    '-coffee #tea $TEA @ada',
    'from:ada OR (from:bo has:links)',
    'url:"https://example.org/a:b" -"not this: at all"',
    'point_radius:[2.355128 48.861118 16km] tea',
    '"and" "or" tea',
    '茶 OR 咖啡 -is:reply',
    'TEA LANG:EN -IS:NULLCAST',
    'a"b c"d',
  ])('may be %s', (query) => {
    expect(complaintsAbout(query)).toEqual([]);
  });

  it.each([
    ['', ['is empty']],
    ['  ', ['is empty']],
    ['a'.repeat(513), ['has 513 characters, and may have 512']],
    ['(tea', ['has a parenthesis without its other']],
    ['tea)(', ['has a parenthesis without its other']],
    ['tea ()', ['has parentheses with nothing in them']],
    ['"tea', ['has a quotation mark without its other']],
    ['“tea time”', ['has curly quotation marks; X knows the straight ones, "…"']],
    ['tea or coffee', ['has "or"; write OR, or "or" for the word']],
    ['tea AND milk', ['has "AND"; a space means and: leave it out']],
    ['tea NOT milk', ['has "NOT"; write - before what is not wanted']],
    ['OR tea', ['has OR without something on both sides of it']],
    ['(tea OR) milk', ['has OR without something on both sides of it']],
    ['tea OR OR milk', ['has OR without something on both sides of it']],
    ['-tea -milk', ['says only what is not wanted']],
    ['lang:en is:quote', [TOO_LITTLE]],
    ['lang:en -tea', [TOO_LITTLE]],
    ['tea OR (lang:en OR milk)', [TOO_LITTLE]],
    ['tea OR -milk', [TOO_LITTLE]],
    ['tea -(milk OR sugar)', ['negates a group, -(…); negate each of its words instead']],
    [
      'tea min_faves:10',
      ['has "min_faves:", which recent search does not know; write "min_faves" for the word'],
    ],
    ['tea is:hot', ['has "is:hot", which recent search does not know']],
    ['tea - milk', ['has "-" with nothing behind it']],
    ['tea has:', ['has "has:" with nothing behind it']],
    ['tea is:nullcast', ['has "is:nullcast", which may only be negated: -is:nullcast']],
    ['from:@ada', ['has "from:@ada"; write the handle without @']],
    [
      'https://example.org',
      ['has an address without quotation marks; write url:"https://example.org"'],
    ],
  ])('may not be %s', (query, complaints) => {
    expect(complaintsAbout(query)).toEqual(complaints);
  });

  it('may be longer where the access allows it', () => {
    expect(complaintsAbout('a'.repeat(4096), 4096)).toEqual([]);
    expect(complaintsAbout('😀'.repeat(512))).toEqual([]);
  });

  it('is never called right where X refuses it, nor takes long', async () => {
    const { clock, access } = await startX();
    const word = fc.constantFrom(
      ...'tea OR or and ( ) - " is:quote -is:nullcast lang:en from:ada has:nothing #tea'.split(' '),
      ...'-( -tea url:"a:b" $TEA @ada "and"'.split(' '),
      '"a b"',
    );
    const query = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        if (complaintsAbout(text).length > 0) return;
        await pagesOf(xSource({ kind: 'x-search', query: text }, access), null, wishOf(clock));
      }),
      { numRuns: 500 },
    );
    for (const mark of ['(', '"', '-', '[', ' OR', 'a:']) {
      expect(complaintsAbout(mark.repeat(50_000)).length).toBeGreaterThan(0);
    }
  });
});
