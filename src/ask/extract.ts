import type { Answer, Evidence, Hit, Passage } from '../model/asking.ts';
import { excerptOf } from './excerpt.ts';
import { wordsOfLine } from './sources.ts';

/** So many passages answer at most. */
const PASSAGES = 4;
/** Passages much weaker than the best one are not shown beside it. */
const NEAR_BEST = 0.5;
/** So much of a passage is shown, characters. */
const LONGEST = 300;
/** So many of the nearest things are shown where nothing answers. */
const NEAREST = 2;

/** An answer without a model: the passages that fit best, word for word, or that there are none. */
export function extractFrom({ query, hits, carries }: Evidence): Answer {
  const [best] = hits;
  if (!carries || best === undefined) return declinedBy(hits);
  const sources = hits
    .filter(({ score, isAside }) => !isAside && score >= best.score * NEAR_BEST)
    .map(({ passage }) => passage)
    .slice(0, PASSAGES);
  const statements = sources.map((passage, place) => ({
    text: excerptOf(wordsOf(passage), query, LONGEST),
    sources: [place],
  }));
  return { kind: 'extract', statements, sources, brokenOff: null, keptSince: null };
}

/** That nothing carries an answer, with the nearest things that there are. */
export function declinedBy(hits: readonly Hit[]): Answer {
  const sources = hits.slice(0, NEAREST).map(({ passage }) => passage);
  return { kind: 'declined', statements: [], sources, brokenOff: null, keptSince: null };
}

function wordsOf(passage: Passage): string {
  return passage.kind === 'post' ? passage.post.text : wordsOfLine(passage);
}
