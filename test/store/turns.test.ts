import fc from 'fast-check';
import { sql } from '../../src/store/drizzle.ts';
import { describe, expect, it } from 'vitest';

import type { Answer } from '../../src/model/asking.ts';
import { type Channel, keyOfChannel } from '../../src/model/channel.ts';
import { windowOf } from '../../src/model/window.ts';
import { meetChannel, moveChat } from '../../src/store/channels.ts';
import { aboutMessage, messagesOfTurn, noteMessages } from '../../src/store/messages.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import {
  type AnswerWanted,
  beginTurn,
  conversationOf,
  findAnswer,
  finishTurn,
  forgetTurns,
  lastTurnOf,
  type NewTurn,
  turnOfMessage,
} from '../../src/store/turns.ts';
import { sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';

const db = sharedDatabase();
const NOON = new Date('2026-01-30T12:00:00Z');
const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);

let made = 0;
/** A chat that no other test knows. */
function aChat(thread: string | null = null): Channel {
  made += 1;
  return { platform: 'telegram', chat: `-${8000 + made}`, thread };
}

const ANSWER: Answer = {
  kind: 'extract',
  statements: [{ text: 'Nothing costs nothing.', sources: [] }],
  sources: [],
  brokenOff: null,
  keptSince: null,
};

const question = (channel: Channel, fields: Partial<NewTurn> = {}): NewTurn => ({
  channel,
  speaker: 'kim',
  follows: null,
  topic: 'without_reports',
  about: null,
  question: 'why?',
  language: 'en',
  askedMessage: null,
  at: NOON,
  ...fields,
});

async function ask(channel: Channel, fields: Partial<NewTurn> = {}): Promise<number> {
  const begun = await beginTurn(db(), question(channel, fields));
  if (!begun) throw new Error('asked before');
  return begun.id;
}

async function aStoredReport(day: string, createdAt = NOON) {
  const post = aPost();
  await db().transaction((tx) => storePosts(tx, 'twitter_ai', [post]));
  const line = aLine({ part: 'III', section: 'A', address: 'III.A.1', cites: [post.id] });
  const window = windowOf(day, day, 'Asia/Shanghai');
  const report = aReport({ window, createdAt, lines: [line] });
  return { post, line, report: await saveReport(db(), report, NO_CURATION, []) };
}

/** Finishes a turn that asks what it was begun with. */
async function finish(id: number, answer: Answer): Promise<void> {
  const { rows } = await db().execute<{ question: string }>(
    sql`select question from turns where id = ${id}`,
  );
  await finishTurn(db(), { id, question: rows[0]?.question ?? '' }, answer);
}

describe('a message that asks', () => {
  it('is taken up once, though many processes hear it', async () => {
    const channel = aChat();
    const turns = await Promise.all(
      Array.from({ length: 8 }, () => beginTurn(db(), question(channel, { askedMessage: '5' }))),
    );
    expect(turns.filter((turn) => turn !== null)).toHaveLength(1);
    expect(await beginTurn(db(), question(aChat(), { askedMessage: '5' }))).not.toBeNull();
  });

  it('is taken up anew with other words, once, and keeps its place in the conversation', async () => {
    const channel = aChat();
    const before = await ask(channel);
    const id = await ask(channel, { askedMessage: '5', follows: before });
    await finish(id, ANSWER);
    const edited = question(channel, { askedMessage: '5', question: 'how?', at: minutes(1) });
    const turns = await Promise.all([beginTurn(db(), edited), beginTurn(db(), edited)]);
    expect(turns.filter((turn) => turn !== null)).toEqual([{ id, follows: before }]);
    const [, turn] = await conversationOf(db(), channel, id);
    expect(turn).toMatchObject({ question: 'how?', answer: null });
  });

  it('is taken up again where a process left it lying, not while one is at it', async () => {
    const channel = aChat();
    const id = await ask(channel, { askedMessage: '5' });
    const again = (at: Date) => beginTurn(db(), question(channel, { askedMessage: '5', at }));
    expect(await again(minutes(1))).toBeNull();
    expect(await again(minutes(3))).toMatchObject({ id });
    await finish(id, ANSWER);
    expect(await again(minutes(9))).toBeNull();
  });

  it('has no answer to what it asked before it was edited', async () => {
    const channel = aChat();
    const id = await ask(channel, { askedMessage: '5', question: 'first?' });
    await beginTurn(db(), question(channel, { askedMessage: '5', question: 'then?' }));
    await finishTurn(db(), { id, question: 'first?' }, ANSWER);
    const [turn] = await conversationOf(db(), channel, id);
    expect(turn).toMatchObject({ question: 'then?', answer: null });
  });

  it('is nobody’s where none is: every such question is another', async () => {
    const channel = aChat();
    expect(await ask(channel)).not.toBe(await ask(channel));
  });
});

