import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { settingOf, sourceFrom } from '../../src/collect/settings.ts';
import { readTyped, splitTyped } from '../../src/collect/typed.ts';
import { sourceKey, type SourceSpec } from '../../src/model/source.ts';

/** The source that is meant, as it is shown, or why there is none. */
function read(words: string): string {
  const typed = readTyped(words);
  return typed.kind === 'source' ? typed.key : typed.why;
}

describe('a source that is typed', () => {
  it.each([
    ['x_user=karpathy', 'x-user:karpathy'],
    ['x_user: @Karpathy', 'x-user:karpathy'],
    ['https://x.com/karpathy', 'x-user:karpathy'],
    ['https://www.twitter.com/karpathy/with_replies?s=20', 'x-user:karpathy'],
    ['x_user=https://mobile.twitter.com/karpathy', 'x-user:karpathy'],
    ['https://x.com/i/lists/123?s=20', 'x-list:123'],
    ['x_list=https://twitter.com/i/lists/99', 'x-list:99'],
    ['https://x.com/search?q=claude%20lang%3Aen&src=typed_query', 'x-search:claude lang:en'],
    ['https://bsky.app/profile/alice.bsky.social', 'bluesky:alice.bsky.social'],
    ['https://bsky.app/hashtag/%E4%BA%BA', 'bluesky:#人'],
    ['@alice.bsky.social', 'bluesky:alice.bsky.social'],
    ['https://mastodon.social/@name', 'mastodon:name@mastodon.social'],
    ['https://mastodon.social/@name@hachyderm.io', 'mastodon:name@hachyderm.io'],
    ['mastodon=https://mastodon.social/@name', 'mastodon:name@mastodon.social'],
    ['@name@mastodon.social', 'mastodon:name@mastodon.social'],
    ['https://example.com/rss?key=1', 'feed:https://example.com/rss?key=1'],
    ['https://medium.com/@name', 'feed:https://medium.com/@name'],
    [
      'https://bsky.app/profile/alice.bsky.social/rss',
      'feed:https://bsky.app/profile/alice.bsky.social/rss',
    ],
  ])('may be %s', (words, key) => {
    expect(read(words)).toBe(key);
  });

  it.each([
    ['@karpathy', 'does not say of where: write x_user=HANDLE'],
    ['karpathy', 'does not say of where: write x_user=HANDLE'],
    ['https://x.com/karpathy/status/12', 'names no account, list or search of X'],
    ['https://x.com/home', 'names no account, list or search of X'],
    ['feed=https://x.com/karpathy', 'X has no feeds: write x_user=karpathy'],
    ['weibo=ada', '"weibo" is no kind of source; there are x_list, x_user'],
    ['__proto__=ada', '"__proto__" is no kind of source'],
    ['x_user=', 'x_user must be a handle of X, like karpathy'],
    ['https://bsky.app/profile/did:plc:abc', 'bluesky must look like'],
    ['x_search=(claude', 'X would refuse the query: it'],
  ])('is not %s, and why', (words, why) => {
    expect(read(words)).toContain(why);
  });

  it('is what it is shown as, and what the configuration has of it', () => {
    const specs = [
      { kind: 'x-user', handle: 'ada' },
      { kind: 'x-list', id: '99' },
      { kind: 'x-search', query: '(claude OR gpt) lang:en' },
      { kind: 'feed', url: 'https://example.com/a?b=c' },
      { kind: 'bluesky', of: { kind: 'tag', tag: 'ai' } },
      { kind: 'bluesky', of: { kind: 'author', handle: 'alice.bsky.social' } },
      { kind: 'mastodon', server: 'mastodon.social', of: { kind: 'tag', tag: 'ai' } },
      { kind: 'mastodon', server: 'mastodon.social', of: { kind: 'author', handle: 'a' } },
      { kind: 'file', pattern: './drop/*.jsonl' },
    ] as const satisfies readonly SourceSpec[];
    for (const spec of specs) {
      expect(readTyped(sourceKey(spec))).toMatchObject({ kind: 'source', spec });
      const { kind, what } = settingOf(spec);
      expect(sourceFrom({ [kind]: what })).toEqual(spec);
    }
  });

  it('is read or refused with a reason whatever it is', () => {
    const part = fc.constantFrom(
      'x_user',
      'feed',
      '=',
      ':',
      'https://',
      'x.com/',
      '@',
      '#',
      '%',
      'a',
      '.',
      '/',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 8 }), (parts) => {
        expect(read(parts.join(''))).not.toMatch(/^$|invalid|expected|undefined/iu);
      }),
    );
  });

  it('stands beside others in a line', () => {
    const line =
      'x_search=(claude OR gpt) lang:en x-user:ada https://x.com/bo feed=https://a.example';
    expect(splitTyped(line)).toEqual([
      'x_search=(claude OR gpt) lang:en',
      'x-user:ada',
      'https://x.com/bo',
      'feed=https://a.example',
    ]);
  });
});
