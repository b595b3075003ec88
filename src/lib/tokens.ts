import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import {
  ara,
  deu,
  eng,
  fra,
  ind,
  ita,
  jpn,
  kor,
  nld,
  por,
  rus,
  spa,
  tha,
  tur,
  vie,
  zho,
} from 'stopword';

/**
 * Links, then marked names (@handle, @handle.bsky.social, #tag, $TICKER), runs of CJK characters, runs of Thai, and words
 * that may hold inner marks (GPT-5.2, Node.js, don't, C++).
 */
export const TOKEN =
  /(?<link>(?:https?:\/\/|www\.)(?:[\x21-\x7E]+|\S+))|(?<marked>@\w[\w-]*(?:\.[a-z\d-]+)*\.[a-z]{2,24}(?![\w@])|@\w+|[#＃][\p{L}\p{N}_]+|\$[A-Za-z]\w*)|(?<cjk>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)|(?<thai>\p{Script=Thai}+)|(?<word>(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})[\p{L}\p{M}\p{N}])+(?:[-.'’&_](?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})[\p{L}\p{M}\p{N}])+)*\+{0,2})/gu;

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * The words of a text in order, in the form in which they stand: links left out, marked names whole,
 * Chinese cut by jieba, Japanese and Thai by the runtime's dictionary.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const { 0: match, groups } of text.matchAll(TOKEN)) {
    if (groups?.['link'] !== undefined) continue;
    if (groups?.['cjk'] !== undefined) {
      append(tokens, KANA.test(match) ? segments(match, 'ja') : jieba().cut(match, true));
    } else if (groups?.['thai'] !== undefined) append(tokens, segments(match, 'th'));
    else tokens.push(match);
  }
  return tokens;
}

/** A loop, because a run may hold more words than a call takes arguments. */
function append(tokens: string[], words: readonly string[]): void {
  for (const word of words) tokens.push(word);
}

/** Words of everyday talk that the short English and Chinese lists leave in. */
const EVERYDAY =
  `a lot able actually again ago almost already also always amp another any anyone anything away back
  because become been being best better big both came can cannot come could day days did didn't does
  doesn't doing don't done down each either else end enough even ever every everyone everything few
  find first found full gave get gets getting give go goes going gone good got great guys had happen
  happened has have having here how however i'd i'll i'm i've if instead isn't it's its itself just
  keep know last later least less let let's like little ll long look looks lot lots made make makes
  making many may maybe me might more most much must near need needs never new next no not nothing
  now off often ok okay old once one ones only or other others our out over own part people per
  please pretty probably put quite rather re really right said same saw say says see seen seems
  should show since so some someone something soon still such sure take takes than thank thanks that
  that's the them then there there's these they they're thing things think this those though through
  time to today together told tomorrow tonight too took true try trying two until up us use used
  using ve very via want wanted wants was way we we're week well went were what what's when where
  which while who why will with within without won't would wow year years yes yesterday yet you
  january february march april june july august september october november december monday
  tuesday wednesday thursday friday saturday sunday
  you're your rt im dont cant ive gonna gotta lol btw fyi imo tbh
  一个 一些 一下 一样 一点 一直 不是 不会 不能 不要 可以 可能 没有 我们 你们 他们 自己 这个 那个 这些
  那些 这样 那样 这种 什么 怎么 怎样 为什么 如何 就是 还是 但是 因为 所以 如果 已经 现在 今天 明天 昨天
  时候 觉得 知道 看到 出来 起来 进行 通过 以及 或者 非常 真的 比较 目前 很多 需要 大家 其实 然后 最近
  直接 使用 一次 之前 之后 以前 以后 里面 东西 事情 问题 而且 不过 只是 还有 这么 那么 多少 有点`.split(
    /\s+/,
  );

/** Little words of one language that are subjects in another. */
const SPARED = new Set(['ad', 'ai', 'door', 'era', 'eu', 'kimi', 'man', 'os', 'war']);

const EVERYDAY_WORDS = withoutSpared([eng, zho, EVERYDAY]);
const STOP_WORDS = withoutSpared([
  eng,
  zho,
  jpn,
  spa,
  fra,
  por,
  deu,
  ita,
  nld,
  tur,
  ind,
  vie,
  tha,
  kor,
  ara,
  rus,
  EVERYDAY,
]);

function withoutSpared(lists: readonly (readonly string[])[]): ReadonlySet<string> {
  const words = lists.flat().map((word) => word.toLowerCase());
  return new Set(words.filter((word) => !SPARED.has(word)));
}

/** Whether a word carries no subject of its own in English or Chinese; numbers and other languages do. */
export function isEverydayWord(token: string): boolean {
  return isAmong(EVERYDAY_WORDS, token);
}

/** Whether a word carries no subject of its own ("the", 的), or is a lone letter, kana or number. */
export function isStopWord(token: string): boolean {
  return (
    isAmong(STOP_WORDS, token) ||
    /^(?:\p{L}|\p{Script=Hiragana}{1,2}|[\p{N}.,'’-]+)$/u.test(token.toLowerCase())
  );
}

/** Whether a word is one of some, whole or up to its apostrophe. */
function isAmong(words: ReadonlySet<string>, token: string): boolean {
  const word = token.toLowerCase().replaceAll('’', "'");
  return words.has(word) || words.has(word.replace(/'.*$/, ''));
}

/** One form for an English word's singular and plural (agent-s, class-es, compan-y, compan-ies). */
export function stemOf(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  return word.replace(/(?<=ss|sh|x)es$|(?<!s)s$/, '').replace(/(?:y|ie)$/, 'i');
}

/** Cuts a run of Chinese into words, long ones into their parts as well. */
export function cutForSearch(run: string): string[] {
  return jieba().cutForSearch(run, true);
}

/**
 * Cuts a run of Chinese into words, each with its part of speech in the letters of ICTCLAS; what is no
 * known word falls into characters.
 */
export function tagWords(run: string): { word: string; tag: string }[] {
  return jieba().tag(run, false);
}

let dictionary: Jieba | undefined;

/** The Chinese dictionary: a constant, loaded (0.1 s) when the first Chinese text is cut. */
function jieba(): Jieba {
  dictionary ??= Jieba.withDict(dict);
  return dictionary;
}

function segments(text: string, locale: 'ja' | 'th'): string[] {
  return [...segmenters[locale].segment(text)]
    .filter(({ isWordLike, segment }) => isWordLike && !/^ー+$/.test(segment))
    .map((segment) => segment.segment);
}

const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  th: new Intl.Segmenter('th', { granularity: 'word' }),
};