describe('a conversation', () => {
  it('is told oldest first, the last five turns of it, with answers and their sources', async () => {
    const channel = aChat();
    const { post, line, report } = await aStoredReport('2026-01-02');
    let last: number | null = null;
    for (const words of ['1', '2', '3', '4', '5', '6']) {
      last = await ask(channel, { question: words, follows: last });
    }
    const sources: Answer['sources'] = [
      { kind: 'post', post },
      {
        kind: 'line',
        report: report.id,
        window: report.window,
        language: report.language,
        line,
        posts: [post],
      },
    ];
    const answer: Answer = {
      ...ANSWER,
      kind: 'written',
      statements: [{ text: 'So it is.', sources: [0, 1] }],
      sources,
    };
    await finish(last ?? 0, answer);
    const turns = await conversationOf(db(), channel, last);
    expect(turns.map((turn) => turn.question)).toEqual(['2', '3', '4', '5', '6']);
    expect(turns.at(-1)?.answer).toEqual(answer);
    expect(turns.at(0)?.answer).toBeNull();
  });

  it('tells an answer whose sources are gone without them', async () => {
    const channel = aChat();
    const id = await ask(channel);
    const sources = [{ kind: 'post', post: aPost({ id: 'never stored' }) }] as const;
    const statements = [{ text: 'So it is.', sources: [0] }];
    await finish(id, { ...ANSWER, statements, sources });
    const [turn] = await conversationOf(db(), channel, id);
    expect(turn?.answer).toMatchObject({ statements: [{ text: 'So it is.', sources: [] }] });
    expect(turn?.answer?.sources).toEqual([]);
  });

  it('goes on from what its speaker asked last in the channel, within the hour', async () => {
    const chat = aChat();
    const thread = { ...chat, thread: '7' };
    await ask(chat, { at: minutes(-50) });
    const last = await ask(chat, { at: minutes(-30) });
    await ask(chat, { speaker: 'ann', at: minutes(-10) });
    await ask(thread, { at: minutes(-10) });
    expect(await lastTurnOf(db(), chat, 'kim', minutes(-60))).toMatchObject({ id: last });
    expect(await lastTurnOf(db(), chat, 'kim', minutes(-20))).toBeNull();
    expect(await lastTurnOf(db(), chat, 'bob', minutes(-60))).toBeNull();
  });

  it('is forgotten for its speaker alone, in that channel alone', async () => {
    const [chat, other] = [aChat(), aChat()];
    const own = await ask(chat);
    const reply = await ask(chat, { speaker: 'ann', follows: own });
    const elsewhere = await ask(other);
    await noteMessages(db(), chat, ['50'], { report: null, section: null, turn: own }, NOON);
    await forgetTurns(db(), chat, 'kim');
    expect(await conversationOf(db(), chat, own)).toEqual([]);
    expect(await conversationOf(db(), chat, reply)).toHaveLength(1);
    expect(await conversationOf(db(), other, elsewhere)).toHaveLength(1);
    expect(await aboutMessage(db(), chat, '50')).toBeNull();
  });

  it('follows a chat that has another id', async () => {
    const [chat, to] = [aChat(), aChat()];
    const id = await ask(chat, { askedMessage: '5' });
    await moveChat(db(), chat, to.chat);
    expect(await conversationOf(db(), to, id)).toHaveLength(1);
    expect(await turnOfMessage(db(), to, '5')).toMatchObject({ id });
  });
});

