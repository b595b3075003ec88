import { isStopWord, tokenize } from '../../lib/tokens.ts';
import type { Problem } from '../../model/verdict.ts';
import { meaningsOf, rootOf } from '../../lib/dictionary.ts';
import type { Ground } from './ground.ts';
import { hanNames, isSupported, namesIn, type Names } from './names.ts';
import { once } from './once.ts';
import { piecesOf } from './pieces.ts';

/** What the words of a line are looked up in. */
export type Vocabulary = {
  /** Roots of the Latin words, and Han words as they stand. */
  readonly words: ReadonlySet<string>;
  /** Roots of what the Han words may mean. */
  readonly meant: () => ReadonlySet<string>;
  readonly text: string;
  /** The names in their known forms. */
  readonly names: () => Names;
};

/** Reads the words of a text, and its names when they are asked for. */
export function vocabularyOf(text: string, names = once(() => namesIn(text))): Vocabulary {
  const tokens = tokenize(text);
  const han = tokens.filter((token) => HAN.test(token));
  const latin = tokens.filter((token) => !HAN.test(token)).flatMap(partsOf);
  return {
    words: new Set([...latin.map(rootOf), ...han]),
    meant: once(() => new Set(han.flatMap(meaningsOf))),
    text,
    names,
  };
}

const HAN = /\p{Script=Han}/u;

function partsOf(token: string): string[] {
  const parts = token.split(/[^\p{L}\p{N}']+/u);
  const humps = token.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu) ?? [];
  return [token, ...parts, ...humps].filter((part) => part.length > 1);
}

/** A word of a line with a subject of its own. */
export type Content = {
  readonly word: string;
  readonly start: number;
  /** How much it tells: a word with many meanings tells little. */
  readonly weight: number;
  /** By what it may be found among the grounds. */
  readonly roots: readonly string[];
};

/** The words of a line that have a subject, without numbers and what only says that somebody speaks. */
export function contentsOf(words: string): Content[] {
  const contents: Content[] = [];
  let at = 0;
  const told = withoutAsides(words);
  for (const token of tokenize(told)) {
    const start = told.indexOf(token, at);
    if (start === -1) continue;
    at = start + token.length;
    if (isStopWord(token) || /\d/.test(token) || REPORTING.has(token.toLowerCase())) continue;
    const content = contentOf(token, start);
    if (content !== null) contents.push(content);
  }
  return contents;
}

/** The words with blanks in the place of clauses on what the posts do not say, or do not show. */
function withoutAsides(words: string): string {
  return words.replace(/[^，。；;!?！？–]+/gu, (clause) =>
    ASIDE.test(clause) ? ' '.repeat(clause.length) : clause,
  );
}

const ASIDE =
  /帖|原文|本报|未收录|据此|无从|无法判断|没有(?:给出|写|说明|点名|公布|提供|测试|对照|依据|数据)|未(?:写|说明|给出|点名|提供)|\b(?:the|this|that|cited) (?:post|thread|tweet)s?\b|\b(?:does|did|do)(?: not|n't) (?:say|give|name|mention)\b/iu;

function contentOf(word: string, start: number): Content | null {
  if (!HAN.test(word)) {
    if (word.startsWith('@')) return { word, start, weight: 2, roots: [rootOf(word)] };
    return /^\p{Script=Latin}/u.test(word)
      ? { word, start, weight: 1, roots: [rootOf(word)] }
      : null;
  }
  if (word.length < 2) return null;
  if (hanNames(word).length > 0) return { word, start, weight: 1, roots: [] };
  const roots = meaningsOf(word);
  return roots.length === 0 ? null : { word, start, weight: roots.length > 12 ? 0.5 : 1, roots };
}

/** Whether a word stands in the grounds, in its own language or in another. */
export function isFound(
  { word, roots }: Content,
  { words, meant, text, names }: Vocabulary,
): boolean {
  if (!HAN.test(word)) {
    return (
      roots.some((root) => words.has(root) || meant().has(root)) ||
      (/\p{Lu}/u.test(word) && isSupported(word, names()))
    );
  }
  return (
    text.includes(word) ||
    roots.some((root) => words.has(root)) ||
    hanNames(word).some(({ name }) => names().known.has(name))
  );
}

/** What share of a line's words stands in the grounds, by weight. Who wrote them counts for nothing. */
export function likenessOf(
  words: string,
  ground: Vocabulary,
  authors: ReadonlySet<string>,
): { share: number; weight: number } {
  let [found, weight] = [0, 0];
  for (const content of contentsOf(words)) {
    if (piecesOf(content.word).some((piece) => authors.has(piece))) continue;
    weight += content.weight;
    if (isFound(content, ground)) found += content.weight;
  }
  return { share: weight === 0 ? 1 : found / weight, weight };
}

/** Below this share of found words a line is like no cited post. */
const LEAST = 0.3;
/** Lines of fewer words tell too little. */
const FEWEST = 4;

/** A suspicion where hardly a word of the line stands in the posts. */
export function unlikeness(words: string, ground: Ground, names: Names): Problem[] {
  const text = ground.sources.map((source) => source.text).join('\n');
  const { share, weight } = likenessOf(
    words,
    vocabularyOf(text, () => names),
    authorsOf(ground),
  );
  return weight >= FEWEST && share < LEAST ? [{ kind: 'unlike' }] : [];
}

/** The pieces of the authors' names and handles. */
export function authorsOf({ sources }: Ground): Set<string> {
  return new Set(
    sources.flatMap(({ post }) =>
      post === null ? [] : [...piecesOf(post.authorName), ...piecesOf(post.author)],
    ),
  );
}

/** Words of a report that say that somebody says something, or what posts lack. */
const REPORTING = new Set(
  `said says say saying told tell tells argued argues argue noted notes announced announces thinks
  believes wrote writes suggested suggests called calls claims claimed pointed reported reports
  according post posts author thread tweet tweets cited
  表示 认为 指出 宣布 称 说 写道 提到 介绍 强调 透露 帖中 帖文 帖子 原帖 所引 作者 账号 引用 转发 转述
  列出 给出 说明 没有 本报 当日 数据 其中 分别 相关 方面 主张 举例 此前 随后 同时 另外 一种`.split(
    /\s+/,
  ),
);
