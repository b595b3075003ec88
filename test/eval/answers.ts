import path from 'node:path';

import { z } from 'zod';

import { UserError } from '../../src/model/errors.ts';
import { windowOf } from '../../src/model/window.ts';
import { count, type Measurement, score } from '../support/measurement.ts';
import { askAll, postsIn, withLibrary } from './library.ts';
import { type Grades, meanOf, ndcgAt, ratio, recallAt } from './metrics.ts';
import { badLine, label, readPosts, readRows, refuseRepeats, type Row } from './rows.ts';

const form = z.looseObject({
  qid: label,
  lang: label,
  question: z.string('is not a text').min(1, 'is empty'),
  asked_on: z.string('is not a day').regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day like 2026-01-29'),
  kind: label,
  gold: z.array(
    z.looseObject({ id: label, grade: z.number('is not a number').default(1) }),
    'is not a list of posts',
  ),
});

type Question = z.output<typeof form>;

/** What was found for a question, and whether an answer was refused. */
type Asked = Question & {
  readonly recall10: number;
  readonly ndcg10: number;
  readonly declined: boolean;
};

/**
 * Measures whether questions find the posts that answer them, without a model: `posts.jsonl` and
 * `questions.jsonl` of a folder. A question sees what was written until the end of its day, in UTC. One
 * without posts that answer it should be declined.
 */
export async function measureAnswers({ data }: { data: string }): Promise<Measurement> {
  const file = path.join(data, 'questions.jsonl');
  const rows = await readRows(file, form);
  refuseRepeats(
    file,
    rows.map(({ line, value }) => ({ line, value: { id: value.qid } })),
  );
  const posts = await readPosts(path.join(data, 'posts.jsonl'));
  refuseStrangers(file, rows, new Set(posts.map(({ id }) => id)));
  const asked = await withLibrary(posts, (library) =>
    askAll(rows, async ({ value }): Promise<Asked> => {
      const { end } = windowOf(value.asked_on, value.asked_on, 'UTC');
      const now = new Date(end.getTime() - 1);
      const evidence = await library.ask({ question: value.question, now });
      const found = postsIn(evidence);
      const grades: Grades = new Map(value.gold.map(({ id, grade }) => [id, grade]));
      return {
        ...value,
        recall10: recallAt(found, grades, 10),
        ndcg10: ndcgAt(found, grades, 10),
        declined: !evidence.carries,
      };
    }),
  );
  return summary(asked, posts.length);
}

function summary(asked: readonly Asked[], posts: number): Measurement {
  const answerable = asked.filter(({ gold }) => gold.length > 0);
  const others = asked.filter(({ gold }) => gold.length === 0);
  if (answerable.length === 0)
    throw new UserError('input', 'No question has a post that answers it.');
  const byLanguage = scoresBy(answerable, ({ lang }) => lang);
  const byKind = scoresBy(answerable, ({ kind }) => kind);
  const declined = shareDeclined(others);
  const wronglyDeclined = shareDeclined(answerable);
  const languages = Object.entries(byLanguage);
  return {
    figures: { suite: 'answers', byLanguage, byKind, declined, wronglyDeclined },
    table: [
      ['questions', `${count(asked.length)}, ${count(others.length)} of them without an answer`],
      ...[...languages, ...Object.entries(byKind)].map(([name, { recall10, ndcg10 }]) => [
        name,
        `recall@10 ${score(recall10)}, nDCG@10 ${score(ndcg10)}`,
      ]),
      ['declined', `${score(declined)} of those without an answer`],
      ['wrongly declined', `${score(wronglyDeclined)} of the others`],
    ],
    quality: {
      what: 'questions find what answers them, without a model',
      on: `${count(asked.length)} questions about ${count(posts)} posts, ${count(others.length)} without an answer`,
      figures: `recall@10 ${languages.map(([name, { recall10 }]) => `${name} ${score(recall10)}`).join(', ')}; declined ${score(declined)}, wrongly ${score(wronglyDeclined)}`,
      command: 'npm run eval -- answers --data FOLDER',
    },
  };
}

function scoresBy(asked: readonly Asked[], keyOf: (one: Asked) => string) {
  const groups = [...Map.groupBy(asked, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    groups.map(([key, own]) => [
      key,
      {
        recall10: meanOf(own.map(({ recall10 }) => recall10)),
        ndcg10: meanOf(own.map(({ ndcg10 }) => ndcg10)),
      },
    ]),
  );
}

function shareDeclined(asked: readonly Asked[]): number {
  return ratio(asked.filter(({ declined }) => declined).length, asked.length);
}

/** @throws UserError `input` when the answer to a question stands in a post that is not there. */
function refuseStrangers(
  file: string,
  rows: readonly Row<Question>[],
  known: ReadonlySet<string>,
): void {
  for (const { line, value } of rows) {
    const stranger = value.gold.find(({ id }) => !known.has(id));
    if (stranger) throw badLine(file, line, `there is no post "${stranger.id}"`);
  }
}
