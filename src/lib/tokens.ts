import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { eng, jpn, spa, zho } from 'stopword';

/**
 * Links, then marked names (@handle, #tag, $TICKER), runs of CJK characters, runs of Thai, and words
 * that may hold inner marks (GPT-5.2, Node.js, don't, C++).
 */
const TOKEN =
  /(?<link>(?:https?:\/\/|www\.)\S+)|(?<marked>[@#＃$][\p{L}\p{N}_]+)|(?<cjk>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)|(?<thai>\p{Script=Thai}+)|(?<word>(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})[\p{L}\p{M}\p{N}])+(?:[-.'’&_](?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})[\p{L}\p{M}\p{N}])+)*\+{0,2})/gu;

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
      tokens.push(...(KANA.test(match) ? segments(match, 'ja') : jieba().cut(match, true)));
    } else if (groups?.['thai'] !== undefined) tokens.push(...segments(match, 'th'));
    else tokens.push(match);
  }
  return tokens;
}

const STOP_WORDS = new Set([...eng, ...zho, ...jpn, ...spa].map((word) => word.toLowerCase()));

/** Whether a word carries no subject of its own ("the", 的), or is a lone letter, kana or number. */
export function isStopWord(token: string): boolean {
  const word = token.toLowerCase().replaceAll('’', "'");
  return (
    STOP_WORDS.has(word) ||
    STOP_WORDS.has(word.replace(/'.*$/, '')) ||
    /^(?:\p{L}|[\p{Script=Hiragana}]{1,2}|[\d.,'-]+)$/u.test(word)
  );
}

let dictionary: Jieba | undefined;

/** The Chinese dictionary: a constant, loaded (0.1 s) when the first Chinese text is cut. */
function jieba(): Jieba {
  dictionary ??= Jieba.withDict(dict);
  return dictionary;
}

function segments(text: string, locale: 'ja' | 'th'): string[] {
  return [...segmenters[locale].segment(text)]
    .filter((segment) => segment.isWordLike)
    .map((segment) => segment.segment);
}

const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  th: new Intl.Segmenter('th', { granularity: 'word' }),
};
