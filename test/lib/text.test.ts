import { describe, expect, it } from 'vitest';

import { elideLinks, withoutLinks } from '../../src/lib/text.ts';

describe('a text without its links', () => {
  it.each([
    'https://example.com/a?b=1',
    'HTTPS://EXAMPLE.COM/A',
    'hTTp://example.com',
    'www.example.com',
    'WWW.example.com/a',
    'tg://resolve?domain=eve',
    'TG://user?id=1',
    'ftp://example.com',
    'steam://run/1',
    't.me/eve',
    'T.me/+abc',
    'discord.gg/abc',
    'Discord.GG/abc',
    'discord.com/invite/abc',
    'evil.example/x',
    'a.b.evil.com/x?y',
  ])('has a space for %s', (link) => {
    expect(withoutLinks(`See ${link} now`)).toBe('See   now');
    expect(withoutLinks(`看${link}，好`)).toBe('看 ，好');
  });

  it.each([
    'and/or, 24/7, 3.5/4.0',
    'Node.js/Deno and U.S./China',
    'It costs $3.50. So/so.',
    'Booking.com is down: why?',
    'eve@example.com/x',
    'std::vector, a:b, 10:30',
    'x.y.z',
  ])('keeps what is none: %s', (words) => expect(withoutLinks(words)).toBe(words));

  it.each(['a'.repeat(400_000), 'a.'.repeat(200_000), 'a-'.repeat(200_000), '://'.repeat(100_000)])(
    'is there soon, however long it is',
    (words) => expect(withoutLinks(words).length).toBeLessThanOrEqual(words.length),
  );
});

describe('what is quoted', () => {
  it.each([
    [
      'It is out today on https://lumen.example/a, the new home.',
      'It is out today on …, the new home.',
    ],
    ['Read https://lumen.example/a today.', 'Read … today.'],
    ['今天在https://lumen.example/a，价格减半', '今天在…，价格减半'],
    ['See it at https://lumen.example/a.', 'See it at.'],
    ['Prices fell. https://lumen.example/a Quill pays.', 'Prices fell.   Quill pays.'],
    ['Prices fell https://lumen.example/a https://quill.example/b', 'Prices fell    '],
    ['Prices fell https://lumen.example/a\nQuill pays', 'Prices fell  \nQuill pays'],
    ['Nothing to leave out…', 'Nothing to leave out…'],
  ])('shows that an address was there in mid-sentence alone: %j', (text, shown) => {
    expect(elideLinks(text)).toBe(shown);
  });

  it('holds no address', () => {
    const text = 'a https://x.example/a?b=(c). www.y.example, (t.me/eve) and https://z.example/';
    expect(withoutLinks(elideLinks(text))).toBe(elideLinks(text));
  });
});
