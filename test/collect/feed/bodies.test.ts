import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type FeedReading, readFeed } from '../../../src/collect/feed/read.ts';
import { readPost } from '../../../src/collect/row.ts';
import { SourceFailure } from '../../../src/collect/source.ts';
import type { Post } from '../../../src/model/post.ts';
import {
  atom,
  encode,
  jsonFeed,
  nitter,
  NITTER,
  nitterQuote,
  PROLOG,
  rss,
  rsshub,
} from '../../fakes/feeds.ts';
import { NOW, SINCE } from './reading.ts';
import { workMs } from '../../support/work.ts';

const DATE = 'Sun, 01 Mar 2026 08:30:00 GMT';
const ID = '2028000000000000001';
const OTHER = '2028000000000000002';

/** What is read of a body, as if it had been fetched. */
function readOf(body: string | Uint8Array, contentType: string | null = null): FeedReading {
  return readFeed({
    bytes: Buffer.from(body),
    contentType,
    url: 'https://blog.example/feed.xml',
    known: new Map(),
    loose: [],
    since: SINCE,
    until: null,
    now: NOW,
  });
}

/** The posts of a body, as if it had been fetched. */
function postsOf(body: string | Uint8Array, contentType: string | null = null): Post[] {
  const { news } = readOf(body, contentType);
  return news.map(({ draft }) => {
    const row = readPost(draft, 1);
    if (row.kind === 'problem') throw new Error(row.reason);
    return row.post;
  });
}

const textsOf = (body: string | Uint8Array, contentType: string | null = null) =>
  postsOf(body, contentType).map(({ text }) => text);

/** The text of an item with such a description. */
const described = (html: string) => textsOf(rss([{ description: `<![CDATA[${html}]]>` }]))[0];

describe('broken XML', () => {
  const item = (title: string) => ({ title, guid: title, date: DATE });

  it('may have bare ampersands', () => {
    const body = rss([{ ...item('Q & A'), link: 'https://blog.example/?a=1&copy=2' }]);
    expect(postsOf(body)).toMatchObject([
      { text: 'Q & A', url: 'https://blog.example/?a=1&copy=2' },
    ]);
  });

  it('may be cut off anywhere: what is whole is read', () => {
    const body = rss([
      item('One'),
      item('Two'),
      { ...item('Three'), description: '<![CDATA[x]]>' },
    ]);
    const end = body.indexOf('</item>') + '</item>'.length;
    for (let length = end; length < body.length; length += 7) {
      expect(textsOf(body.slice(0, length))).toContain('One');
    }
  });

  it.each([
    ['RSS', rss([item('One'), item('Two')])],
    ['Atom', atom(['<entry><id>a</id><title>One</title></entry>'])],
    [
      'RDF',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel></channel><item><title>One</title></item></rdf:RDF>',
    ],
  ])('says that it was cut off, wherever that was: %s', (_, body) => {
    expect(readOf(body)).toMatchObject({ isWhole: true, problems: [] });
    const ends = ['</item>', '</entry>'].map((tag) => body.indexOf(tag) + tag.length);
    for (let length = Math.max(...ends); length < body.trimEnd().length; length += 3) {
      expect(readOf(body.slice(0, length))).toMatchObject({
        isWhole: false,
        problems: [expect.stringContaining('it was cut off')],
      });
    }
  });

  it('may have rubbish before it and control characters in it', () => {
    expect(textsOf(`\uFEFF\n Warning: x\n${rss([item('One \u0000\u0008two')])}`)).toEqual([
      'One two',
    ]);
  });

  it.each([
    ['many laughs', `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`],
    ['files of ours', `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>`],
    ['files of others', `<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://evil.example/x"> %a;]>`],
    ['laughs in small letters', `<!doctype rss [<!entity a "ha">]>`],
    ['laughs behind a value', `<!DOCTYPE rss SYSTEM "<!--" [<!ENTITY a "ha">]>`],
    ['laughs in what is no feed yet', `<a b="<![CDATA["/><!Dx [<!ENTITY a "ha">]>`],
    ['laughs behind a remark', `<!-- <![CDATA[ --><!DOCTYPE rss [<!ENTITY a "ha">]>`],
  ])('may not declare entities: %s', (_, prolog) => {
    expect(() => textsOf(rss([item('&a;&b;')], { prolog: PROLOG + prolog }))).toThrow(
      new SourceFailure('unreadable', 'it declares entities of its own, which is refused'),
    );
  });

  it('may speak of entities', () => {
    expect(described('Write <code>&lt;!ENTITY a&gt;</code> or <!ENTITY so>')).toContain(
      '<!ENTITY a>',
    );
    const prolog = `${PROLOG}<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">`;
    expect(textsOf(rss([item('One')], { prolog }))).toEqual(['One']);
  });
});

