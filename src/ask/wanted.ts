import {
  chineseFor,
  relatedTo,
  simplified,
  traditional,
  translationsOf,
} from '../lib/dictionary.ts';
import { numbered, termsOf, withoutPossessive } from '../lib/terms.ts';
import { isEverydayWord, tagWords, TOKEN } from '../lib/tokens.ts';
import type { Wanted } from '../model/asking.ts';
import { type KnownName, SPOKEN_NAMES } from '../model/known-names.ts';
import { foldName, type Spoken, spokenNames } from './spoken-names.ts';

/**
 * What a question asks for, each thing with what it may be called: its own terms, the names that it has
 * in the field, and what a dictionary says that it is in the other language, Chinese or English, and in the
 * other way of writing Chinese.
 */
export function wantedIn(question: string): Wanted[] {
  const text = simplified(question.normalize('NFKC'));
  const names = spokenNames(text);
  const inHan = names.filter(({ start, end }) => HAN.test(text.slice(start, end)));
  const wanted: Wanted[] = inHan.map(({ name, start, end }) => {
    const terms = new Map<string, number>();
    addForms(name, terms);
    return { word: text.slice(start, end), terms, weight: 1, needed: 1, isName: true };
  });
  let before: RegExpExecArray | null = null;
  for (const match of text.matchAll(TOKEN)) {
    const { 0: token, groups, index } = match;
    if (groups?.['link'] !== undefined) continue;
    const named = before === null || saysNothing(before[0]) ? null : numbered(before, match);
    const isOfName = names.some(
      ({ end }) => before !== null && end === before.index + before[0].length,
    );
    if (named !== null) wanted.push(wantedVersion(token, named, isOfName));
    else if (groups?.['cjk'] !== undefined) wanted.push(...wantedInHan(token, index, inHan));
    else wanted.push(...wantedInWord(token, index, names));
    before = match;
  }
  return wanted.filter(({ terms }) => terms.size > 0);
}

const HAN = /\p{Script=Han}/u;

/** The number after a name: alone it may be of anything. */
function wantedVersion(number: string, named: string, isName: boolean): Wanted {
  const terms = new Map([
    [named, 1],
    [number, PART],
  ]);
  return { word: number, terms, weight: 1, needed: 1, isName };
}

const PART = 0.5;

/** A word in Latin letters: its parts, the last of which may stand for the whole. */
function wantedInWord(token: string, start: number, names: readonly Spoken[]): Wanted[] {
  const name = names.find((one) => one.start <= start && start < one.end);
  if (name === undefined && saysNothing(token)) return [];
  const [whole, ...parts] = termsOf(token);
  if (whole === undefined) return [];
  const isOneWord =
    parts.length === 0 || name?.name.forms.some((form) => isWord(form, token)) === true;
  const own = isOneWord ? [[whole]] : parts.map((part) => [part]);
  if (!isOneWord) own.at(-1)?.push(whole);
  const isLast = name !== undefined && start + token.length >= name.end;
  return own.map((called, place) => {
    const terms = new Map(called.map((term) => [term, 1]));
    if (isLast && place === own.length - 1) addForms(name.name, terms);
    if (name === undefined) addOthers(token, terms);
    const needed = SPOKEN.has(token.toLowerCase()) ? 0 : 1;
    return { word: token, terms, weight: 1, needed, isName: isLast && place === own.length - 1 };
  });
}

/** Whether a name is written as one word of letters: "OpenAI" is nothing open. */
function isWord(form: string, token: string): boolean {
  return /^\p{Script=Latin}+$/u.test(form) && foldName(form) === foldName(withoutPossessive(token));
}

/** Capitals make a name of a word: TED, AIE, US. */
function saysNothing(token: string): boolean {
  if (/\d/.test(token) || /^\p{Lu}{2,5}$/u.test(token)) return false;
  return token.length < 2 || isEverydayWord(token) || SLANG.has(token.toLowerCase());
}

/** How people write everyday words when they chat. */
const SLANG = new Set(
  `whats whos hows wheres whens whys ppl thru tho abt bc cuz coz wanna kinda sorta lemme dunno idk tbh btw
  pls plz thx ok okay hey hi hello u ur r n w yall gist tldr stuff bit guy guys dude folks anybody somebody
  everybody nobody whatever whoever whenever theres thats didnt wasnt isnt cant wont doesnt havent hasnt
  happening going wheres lol saying thinking feeling tweeting posting thoughts opinion opinions`.split(
    /\s+/,
  ),
);

