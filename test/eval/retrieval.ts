import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { UserError } from '../../src/model/errors.ts';
import type { Post } from '../../src/model/post.ts';
import { count, type Measurement, score } from '../support/measurement.ts';
import { askAll, postsIn, withLibrary } from './library.ts';
import { type Grades, meanOf, ndcgAt, recallAt } from './metrics.ts';
import { badLine, label, postOf, readRows, refuseRepeats } from './rows.ts';

const text = z.string('is not a text');
const documents = z
  .looseObject({ _id: label, title: z.string().default(''), text })
  .transform(({ _id: id, title, text: body }) => ({ id, title, body }));
const queries = z
  .looseObject({ _id: label, text })
  .transform(({ _id: id, text: question }) => ({ id, question }));

/** The first document is as old as this; each stands an hour after the one before. */
const START = Date.UTC(2020, 0, 1);
const HOUR = 3_600_000;

/**
 * Measures how well documents are found, on a collection laid out as BEIR does (`corpus.jsonl`,
 * `queries.jsonl`, `qrels/test.tsv`). Documents are posts of authors of their own, hours apart, so that
 * words alone decide.
 */
export async function measureRetrieval({ data }: { data: string }): Promise<Measurement> {
  const corpus = await readRows(path.join(data, 'corpus.jsonl'), documents);
  refuseRepeats(
    data,
    corpus.map(({ line, value }) => ({ line, value: { id: value.id } })),
  );
  const posts = corpus.map(({ value }, place) => postFrom(data, value, place));
  const judged = await readJudgements(path.join(data, 'qrels', 'test.tsv'));
  const rows = await readRows(path.join(data, 'queries.jsonl'), queries);
  const asked = rows.flatMap(({ value }) => {
    const grades = judged.get(value.id);
    return grades === undefined ? [] : [{ question: value.question, grades }];
  });
  if (asked.length === 0) throw new UserError('input', `${data} has no query with a judgement.`);
  const now = new Date(START + posts.length * HOUR);
  const found = await withLibrary(posts, (library) =>
    askAll(asked, async ({ question }) => postsIn(await library.ask({ question, now }, Infinity))),
  );
  const scores = asked.map(({ grades }, place) => ({
    ndcg10: ndcgAt(found[place] ?? [], grades, 10),
    recall100: recallAt(found[place] ?? [], grades, 100),
  }));
  const result = {
    ndcg10: meanOf(scores.map(({ ndcg10 }) => ndcg10)),
    recall100: meanOf(scores.map(({ recall100 }) => recall100)),
  };
  const name = path.basename(path.resolve(data));
  return {
    figures: { suite: 'retrieval', queries: asked.length, ...result },
    table: [
      ['documents', count(posts.length)],
      ['queries', count(asked.length)],
      ['nDCG@10', score(result.ndcg10)],
      ['recall@100', score(result.recall100)],
    ],
    quality: {
      what: `documents are found (${name})`,
      on: `${count(asked.length)} queries over ${count(posts.length)} documents`,
      figures: `nDCG@10 ${score(result.ndcg10)}, recall@100 ${score(result.recall100)}`,
      command: 'npm run eval -- retrieval --data FOLDER',
    },
  };
}

function postFrom(
  file: string,
  { id, title, body }: z.output<typeof documents>,
  place: number,
): Post {
  const value = {
    id,
    author: String(place),
    text: `${title}\n${body}`.trim() || '-',
    created_at: new Date(START + place * HOUR).toISOString(),
  };
  return postOf(file, { line: place + 1, value });
}

/** What is relevant to each query: lines of a query, a document and a grade under a line of names. */
async function readJudgements(file: string): Promise<Map<string, Grades>> {
  const lines = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('input', `${file} cannot be read.`, { cause });
  });
  const judged = new Map<string, Map<string, number>>();
  for (const [place, line] of lines.trimEnd().split(/\r?\n/).entries()) {
    const [query, document, grade] = line.split('\t');
    if (place === 0 && grade !== undefined && !/^\d+$/.test(grade)) continue; // the names of the columns
    if (query === undefined || document === undefined || !/^\d+$/.test(grade ?? '')) {
      throw badLine(file, place + 1, 'is not a query, a document and a grade');
    }
    const grades = judged.get(query) ?? new Map<string, number>();
    judged.set(query, grades.set(document, Number(grade)));
  }
  return judged;
}
