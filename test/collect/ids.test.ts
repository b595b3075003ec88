import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { blueskyId, linkedPost, mastodonId } from '../../src/collect/ids.ts';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';

describe('the post that a link leads to', () => {
  it.each([
    'https://x.com/ada/status/1234567890123456789',
    'https://x.com/ada/status/1234567890123456789?s=20',
    'https://x.com/ada/status/1234567890123456789/photo/1',
    'https://twitter.com/ada/status/1234567890123456789',
    'https://twitter.com/ada/statuses/1234567890123456789',
    'http://www.twitter.com/ada/status/1234567890123456789',
    'https://mobile.twitter.com/ada/status/1234567890123456789',
    'https://fxtwitter.com/ada/status/1234567890123456789',
    'https://vxtwitter.com/ada/status/1234567890123456789',
    'https://fixupx.com/ada/status/1234567890123456789/en',
    'https://nitter.net/ada/status/1234567890123456789#m',
    'https://nitter.privacydev.net/ada/status/1234567890123456789',
    'http://nitter.example:8080/ada/status/1234567890123456789#m',
    'https://xcancel.com/ada/status/1234567890123456789#m',
    'https://birds.example.org/ada/status/1234567890123456789#m',
  ])('is the same one of X at %s', (link) => {
    expect(linkedPost(link)).toEqual({ id: '1234567890123456789', network: 'x', author: 'ada' });
  });

  it.each([
    'https://x.com/i/web/status/1234567890123456789',
    'https://twitter.com/i/web/status/1234567890123456789',
    'https://x.com/i/status/1234567890123456789',
  ])('is one of X without a handle at %s', (link) => {
    expect(linkedPost(link)).toEqual({ id: '1234567890123456789', network: 'x', author: null });
  });

  it.each([
    [`https://bsky.app/profile/${DID}/post/3kabc234xyz22`, `bluesky:${DID}/3kabc234xyz22`, null],
    [`at://${DID}/app.bsky.feed.post/3kabc234xyz22`, `bluesky:${DID}/3kabc234xyz22`, null],
    [
      'https://bsky.app/profile/Ada.bsky.social/post/3kabc234xyz22',
      'bluesky:ada.bsky.social/3kabc234xyz22',
      'ada.bsky.social',
    ],
  ])('is one of Bluesky at %s', (link, id, author) => {
    expect(linkedPost(link)).toEqual({ id, network: 'bluesky', author });
  });

  it.each([
    'https://mastodon.social/@ada/109372843234567890',
    'https://Mastodon.social/users/ada/statuses/109372843234567890',
    'https://mastodon.social/users/ada/statuses/109372843234567890/activity',
  ])('is the same one of Mastodon at %s', (link) => {
    expect(linkedPost(link)).toEqual({
      id: 'mastodon:mastodon.social/109372843234567890',
      network: 'mastodon',
      author: 'ada@mastodon.social',
    });
  });

  it.each([
    'https://x.com/ada',
    'https://x.com/ada/lists/123456',
    'https://x.com.evil.example/ada/status/1234567890123456789',
    'https://notx.com/ada/status/1234567890123456789',
    'https://blog.example/ada/status/1234567890123456789',
    'https://bsky.app/profile/ada.bsky.social',
    `at://${DID}/app.bsky.feed.repost/3kabc234xyz22`,
    'https://mastodon.social/@ada@elsewhere.example/109372843234567890',
    'https://medium.com/@ada/12',
    'https://www.tiktok.com/@ada/video/7123456789012345678',
    'javascript:x.com/ada/status/1234567890123456789',
    'ftp://x.com/ada/status/1234567890123456789',
    '1234567890123456789',
    '',
  ])('is none at %s', (link) => {
    expect(linkedPost(link)).toBeNull();
  });

  it('has the id that its network’s own source gives it', () => {
    expect(linkedPost(`at://${DID}/app.bsky.feed.post/3kabc`)?.id).toBe(blueskyId(DID, '3kabc'));
    expect(blueskyId('Ada.bsky.social', '3kabc')).toBe('bluesky:ada.bsky.social/3kabc');
    expect(linkedPost('https://m.example/@ada/109372843234567890')?.id).toBe(
      mastodonId('M.example', '109372843234567890'),
    );
  });

  it('is found or not, whatever the link', () => {
    const host = fc.constantFrom('x.com', 'bsky.app', 'a.example', 'nitter.net');
    const link = fc
      .tuple(host, fc.array(fc.oneof(fc.string(), fc.constantFrom('status', '@a', 'post', '1'))))
      .map(([name, parts]) => `https://${name}/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true }), link), (text) => {
        expect(linkedPost(text)?.id ?? 'x').toMatch(/^\S{1,400}$/);
      }),
    );
  });
});
