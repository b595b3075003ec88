import { answerQuestion, type Setting } from '../../src/ask/answer.ts';
import type { Answer, Asked, Watch } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import type { Line } from '../../src/model/report.ts';
import { windowOf } from '../../src/model/window.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { anAnsweringModel } from './answers.ts';
import { NEWS } from './newsroom.ts';
import { anOffice, type OfficeOptions } from './office.ts';
import { aReport, NO_CURATION } from './reports.ts';

const DAY = '2026-10-12';

const TOPIC = { key: 'twitter_ai', title: 'Twitter Ai', language: 'en', timeZone: 'UTC' };

/** A busy machine takes its time. */
const PATIENCE = { meaning: 60_000, answer: 60_000, silence: 60_000 };

type LibraryOptions = OfficeOptions & {
  readonly posts?: readonly Post[];
  readonly lines?: readonly Line[];
};

/** Stored posts of a day and the report on it, an honest model, and somebody who asks. */
export async function aLibrary(options: LibraryOptions = {}) {
  const { posts = NEWS, lines = [] } = options;
  const made = await anOffice(options);
  const { claude, office, start } = made;
  claude.answer(anAnsweringModel());
  const { db, log } = office;
  await db.transaction((tx) => storePosts(tx, TOPIC.key, posts));
  const report = await saveReport(
    db,
    aReport({ language: 'en', window: windowOf(DAY, DAY, 'UTC'), lines }),
    NO_CURATION,
    [],
  );
  const stop = new AbortController();
  /** Asks, and answers what was shown on the way as well. */
  const ask = async (
    question: string,
    fields: Partial<Asked> = {},
    setting: Partial<Setting> = {},
  ): Promise<{ answer: Answer; shown: Answer[] }> => {
    const shown: Answer[] = [];
    const watch: Watch = { show: (sofar) => void shown.push(sofar), signal: stop.signal };
    const asked: Asked = {
      question,
      turns: [],
      topic: TOPIC,
      language: 'en',
      about: null,
      now: start,
      ...fields,
    };
    const answer = await answerQuestion(
      { db, office, log, patience: PATIENCE, ...setting },
      asked,
      watch,
    );
    return { answer, shown };
  };
  return { ...made, report, stop, ask };
}

/** All that an answer says. */
export function saidIn({ statements }: Pick<Answer, 'statements'>): string {
  return statements.map(({ text }) => text).join(' ');
}

/** The posts that an answer rests on, in the order of their marks. */
export function postsIn({ sources }: Pick<Answer, 'sources'>): string[] {
  return sources.flatMap((passage) => (passage.kind === 'post' ? [passage.post.id] : []));
}
