import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseTelegramHtml, TelegramHtmlError } from './telegram-html.ts';

function complaintOf(html: string): string {
  try {
    return `accepted: ${JSON.stringify(parseTelegramHtml(html))}`;
  } catch (error) {
    if (error instanceof TelegramHtmlError) return error.message;
    throw error;
  }
}

const shapes = (html: string) =>
  parseTelegramHtml(html).entities.map(({ type, offset, length }) => [type, offset, length]);

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('HTML that is accepted', () => {
  it('is shown as text with entities in UTF-16 units', () => {
    expect(
      parseTelegramHtml('🚀 <b>模型</b> &amp; <a href="https://example.com/a?b=1">link</a>'),
    ).toEqual({
      text: '🚀 模型 & link',
      entities: [
        { type: 'bold', offset: 3, length: 2 },
        { type: 'text_link', offset: 8, length: 4, url: 'https://example.com/a?b=1' },
      ],
    });
  });

  it.each([
    ['b', 'bold'],
    ['strong', 'bold'],
    ['i', 'italic'],
    ['em', 'italic'],
    ['u', 'underline'],
    ['ins', 'underline'],
    ['s', 'strikethrough'],
    ['strike', 'strikethrough'],
    ['del', 'strikethrough'],
    ['tg-spoiler', 'spoiler'],
    ['code', 'code'],
    ['pre', 'pre'],
    ['blockquote', 'blockquote'],
  ])('knows <%s>, in capitals too', (tag, type) => {
    expect(shapes(`x<${tag}>word</${tag}>`)).toEqual([[type, 1, 4]]);
    expect(shapes(`x<${tag.toUpperCase()} >word</${tag} >`)).toEqual([[type, 1, 4]]);
  });

  it('knows the tags with attributes', () => {
    expect(shapes('<span class="tg-spoiler">x</span>')).toEqual([['spoiler', 0, 1]]);
    expect(shapes('<blockquote expandable>x</blockquote>')).toEqual([
      ['expandable_blockquote', 0, 1],
    ]);
    expect(parseTelegramHtml('<tg-emoji emoji-id="5368">👍</tg-emoji>').entities).toEqual([
      { type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '5368' },
    ]);
    expect(
      parseTelegramHtml('<tg-time unix="1790000000" format="wDT">soon</tg-time>').entities,
    ).toEqual([
      {
        type: 'date_time',
        offset: 0,
        length: 4,
        unix_time: 1_790_000_000,
        date_time_format: 'wDT',
      },
    ]);
  });

  it('decodes four names and all numbers, and leaves other references as they are', () => {
    expect(parseTelegramHtml('&lt;&gt;&amp;&quot;&#65;&#x1F680;&#x1f680;').text).toBe('<>&"A🚀🚀');
    expect(parseTelegramHtml('&nbsp;&apos;&mdash;&#0;&#1114111;&').text).toBe(
      '&nbsp;&apos;&mdash;&#0;&#1114111;&',
    );
    expect(parseTelegramHtml('a &lt b &#65').text).toBe('a < b A');
  });

  it('joins pre and code to one entity with its language', () => {
    expect(parseTelegramHtml('<pre><code class="language-ts">let x</code></pre>').entities).toEqual(
      [{ type: 'pre', offset: 0, length: 5, language: 'ts' }],
    );
    expect(parseTelegramHtml('<code class="language-ts">x</code>').entities).toEqual([
      { type: 'code', offset: 0, length: 1 },
    ]);
  });

  it('keeps nothing inside of code, and no link inside of a link', () => {
    expect(shapes('<pre>a <b>b</b> <a href="https://example.com">c</a></pre>')).toEqual([
      ['pre', 0, 5],
    ]);
    expect(shapes('<b>a <code>b</code> cd</b>')).toEqual([
      ['bold', 0, 2],
      ['code', 2, 1],
      ['bold', 4, 2],
    ]);
    const nested = '<a href="https://example.com/1">a <a href="https://example.com/2">b</a></a>';
    expect(shapes(nested)).toEqual([['text_link', 0, 3]]);
  });

  it('drops links to what is no address, without a word', () => {
    for (const href of ['javascript:alert(1)', 'mailto:kim_demo@example.com', 'localhost', '/x']) {
      expect(shapes(`<a href="${href}">x</a>`)).toEqual([]);
    }
    const [link] = parseTelegramHtml('<a href="EXAMPLE.com">x</a>').entities;
    expect(link?.url).toBe('http://example.com/');
    const [mention] = parseTelegramHtml('<a href="tg://user?id=42">Kim</a>').entities;
    expect(mention?.type).toBe('text_mention');
  });

  it('is trimmed at its ends, and entities with it', () => {
    expect(parseTelegramHtml('\n  <b> word </b>\n')).toEqual({
      text: 'word',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
    expect(parseTelegramHtml('a\r\nb\tc').text).toBe('a\nb c');
    expect(parseTelegramHtml(' <b> </b> \n')).toEqual({ text: '', entities: [] });
  });
});

describe('HTML that is refused', () => {
  it.each([
    ['😀 <x>a</x>', 'Unsupported start tag "x" at byte offset 5'],
    ['a <br>', 'Unsupported start tag "br" at byte offset 2'],
    ['<b/>', 'Unsupported start tag "b/" at byte offset 0'],
    ['1 <2', 'Unclosed start tag at byte offset 2'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['<b>a', `Can't find end tag corresponding to start tag "b"`],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
    ['<a href', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href="x>a</a>', 'Unclosed start tag at byte offset 0'],
    ['<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href=a/b>a</a>', 'Unexpected end of name token at byte offset 8'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-emoji emoji-id="x">a</tg-emoji>', 'Invalid custom emoji identifier specified'],
  ])('%s', (html, complaint) => {
    expect(complaintOf(html)).toBe(`Bad Request: can't parse entities: ${complaint}`);
  });

  it('has halves of characters, written as references', () => {
    expect(complaintOf('&#xD83D;')).toContain('unmatched surrogate code units');
    expect(complaintOf('&#xD83D;&#xDE00;')).toContain('unmatched surrogate code units');
  });
});

describe('any text', () => {
  const spellings = ['a', '&', '&amp;', '<', '<b>', '>', '"', ' ', '\n', 'é', '模', '🚀', '&#65;'];
  const visible = fc
    .array(fc.constantFrom(...spellings), { maxLength: 20 })
    .map((inside) => `(${inside.join('')})`);

  it('comes through escaped as it is', () => {
    fc.assert(
      fc.property(visible, (text) => {
        expect(parseTelegramHtml(escape(text)).text).toBe(text);
      }),
    );
  });

  it('is parsed to entities within the text, well nested, or refused with a reason', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<b>',
        '</b>',
        '<i>',
        '</i>',
        '<pre>',
        '</pre>',
        '</>',
        '<a href="t.me/x">',
        '</a>',
      ),
      fc.constantFrom('<blockquote>', '</blockquote>', '&lt;', '&#9;', ' ', '\n', '🚀', 'a<', '"'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const complaint = complaintOf(pieces.join(''));
        if (!complaint.startsWith('accepted')) return;
        const { text, entities } = parseTelegramHtml(pieces.join(''));
        expect(text).toBe(text.replace(/^\0|[ \n]+$/g, ''));
        for (const [index, { offset, length }] of entities.entries()) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
          const crossing = entities
            .slice(index + 1)
            .filter((next) => next.offset < offset + length)
            .filter((next) => next.offset + next.length > offset + length);
          expect(crossing).toEqual([]);
        }
      }),
    );
  });
});