/** Words with which people say that somebody says something, or ask for all that there is. */
const SPOKEN = new Set(
  `announce announced announcement talk talked talking mention mentioned tweet tweeted tweets post posted
  posts write wrote written share shared claim claimed argue argued report reported reports news update
  updates summary summarize summarise recap take takes view views anything explain
  explained describe described compare compared difference top story stories headline
  headlines highlight highlights important main biggest name called quote quoted reason idea`.split(
    /\s+/,
  ),
);

/**
 * Adds what else a name is called. Words of longer names count only where there is no shorter one: of
 * "Open AI" neither word is OpenAI, but "Claude Code" has no other.
 */
function addForms({ forms }: KnownName, terms: Map<string, number>): void {
  const formed = forms.map((form) => ({ form, parts: partsOf(form) }));
  const hasShort = formed.some(({ form, parts }) => parts.length === 1 && isFullName(form));
  for (const { form, parts } of formed) {
    if (parts.length > 1 && hasShort && !HAN.test(form)) continue;
    for (const part of parts) {
      terms.set(part, Math.max(terms.get(part) ?? 0, 1 / parts.length));
    }
  }
}

/** The words of a form; what is written as one word is one, whatever it is made of. */
function partsOf(form: string): string[] {
  const terms = termsOf(form);
  if (HAN.test(form)) return terms.filter((term) => term.length === 2 && HAN.test(term));
  return /\s/.test(form) ? terms : terms.slice(0, 1);
}

/** Adds what people of the trade may say instead, and what it may be called in Chinese. */
function addOthers(word: string, terms: Map<string, number>): void {
  for (const { word: chinese, likelihood } of chineseFor(word).slice(0, MOST_CHINESE)) {
    if (likelihood < LEAST_LIKELY) continue;
    for (const form of new Set([chinese, traditional(chinese)])) {
      const [whole] = termsOf(form);
      if (whole !== undefined && !terms.has(whole)) terms.set(whole, likelihood * TRANSLATED);
    }
  }
  for (const term of relatedTo(word).flatMap(termsOf)) {
    if (!terms.has(term)) terms.set(term, RELATED);
  }
}

const RELATED = 0.3;
/** A word of another language may mean something else as well. */
const TRANSLATED = 0.8;

/** A short nickname may be anything (cc, ms). */
function isFullName(form: string): boolean {
  return form.length > 2 && !HAN.test(form) && !/[_-]/.test(form);
}

/** A run of Chinese: words with a subject, and the pairs of characters between words. */
function wantedInHan(run: string, start: number, names: readonly Spoken[]): Wanted[] {
  const wanted: Wanted[] = [];
  const told = new Set<string>();
  let unknown = ''; // characters in a row that are no known word
  let characters: Wanted[] = [];
  const flush = () => {
    if (!ASKING.has(unknown)) {
      wanted.push(...characters);
      if (unknown.length > 1) wanted.push(unknownWord(unknown));
    }
    [unknown, characters] = ['', []];
  };
  let at = start;
  for (const { word, tag } of tagWords(run)) {
    const from = at;
    at += word.length;
    const inName = names.some((name) => from < name.end && at > name.start);
    const speaks = !inName && (hasSubject(word, tag) || isRare(word, tag));
    if (word.length > 1 || !speaks) flush();
    else unknown += word;
    if (!speaks) for (const term of termsOf(word)) told.add(term);
    if (speaks) (unknown === '' ? wanted : characters).push(knownWord(word, tag));
  }
  flush();
  for (const { terms, weight } of wanted) {
    if (weight > 0) for (const term of terms.keys()) told.add(term);
  }
  for (const term of termsOf(run)) {
    if (told.has(term)) continue;
    wanted.push({ word: term, terms: new Map([[term, 1]]), weight: 1, needed: 0, isName: false });
  }
  return wanted;
}

/** The most words that a dictionary may say for one. */
const MOST_TRANSLATIONS = 8;
/** No senses tell which of many Chinese words is the usual one. */
const MOST_CHINESE = 12;
const LEAST_LIKELY = 0.2;

