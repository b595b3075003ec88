import { describe, expect, it } from 'vitest';

import { withoutLinks } from '../../src/lib/text.ts';

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
