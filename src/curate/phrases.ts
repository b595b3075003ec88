import { isStopWord } from '../lib/tokens.ts';
import type { Prepared } from './prepare.ts';
import type { Rarity } from './similarity.ts';

const PHRASES = 8;

/**
 * The words and two-word names that set posts apart from the rest, strongest first, each in its most
 * usual written form; a word that stands inside a stronger name is not repeated.
 */
export function characteristicPhrases(items: readonly Prepared[], rarity: Rarity): string[] {
  const phrases = countPhrases(items);
  const ranked = [...phrases]
    .map(([key, { count, forms }]) => ({
      key,
      score: count ** 1.5 * saying(mostUsual(forms), rarity),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  const chosen: string[] = [];
  for (const { key } of ranked) {
    if (chosen.length === PHRASES) break;
    if (!chosen.some((other) => other.includes(key) || key.includes(other))) chosen.push(key);
  }
  return chosen.map((key) => mostUsual(phrases.get(key)?.forms ?? new Map()));
}

type Counted = { count: number; readonly forms: Map<string, number> };

/** In how many posts each phrase stands, and in which written forms, by its small letters. */
function countPhrases(items: readonly Prepared[]): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const item of items) {
    const phrases = phrasesOf(item).map((phrase) => [phrase.toLowerCase(), phrase] as const);
    for (const [key, phrase] of new Map(phrases)) {
      const entry = counted.get(key) ?? { count: 0, forms: new Map() };
      entry.count += 1;
      entry.forms.set(phrase, (entry.forms.get(phrase) ?? 0) + 1);
      counted.set(key, entry);
    }
  }
  return counted;
}

/** Words that carry a subject, and names: two words side by side that begin like names. */
function phrasesOf({ body, tokens }: Prepared): string[] {
  const words = tokens.map((token) => token.replace(/^[#＃]/, ''));
  const phrases: string[] = [];
  for (const [index, word] of words.entries()) {
    if (word.startsWith('@') || isStopWord(word)) continue;
    phrases.push(word);
    const next = words[index + 1] ?? '';
    const both = `${word} ${next}`;
    if (isName(word) && continuesName(next) && body.includes(both)) phrases.push(both);
  }
  return phrases;
}

function continuesName(word: string): boolean {
  return /^\d/.test(word) || (/^\p{Lu}[\p{L}\p{N}]/u.test(word) && !isStopWord(word));
}

function isName(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** Names say more than common words, and names of two words more than either word. */
function saying(form: string, rarity: Rarity): number {
  const words = form.split(' ');
  const rarest = Math.max(...words.map((word) => rarity(word.toLowerCase())));
  if (words.length > 1) return rarest * 3;
  return rarest * (isName(form) || /\p{Script=Han}{2}/u.test(form) ? 2 : 1);
}

function mostUsual(forms: ReadonlyMap<string, number>): string {
  const [best] = [...forms].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best?.[0] ?? '';
}
