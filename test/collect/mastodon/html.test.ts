import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readContent } from '../../../src/collect/mastodon/html.ts';

describe('the HTML of a post', () => {
  it.each([
    ['keeps lines and paragraphs', '<p>One<br>two</p><p>three</p>', 'One\ntwo\n\nthree'],
    ['has its entities read', '<p>AT&amp;T &lt;3 caf&eacute;</p>', 'AT&T <3 café'],
    [
      'shows mentions as people write them',
      '<p><span class="h-card"><a href="https://a.example/@ada" class="u-url mention">@<span>ada</span></a></span> hi</p>',
      '@ada hi',
    ],
    [
      'shows hashtags as people write them',
      '<p><a href="https://a.example/tags/ai" class="mention hashtag" rel="tag">#<span>AI</span></a></p>',
      '#AI',
    ],
    ['says nothing of scripts', '<p>One</p><script>two</script><style>three</style>', 'One'],
    ['is text where it is none', 'just words', 'just words'],
    ['is read as far as it goes', '<p>One <b>two', 'One two'],
  ])('%s', (_, html, text) => {
    expect(readContent(html).text).toBe(text);
  });

  it('has its links whole, whatever a server hides of them', () => {
    const html =
      '<p>See <a href="https://lumen.example/a/b/seven"><span class="invisible">https://</span>' +
      '<span class="ellipsis">lumen.example/a</span><span class="invisible">/b/seven</span></a> and ' +
      '<a href="https://other.example/">this</a>, <a href="javascript:alert(1)">not this</a>, ' +
      '<a href="https://short.example/long">short.example/lo…</a></p>';
    expect(readContent(html)).toEqual({
      text: 'See https://lumen.example/a/b/seven and this, not this, https://short.example/long',
      urls: [
        'https://lumen.example/a/b/seven',
        'https://other.example/',
        'https://short.example/long',
      ],
    });
  });

  it.each([
    ['nested without end', '<b>'.repeat(20_000)],
    ['full of links in links', '<a href="https://a.example"><b>'.repeat(2000)],
    ['in tables in tables', '<table><td>'.repeat(5000)],
    [
      'under ever more looks',
      `<p>${Array.from({ length: 190 }, (_, at) => `<b class=${at}>`).join('')}</p>${'<p>x'.repeat(20_000)}`,
    ],
    ['a million letters', '<p>a</p>'.repeat(125_000)],
  ])('is read to an end where it is %s', (_, html) => {
    expect(readContent(html).text.length).toBeLessThan(200_000);
  });

  it('never fails', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<a href="',
        '">',
        '<svg>',
        '<template>',
        '<!--',
        '&#0;',
        '<br>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof readContent(pieces.join('')).text).toBe('string');
      }),
    );
  });
});
