import {
  type Answer,
  type Asked,
  type KeptAnswer,
  lineOf,
  type Passage,
  type PassageName,
  type ReportLine,
  type Turn,
} from '../model/asking.ts';
import { type Channel, keyOfChannel } from '../model/channel.ts';
import type { Language } from '../model/topic.ts';
import type { Database } from './database.ts';
import { and, desc, eq, gt, inArray, ne, type SQL, sql } from './drizzle.ts';
import { postsById } from './posts.ts';
import { reportNumbered, type StoredReport } from './reports.ts';
import { channels, reports, turns } from './schema.ts';

/** A question that is to be answered. */
export type NewTurn = Pick<Turn, 'speaker' | 'question' | 'about' | 'at'> & {
  readonly channel: Channel;
  /** The turn that it goes on from. */
  readonly follows: number | null;
  readonly topic: string;
  readonly language: Language;
  /** The platform's id of the message that asks. */
  readonly askedMessage: string | null;
};

/** The question of a turn whose message asks nothing: nobody goes on from it until that is edited. */
export const NOTHING_ASKED = '';

/** A turn that was begun, and the one that it goes on from. */
export type BegunTurn = { readonly id: number; readonly follows: number | null };

/** What is being answered for so long was left lying by a process that ended. */
const LEFT_LYING_MS = 120_000;

/**
 * Begins a turn. A message begins one once, however often and to however many processes its update
 * comes. Other words in it, which an edit brings, have its turn answered anew.
 *
 * @returns `null` where the message is answered already, or is being answered.
 */
export async function beginTurn(db: Database, turn: NewTurn): Promise<BegunTurn | null> {
  const { speaker, topic, about, question, language, askedMessage, at } = turn;
  const channel = keyOfChannel(turn.channel);
  await noteChannel(db, turn);
  const left = new Date(at.getTime() - LEFT_LYING_MS);
  const [row] = await db
    .insert(turns)
    .values({
      channel,
      speaker,
      follows: sql`(select id from turns where id = ${turn.follows} and channel = ${channel})`,
      topic,
      reportId: sql`(select id from reports where id = ${about?.report ?? null})`,
      section: about?.section ?? null,
      question,
      language,
      askedMessage,
      at,
    })
    .onConflictDoUpdate({
      target: [turns.channel, turns.askedMessage],
      set: { question, language, at, answer: null },
      setWhere: sql`${turns.question} <> ${question}
        or (${turns.answer} is null and ${turns.at} < ${left.toISOString()}::timestamptz)`,
    })
    .returning({ id: turns.id, follows: turns.follows });
  return row ?? null;
}

/** Terminals are no channels that anything is known of, but what is asked there has its turns too. */
async function noteChannel(db: Database, { channel, at }: NewTurn): Promise<void> {
  const { platform } = channel;
  const key = keyOfChannel(channel);
  await db
    .insert(channels)
    .values({ key, platform, title: key, access: 'unknown', createdAt: at })
    .onConflictDoNothing();
}

/** Notes what was answered. */
export async function finishTurn(
  db: Database,
  { id, question }: { readonly id: number; readonly question: string },
  answer: Answer,
): Promise<void> {
  await db
    .update(turns)
    .set({ answer: toKept(answer) })
    .where(and(eq(turns.id, id), eq(turns.question, question)));
}

/** A turn of a channel that somebody may go on from. */
export type EarlierTurn = Pick<Turn, 'id' | 'speaker' | 'question' | 'at'> & {
  readonly topic: string;
  readonly report: number | null;
  readonly section: string | null;
};

/** A turn of a channel by its number. */
export function turnNumbered(
  db: Database,
  channel: Channel,
  id: number,
): Promise<EarlierTurn | null> {
  return findTurn(db, channel, eq(turns.id, id), ne(turns.question, NOTHING_ASKED));
}

/** The turn that a message of a channel began. */
export function turnOfMessage(
  db: Database,
  channel: Channel,
  messageId: string,
): Promise<EarlierTurn | null> {
  return findTurn(db, channel, eq(turns.askedMessage, messageId));
}

/** What somebody asked last in a channel, after a moment. */
export function lastTurnOf(
  db: Database,
  channel: Channel,
  speaker: string,
  after: Date,
): Promise<EarlierTurn | null> {
  return findTurn(
    db,
    channel,
    eq(turns.speaker, speaker),
    gt(turns.at, after),
    ne(turns.question, NOTHING_ASKED),
  );
}

/** The last turn of a channel that meets the conditions. */
async function findTurn(
  db: Database,
  channel: Channel,
  ...conditions: readonly SQL[]
): Promise<EarlierTurn | null> {
  const { id, speaker, question, topic, reportId, section, at } = turns;
  const [row] = await db
    .select({ id, speaker, question, topic, report: reportId, section, at })
    .from(turns)
    .where(and(eq(turns.channel, keyOfChannel(channel)), ...conditions))
    .orderBy(desc(turns.at), desc(turns.id))
    .limit(1);
  return row ?? null;
}

/** So much of a conversation is remembered. */
const LONGEST_CONVERSATION = 5;

/** A turn of a channel with those that it goes on from, oldest first. */
export async function conversationOf(
  db: Database,
  channel: Channel,
  last: number | null,
): Promise<Turn[]> {
  if (last === null) return [];
  const { rows } = await db.execute<{ id: number }>(sql`
    with recursive chain as (
      select id, follows, channel, 1 as length from turns
        where id = ${last} and channel = ${keyOfChannel(channel)}
      union all
      select turns.id, turns.follows, turns.channel, length + 1 from turns
        join chain on turns.id = chain.follows and turns.channel = chain.channel
        where length < ${LONGEST_CONVERSATION}
    )
    select id from chain order by length desc`);
  const ids = rows.map(({ id }) => id);
  const found = await db.select().from(turns).where(inArray(turns.id, ids));
  const byId = new Map(found.map((row) => [row.id, row]));
  const chain = ids.flatMap((id) => byId.get(id) ?? []);
  const answers = await hydrate(
    db,
    chain.map(({ answer }) => answer),
  );
  return chain.map((row, index) => fromRow(row, answers[index] ?? null));
}

