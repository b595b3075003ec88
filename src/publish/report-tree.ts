import type { List, PhrasingContent, Root, RootContent, Table } from 'mdast';

import { oneLine, withoutLinks } from '../lib/text.ts';
import {
  bullets,
  emphasis,
  heading,
  item,
  link,
  paragraph,
  root,
  row,
  strong,
  text,
  thematicBreak,
} from '../lib/tree.ts';
import type { PartMark } from '../model/address.ts';
import { type Post, postLink } from '../model/post.ts';
import {
  type EarlierLine,
  linesOf,
  type Line,
  type Report,
  type SectionLetter,
} from '../model/report.ts';
import { textsIn, type Texts } from '../texts/texts.ts';
import { beginningOf } from './post-item.ts';

/** The posts that a report cites, by id. */
export type CitedPosts = ReadonlyMap<string, Post>;

/** Fewer posts than this make a quiet window. */
const QUIET = 30;

/** Where a line of an earlier report is read; `null` where there is nothing to link to. */
export type FindEarlier = (line: EarlierLine) => string | null;

const NOWHERE: FindEarlier = () => null;

/**
 * A whole report as a Markdown tree, parts and order as readers know them; no picture. Every line has
 * its address as an anchor.
 */
export function reportTree(
  report: Report,
  posts: CitedPosts,
  findEarlier: FindEarlier = NOWHERE,
): Root {
  const texts = textsIn(report.language);
  const cite = citer(report, posts, findEarlier);
  const parts = [
    briefPart(report, texts, cite),
    factsPart(report, texts, cite, posts),
    detailsPart(report, texts, cite),
    conclusionsPart(report, texts, cite),
    [closingOf(report), ...unlinkedSources(report, posts, texts, cite)],
  ];
  return root([
    ...introduction(report, texts),
    ...parts.flatMap((part) => (part.length > 0 ? [thematicBreak, ...part] : [])),
  ]);
}

/** The first screen: title, what wrote it, and the brief. */
export function briefTree(report: Report, posts: CitedPosts): Root {
  const texts = textsIn(report.language);
  return root([...introduction(report, texts), ...briefPart(report, texts, citer(report, posts))]);
}

/** The table of key information, or one section of the detailed analysis. */
export function partTree(report: Report, posts: CitedPosts, part: PartMark): Root {
  const cite = citer(report, posts);
  const texts = textsIn(report.language);
  if (part === 'II') return root(factsPart(report, texts, cite, posts));
  if (part === 'IV') return root(conclusionsPart(report, texts, cite));
  return root(sectionOf(report, part, cite));
}

/** The closing note: what was collected, left out, kept and cited, what became of a model's lines, what is missing. */
export function closingOf(report: Report): RootContent {
  const { counts, language, writing, writer } = report;
  const texts = textsIn(language);
  const notes = [texts.closing(counts)];
  if (writing && writer === 'model') {
    const { written, repaired, dropped } = writing;
    const cited = report.lines.filter(({ verdict }) => verdict.kind !== 'quoted').length;
    notes.push(texts.linesNote({ written, cited, repaired, dropped: dropped.length }));
  }
  if (report.missing.length > 0) notes.push(texts.missingSources(report.missing));
  return paragraph([emphasis(notes.join(' '))]);
}

/** How lines of one report are set. */
type Cite = {
  readonly texts: Texts;
  readonly findEarlier: FindEarlier;
  /** Numbers a post by its first mention in the report and links it, always the same way. */
  readonly post: (postId: string) => PhrasingContent;
};

/** Where a post without an address of its own is found in the published page. */
function anchorOf(number: number): string {
  return `source-${number}`;
}

function citer(report: Report, posts: CitedPosts, findEarlier: FindEarlier = NOWHERE): Cite {
  const numbers = numbersOf(report);
  return {
    texts: textsIn(report.language),
    findEarlier,
    post(postId) {
      const number = numbers.get(postId) ?? 0;
      const post = posts.get(postId);
      const words = `[${number}]`;
      return post ? link(postLink(post) ?? `#${anchorOf(number)}`, words) : text(words);
    },
  };
}

function numbersOf(report: Report): Map<string, number> {
  const ids = new Set(report.lines.flatMap((line) => line.cites));
  return new Map([...ids].map((id, index) => [id, index + 1]));
}

function introduction(report: Report, texts: Texts): RootContent[] {
  const { topicTitle, window, counts } = report;
  const month = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const quiet = counts.collected < QUIET ? texts.quietWindow(counts.collected) : '';
  return [
    paragraph([text(texts.reportTitle(topicTitle, window.from, window.to))]),
    paragraph([strong(`${topicTitle} Insights Report (${month.format(new Date(window.to))})`)]),
    {
      type: 'blockquote',
      children: [
        paragraph([text([quiet, ...authorship(report, texts)].filter(Boolean).join(' '))]),
      ],
    },
  ];
}

/** Who wrote the report; where a model was to and did not, why. */
function authorship({ writer, writing }: Report, texts: Texts): string[] {
  const fallbacks = writing?.fallbacks ?? [];
  if (writing && writer === 'model') {
    const replaced = fallbacks.filter(({ part }) => part !== 'III' && part !== 'IV');
    const advice = fallbacks.find(({ part }) => part === 'IV');
    return [
      texts.writtenBy(writing.model),
      ...(replaced.length > 0 ? [texts.partsTakenOver(replaced)] : []),
      ...(advice ? [texts.noAdvice(advice.reason)] : []),
    ];
  }
  const [first] = fallbacks;
  return [...(first ? [texts.takenOver(first.reason)] : []), texts.writtenByNobody];
}

