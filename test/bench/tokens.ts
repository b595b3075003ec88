import { DEFAULT_MODELS } from '../../src/claude/settings.ts';
import { estimateTokens } from '../../src/claude/estimate.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { curate } from '../../src/curate/curate.ts';
import type { Post } from '../../src/model/post.ts';
import { type Day, dayOf, windowOf } from '../../src/model/window.ts';
import { outlineReport, readTokens } from '../../src/write/outline.ts';
import { readPosts } from '../eval/rows.ts';
import { count, type Measurement, score } from '../support/measurement.ts';

type Row = {
  readonly day: Day;
  readonly posts: number;
  /** All posts of the day as JSON lines in one prompt. */
  readonly naiveTokens: number;
  /** Everything that the calls of a report read, what they read from the cache at a tenth. */
  readonly ours: number;
  readonly ratio: number;
  /** The share of the engagement of the day's stories that those in the evidence have. */
  readonly coverage: number;
};

/**
 * Measures how many tokens a report of a day (in UTC) reads, beside all its posts in one prompt; of
 * several days in the file each, and the worst of them is the figure. Tokens are estimated.
 */
export async function measureTokens({ data }: { data: string }): Promise<Measurement> {
  const posts = await readPosts(data);
  const rows = [...Map.groupBy(posts, ({ createdAt }) => dayOf(createdAt, 'UTC'))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, own]) => measureDay(day, own));
  const worst = rows.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const coverage = Math.min(...rows.map((row) => row.coverage));
  const { posts: size, naiveTokens, ours, ratio } = worst;
  return {
    figures: { suite: 'tokens', posts: size, naiveTokens, ours, ratio, coverage, days: rows },
    table: [
      ['day', 'posts', 'naive tokens', 'ours', 'ratio', 'coverage'],
      ...rows.map((row) => [
        row.day,
        count(row.posts),
        count(row.naiveTokens),
        count(row.ours),
        score(row.ratio),
        score(row.coverage),
      ]),
    ],
    quality: {
      what: 'a report reads few tokens',
      on: `${rows.length} ${rows.length === 1 ? 'day' : 'days'} of ${count(size)} posts`,
      figures: `at most ${score(ratio)} of all posts in one prompt, at coverage ${score(coverage)} of the engagement`,
      command: 'npm run bench -- tokens --data FILE',
    },
  };
}

function measureDay(day: Day, posts: readonly Post[]): Row {
  const curation = curate(posts);
  const window = windowOf(day, day, 'UTC');
  const topic = { key: 'bench', title: 'Bench', language: 'zh', timeZone: 'UTC' };
  const { evidence, calls } = outlineReport(DEFAULT_MODELS, () => null, {
    topic,
    window,
    curation,
    earlier: [],
    createdAt: window.end,
  });
  const lines = posts.map((post) => JSON.stringify(toJsonRow(post)));
  const naiveTokens = estimateTokens(lines.join('\n'));
  const ours = Math.round(readTokens(calls));
  const { coverage } = evidence;
  return { day, posts: posts.length, naiveTokens, ours, ratio: ours / naiveTokens, coverage };
}
