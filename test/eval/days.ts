import { z } from 'zod';

import type { Post } from '../../src/model/post.ts';
import { type Day, dayOf } from '../../src/model/window.ts';
import { count, type Measurement, score } from '../support/measurement.ts';
import { normalisedMutualInformation, purity, ratio } from './metrics.ts';
import { type DayTold, tellDay } from './program.ts';
import { badLine, label, readPosts, readRows, type Row } from './rows.ts';

const form = z.object({
  day: z.string('is not a day').regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day like 2026-01-29'),
  theme: label,
  ids: z.array(label, 'is not a list of ids'),
  importance: z.number('is not a number'),
});

/** A theme that readers saw in a day's posts. */
type Theme = z.output<typeof form>;

/** A report should not miss a theme of this importance or more. */
const IMPORTANT = 3;
/** Under this name stand the posts that belong together with nothing. */
const NOISE = 'other';

/**
 * Measures the reports of days against the themes that readers saw in their posts. Coverage is the
 * share of the important themes of which a line of the report cites a post. Purity and NMI compare
 * the program's grouping with the readers', day by day, averaged over the labelled posts: over all
 * days together, what is of different days would be told apart for free.
 */
export async function measureDays(files: { data: string; posts: string }): Promise<Measurement> {
  const rows = await readRows(files.data, form);
  const posts = await readPosts(files.posts);
  refuseStrays(files, rows, posts);
  const themes = rows.map(({ value }) => value);
  const days = [...Map.groupBy(themes, ({ day }) => day)].map(([day, own]) =>
    measureDay(own, tellDay(day, postsOf(day, posts))),
  );
  const n = themes.reduce((sum, { ids }) => sum + ids.length, 0);
  const mean = (key: 'purity' | 'nmi') =>
    ratio(
      days.reduce((sum, day) => sum + day[key] * day.size, 0),
      n,
    );
  const important = themes.filter(isImportant);
  const missed = days.flatMap((day) => day.missed);
  const result = {
    purity: mean('purity'),
    nmi: mean('nmi'),
    coverage: ratio(important.length - missed.length, important.length),
  };
  const told = `${count(important.length - missed.length)} of ${count(important.length)} important themes`;
  return {
    figures: {
      suite: 'days',
      days: days.length,
      n,
      ...result,
      missed: missed.map(({ day, theme, importance }) => ({ day, theme, importance })),
    },
    table: [
      ['days', count(days.length)],
      ['labelled posts', count(n)],
      ['purity', score(result.purity)],
      ['NMI', score(result.nmi)],
      ['coverage', `${score(result.coverage)}, ${told}`],
      ...missed.map(({ day, theme, importance }) => [
        'missed',
        `${day}, importance ${importance}: ${theme}`,
      ]),
    ],
    quality: {
      what: 'a day is told',
      on: `${count(n)} posts of ${count(days.length)} days in ${count(themes.length)} groups`,
      figures: `coverage ${score(result.coverage)} (${told}), purity ${score(result.purity)}, NMI ${score(result.nmi)}`,
      command: 'npm run eval -- days --data FILE --posts FILE',
    },
  };
}

/** A day's agreement of groupings over its `size` labelled posts, and the important themes not told. */
function measureDay(themes: readonly Theme[], told: DayTold) {
  const labelled = themes.flatMap(({ theme, ids }) =>
    ids.map((id) => ({ id, theme: theme === NOISE ? `${NOISE} ${id}` : `theme ${theme}` })),
  );
  const truth = labelled.map(({ theme }) => theme);
  const found = labelled.map(({ id }) => told.groupOf(id));
  return {
    size: labelled.length,
    purity: purity(found, truth),
    nmi: normalisedMutualInformation(found, truth),
    missed: themes.filter(
      (theme) => isImportant(theme) && !theme.ids.some((id) => told.cited.has(id)),
    ),
  };
}

function isImportant({ theme, importance }: Theme): boolean {
  return theme !== NOISE && importance >= IMPORTANT;
}

function postsOf(day: Day, posts: readonly Post[]): Post[] {
  return posts.filter((post) => dayOf(post.createdAt, 'UTC') === day);
}

/** @throws UserError `input` when a labelled post is not of its day, or labelled twice. */
function refuseStrays(
  files: { data: string; posts: string },
  rows: readonly Row<Theme>[],
  posts: readonly Post[],
): void {
  const dayOfPost = new Map(posts.map((post) => [post.id, dayOf(post.createdAt, 'UTC')]));
  const lineOf = new Map<string, number>();
  for (const { line, value } of rows) {
    for (const id of value.ids) {
      const earlier = lineOf.get(id);
      lineOf.set(id, line);
      if (earlier !== undefined) {
        throw badLine(files.data, line, `the post "${id}" has a theme already, on line ${earlier}`);
      }
      if (dayOfPost.get(id) !== value.day) {
        throw badLine(
          files.data,
          line,
          `${files.posts} has no post "${id}" of ${value.day} in UTC`,
        );
      }
    }
  }
}
