import fc from 'fast-check';
import { Input } from 'telegraf';
import { describe, expect, it } from 'vitest';

import { png, refusalOf, startWithClient } from './telegram-client.ts';
import { TelegramHtmlError } from './telegram-html-error.ts';
import { type BlockContext, blocksOf } from './telegram-rich-blocks.ts';
import { parseRichTree } from './telegram-rich-tree.ts';
import { wordsOfBlocks } from './telegram-rich-words.ts';

async function startRich() {
  const started = await startWithClient({ limits: 'off' });
  const { call, chat, telegram } = started;
  const send = (rich_message: object) =>
    call('sendRichMessage', { chat_id: chat.id, rich_message });
  return {
    ...started,
    send,
    shown: async (html: string) => {
      await send({ html });
      const last = telegram.messages(chat).at(-1);
      return { text: last?.text, blocks: last?.blocks };
    },
    refused: (html: string) => refusalOf(send({ html })),
  };
}

describe('rich HTML', () => {
  it('is shown as blocks', async () => {
    const { shown } = await startRich();
    const { text, blocks } = await shown(`
      <h1>Digest &mdash; 26 Nov</h1>
      <p>Two <b>models</b>,
        one <a href="https://example.com/a">price</a><sup><a href="#note-1">1</a></sup>.</p>
      <ol><li>first</li><li><p>second</p></li></ol>
      <table bordered><tr><th>Name</th><th align="right">Posts</th></tr><tr><td>Lumen 7</td><td>12</td></tr></table>
      <details open><summary>Sources</summary><blockquote>said<br/>so<cite>kim_demo</cite></blockquote></details>
      <hr/>
      <tg-reference name="note-1">a note</tg-reference>`);
    expect(text?.split('\n')).toEqual([
      'Digest — 26 Nov',
      'Two models, one price1.',
      '1. first',
      '2. second',
      'Name\tPosts',
      'Lumen 7\t12',
      'Sources',
      'said',
      'so',
      'kim_demo',
      'a note',
    ]);
    expect(blocks?.map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'list',
      'table',
      'details',
      'divider',
      'paragraph',
    ]);
    expect(blocks?.[1]).toMatchObject({
      text: [
        'Two ',
        { type: 'bold', text: 'models' },
        ', one ',
        { type: 'url', url: 'https://example.com/a' },
        { type: 'superscript', text: { type: 'reference_link', reference_name: 'note-1' } },
        '.',
      ],
    });
  });

  it.each([
    ['<section>x</section>', 'Unsupported start tag "section" at byte offset 0'],
    ['<table><tbody></tbody></table>', 'Unsupported start tag "tbody" at byte offset 7'],
    ['<p>a<h1>b</h1></p>', 'Tag "h1" is not allowed in "p" at byte offset 4'],
    ['<p><img src="tg://photo?id=a"/></p>', 'Tag "img" is not allowed in "p" at byte offset 3'],
    [
      '<table><tr><td><ul></ul></td></tr></table>',
      'Tag "ul" is not allowed in "td" at byte offset 15',
    ],
    ['<table>x</table>', 'Tag "table" is not allowed in "table" at byte offset 0'],
    ['<li>a</li>', 'Tag "li" is not allowed in blocks at byte offset 0'],
    ['<details>a</details>', 'Tag "details" must begin with "summary" at byte offset 0'],
    ['<tg-thinking>a</tg-thinking>', 'Tag "tg-thinking" is not allowed in a message'],
    ['<p>a', `Can't find end tag corresponding to start tag "p"`],
    ['<p>a</b>', 'Unmatched end tag at byte offset 4, expected "</p>", found "</b>"'],
    ['<td align="top">', 'Can\'t find end tag corresponding to start tag "td"'],
    ['<h2 >a</h2><a>x</a>', 'Attribute "href" of the tag "a" is invalid at byte offset 11'],
  ])('refuses %s', async (html, complaint) => {
    const { refused } = await startRich();
    expect(await refused(html)).toContain(`400: Bad Request: can't parse entities: ${complaint}`);
  });

  it('keeps the limits of rich messages', async () => {
    const { shown, refused } = await startRich();
    const table = (columns: number) => `<table><tr>${'<td>x</td>'.repeat(columns)}</tr></table>`;
    const nested = (levels: number) => `${'<b>'.repeat(levels)}x${'</b>'.repeat(levels)}`;
    expect(await refused(`<p>${'新'.repeat(32_769)}</p>`)).toBe(
      '400: Bad Request: rich message is too long',
    );
    expect(await refused('<p>x</p>'.repeat(501))).toBe(
      '400: Bad Request: rich message has too many blocks',
    );
    expect(await refused(table(21))).toBe(
      '400: Bad Request: rich message has a table of too many columns',
    );
    expect(await refused(`<p>${nested(16)}</p>`)).toBe(
      '400: Bad Request: rich message is nested too deep',
    );
    expect(await refused(' ')).toBe('400: Bad Request: rich message must be non-empty');
    await shown(`<p>${'🚀'.repeat(32_768)}</p>`);
    await shown('<p>x</p>'.repeat(500));
    await shown(table(20));
    await shown(`<p>${nested(15)}</p>`);
  });

  it('has photos of the message, uploaded beside it', async () => {
    const { telegram, chat, call, refused } = await startRich();
    const rich_message = JSON.stringify({
      html: '<figure><img src="tg://photo?id=cloud"/><figcaption>词云</figcaption></figure>',
      media: [{ id: 'cloud', media: { type: 'photo', media: 'attach://cloud' } }],
    });
    const cloud = Input.fromBuffer(png(8, 6), 'cloud.png');
    await call('sendRichMessage', { chat_id: chat.id, rich_message, cloud });
    const [shown] = telegram.messages(chat);
    expect(shown).toMatchObject({
      text: '词云',
      photos: [png(8, 6)],
      blocks: [{ type: 'photo', photo: [{ width: 8, height: 6 }], caption: { text: '词云' } }],
    });
    expect(await refused('<img src="tg://photo?id=sun"/>')).toContain(
      'media with identifier "sun" not found',
    );
    expect(await refused('<img src="https://example.com/a.png"/>')).toContain(
      'failed to get HTTP URL content',
    );
    expect(await refused(`<img src="tg://photo?id=${'a'.repeat(65)}"/>`)).toContain('not found');
  });

  it('has buttons that are pressed like those of keyboards', async () => {
    const { telegram, kim, chat, send, refused } = await startRich();
    const button = (data: string) =>
      `<tg-button-row><tg-button type="callback_data" data="${data}">Why</tg-button></tg-button-row>`;
    await send({ html: button('why') });
    const [shown] = telegram.messages(chat);
    expect(shown && telegram.press(kim, shown, 'why')).toBeTruthy();
    expect(await refused(button('x'.repeat(65)))).toBe('400: Bad Request: BUTTON_DATA_INVALID');
  });
});

