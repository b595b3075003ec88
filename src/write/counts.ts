import type { Counts, Line } from '../model/report.ts';
import type { Curation, Dropped } from '../model/story.ts';

/** The numbers of the closing note, counted from what was collected, dropped and cited. */
export function countsOf(curation: Curation, lines: readonly Pick<Line, 'cites'>[]): Counts {
  const dropped = (kind: Dropped['reason']['kind']) =>
    curation.dropped.filter((drop) => drop.reason.kind === kind).length;
  return {
    collected: curation.collected,
    advertising: dropped('advertising'),
    copies: dropped('copy'),
    empty: dropped('empty'),
    kept: curation.kept.length,
    authors: new Set(curation.kept.map((post) => post.author)).size,
    stories: curation.stories.length,
    cited: new Set(lines.flatMap((line) => line.cites)).size,
  };
}
