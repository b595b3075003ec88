import { isStopWord } from '../lib/tokens.ts';
import type { Post } from '../model/post.ts';
import { plainText, wordsOf } from '../model/words.ts';

const PHRASES = 8;
/** What is longer is no word of any language. */
const LONGEST_WORD = 40;
/** Words in a name: "Claude Opus 4.7". */
const LONGEST_NAME = 3;

/** What names weigh against common words; Chinese shows no names, and its words weigh between. */
const NAME = 4;
const HAN_WORD = 2;
/** What several words weigh against one. */
const SEVERAL_WORDS = 1.5;
/** What a phrase loses that only one of several posts has. */
const SAID_ONCE = 0.4;

/**
 * The words and names that set posts apart from the rest, strongest first, each in its most usual
 * written form; what stands inside a stronger one, or around it, is not repeated.
 *
 * @param rarity How rare a token is in the window; 0 for one that carries no subject.
 */
export function characteristicPhrases(
  posts: readonly Post[],
  rarity: (token: string) => number,
): string[] {
  const phrases = countPhrases(posts);
  const ranked = [...phrases]
    .map(([key, phrase]) => ({ key, phrase, score: scoreOf(phrase, posts.length, rarity) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  const chosen: { key: string; form: string }[] = [];
  for (const { key, phrase } of ranked) {
    if (chosen.length === PHRASES) break;
    if (chosen.some((other) => holds(other.key, key) || holds(key, other.key))) continue;
    chosen.push({ key, form: mostUsual(phrase.forms) });
  }
  return chosen.map(({ form }) => form);
}

/** Whether a phrase stands inside another; of Latin words only whole ones do (no AI in a chair). */
function holds(whole: string, part: string): boolean {
  if (/\p{Script=Han}/u.test(part)) return whole.includes(part);
  return ` ${whole} `.includes(` ${part} `);
}

type Phrase = {
  readonly words: readonly string[];
  /** In how many texts it stands. */
  count: number;
  /** In how many of them it is written like a name where a common word would not be. */
  asName: number;
  readonly forms: Map<string, number>;
};

function countPhrases(posts: readonly Post[]): Map<string, Phrase> {
  const counted = new Map<string, Phrase>();
  for (const post of posts) {
    const found = new Map<string, { words: readonly string[]; isName: boolean }>();
    for (const phrase of phrasesOf(post)) {
      const key = phrase.words.join(' ').toLowerCase();
      if (phrase.isName || !found.has(key)) found.set(key, phrase);
    }
    for (const [key, { words, isName }] of found) {
      const entry = counted.get(key) ?? { words, count: 0, asName: 0, forms: new Map() };
      entry.count += 1;
      entry.asName += Number(isName);
      const form = words.join(' ');
      entry.forms.set(form, (entry.forms.get(form) ?? 0) + 1);
      counted.set(key, entry);
    }
  }
  return counted;
}

/** The words that carry a subject, and every run of words that are written like one name. */
function phrasesOf(post: Post): { words: string[]; isName: boolean }[] {
  const placed = placeTokens(post);
  const phrases: { words: string[]; isName: boolean }[] = [];
  for (const [index, first] of placed.entries()) {
    if (first.token.startsWith('@') || isStopWord(first.token)) continue;
    if (first.token.length > LONGEST_WORD) continue;
    const words = [first.token.replace(/^[#＃]/, '')];
    phrases.push({ words: [...words], isName: first.isName });
    if (!/^\p{Lu}/u.test(first.token)) continue;
    for (const next of placed.slice(index + 1, index + LONGEST_NAME)) {
      if (!next.followsOn || next.token.length > LONGEST_WORD || !continuesName(next.token)) break;
      words.push(next.token);
      phrases.push({ words: [...words], isName: true });
    }
  }
  return phrases;
}

type Placed = {
  readonly token: string;
  /** Written like a name where a common word would not be. */
  readonly isName: boolean;
  /** Nothing but a space before it. */
  readonly followsOn: boolean;
};

function placeTokens(post: Post): Placed[] {
  const body = plainText(post.text).trim();
  let end = 0;
  return wordsOf(post).map((token) => {
    const start = Math.max(end, body.indexOf(token, end));
    const before = body.slice(end, start);
    const opens = end === 0 || /[^\p{L}\p{N}\s,'’(（]\s*$|\n/u.test(before);
    end = start + token.length;
    return { token, isName: isNamelike(token, opens), followsOn: before === ' ' };
  });
}

/** Tags, Chinese words, figures in a word (K2.5), capitals inside (OpenAI), or in a sentence. */
function isNamelike(token: string, opensSentence: boolean): boolean {
  return (
    /^[#＃$]|\p{Script=Han}{2}|\p{L}[-.]?\p{N}|[\p{L}\p{N}]\p{Lu}/u.test(token) ||
    (!opensSentence && /^\p{Lu}/u.test(token))
  );
}

function continuesName(word: string): boolean {
  return /^\d/.test(word) || (/^\p{Lu}[\p{L}\p{N}]/u.test(word) && !isStopWord(word));
}

function scoreOf(
  { words, count, asName, forms }: Phrase,
  texts: number,
  rarity: (token: string) => number,
): number {
  const rarest = Math.max(...words.map(rarity));
  return (
    rarest *
    count ** 1.5 *
    (asName > 0 && !isWrittenSmall(forms) ? nameWeight(words) : 1) *
    (words.length > 1 ? SEVERAL_WORDS : 1) *
    (texts > 1 && count === 1 ? SAID_ONCE : 1)
  );
}

function nameWeight(words: readonly string[]): number {
  return words.every((word) => /^\p{Script=Han}+$/u.test(word)) ? HAN_WORD : NAME;
}

/** Common words begin with a capital where they open a sentence, and are written small elsewhere. */
function isWrittenSmall(forms: ReadonlyMap<string, number>): boolean {
  return forms.keys().some((form) => /^\p{Ll}+$/u.test(form));
}

function mostUsual(forms: ReadonlyMap<string, number>): string {
  const [best] = [...forms].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best?.[0] ?? '';
}