/** Forgets what somebody asked in a channel. */
export async function forgetTurns(db: Database, channel: Channel, speaker: string): Promise<void> {
  await db
    .delete(turns)
    .where(and(eq(turns.channel, keyOfChannel(channel)), eq(turns.speaker, speaker)));
}

/** What an answer that was given is looked for by. */
export type AnswerWanted = Pick<
  NewTurn,
  'channel' | 'topic' | 'about' | 'question' | 'language'
> & {
  /** The turn that is to be answered. */
  readonly turn: BegunTurn;
  /** Whether it says the same after whatever was said before. */
  readonly standsAlone: boolean;
  readonly after: Date;
};

/**
 * The answer that the same question was given in the same channel after a moment, on a report that was
 * not made anew meanwhile. A question that needs its conversation is the same only in the same one.
 * Answers that broke off are none, nor are those that only said that there is none: there may be now.
 */
export async function findAnswer(db: Database, wanted: AnswerWanted): Promise<Answer | null> {
  const { channel, topic, about, question, language, turn, standsAlone, after } = wanted;
  const report = about?.report ?? null;
  const rows = await db
    .select()
    .from(turns)
    .where(
      and(
        eq(turns.channel, keyOfChannel(channel)),
        eq(turns.topic, topic),
        eq(turns.language, language),
        sql`${turns.reportId} is not distinct from ${report}`,
        sql`${turns.section} is not distinct from ${about?.section ?? null}`,
        gt(turns.at, after),
        ne(turns.id, turn.id),
        sql`${turns.answer} ->> 'kind' in ('written', 'extract')`,
        sql`${turns.answer} ->> 'brokenOff' is null and ${turns.answer} ->> 'keptSince' is null`,
        sql`not exists (select 1 from ${reports} where ${reports.topic} = ${topic}
          and ${report === null ? sql`true` : eq(reports.id, report)}
          and ${reports.createdAt} > ${turns.at})`,
      ),
    )
    .orderBy(desc(turns.at));
  const words = sameWords(question);
  const same = rows.find(
    (row) =>
      sameWords(row.question) === words &&
      (standsAlone || row.id === turn.follows || row.follows === turn.follows),
  );
  if (!same?.answer) return null;
  const [answer] = await hydrate(db, [same.answer]);
  return answer && answer.sources.length === same.answer.sources.length
    ? { ...answer, keptSince: same.at }
    : null;
}

/** A question in the form in which it is the same as others. */
function sameWords(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{sc=Han}) | (?=\p{sc=Han})/gu, '')
    .replace(/^[\s\p{P}]+|(?<![\s\p{P}])[\s\p{P}]+$/gu, '');
}

function toKept({ sources, keptSince, ...answer }: Answer): KeptAnswer {
  return { ...answer, sources: sources.map(nameOf), keptSince: keptSince?.toISOString() ?? null };
}

function nameOf(passage: Passage): PassageName {
  if (passage.kind === 'post') return { kind: 'post', id: passage.post.id };
  return { kind: 'line', report: passage.report, address: passage.line.address };
}

/** Answers with the passages that they name; those that are gone leave an answer without sources. */
async function hydrate(
  db: Database,
  kept: readonly (KeptAnswer | null)[],
): Promise<(Answer | null)[]> {
  const names = kept.flatMap((answer) => answer?.sources ?? []);
  const numbers = new Set(names.flatMap((name) => (name.kind === 'line' ? [name.report] : [])));
  const found = await Promise.all([...numbers].map((number) => reportNumbered(db, number)));
  const byNumber = new Map(found.flatMap((report) => (report ? [[report.id, report]] : [])));
  const lineFor = (name: PassageName) =>
    name.kind === 'line' ? lineNamed(byNumber.get(name.report), name.address) : null;
  const posts = await postsById(
    db,
    names.flatMap((name) => (name.kind === 'post' ? [name.id] : (lineFor(name)?.line.cites ?? []))),
  );
  const passageOf = (name: PassageName): Passage | null => {
    if (name.kind === 'post') {
      const post = posts.get(name.id);
      return post ? { kind: 'post', post } : null;
    }
    const line = lineFor(name);
    return line && { ...line, posts: line.line.cites.flatMap((id) => posts.get(id) ?? []) };
  };
  return kept.map((answer) => answer && fromKept(answer, answer.sources.map(passageOf)));
}

function lineNamed(report: StoredReport | undefined, address: string): ReportLine | null {
  const line = report?.lines.find((candidate) => candidate.address === address);
  return report && line ? lineOf(report, line) : null;
}

function fromKept(kept: KeptAnswer, passages: readonly (Passage | null)[]): Answer {
  const { keptSince, statements, ...answer } = kept;
  const sources = passages.filter((passage) => passage !== null);
  const areThere = sources.length === passages.length;
  return {
    ...answer,
    statements: areThere ? statements : statements.map((each) => ({ ...each, sources: [] })),
    sources: areThere ? sources : [],
    keptSince: keptSince === null ? null : new Date(keptSince),
  };
}

function fromRow(row: typeof turns.$inferSelect, answer: Answer | null): Turn {
  const { id, speaker, question, reportId, section, at } = row;
  const about: Asked['about'] = reportId === null ? null : { report: reportId, section };
  return { id, speaker, question, answer, about, at };
}
