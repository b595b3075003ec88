import { isStopWord, tokenize } from '../../src/lib/tokens.ts';
import { pick, type Random } from '../support/random.ts';

/** A text in pieces: at odd places its words, at even ones what stands between them. */
export type Pieces = readonly string[];

/** Cuts a text into pieces; joined, they are the text again. */
export function piecesOf(text: string): Pieces {
  const pieces: string[] = [];
  let end = 0;
  for (const word of tokenize(text)) {
    const start = text.indexOf(word, end);
    pieces.push(text.slice(end, start), word);
    end = start + word.length;
  }
  return [...pieces, text.slice(end)];
}

/** The words of a text in pieces. */
export function wordsIn(pieces: Pieces): string[] {
  return pieces.filter((_, place) => place % 2 === 1);
}

/** The text with every word changed as told. */
export function changeWords(pieces: Pieces, change: (word: string) => string): Pieces {
  return pieces.map((piece, place) => (place % 2 === 1 ? change(piece) : piece));
}

/** Whether a word may be a name or a subject: what differs from event to event. */
export function isSubject(word: string): boolean {
  return /^[\p{L}]/u.test(word) && !isStopWord(word);
}

/** A number with other digits: as many, and none becomes nothing. */
export function otherNumber(word: string, random: Random): string {
  return word.replace(/\d/g, () => String(1 + Math.floor(random() * 9)));
}

const SYLLABLES = 'b d f g k l m n p r s t v z'
  .split(' ')
  .flatMap((consonant) => ['a', 'e', 'i', 'o', 'u'].map((vowel) => consonant + vowel));

/** The name with a number: "Bada", "Bade" …; different numbers have different names. */
export function nameOf(number: number): string {
  let name = '';
  for (let left = number + SYLLABLES.length; left > 0; left = Math.floor(left / SYLLABLES.length)) {
    name = (SYLLABLES[left % SYLLABLES.length] ?? '') + name;
  }
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Changes words with a probability to ones that others wrote. */
export function swap(pieces: Pieces, others: readonly string[], share: number, random: Random) {
  return changeWords(pieces, (word) => {
    if (random() >= share) return word;
    return /\d/.test(word) ? otherNumber(word, random) : pick(others, random);
  });
}
