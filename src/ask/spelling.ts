import { isEnglish } from '../lib/dictionary.ts';
import { termOf } from '../lib/terms.ts';
import type { Query, Wanted } from '../model/asking.ts';
import { frequenciesOf } from '../store/candidates.ts';
import type { Database } from '../store/database.ts';

/** Shorter words have too many neighbours. Letters. */
const SHORTEST = 4;
/** What is likely meant by a word with a letter wrong, or by two words written as one. */
const LIKELY = 0.8;
/** Longer ones are no misspelled names, and have thousands of neighbours. Letters. */
const LONGEST = 20;
/** Whoever misspells more words than that is not guessed at: each costs hundreds of guesses. */
const MOST = 5;
/** A word that is meant stands in so many passages. */
const FEWEST = 2;

/**
 * The query with what is meant by words that stand nowhere in the topic and are no English: one letter
 * wrong, missing, too many, or two exchanged (vercal is Vercel), or two words in one (vibecode).
 */
export async function withoutTypos(db: Database, topic: string, query: Query): Promise<Query> {
  const words = firstOfEach(query.wanted.filter(isDoubtful));
  if (words.length === 0) return query;
  const own = await frequenciesOf(
    db,
    topic,
    words.flatMap(({ terms }) => [...terms.keys()]),
  );
  const unknown = words.filter(({ terms, word }) => {
    return [...terms.keys()].every((term) => own.of(term) === 0) && !isEnglish(word.toLowerCase());
  });
  if (unknown.length === 0) return query;
  const guesses = new Map(
    unknown.slice(0, MOST).map((one) => [one, guessesFor(one.word.toLowerCase())]),
  );
  const all = [...guesses.values()].flatMap(({ spellings, halves }) => [
    ...spellings,
    ...halves.flat(),
  ]);
  const counts = await frequenciesOf(db, topic, new Set(all.map(termOf)));
  return correct(query, guesses, (word) => counts.of(termOf(word)));
}

/** A name of the field is no misspelling of another word, wherever it stands or not. */
function isDoubtful({ word, needed, isName }: Wanted): boolean {
  const isFit = word.length >= SHORTEST && word.length <= LONGEST;
  return needed > 0 && !isName && isFit && /^[a-z]+$/i.test(word);
}

function firstOfEach(words: readonly Wanted[]): Wanted[] {
  return [...new Map(words.toReversed().map((one) => [one.word.toLowerCase(), one])).values()];
}

type Guesses = {
  readonly spellings: readonly string[];
  readonly halves: readonly (readonly [string, string])[];
};

function correct(
  query: Query,
  guesses: ReadonlyMap<Wanted, Guesses>,
  count: (word: string) => number,
): Query {
  const meant = new Map<Wanted, readonly string[]>();
  for (const [one, { spellings, halves }] of guesses) {
    const [best] = spellings.toSorted((a, b) => count(b) - count(a));
    const both = halves.find(([a, b]) => Math.min(count(a), count(b)) >= FEWEST);
    if (both) meant.set(one, both);
    else if (best !== undefined && count(best) >= FEWEST) meant.set(one, [best]);
  }
  return {
    ...query,
    wanted: query.wanted.flatMap((one) => {
      const words = meant.get(one);
      if (words === undefined) return [one];
      return words.map((word) => ({
        ...one,
        word,
        terms: new Map([...one.terms, [termOf(word), LIKELY]]),
      }));
    }),
    authors: [...new Set([...query.authors, ...[...meant.values()].flat()])],
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

/** The words that are a letter away (Damerau 1964), and those that the word may be made of. */
function guessesFor(word: string): Guesses {
  const spellings = new Set<string>();
  const halves: [string, string][] = [];
  for (let at = 0; at <= word.length; at++) {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    if (head.length > 2 && tail.length > 2) halves.push([head, tail]);
    for (const letter of LETTERS) {
      spellings.add(head + letter + tail);
      if (tail !== '') spellings.add(head + letter + tail.slice(1));
    }
    if (tail !== '') spellings.add(head + tail.slice(1));
    if (tail.length > 1) spellings.add(`${head}${tail[1] ?? ''}${tail[0] ?? ''}${tail.slice(2)}`);
  }
  spellings.delete(word);
  return { spellings: [...spellings], halves };
}