function briefPart(report: Report, texts: Texts, cite: Cite): RootContent[] {
  const lines = linesOf(report, 'I');
  if (lines.length === 0) return [];
  return [
    heading(2, texts.brief),
    paragraph([emphasis(`(${texts.briefHint})`)]),
    numbered(lines, cite),
  ];
}

function factsPart(report: Report, texts: Texts, cite: Cite, posts: CitedPosts): RootContent[] {
  const lines = linesOf(report, 'II');
  if (lines.length === 0) return [];
  const withImpact = lines.some((line) => line.impact !== null);
  const third = (line: Line): string =>
    withImpact ? (line.impact ?? '') : echoOf(line, posts, texts);
  const table: Table = {
    type: 'table',
    align: ['center', 'left', 'left'],
    children: [
      row([text('#')], [text(texts.fact)], [text(withImpact ? texts.impact : texts.echo)]),
      ...lines.map((line, index) =>
        row([text(String(index + 1))], lineContent(line, cite), [text(third(line))]),
      ),
    ],
  };
  return [heading(2, texts.facts(lines.length)), table];
}

function echoOf(line: Line, posts: CitedPosts, texts: Texts): string {
  const post = posts.get(line.cites[0] ?? '');
  // X counts the likes of a repost with the original, and hands out 0 for the repost itself.
  const likes = post?.isRepost ? null : (post?.likes ?? null);
  return texts.echoNumbers({ likes, reposts: post?.reposts ?? null });
}

function detailsPart(report: Report, texts: Texts, cite: Cite): RootContent[] {
  if (report.sections.length === 0) return [];
  return [
    heading(2, texts.details),
    ...report.sections.flatMap(({ letter }) => sectionOf(report, letter, cite)),
  ];
}

function sectionOf(report: Report, letter: SectionLetter, cite: Cite): RootContent[] {
  const section = report.sections.find((candidate) => candidate.letter === letter);
  if (!section) return [];
  return [
    heading(3, `${letter} ${section.name}`),
    bullets(linesOf(report, 'III', letter).map((line) => lineContent(line, cite))),
  ];
}

function conclusionsPart(report: Report, texts: Texts, cite: Cite): RootContent[] {
  const lines = linesOf(report, 'IV');
  return lines.length === 0 ? [] : [heading(2, texts.conclusions), numbered(lines, cite)];
}

/** Cited posts that have no address are printed at the end, where their citations lead. */
function unlinkedSources(
  report: Report,
  posts: CitedPosts,
  texts: Texts,
  cite: Cite,
): RootContent[] {
  const unlinked = [...numbersOf(report)].flatMap(([id, number]) => {
    const post = posts.get(id);
    return post && postLink(post) === null ? [sourceOf(post, number, cite.post(id))] : [];
  });
  return unlinked.length === 0 ? [] : [heading(2, texts.sourcesWithoutLink), bullets(unlinked)];
}

/** Every post that a report cites, by the number that its lines cite it with. */
export function sourcesList(report: Report, posts: CitedPosts): List {
  const cite = citer(report, posts);
  const items = [...numbersOf(report)].flatMap(([id]) => {
    const post = posts.get(id);
    return post
      ? [item([cite.post(id), text(` @${oneLine(post.author)}: ${beginningOf(post)}`)])]
      : [];
  });
  return { type: 'list', ordered: false, spread: false, children: items };
}

function sourceOf(post: Post, number: number, citation: PhrasingContent): PhrasingContent[] {
  const time = `${post.createdAt.toISOString().slice(0, 16)}Z`;
  return [
    { type: 'html', value: `<a id="${anchorOf(number)}"></a>` },
    citation,
    text(` @${post.author}, ${time}: ${oneLine(withoutLinks(post.text))}`),
  ];
}

function numbered(lines: readonly Line[], cite: Cite): List {
  return {
    type: 'list',
    ordered: true,
    start: 1,
    spread: true,
    children: lines.map((line) => item(lineContent(line, cite))),
  };
}

function lineContent(line: Line, cite: Cite): PhrasingContent[] {
  const { address, lead, continues, basis, cites } = line;
  const { texts } = cite;
  return [
    { type: 'html', value: `<a id="${address}"></a>` },
    ...(continues === null ? [] : [text(texts.update)]),
    ...(lead === null ? [] : [strong(lead), text(' – ')]),
    ...boldIn(line.text, line.bold),
    ...(continues === null ? [] : [text(' ('), earlierLink(continues, cite), text(')')]),
    ...(basis.length === 0 ? [] : [text(texts.basedOn(basis))]),
    ...cites.flatMap((id) => [text(' '), cite.post(id)]),
  ];
}

function earlierLink(line: EarlierLine, { texts, findEarlier }: Cite): PhrasingContent {
  const words = texts.seeEarlier(line.to, line.address);
  const url = findEarlier(line);
  return url === null ? text(words) : link(url, words);
}

/** The text with its pieces in bold, each where it first stands after the one before. */
function boldIn(words: string, pieces: readonly string[]): PhrasingContent[] {
  const set: PhrasingContent[] = [];
  let rest = words;
  for (const piece of pieces) {
    const at = rest.indexOf(piece);
    if (at < 0) continue;
    if (at > 0) set.push(text(rest.slice(0, at)));
    set.push(strong(piece));
    rest = rest.slice(at + piece.length);
  }
  return rest === '' ? set : [...set, text(rest)];
}