function knownWord(word: string, tag: string): Wanted {
  const terms = new Map<string, number>();
  for (const form of [word, traditional(word)]) {
    const [whole] = termsOf(form);
    if (whole !== undefined) terms.set(whole, 1);
  }
  const [best] = translationsOf(word);
  for (const { word: english, likelihood } of translationsOf(word).slice(0, MOST_TRANSLATIONS)) {
    if (likelihood < LEAST_LIKELY || best === undefined) continue;
    for (const term of termsOf(english)) {
      const likely = likelihood / best.likelihood;
      terms.set(term, Math.max(terms.get(term) ?? 0, likely));
    }
  }
  const weight = word.length === 1 ? CHARACTER : /^(?:n|eng|l|i|j|z)/.test(tag) ? 1 : VERB;
  return { word, terms, weight, needed: word.length > 1 ? weight : 0, isName: false };
}

/** Verbs and adjectives say less of a subject than nouns, single characters even less. */
const VERB = 0.7;
const CHARACTER = 0.5;

/** Characters that stand together and are no word of the dictionary: a name, perhaps. */
function unknownWord(word: string): Wanted {
  return {
    word,
    terms: new Map([word, traditional(word)].flatMap(termsOf).map((term) => [term, 1])),
    weight: 0,
    needed: 1,
    isName: false,
  };
}

/** Parts of speech without a subject: pronouns, particles, prepositions, conjunctions, adverbs, measures. */
const WITHOUT_SUBJECT = /^(?:r|y|u|p|c|e|o|d|f|q|t|h|k|w|u.|zg|mq)$/;

function hasSubject(word: string, tag: string): boolean {
  if (WITHOUT_SUBJECT.test(tag) || isEverydayWord(word) || ASKING.has(word)) return false;
  return !/^[零一二两三四五六七八九十百千万亿多几半第数]+$/u.test(word);
}

/** Single characters that the dictionary has no use for but in old words and in names (歸藏). */
function isRare(word: string, tag: string): boolean {
  return tag === 'zg' && word.length === 1 && !isEverydayWord(word) && !ASKING.has(word);
}

/** Chinese words with which people ask and say that somebody says. */
const ASKING = new Set(
  `说 讲 聊 发 问 看 想 觉得 认为 表示 提到 说过 提过 讲过 聊过 发过 请问 知道 告诉 介绍 推文 帖子 推特 帖 贴
  来着 是谁 有人 哪家 哪个 哪位 大佬 大神 有没有 是不是 怎么样 咋样 咋 啥 能不能 要 会 能 可以 到底 一下 消息 情况
  新闻 大事 要闻 热点 头条 动向 新鲜事 资讯 看点 重点 要点 事件 重要 值得 关注 发生 近期 近来 比较 对比
  东西 事 事情 动静 动态 内容 回事 出 搞 弄 干 做 用 有 是 没 在 来 去 到 给 让 叫 算 讨论 话题 关于 新 该 得 为止
  拿 打 接 跟 和 像 停 开 上 下 里 家 位 块 点 前 后 谁 人 天 年 月 日 时 还 就 都 又 再 最 更 好 多 大 小 主要 那边`.split(
    /\s+/,
  ),
);

/** The names, folded, by which a question may mean an author: those of the field, handles, and single words. */
export function authorsIn(question: string): string[] {
  const names = spokenNames(question).flatMap(({ name }) => name.forms.map(foldName));
  const words = [...question.matchAll(TOKEN)]
    .filter(({ groups }) => groups?.['link'] === undefined)
    .flatMap(({ 0: token, groups }) =>
      groups?.['cjk'] === undefined
        ? [withoutPossessive(token)].filter((word) => !isEverydayWord(word))
        : wantedInHan(token, 0, [])
            .filter(({ needed }) => needed > 0)
            .map(({ word }) => word),
    )
    .map(foldName);
  const pairs = [...question.matchAll(PAIR)].map(({ 1: first = '', 2: last = '' }) =>
    foldName(first + last),
  );
  return [...new Set([...names, ...words, ...pairs])].filter((name) => name.length > 1);
}

/** A first name and a last one: nothing else of two words is an author's name. */
const PAIR = /(?<![\p{L}\d])(\p{Script=Latin}+)(?=\s+(\p{Script=Latin}+))/gu;

/** The names, folded, of who belongs to the companies and products that a question names. */
export function associatesIn(question: string): string[] {
  const named = new Set(spokenNames(question).flatMap(({ name }) => name.forms));
  return SPOKEN_NAMES.filter(({ implied }) => implied.some((name) => named.has(name)))
    .flatMap(({ forms }) => forms)
    .map(foldName);
}

/** The wanted things, each once. */
export function withoutRepeats(wanted: readonly Wanted[]): Wanted[] {
  const seen = new Set<string>();
  return wanted.filter(({ terms }) => {
    const key = [...terms.keys()].toSorted().join(' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
