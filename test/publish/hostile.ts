import fc from 'fast-check';

import { cleanText } from '../../src/lib/text.ts';
import type { Post } from '../../src/model/post.ts';
import { type Line, type Report, SECTION_LETTERS } from '../../src/model/report.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport } from '../support/reports.ts';

/** What means something to Markdown, kramdown, Liquid, HTML or a terminal, without spaces. */
const MARKS = [
  '\\ ` * _ { } [ ] ( ) # + - . ! | < > ~ ^ $ % & : ; @ = " \' / ? , {{ }} {% %} {::comment} {#id}',
  '$$ --- ``` ~~~ *** ... <script> </a> <!-- --> &amp; &#123; &copy \\{ \\| [x](javascript:alert(1))',
  '![x](y.png) [^1] *[ABC]: https://evil.example/a_b www.evil.example eve@evil.example @everyone',
  '#tag a_1_b 开源 ， 「 שלום \u202Eabc \u200B 👩‍💻 🇨🇳 é e\u0301 \uD800 \u001B[31m \u0007 \u0000 \u009B',
].flatMap((marks) => marks.split(' '));

/** The same, with spaces and line ends; between bars that are broken. */
const BEGINNINGS = [
  ' ¦\t¦\n¦\r\n¦\n\n¦\u2028¦\uFEFF¦{: .x}¦- ¦1. ¦+ ¦# ¦> ¦: ¦^\n¦    code¦| a |\n¦[ ] ¦[1]: /u¦<b a="x">',
  '\n- ¦\n1. ¦\n# ¦\n> ¦\n: ¦\n^\n¦\n| - |\n¦\n{: .x}\n¦\n[^1]: note¦\n---\n¦\n```\n¦\n$$\n¦\n    code',
].flatMap((marks) => marks.split('¦'));

/** Texts as posts may hold them when they are stored: anything but control characters. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKS),
      fc.constantFrom(...BEGINNINGS),
      fc.string({ maxLength: 6, unit: 'grapheme' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => cleanText(parts.join('')));

const hostileUrl = fc.oneof(
  fc.constantFrom(
    null,
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'https://example.com/a)[b](javascript:alert(1))',
    'https://example.com/?q={{ site.title }}&b={% raw %}#{{x}}',
    'https://example.com/"><script>alert(1)</script>',
    'https://example.com/a--b_c$$d|e\\f`g`&copy;=1 "title"',
  ),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  hostileText.map((text) => `https://example.com/${text}`),
  hostileText,
);

const hostilePost = fc.record({ author: hostileText, text: hostileText, url: hostileUrl });

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

const words = fc.record({
  lead: orNull(hostileText.filter((text) => text.trim() !== '')),
  text: hostileText,
  impact: orNull(hostileText),
  cite: fc.nat(),
});

type Sourced = { readonly report: Report; readonly posts: ReadonlyMap<string, Post> };

/** Small reports with every part, in which every word that comes from outside is hostile. */
export const hostileReport: fc.Arbitrary<Sourced> = fc
  .record({
    sources: fc.array(hostilePost, { minLength: 1, maxLength: 3 }),
    topicTitle: hostileText,
    language: fc.constantFrom('zh' as const, 'en' as const),
    names: fc.array(hostileText, { maxLength: 2 }),
    parts: fc.tuple(...[0, 1, 2, 3].map(() => fc.array(words, { maxLength: 2 }))),
  })
  .map(({ sources, topicTitle, language, names, parts }) => {
    const posts = sources.map((fields, index) => aPost({ ...fields, id: `p${index}` }));
    const idAt = (index: number) => posts[index % posts.length]?.id ?? '';
    const sections = names.map((name, index) => ({ letter: SECTION_LETTERS[index] ?? 'A', name }));
    const lines = (['I', 'II', 'III', 'IV'] as const).flatMap((part, which): Line[] => {
      const section = part === 'III' ? (sections[0]?.letter ?? null) : null;
      if (part === 'III' && section === null) return [];
      return (parts[which] ?? []).map(({ cite, ...line }, index) =>
        aLine({ ...line, address: `${part}.${index}`, part, section, cites: [idAt(cite)] }),
      );
    });
    return {
      report: aReport({ topicTitle, language, sections, lines }),
      posts: new Map(posts.map((post) => [post.id, post])),
    };
  });