describe('the encoding', () => {
  const body = (words: string, encoding: string | null) =>
    rss([{ title: words }], {
      prolog: `<?xml version="1.0"${encoding === null ? '' : ` encoding="${encoding}"`}?>`,
    });
  const CHINESE = '开源模型，今天发布';
  const JAPANESE = '日本語のニュース';

  it.each([
    ['said in the file', CHINESE, 'gbk', 'gb2312', null],
    ['said by the server', CHINESE, 'gbk', null, 'text/xml; charset=GBK'],
    [
      'said rightly by the server, wrongly in the file',
      CHINESE,
      'gbk',
      'utf-8',
      'text/xml; charset="gbk"',
    ],
    [
      'said rightly in the file, wrongly by the server',
      CHINESE,
      'gbk',
      'gbk',
      'text/xml; charset=utf-8',
    ],
    ['of Japan, said in the file', JAPANESE, 'shift_jis', 'Shift_JIS', null],
    ['of Japan, said by the server', JAPANESE, 'shift_jis', null, 'text/xml;charset=shift_jis'],
    ['of the west, said in the file', 'café à Köln', 'latin1', 'iso-8859-1', null],
    ['of the west, said nowhere', 'café à Köln', 'latin1', null, null],
    ['of the west, said wrongly', 'café à Köln', 'latin1', 'utf-8', 'text/xml; charset=utf-8'],
    ['that nobody knows', 'café à Köln', 'latin1', 'x-strange', 'text/xml; charset=no-such'],
  ] as const)('is found: %s', (_, words, label, declared, contentType) => {
    expect(textsOf(encode(body(words, declared), label), contentType)).toEqual([words]);
  });

  it.each([
    ['said nowhere', null, null],
    ['called another by the server', 'utf-8', 'text/xml; charset=ISO-8859-1'],
    ['called another in the file', 'gb2312', null],
  ])('is UTF-8 where that is sound: %s', (_, declared, contentType) => {
    expect(textsOf(body(CHINESE, declared), contentType)).toEqual([CHINESE]);
  });

  it('is UTF-8 also where a sign was cut in two', () => {
    const whole = Buffer.from(rss([{ title: CHINESE }, { title: `${CHINESE}!` }]));
    const end = whole.lastIndexOf(Buffer.from('!</title>'));
    expect(textsOf(whole.subarray(0, end - 1))).toEqual([CHINESE]);
  });

  it('is UTF-16 where its bytes show it', () => {
    const text = body(CHINESE, 'utf-16');
    expect(textsOf(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual([CHINESE]);
    expect(textsOf(Buffer.from(text, 'utf16le'))).toEqual([CHINESE]);
    expect(textsOf(Buffer.from(text, 'utf16le').swap16())).toEqual([CHINESE]);
  });
});

describe('HTML', () => {
  it.each([
    ['<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['a &amp; b &lt;div&gt; &#20013; &nbsp; c', 'a & b <div> 中 c'],
    ['<img src="x.png" alt="A cat">Cat<video src="x"></video>', 'Cat'],
    ['<script>evil()</script><style>p{}</style>Good', 'Good'],
    ['<b>bold</b> <em class="x">and</em> <strong>strong', 'bold and strong'],
    ['<p>no end <b>of <i>tags', 'no end of tags'],
    ['a<!-- hidden -->b', 'ab'],
    ['x < y and y > z', 'x < y and y > z'],
  ])('becomes text: %s', (html, text) => {
    expect(described(html)).toBe(text);
  });

  it('keeps where its links lead', () => {
    const html =
      '<a href="/more">More</a> <a href="https://a.example/x?y=1&amp;z=2">there</a> <a href="javascript:alert(1)">evil</a> <a href="#top">top</a> https://b.example/c.';
    expect(
      postsOf(rss([{ link: 'https://blog.example/one', description: `<![CDATA[${html}]]>` }])),
    ).toMatchObject([
      {
        text: 'More there evil top https://b.example/c.',
        urls: ['https://blog.example/more', 'https://a.example/x?y=1&z=2', 'https://b.example/c'],
      },
    ]);
  });

  it('may stand in a title', () => {
    const texts = textsOf(
      rss([
        { title: 'AT&amp;amp;T &lt;em&gt;grows&lt;/em&gt;' },
        { title: '<![CDATA[Let&#8217;s &#60;go&#62;]]>' },
        { title: 'a &lt; b' },
      ]),
    );
    expect(texts).toEqual(['AT&T grows', 'Let’s <go>', 'a < b']);
  });

  it('is read in a time that goes with its length, whatever it is', () => {
    const pieces = [
      '<b x=1><p>',
      '<a><p>',
      '<div>',
      '<optgroup>',
      '<table><tbody></tbody>',
      '<ul><li>',
      '<svg><g>',
      '<',
      '&',
      '<!--',
      ' ',
      '<select><option>',
      '<font a=1>',
    ];
    const bold = (open: (index: number) => string) =>
      `<p>${Array.from({ length: 190 }, (_, index) => open(index)).join('')}</p>${'<p>x'.repeat(20_000)}`;
    const pages = [
      ...pieces.map((piece) => piece.repeat(100_000 / piece.length)),
      bold((index) => `<b class="${index}">`),
      bold((index) => `<b/class=${index}>`),
      bold((index) => `<b title="<" class=${index}>`),
      '<div title="</b>">'.repeat(5000),
    ];
    for (const page of pages) {
      const start = workMs();
      expect(described(`<p>Words</p>${page}`)).toMatch(/^Words/);
      expect(workMs() - start).toBeLessThan(5000);
    }
  });

  it('of an article is cut where it is long', () => {
    const [post] = postsOf(rss([{ description: 'word '.repeat(3000) }]));
    expect(post?.text.length).toBeLessThanOrEqual(5001);
    expect(post?.truncated).toBe(true);
    expect(postsOf(rss([{ description: 'The beginning [&amp;hellip;]' }]))).toMatchObject([
      { text: 'The beginning […]', truncated: true },
    ]);
  });
});

describe('an item', () => {
  it('has its title before its words, unless they begin with it', () => {
    const texts = textsOf(
      rss([
        { title: 'News', description: 'Something happened.' },
        { title: 'Something…', description: 'Something happened today.' },
        { title: 'Alone' },
        { description: 'Without' },
      ]),
    );
    expect(texts).toEqual([
      'News\n\nSomething happened.',
      'Something happened today.',
      'Alone',
      'Without',
    ]);
  });

  it.each([
    ['<dc:creator>Ada L.</dc:creator>', 'Ada L.', 'Ada-L'],
    ['<author>ada@blog.example (Ada L.)</author>', 'Ada L.', 'Ada-L'],
    ['<author>Ada L.</author>', 'Ada L.', 'Ada-L'],
    ['<author>ada@blog.example</author>', 'A blog', 'A-blog'],
    ['<author/>', 'A blog', 'A-blog'],
    ['', 'A blog', 'A-blog'],
    ['<dc:creator>阮一峰</dc:creator>', '阮一峰', '阮一峰'],
    ['<dc:creator>@known_person</dc:creator>', '@known_person', 'known_person'],
    ['<dc:creator>known_person@x.com</dc:creator>', 'known_person@x.com', 'known_person-x.com'],
  ])('has an author, who is of its host: %s', (more, authorName, handle) => {
    expect(postsOf(rss([{ title: 'One', more }]))).toMatchObject([
      { author: `${handle}@blog.example`, authorName },
    ]);
  });

  it('has the host for an author where nobody is named at all', () => {
    expect(postsOf(rss([{ title: 'One' }], { title: '' }))).toMatchObject([
      { author: 'blog.example' },
    ]);
  });

  it('prefers all that is written to a part, and its own elements to those of extensions', () => {
    const more =
      '<content:encoded>&lt;p&gt;All of it&lt;/p&gt;</content:encoded><media:title>A film</media:title>';
    expect(
      textsOf(
        rss([
          {
            more: `<media:title>A film</media:title><title>One</title>${more}`,
            description: 'A part',
          },
        ]),
      ),
    ).toEqual(['One\n\nAll of it']);
  });

  it('of Atom is read in all its forms', () => {
    const entries = [
      `<id>urn:a</id><title type="html">One &amp;amp; only</title><link href="/a"/><published>2026-03-01T08:30:00Z</published><updated>2026-03-01T09:00:00Z</updated><content type="html">&lt;p&gt;Words&lt;/p&gt;</content><author><name>Ada</name></author>`,
      `<id>urn:b</id><title>Two</title><link rel="self" href="https://j.example/b.atom"/><link rel="alternate" href="https://j.example/b"/><updated>2026-03-01T08:31:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>If a &lt;b&gt; <a href="https://c.example/">c</a></p></div></content>`,
      `<id>urn:c</id><title>Three</title><updated>2026-03-01T08:32:00Z</updated><summary>Short</summary>`,
    ];
    expect(postsOf(atom(entries, '<link href="https://j.example/"/>'))).toMatchObject([
      {
        text: 'One & only\n\nWords',
        author: 'Ada@blog.example',
        url: 'https://j.example/a',
        createdAt: new Date('2026-03-01T08:30:00Z'),
      },
      {
        text: 'Two\n\nIf a <b> c',
        author: 'A-journal@blog.example',
        url: 'https://j.example/b',
        urls: ['https://c.example/'],
      },
      { text: 'Three\n\nShort', url: null },
    ]);
  });

  it('of RSS 1.0 is read', () => {
    const body = `${PROLOG}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel><item rdf:about="https://o.example/1"><title>One</title><link>https://o.example/1</link><dc:date>2026-03-01T08:30:00Z</dc:date></item></rdf:RDF>`;
    expect(postsOf(body)).toMatchObject([
      { text: 'One', author: 'Old@blog.example', url: 'https://o.example/1' },
    ]);
  });
});

describe('a post of X', () => {
  it('from Nitter has its own id, handle, name and address', () => {
    const html = `<p>Look: <a href="https://a.example/very/long/path">a.example/very/lo…</a><br>\n<a href="${NITTER}/search?q=%23ai">#ai</a> <a href="${NITTER}/bo" title="Bo">@bo</a></p>\n<img src="${NITTER}/pic/a.jpg" style="max-width:250px;" />`;
    expect(postsOf(nitter([{ id: ID, by: 'ada', title: 'Look: …', html }]))).toMatchObject([
      {
        id: ID,
        author: 'ada',
        authorName: 'Ada L.',
        text: 'Look: https://a.example/very/long/path\n#ai @bo',
        truncated: false,
        url: `https://x.com/ada/status/${ID}`,
        urls: ['https://a.example/very/long/path'],
        isQuote: false,
        isRepost: false,
        createdAt: new Date('2026-03-01T06:50:53.074Z'),
      },
    ]);
  });

  it('from Nitter is the original where it was reposted', () => {
    const body = nitter([{ id: ID, by: 'bo', title: 'RT by @ada: Hello', html: '<p>Hello</p>' }]);
    expect(postsOf(body)).toMatchObject([
      { id: ID, author: 'bo', authorName: 'bo', text: 'Hello', isRepost: false },
    ]);
  });

  it('from Nitter addresses whom it answers', () => {
    const body = nitter([
      { id: ID, by: 'ada', title: 'R to @bo: Yes', html: '<p>Yes</p>' },
      { id: OTHER, by: 'ada', title: 'Pinned: R to @bo: No', html: '<p>@bo @cy No</p>' },
    ]);
    expect(textsOf(body)).toEqual(['@bo Yes', '@bo @cy No']);
  });

  it('from Nitter quotes another, whose words are not its own', () => {
    const html = `<p>So true</p>\n${nitterQuote('bo', OTHER, 'Their words')}`;
    expect(postsOf(nitter([{ id: ID, by: 'ada', title: 'So true', html }]))).toMatchObject([
      { text: 'So true', isQuote: true, quotedId: OTHER, urls: [] },
    ]);
  });

  it('from an older Nitter quotes the post that it ends in', () => {
    const link = `${NITTER}/bo/status/${OTHER}#m`;
    const html = `<p>So true<br><a href="${link}">${link}</a></p>`;
    expect(postsOf(nitter([{ id: ID, by: 'ada', title: 'So true', html }]))).toMatchObject([
      { text: 'So true', isQuote: true, quotedId: OTHER, urls: [] },
    ]);
  });

  it('from Nitter without words is left out, and a film is none', () => {
    const film = `<a href="${NITTER}/ada/status/${OTHER}#m">\n<br>Video<br>\n<img src="x"></a>`;
    const body = nitter([
      { id: ID, by: 'ada', title: 'Image', html: '<p></p><img src="x">' },
      { id: OTHER, by: 'ada', title: 'Watch', html: `<p>Watch</p>${film}` },
    ]);
    expect(textsOf(body)).toEqual(['Watch']);
  });

  it('has the id that its link ends in where its guid is the bare id', () => {
    const body = rss([{ title: 'Hi', guid: ID, link: `https://birds.example/ada/status/${ID}#m` }]);
    expect(postsOf(body)).toMatchObject([{ id: ID, author: 'ada' }]);
  });

  it.each([
    `https://twitter.com/ada/status/${ID}`,
    `https://mobile.twitter.com/ada/status/${ID}?s=20`,
    `https://fxtwitter.com/ada/status/${ID}`,
    `https://nitter.other.example/ada/status/${ID}#m`,
  ])('is the same one wherever it is linked: %s', (link) => {
    expect(postsOf(rss([{ description: 'Hi', link }]))).toMatchObject([
      { id: ID, author: 'ada', text: 'Hi' },
    ]);
  });

  it('is of the moment that its id names, whatever the feed says, and none before X gives the id', () => {
    const of = (id: string) => ({ link: `https://x.com/ada/status/${id}`, description: 'Hi' });
    const body = rss([
      { ...of('2027000000000000001'), date: 'Mon, 02 Mar 2026 11:59:00 GMT' },
      of('2029000000000000001'),
      of('99999999999999999999'),
    ]);
    expect(postsOf(body)).toMatchObject([{ createdAt: new Date('2026-02-26T12:37:14.495Z') }]);
  });

  it('is not by whom the feed names where no link to it does', () => {
    const link = `https://x.com/i/status/${ID}`;
    const creator = (name: string) => `<dc:creator>${name}</dc:creator>`;
    for (const name of ['@ada', 'ada']) {
      const [post] = postsOf(rss([{ description: 'Hi', link, more: creator(name) }]));
      expect(post).toMatchObject({ id: ID, author: 'blog.example', url: link });
    }
    const other = `https://x.com/ada/status/${OTHER}`;
    expect(postsOf(rss([{ description: 'Hi', guid: link, link: other }]))).toMatchObject([
      { id: ID, author: 'blog.example' },
    ]);
    const same = `https://x.com/ada/status/${ID}`;
    expect(postsOf(rss([{ description: 'Hi', guid: link, link: same }]))).toMatchObject([
      { id: ID, author: 'ada' },
    ]);
  });

  it('has no numbers, whatever the feed says', () => {
    const numbers = { likes: 1e7, retweets: 1e7, views: 1e9, seen_at: '2026-03-01T08:30:00Z' };
    const item = { id: `https://x.com/ada/status/${ID}`, content_text: 'Hi', ...numbers };
    expect(postsOf(jsonFeed([{ ...item, _extra: numbers }]))).toMatchObject([
      { id: ID, author: 'ada', likes: null, reposts: null, views: null, seenAt: null },
    ]);
  });

  it('is not what a page of its own merely links to', () => {
    const link = `https://x.com/ada/status/${ID}`;
    const item = { title: 'On a post', link, guid: 'https://blog.example/1', description: 'Well…' };
    expect(postsOf(rss([item]))).toMatchObject([
      {
        id: expect.stringMatching(/^feed:/),
        author: 'A-blog@blog.example',
        url: 'https://blog.example/1',
      },
    ]);
  });

  it('from RSSHub has the handle of its link and the name that is said', () => {
    const html =
      'One<br>two &amp; https://a.example/x<br><img width="1" src="https://pbs.example/a.jpg">';
    expect(
      postsOf(rsshub([{ id: ID, by: 'ada', name: 'Ada L.', title: 'One two', html }])),
    ).toMatchObject([
      {
        id: ID,
        author: 'ada',
        authorName: 'Ada L.',
        text: 'One\ntwo & https://a.example/x',
        urls: ['https://a.example/x'],
      },
    ]);
  });

  it('from RSSHub is a repost where it says so', () => {
    const plain = {
      id: ID,
      by: 'ada',
      name: 'Ada L.',
      title: 'RT Bo B.: Hello',
      html: 'RT&ensp;Bo B.<br>Hello<br>you',
    };
    const readable = {
      ...plain,
      id: OTHER,
      html: `<small>🔁&ensp;<a href='https://x.com/bo' target='_blank'><strong>Bo B.</strong></a></small><br>Hello<br>you`,
    };
    const posts = postsOf(rsshub([plain, readable]));
    expect(posts).toMatchObject([
      { id: ID, author: 'ada', text: 'RT Bo B.: Hello\nyou', isRepost: true },
      { id: OTHER, author: 'ada', text: 'RT @bo: Hello\nyou', isRepost: true },
    ]);
  });

  it('from RSSHub that names all authors has only its own words', () => {
    const said = {
      id: ID,
      by: 'ada',
      name: 'Ada L.',
      title: 'x',
      html: '<b>Ada L.</b>:&ensp;Re Hello',
    };
    const reposted = { ...said, id: OTHER, html: 'Ada L.&ensp;RT<br>Bo B.:&ensp;Hi' };
    expect(textsOf(rsshub([said, reposted]))).toEqual(['Hello', 'RT Bo B.: Hi']);
  });

  it('from RSSHub quotes another, whose words are not its own', () => {
    const plain = `So true<hr><div class="rsshub-quote">Bo B.:&ensp;Their words<br></div>`;
    const readable = `So true<div class="rsshub-quote"><br clear='both' /><blockquote><a href='https://x.com/bo'>Bo B.</a>:&ensp;Their words<br><small>Link: <a href='https://x.com/bo/status/${OTHER}'>https://x.com/bo/status/${OTHER}</a></small></blockquote></div>`;
    const body = rsshub([
      { id: ID, by: 'ada', name: 'Ada L.', title: 'So true', html: plain },
      { id: OTHER, by: 'ada', name: 'Ada L.', title: 'So true', html: readable },
    ]);
    expect(postsOf(body)).toMatchObject([
      { text: 'So true', isQuote: true, quotedId: null },
      { text: 'So true', isQuote: true, quotedId: OTHER },
    ]);
  });

  it('from RSSHub as JSON says what it belongs to', () => {
    const item = (kind: string, html: string) => ({
      id: `https://twitter.com/ada/status/${ID}`,
      url: `https://x.com/ada/status/${ID}`,
      content_html: html,
      date_published: '2026-03-01T08:30:00Z',
      authors: [{ name: 'Ada L.' }],
      _extra: { links: [{ url: `https://x.com/bo/status/${OTHER}`, type: kind }] },
    });
    const more = { description: 'X @Ada - Powered by RSSHub' };
    const read = (kind: string, html: string) => postsOf(jsonFeed([item(kind, html)], more));
    expect(read('repost', 'RT&ensp;Bo<br>Hi')).toMatchObject([
      { isRepost: true, repostOfId: OTHER },
    ]);
    expect(read('reply', 'Re Hi')).toMatchObject([{ replyToId: OTHER, text: 'Hi' }]);
    expect(read('quote', 'Hi')).toMatchObject([{ isQuote: true, quotedId: OTHER }]);
  });

  it('is not read through a service that wants readers to register', () => {
    const body = rss([{ title: 'RSS reader not yet whitelisted!', guid: 'x' }]);
    expect(() => postsOf(body)).toThrow('its server lets only those read it who have registered');
  });
});

describe('a post of another network', () => {
  it('from Mastodon is named after its server', () => {
    const link = 'https://social.example/@ada/116150000000000001';
    const quoted = 'https://other.example/@bo/116150000000000002';
    const html = `<p class="quote-inline">RE: <a href="${quoted}">${quoted}</a></p><p>Hello <a href="https://social.example/tags/ai" class="mention hashtag">#<span>ai</span></a> <a href="https://a.example/long"><span class="invisible">https://</span><span>a.example/long</span></a></p>`;
    const body = rss([{ link, guid: link, description: `<![CDATA[${html}]]>`, date: DATE }], {
      title: 'Ada L.',
      channel: '<link>https://social.example/@ada</link>',
    });
    expect(postsOf(body)).toMatchObject([
      {
        id: 'mastodon:social.example/116150000000000001',
        author: 'ada@social.example',
        text: 'Hello #ai https://a.example/long',
        url: link,
        urls: ['https://a.example/long'],
        isQuote: true,
        quotedId: 'mastodon:other.example/116150000000000002',
      },
    ]);
  });

  it('from Bluesky is named after who wrote it for good', () => {
    const did = 'did:plc:z72i7hdynmk6r22z27h6tvur';
    const body = rss(
      [
        {
          link: 'https://bsky.app/profile/ada.example/post/3kabc',
          guid: `at://${did}/app.bsky.feed.post/3kabc`,
          description: 'Hello\n\n[contains quote post or other embedded content]',
          date: '01 Mar 2026 08:30 +0000',
        },
      ],
      {
        title: '@ada.example - Ada L.',
        channel: '<link>https://bsky.app/profile/ada.example</link>',
      },
    );
    expect(postsOf(body)).toMatchObject([
      { id: `bluesky:${did}/3kabc`, author: 'ada.example', authorName: 'Ada L.', text: 'Hello' },
    ]);
    const guid = `at://${did}/app.bsky.feed.post/3kabc`;
    const other = 'https://bsky.app/profile/bo.example/post/3kxyz';
    const more = '<dc:creator>@bo.example</dc:creator>';
    expect(postsOf(rss([{ guid, link: other, description: 'Hello', more }]))).toMatchObject([
      { id: `bluesky:${did}/3kabc`, author: did },
    ]);
  });
});

describe('whatever a stranger serves', () => {
  const whole = [
    rss([
      { title: 'One', link: 'https://x.com/a/status/12345', description: '&lt;p&gt;x', date: DATE },
    ]),
    atom(['<id>a</id><title>b</title><updated>2026-03-01T08:30:00Z</updated>']),
    jsonFeed([{ id: 1, content_html: '<p>x', date_published: '2026-03-01' }]),
    nitter([{ id: ID, by: 'ada', title: 'RT by @bo: x', html: nitterQuote('bo', OTHER, 'x') }]),
    rsshub([{ id: ID, by: 'ada', name: 'A', title: 'x', html: 'RT&ensp;B<br>x' }]),
  ];
  const shreds = fc.constantFrom(
    ...'<item> </item> <![CDATA[ ]]> <!-- --> & &#x110000; &lt; < > <link/> <guid> <? ?>'.split(
      ' ',
    ),
    ...'<!DOCTYPE [ ] " { } \u0000 \uD800 <__proto__> <constructor> https://'.split(' '),
    '<title type="xhtml"><div>',
    '<content:encoded>',
  );
  const cut = fc.tuple(
    fc.constantFrom(...whole),
    fc.nat(),
    fc.nat(60),
    fc.array(shreds, { maxLength: 4 }),
  );
  const broken = cut.map(([body, at, length, inserted]) => {
    const start = at % body.length;
    return body.slice(0, start) + inserted.join('') + body.slice(start + length);
  });

  /** None where it fails as sources may; anything else that is thrown comes out. */
  function postsOrFailure(served: Uint8Array): Post[] {
    try {
      return postsOf(served);
    } catch (error) {
      if (error instanceof SourceFailure) return [];
      throw error;
    }
  }

  it('is a feed, or a failure in words', () => {
    const body = fc.oneof(
      broken,
      fc.array(shreds).map((all) => all.join('')),
      fc.string(),
    );
    const bytes = fc.oneof(
      { weight: 4, arbitrary: body.map((text) => Buffer.from(text)) },
      fc.uint8Array(),
    );
    fc.assert(
      fc.property(bytes, (served) => {
        const posts = postsOrFailure(served);
        for (const { id, text, isQuote } of posts) {
          expect(id).toMatch(/^\S+$/);
          expect(text !== '' || isQuote).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
