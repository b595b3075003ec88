import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pLimit from 'p-limit';
import { pino } from 'pino';

import { answerQuestion, prepareToAnswer } from '../../src/ask/answer.ts';
import { openClient } from '../../src/claude/api.ts';
import type { Office } from '../../src/claude/office.ts';
import { DEFAULT_MODELS } from '../../src/claude/settings.ts';
import { importFile } from '../../src/collect/file/import.ts';
import { makeDigest } from '../../src/deliver/digest.ts';
import { tokenize } from '../../src/lib/tokens.ts';
import type { Answer, Asked } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import type { Topic } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import type { Database } from '../../src/store/database.ts';
import { cited, type TextBehaviour } from '../fakes/claude-behaviours.ts';
import { openClaude } from '../fakes/claude-server.ts';
import { readPosts } from '../eval/rows.ts';
import { anAnsweringModel, type AskedToAnswer, meaning } from '../support/answers.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { openBotPlace, withDatabase } from './bot-place.ts';

const QUESTIONS = 24;
/** So many people ask at once. */
const AT_ONCE = 6;
/** How fast models speak. */
const PACE = { firstMs: 800, tokensPerSecond: 80 } as const;
/** So many sentences has an answer. */
const SENTENCES = 5;

const SAMPLE = path.resolve('src/demo/sample.jsonl');
const TOPIC: Topic = {
  key: 'bench',
  title: 'Bench',
  language: 'en',
  timeZone: 'Asia/Shanghai',
};
const DAYS = ['2026-10-11', '2026-10-12', '2026-10-13'] as const;
const NOW = new Date('2026-10-14T01:00:00Z');

/** When the first words of an answer were there, and when all of it, milliseconds. */
type Timed = { readonly first: number; readonly done: number; readonly kind: Answer['kind'] };

/**
 * Has several people at once ask about the invented sample, and a model answer at the pace of a real
 * one: how soon the first words are there, and all of it.
 */
export async function measureAnswer(questions = QUESTIONS): Promise<Measurement> {
  const place = await openBotPlace();
  const claude = await openClaude({ pace: PACE });
  try {
    await place.ensure('answer');
    const timed = await withDatabase(place.url('answer'), async (db) => {
      await stock(db, path.join(place.folder, 'out'));
      claude.answer(anAnsweringModel({ question: meant, answer: atLength }));
      const client = await openClient({ apiKey: 'key', baseUrl: claude.url });
      const office = officeOver(db, async () => client);
      await prepareToAnswer(office); // as the bot does when it starts
      return askAll(office, await questionsOn(questions));
    });
    if (claude.faults.length > 0) throw new Error(claude.faults.join('; '));
    return report(timed);
  } finally {
    await claude.close();
    await place.close();
  }
}

async function stock(db: Database, outFolder: string): Promise<void> {
  await importFile(db, TOPIC.key, SAMPLE);
  const workshop = { db, now: () => NOW, outFolder, office: null };
  for (const day of DAYS) {
    const window = windowOf(day, day, TOPIC.timeZone);
    await makeDigest(workshop, { topic: TOPIC, window, language: TOPIC.language });
  }
}

function officeOver(db: Database, client: Office['client']): Office {
  return {
    client,
    db,
    log: pino({ level: 'silent' }),
    models: { ...DEFAULT_MODELS, dailyCap: 1000 },
    now: () => NOW,
    async wait(ms, signal) {
      await sleep(ms, undefined, { signal });
    },
    timeZone: TOPIC.timeZone,
    silenceMs: 60_000,
  };
}

/** Questions about what posts of the last day tell, each by two of its longer words. */
async function questionsOn(wanted: number): Promise<Pick<Asked, 'question' | 'language'>[]> {
  const { start, end } = windowOf(DAYS[2], DAYS[2], TOPIC.timeZone);
  const posts = (await readPosts(SAMPLE)).filter(
    ({ createdAt, text }) => createdAt >= start && createdAt < end && text.length > 60,
  );
  const step = posts.length / wanted;
  return Array.from({ length: wanted }, (_, index) => posts[Math.floor(index * step)]).flatMap(
    (post) => (post ? [questionOn(post)] : []),
  );
}

function questionOn({ text, authorName, lang }: Post): Pick<Asked, 'question' | 'language'> {
  const [first = '', second = ''] = tokenize(text).toSorted((a, b) => b.length - a.length);
  return lang === 'zh'
    ? { question: `${authorName} 怎么说 ${first} 和 ${second}？`, language: 'zh' }
    : { question: `What did ${authorName} say about ${first} and ${second}?`, language: 'en' };
}

async function askAll(
  office: Office,
  questions: readonly Pick<Asked, 'question' | 'language'>[],
): Promise<Timed[]> {
  const limit = pLimit(AT_ONCE);
  return Promise.all(questions.map((question) => limit(() => askOne(office, question))));
}

async function askOne(
  office: Office,
  question: Pick<Asked, 'question' | 'language'>,
): Promise<Timed> {
  const { db, log } = office;
  const asked: Asked = { ...question, turns: [], topic: TOPIC, about: null, now: NOW };
  const began = performance.now();
  let first: number | null = null;
  const { signal } = new AbortController();
  const show = () => void (first ??= performance.now() - began);
  const { kind } = await answerQuestion({ db, office, log }, asked, { show, signal });
  const done = performance.now() - began;
  return { first: first ?? done, done, kind };
}

/** What a model says that a question means, about as long as real ones. */
function meant({ question }: AskedToAnswer): TextBehaviour {
  return meaning({ words: tokenize(question).slice(0, 6) });
}

/** Sentences of the sources, word for word, as many as an answer has. */
function atLength({ sources }: AskedToAnswer): TextBehaviour {
  const sentences = sources.flatMap(({ words, place }) =>
    (words.match(/[^.!?。！？]+[.!?。！？]+/g) ?? []).map(
      (sentence) => [sentence.trim(), place] as const,
    ),
  );
  return cited(
    sentences.slice(0, SENTENCES).flatMap((said, index) => (index > 0 ? [' ', said] : [said])),
  );
}

function report(timed: readonly Timed[]): Measurement {
  const at = (times: readonly number[], share: number) => {
    const sorted = times.toSorted((a, b) => a - b);
    return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  };
  const firsts = timed.map(({ first }) => first);
  const dones = timed.map(({ done }) => done);
  const written = timed.filter(({ kind }) => kind === 'written').length;
  const figures = {
    questions: timed.length,
    written,
    firstP50: at(firsts, 0.5),
    firstP95: at(firsts, 0.95),
    doneP95: at(dones, 0.95),
  };
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  return {
    figures: { suite: 'answer', ...figures },
    table: [
      ['questions', 'answered', 'first p50 ms', 'first p95 ms', 'done p95 ms'],
      Object.values(figures).map(count),
    ],
    quality: {
      what: 'answers come soon',
      on: `${count(timed.length)} questions, ${AT_ONCE} at once, a model's first token after ${PACE.firstMs / 1000} s, then ${PACE.tokensPerSecond} a second`,
      figures: `first words within ${seconds(figures.firstP95)} s and all within ${seconds(figures.doneP95)} s in 95 of 100`,
      command: 'npm run bench -- answer',
    },
  };
}