it('turns of a chat are never seen from another, whoever asks what of whom', async () => {
  const step = fc.record({
    chat: fc.integer({ min: 0, max: 3 }),
    thread: fc.constantFrom(null, '1', '2'),
    speaker: fc.constantFrom('kim', 'ann', 'bob'),
    goesOnFrom: fc.nat(30), // of any chat: what comes from outside is not to be trusted
    words: fc.constantFrom('why?', 'how?'),
    isNew: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const chats = Array.from({ length: 4 }, () => aChat());
      const whereOf = new Map<number, string>();
      const all: number[] = [];
      for (const [index, { chat, thread, speaker, goesOnFrom, words, isNew }] of steps.entries()) {
        const channel = { ...(chats[chat] ?? aChat()), thread };
        const key = keyOfChannel(channel);
        if (isNew) await forgetTurns(db(), channel, speaker);
        const at = minutes(index);
        const last = await lastTurnOf(db(), channel, speaker, minutes(-60));
        expect(last ? [whereOf.get(last.id), last.speaker] : null).toEqual(last && [key, speaker]);
        const begun = question(channel, {
          speaker,
          follows: all[goesOnFrom % Math.max(all.length, 1)] ?? null,
          question: words,
          askedMessage: `${index}`,
          at,
        });
        const turn = await beginTurn(db(), begun);
        if (!turn) throw new Error('asked before');
        for (const earlier of await conversationOf(db(), channel, turn.follows)) {
          expect(whereOf.get(earlier.id)).toBe(key);
        }
        const wanted = { ...begun, turn, standsAlone: true, after: minutes(-60) };
        const found = await findAnswer(db(), wanted);
        expect(found?.statements[0]?.text ?? null).toBe(found && `${key} ${words}`);
        const statements = [{ text: `${key} ${words}`, sources: [] }];
        await finish(turn.id, { ...ANSWER, statements });
        whereOf.set(turn.id, key);
        all.push(turn.id);
      }
      for (const id of all) {
        for (const chat of [...chats, aChat()]) {
          const seen = await conversationOf(db(), chat, id);
          expect(seen.every((turn) => whereOf.get(turn.id) === keyOfChannel(chat))).toBe(true);
        }
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

describe('an answer that was given', () => {
  const wanted = (channel: Channel, fields: Partial<AnswerWanted> = {}): AnswerWanted => ({
    ...question(channel),
    turn: { id: 0, follows: null },
    standsAlone: true,
    after: minutes(-24 * 60),
    ...fields,
  });

  async function answered(channel: Channel, fields: Partial<NewTurn> = {}, answer = ANSWER) {
    const id = await ask(channel, { at: minutes(-5), ...fields });
    await finish(id, answer);
    return id;
  }

  it('is found for the same question, however it is spaced, spelt large or ends', async () => {
    const channel = aChat();
    await answered(channel, { question: 'Who is  cheaper?' });
    const found = await findAnswer(db(), wanted(channel, { question: 'who is cheaper' }));
    expect(found).toEqual({ ...ANSWER, keptSince: minutes(-5) });
    await answered(channel, { question: 'B 部分说了什么？' });
    expect(await findAnswer(db(), wanted(channel, { question: 'Ｂ部分说了什么' }))).not.toBeNull();
    expect(await findAnswer(db(), wanted(channel, { question: 'who is dearer' }))).toBeNull();
  });

  it('is found in no other channel, topic, language, report or section, and for a day', async () => {
    const channel = aChat();
    const { report } = await aStoredReport('2026-01-03', minutes(-600));
    const about = { report: report.id, section: 'III.A' };
    const topic = 'twitter_ai';
    await answered(channel, { about, topic });
    const find = (fields: Partial<AnswerWanted>) =>
      findAnswer(db(), wanted(channel, { about, topic, ...fields }));
    expect(await find({})).not.toBeNull();
    expect(await find({ channel: aChat() })).toBeNull();
    expect(await find({ channel: { ...channel, thread: '7' } })).toBeNull();
    expect(await find({ topic: 'other' })).toBeNull();
    expect(await find({ language: 'zh' })).toBeNull();
    expect(await find({ about: null })).toBeNull();
    expect(await find({ about: { ...about, section: null } })).toBeNull();
    expect(await find({ after: minutes(-4) })).toBeNull();
  });

  it('is none where it broke off, declined, is still coming, or was kept itself', async () => {
    const channel = aChat();
    await answered(channel, {}, { ...ANSWER, brokenOff: 'stopped' });
    await answered(channel, {}, { ...ANSWER, kind: 'declined' });
    await answered(channel, {}, { ...ANSWER, keptSince: minutes(-1000) });
    await ask(channel, { at: minutes(-1) });
    expect(await findAnswer(db(), wanted(channel))).toBeNull();
  });

  it('is none where the report was made anew since, or a newer one is there', async () => {
    const channel = aChat();
    const { report } = await aStoredReport('2026-01-04', minutes(-600));
    const about = { report: report.id, section: null };
    const topic = 'twitter_ai';
    await answered(channel, { about, topic });
    await answered(channel, { topic });
    await aStoredReport('2026-01-05', minutes(-1));
    expect(await findAnswer(db(), wanted(channel, { about, topic }))).not.toBeNull();
    expect(await findAnswer(db(), wanted(channel, { topic }))).toBeNull();
    await aStoredReport('2026-01-04', minutes(-1));
    expect(await findAnswer(db(), wanted(channel, { about, topic }))).toBeNull();
  });

  it('to a question that needs its conversation is found in the same one alone', async () => {
    const channel = aChat();
    const [one, other] = [await ask(channel), await ask(channel)];
    const given = await answered(channel, { question: 'and he?', follows: one });
    const find = (follows: number | null) =>
      findAnswer(
        db(),
        wanted(channel, { question: 'and he?', standsAlone: false, turn: { id: 0, follows } }),
      );
    expect(await find(one)).not.toBeNull();
    expect(await find(given)).not.toBeNull();
    expect(await find(other)).toBeNull();
    expect(await find(null)).toBeNull();
  });

  it('is not the one that is wanted', async () => {
    const channel = aChat();
    const id = await answered(channel);
    expect(await findAnswer(db(), wanted(channel, { turn: { id, follows: null } }))).toBeNull();
  });
});

describe('messages of ours', () => {
  const about = (turn: number | null, report: number | null = null) => {
    return { report, section: 'III.A', turn };
  };

  it('are known by what they show, in their channel', async () => {
    const [channel, other] = [aChat(), aChat()];
    const { report } = await aStoredReport('2026-01-06');
    const turn = await ask(channel);
    await noteMessages(db(), channel, ['9', '10'], about(turn, report.id), NOON);
    expect(await aboutMessage(db(), channel, '9')).toEqual(about(turn, report.id));
    expect(await aboutMessage(db(), other, '9')).toBeNull();
    expect(await messagesOfTurn(db(), channel, turn)).toEqual(['9', '10']);
    await noteMessages(db(), channel, ['9'], about(null), NOON);
    expect(await aboutMessage(db(), channel, '9')).toEqual(about(null));
  });

  it('are noted without what is gone meanwhile, and not in a channel that nobody knows', async () => {
    const channel = aChat();
    await meetChannel(db(), channel, 'A chat', NOON);
    await noteMessages(db(), channel, ['9'], about(2_000_000_000, 2_000_000_000), NOON);
    expect(await aboutMessage(db(), channel, '9')).toEqual(about(null));
    const unknown = aChat();
    await noteMessages(db(), unknown, ['9'], about(null), NOON);
    expect(await aboutMessage(db(), unknown, '9')).toBeNull();
  });
});