describe('any rich HTML', () => {
  it('is read, or refused with a reason', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<ul>',
        '<li>',
        '</li>',
        '</ul>',
        '<b>',
        '</b>',
        '<br/>',
        '<hr>',
      ),
      fc.constantFrom('<table>', '<tr>', '<td colspan="2">', '</td>', '</tr>', '</table>', '</>'),
      fc.constantFrom(
        '<details>',
        '<summary>',
        '</summary>',
        '</details>',
        '<img src="tg://photo?id=a"/>',
      ),
      fc.constantFrom(
        '<figure>',
        '<figcaption>',
        '<cite>',
        '<a name="x">',
        '<pre>',
        '<code>',
        'x',
        ' ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    );
    const context: BlockContext = {
      isDraft: false,
      references: new Set(),
      findUser: () => null,
      mediumOf: () => ({ type: 'photo', photo: [] }),
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const read = () => wordsOfBlocks(blocksOf(parseRichTree(pieces.join('')), context));
        expect(() => refusedOnly(read)).not.toThrow();
      }),
    );
  });
});

/** Whatever is thrown that is no refusal comes through. */
function refusedOnly(read: () => string): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof TelegramHtmlError)) throw error;
  }
}

describe('rich messages', () => {
  it('take the place of texts in edits, and the other way round', async () => {
    const { telegram, chat, call, bot } = await startRich();
    const { message_id } = await bot.telegram.sendMessage(chat.id, 'plain');
    const target = { chat_id: chat.id, message_id };
    await call('editMessageText', { ...target, rich_message: { html: '<h1>Rich</h1>' } });
    expect(telegram.messages(chat)).toMatchObject([
      { kind: 'rich', text: 'Rich', edits: ['plain'] },
    ]);
    const same = call('editMessageText', { ...target, rich_message: { html: '<h1> Rich </h1>' } });
    expect(await refusalOf(same)).toContain('message is not modified');
    await call('editMessageText', { ...target, text: 'plain again' });
    expect(telegram.messages(chat)).toMatchObject([{ kind: 'text', edits: ['plain', 'Rich'] }]);
  });

  it('can be written as blocks, and one way only', async () => {
    const { telegram, chat, send } = await startRich();
    await send({
      blocks: [{ type: 'list', items: [{ blocks: [{ type: 'paragraph', text: 'a' }] }] }],
    });
    expect(telegram.messages(chat)).toMatchObject([{ text: '• a' }]);
    expect(await refusalOf(send({ html: 'a', blocks: [] }))).toContain('exactly one of');
    expect(await refusalOf(send({ blocks: [{ type: 'paragraf', text: 'a' }] }))).toContain('400');
  });

  it('think in drafts only', async () => {
    const { telegram, chat, call } = await startRich();
    const rich_message = { html: '<tg-thinking>hm</tg-thinking><p>So</p>' };
    await call('sendRichMessageDraft', { chat_id: chat.id, draft_id: 3, rich_message });
    expect(telegram.drafts).toMatchObject([{ id: 3, text: 'hm\nSo' }]);
  });
});
