import { retrieve } from '../../src/ask/retrieve.ts';
import { standAlone } from '../../src/ask/standalone.ts';
import type { Asked, Evidence, Query } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import type { Line } from '../../src/model/report.ts';
import type { Curation } from '../../src/model/story.ts';
import { windowOf } from '../../src/model/window.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { freshDatabase } from './database.ts';
import { aReport, NO_CURATION } from './reports.ts';

const TOPIC = { key: 'harbours', title: 'Harbours', language: 'en', timeZone: 'UTC' };
/** The day of the posts that tests make without a time. */
const DAY = '2026-10-12';

/** Stored posts, and the report of a day on them; questions about them are asked in its evening. */
export async function aTopic(
  posts: readonly Post[],
  { lines, curation = NO_CURATION }: { lines?: readonly Line[]; curation?: Curation } = {},
) {
  const db = await freshDatabase();
  await db.transaction((tx) => storePosts(tx, TOPIC.key, posts));
  const window = windowOf(DAY, DAY, TOPIC.timeZone);
  const shown = {
    topic: TOPIC.key,
    language: TOPIC.language,
    window,
    createdAt: new Date(`${DAY}T18:00:00Z`),
    lines: lines ?? [],
  };
  const report = lines ? await saveReport(db, aReport(shown), curation, []) : null;
  const askedAs = (question: string, fields: Partial<Asked>): Asked => ({
    question,
    turns: [],
    topic: TOPIC,
    language: 'en',
    about: null,
    now: new Date(`${DAY}T20:00:00Z`),
    ...fields,
  });
  const read = (question: string, fields: Partial<Asked> = {}): Promise<Query> =>
    standAlone(db, askedAs(question, fields));
  const ask = async (
    question: string,
    { budget, ...fields }: Partial<Asked> & { budget?: number } = {},
  ): Promise<Evidence> => {
    const limits = budget === undefined ? {} : { budget };
    return retrieve(db, askedAs(question, fields), await read(question, fields), limits);
  };
  return { db, report, ask, read };
}

/** What evidence holds, strongest first: ids of posts, addresses of lines. */
export function namesIn({ hits }: Pick<Evidence, 'hits'>): string[] {
  return hits.map(({ passage }) =>
    passage.kind === 'post' ? passage.post.id : passage.line.address,
  );
}
