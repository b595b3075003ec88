import { Desk } from '../claude/desk.ts';
import { ModelFailure } from '../claude/failure.ts';
import type { Office } from '../claude/office.ts';
import { loadLanguageDetector } from '../lib/language.ts';
import type { Log } from '../lib/log.ts';
import type { Answer, Asked, Evidence, Query, Watch } from '../model/asking.ts';
import type { Language } from '../model/topic.ts';
import { dayOf, type Days } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { reportNumbered } from '../store/reports.ts';
import { writeAnswer, type Writers } from './cited.ts';
import { countPosts } from './count.ts';
import { declinedBy, extractFrom } from './extract.ts';
import { linesToRetell } from './retold.ts';
import { retrieve } from './retrieve.ts';
import { inPlaceOf, merge, rewrite } from './rewrite.ts';
import { readQuestion, standAlone } from './standalone.ts';
import { isSmallTalk, notSearched, unsearchedIn } from './unsearched.ts';

/** What questions are answered with. */
export type Setting = {
  readonly db: Database;
  /** Where the model is asked; without one, passages are shown word for word. */
  readonly office: Office | null;
  readonly log: Log;
  /** @default as people have it */
  readonly patience?: Patience;
};

/** How long whoever asks waits, milliseconds. */
type Patience = {
  /** For what the question means: the first words are to be there within three seconds. */
  readonly meaning: number;
  /** For the whole answer. */
  readonly answer: number;
  /** For the next words. */
  readonly silence: number;
};

const PATIENCE: Patience = { meaning: 1250, answer: 25_000, silence: 8000 };

/**
 * Loads dictionaries and whatever else answering takes: a second's work, which whoever asks first
 * would wait for.
 */
export async function prepareToAnswer({ client }: Pick<Office, 'client'>): Promise<void> {
  const [detect] = await Promise.all([loadLanguageDetector(), client()]);
  const question = '谁说价格下降了 – who says that prices fell?';
  detect(question);
  const topic = { key: '', title: '', language: 'zh', timeZone: 'UTC' };
  readQuestion({ question, topic, turns: [], now: new Date(0) });
}

/** Answers a question from the reports and posts of its topic; shows the answer as it grows. */
export async function answerQuestion(
  setting: Setting,
  asked: Asked,
  watch: Watch,
): Promise<Answer> {
  const { office, log } = setting;
  const unsearched = unsearchedIn(asked.question, office !== null);
  if (unsearched !== null) {
    log.info({ unsearched }, 'a question was answered without a search');
    const counted = unsearched === 'count' ? await countPosts(setting.db, asked) : null;
    return counted ?? notSearched(unsearched);
  }
  // Nobody goes on from thanks.
  const turns = asked.turns.filter(({ question }) => !isSmallTalk(question));
  const lines = office === null ? await linesToRetell(setting.db, { ...asked, turns }) : null;
  return lines ?? answerFound(setting, { ...asked, turns }, watch);
}

/** Answers a question from what is found for it. */
async function answerFound(setting: Setting, asked: Asked, watch: Watch): Promise<Answer> {
  const { db, office, log } = setting;
  const query = await understand(setting, asked, watch);
  const budget = office?.models.answerTokens;
  const evidence = await retrieve(db, asked, query, budget === undefined ? {} : { budget });
  const view = await daysInView(db, asked, query);
  const meant = {
    days: query.days,
    ...(view && { view }),
    more: query.shown.length > 0,
    ...(query.most && { by: query.most.by }),
  };
  const answer = {
    ...(await answerFrom(evidence, setting, asked, {
      ...watch,
      show: (sofar) => watch.show({ ...sofar, meant }),
    })),
    meant,
  };
  const { kind, statements, brokenOff } = answer;
  const hits = evidence.hits.length;
  log.info({ kind, hits, statements: statements.length, brokenOff }, 'a question was answered');
  return answer;
}

/** The days of the digest in view, where a question names neither days nor a section. */
async function daysInView(
  db: Database,
  { about }: Asked,
  { days, sections, told }: Query,
): Promise<Days | null> {
  if (about === null || days !== null || sections.length > 0 || told.length > 0) return null;
  const report = await reportNumbered(db, about.report);
  return report && { from: report.window.from, to: report.window.to };
}

/** What the evidence says to the question: from nothing, nobody answers. */
async function answerFrom(
  evidence: Evidence,
  { office, patience = PATIENCE }: Setting,
  asked: Asked,
  watch: Watch,
): Promise<Answer> {
  if (watch.signal.aborted) return STOPPED;
  if (evidence.hits.length === 0) return declinedBy(evidence, asked.language);
  if (office === null) return extractFrom(evidence, asked.language);
  const desk = deskFor(office, asked, watch.signal, patience);
  return answerByModel({ ...office, desk }, asked, evidence, watch);
}

const STOPPED: Answer = {
  kind: 'written',
  statements: [],
  sources: [],
  brokenOff: 'stopped',
  keptSince: null,
};

/** The question on its own: as rules read it, and better where a model is quick to say what is meant. */
async function understand(
  { db, office, patience = PATIENCE }: Setting,
  asked: Asked,
  { signal }: Watch,
): Promise<Query> {
  const [meant, stands] = await Promise.all([
    office && rewrite(office, asked, { signal, patienceMs: patience.meaning }),
    standAlone(db, asked),
    office && loadLanguageDetector(), // there is time for it now
  ]);
  if (!meant) return stands;
  const means = await standAlone(db, inPlaceOf(asked, meant));
  return merge(stands, means, meant, dayOf(asked.now, asked.topic.timeZone));
}

/** An answer in the model's words; where it has none, what the passages themselves say. */
async function answerByModel(
  { desk, models, log }: Omit<Writers, 'detect'>,
  asked: Asked,
  evidence: Evidence,
  { show }: Watch,
): Promise<Answer> {
  try {
    const detect = await loadLanguageDetector();
    const answer = await writeAnswer({ desk, models, log, detect }, asked, evidence, show);
    if (answer.statements.length > 0 || answer.brokenOff === 'stopped') return answer;
    return answer.brokenOff === null
      ? declinedBy(evidence, asked.language)
      : withoutModel(evidence, asked.language);
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    return withoutModel(evidence, asked.language);
  } finally {
    for (const notice of desk.notices) log.warn({ notice }, 'the model cannot be asked');
  }
}

/** What is shown in the place of an answer that the model did not give. */
function withoutModel(evidence: Evidence, language: Language): Answer {
  return { ...extractFrom(evidence, language), brokenOff: 'lost' };
}

function deskFor(
  office: Office,
  { topic }: Asked,
  signal: AbortSignal,
  { answer, silence }: Patience,
): Desk {
  const silenceMs = Math.min(office.silenceMs, silence);
  return new Desk(
    { ...office, silenceMs },
    {
      purpose: 'ask',
      topic: topic.key,
      report: null,
      deadline: new Date(office.now().getTime() + answer),
      signal,
    },
  );
}
