import { isStopWord, stemOf, tokenize } from '../lib/tokens.ts';
import type { Post } from '../model/post.ts';
import type { EarlierLine, Line, Report } from '../model/report.ts';
import type { Story } from '../model/story.ts';
import type { Days } from '../model/window.ts';
import { wordsOf } from '../model/words.ts';

/** A line of an earlier report, as the next one needs it. */
export type Told = EarlierLine & {
  /** Lead and text. */
  readonly words: string;
  readonly lead: string | null;
  /** The posts that it cites. */
  readonly posts: readonly Post[];
};

/** What earlier reports have to do with today's stories. */
export type Continuity = {
  /** Lines that today's stories may go on from, the likeliest first. */
  readonly goesOn: readonly Told[];
  /** Points of the last days that nobody speaks of today, the newest first. */
  readonly gone: readonly Told[];
  /** Every lead of part I in the earlier reports. */
  readonly leads: readonly string[];
};

export const NO_CONTINUITY: Continuity = { goesOn: [], gone: [], leads: [] };

/** An earlier report with the posts that it cites. */
export type EarlierReport = {
  readonly report: Pick<Report, 'lines' | 'window'>;
  readonly posts: ReadonlyMap<string, Post>;
};

/** Lines that are offered as beginnings. */
const MOST = { goesOn: 40, gone: 5 } as const;
/** Reports, newest first, whose points are looked at for what disappeared. */
const RECENT = 3;
/** A line belongs to today's stories when it shares words that together are so rare. */
const ENOUGH = 1;

/** Compares the lines of earlier reports, newest first, with today's stories. */
export function findContinuity(
  stories: readonly Story[],
  earlier: readonly EarlierReport[],
): Continuity {
  const lines = earlier.flatMap(({ report, posts }, age) =>
    report.lines
      .filter(({ part }) => part !== 'IV')
      .map((line) => ({ line, age, told: toldBy(line, report.window, posts) })),
  );
  const rarity = rarityIn(lines.map(({ told }) => subjectsOf(told)));
  const today = new Set(stories.flatMap(subjectsOfStory));
  const scored = lines.map((entry) => {
    const shared = [...subjectsOf(entry.told)].filter((word) => today.has(word));
    const score = shared.reduce((sum, word) => sum + (rarity.get(word) ?? 0), 0);
    return { ...entry, score };
  });
  return {
    goesOn: scored
      .filter(({ score }) => score >= ENOUGH)
      .toSorted((a, b) => b.score - a.score || a.age - b.age)
      .slice(0, MOST.goesOn)
      .map(({ told }) => told),
    gone: scored
      .filter(({ line, age, score }) => line.part === 'I' && age < RECENT && score < ENOUGH / 2)
      .slice(0, MOST.gone)
      .map(({ told }) => told),
    leads: lines.flatMap(({ line }) => (line.part === 'I' && line.lead ? [line.lead] : [])),
  };
}

function toldBy(line: Line, { from, to }: Days, posts: ReadonlyMap<string, Post>): Told {
  return {
    from,
    to,
    address: line.address,
    lead: line.lead,
    words: [line.lead, line.text].filter(Boolean).join(' – '),
    posts: line.cites.flatMap((id) => posts.get(id) ?? []),
  };
}

/** The names and rare words of a line and of its posts: what a story is recognised by. */
function subjectsOf({ words, posts }: Told): Set<string> {
  return new Set([
    ...tokenize(words).flatMap(subject),
    ...posts.flatMap((post) => wordsOf(post).flatMap(subject)),
  ]);
}

function subjectsOfStory({ posts, terms }: Story): string[] {
  const [headline] = posts;
  return [
    ...terms.flatMap((term) => tokenize(term)).flatMap(subject),
    ...(headline ? wordsOf(headline).flatMap(subject) : []),
  ];
}

function subject(token: string): string[] {
  return isStopWord(token) ? [] : [stemOf(token.toLowerCase().replace(/^[@#＃$]/, ''))];
}

/** 1 for a word of one line, less the more lines have it, 0 for one that a third of them have. */
function rarityIn(lines: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of lines) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const common = Math.log(Math.max(2, lines.length / 3));
  return new Map(
    [...counts].map(([word, count]) => [word, Math.max(0, 1 - Math.log(count) / common) / 2]),
  );
}
