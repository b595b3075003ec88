import { describe, expect, it, vi } from 'vitest';

import { commands } from '../../commands/index.ts';
import { NOBODY_WATCHES } from '../../src/chat/command.ts';
import { type Heard, noteSent, receive, type Reception } from '../../src/chat/reception.ts';
import { Stops } from '../../src/chat/stops.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { openLog } from '../../src/lib/log.ts';
import { addressOf } from '../../src/model/address.ts';
import type { Channel } from '../../src/model/channel.ts';
import { windowOf } from '../../src/model/window.ts';
import { changeAccess, changeChannel, meetChannel } from '../../src/store/channels.ts';
import { eq } from '../../src/store/drizzle.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { conversationOf } from '../../src/store/turns.ts';
import { reports } from '../../src/store/schema.ts';
import { anAnswer, anOracle, type Oracle } from '../support/oracles.ts';
import { sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';
import { A_TOPIC, aBureau } from './context.ts';

const db = sharedDatabase();
const log = openLog({ file: '', level: 'silent', secrets: [] });
const NOON = new Date('2026-01-30T12:00:00Z');
const MUCH = { person: 1000, chat: 1000, questions: { person: 1000, chat: 1000 } };

let made = 0;

type SceneOptions = Partial<Pick<Reception, 'db' | 'quotas' | 'owners'>> & {
  readonly oracle?: Oracle;
  readonly language?: string;
  readonly topics?: Reception['bureau']['topics'];
};

/** Chats that are let in, an hour of their own, and a bot that keeps what it is asked. */
function aScene({ oracle = anOracle(), language = 'en', topics, ...fields }: SceneOptions = {}) {
  let now = NOON;
  let sent = 100;
  const bureau = aBureau({ answer: oracle.answer, ...(topics && { topics }) });
  const reception: Reception = {
    db: db(),
    now: () => now,
    log,
    bureau,
    commands,
    owners: new Set(),
    quotas: MUCH,
    stops: new Stops(),
    isAdmin: () => Promise.resolve(false),
    ...fields,
  };
  const aChat = async (thread: string | null = null): Promise<Channel> => {
    made += 1;
    const chat: Channel = { platform: 'telegram', chat: `-${6000 + made}`, thread: null };
    for (const channel of thread === null ? [chat] : [chat, { ...chat, thread }]) {
      await meetChannel(db(), channel, 'A chat', now);
      await changeChannel(db(), channel, { language });
    }
    await changeAccess(db(), chat, 'allowed');
    return { ...chat, thread };
  };
  /** Says something, and answers what is said to it, which is sent with an id of its own. */
  const hear = async (channel: Channel, said: Heard['said'], fieldsOf: Partial<Heard> = {}) => {
    sent += 2;
    const heard: Heard = {
      channel,
      title: 'A chat',
      isPrivate: false,
      speaker: 'kim',
      messageId: `${sent}`,
      isEdit: false,
      repliesTo: null,
      ...fieldsOf,
      said,
    };
    const answerId = `${Number(heard.messageId) + 1}`;
    const spoken = await receive(reception, heard, NOBODY_WATCHES);
    if (!spoken) return null;
    const ids = spoken.replaces.length > 0 ? spoken.replaces : [answerId];
    await noteSent(reception, channel, ids, spoken.about);
    const look = { width: 300, color: false, hyperlinks: false };
    return {
      id: ids[0] ?? '',
      askedId: heard.messageId,
      spoken,
      text: renderTerminal(spoken.message.tree, look).trim(),
    };
  };
  const say = (channel: Channel, words: string, fieldsOf: Partial<Heard> = {}) =>
    hear(channel, { kind: 'words', words }, fieldsOf);
  const press = (channel: Channel, carried: string) => hear(channel, { kind: 'press', carried });
  return { aChat, say, press, oracle, later: (at: Date) => void (now = at) };
}

const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);

async function aStoredReport(day: string, topic = 'twitter_ai') {
  const post = aPost();
  await db().transaction((tx) => storePosts(tx, topic, [post]));
  const cites = [post.id];
  const report = aReport({
    topic,
    window: windowOf(day, day, 'Asia/Shanghai'),
    language: 'en',
    sections: [{ letter: 'C', name: 'Robots' }],
    lines: [
      aLine({ cites }),
      aLine({ part: 'II', address: 'II.1', text: 'a fact', cites }),
      aLine({ part: 'III', section: 'C', address: 'III.C.1', text: 'C said', cites }),
    ],
  });
  return { post, report: await saveReport(db(), report, NO_CURATION, []) };
}

describe('what is asked about', () => {
  it.each([
    ['/section C', 'III.C'],
    ['/section II', 'II'],
    ['/sources III.C.1', 'III.C.1'],
    ['/sources C', 'III.C'],
    ['/sources', null],
    ['/digest 2026-01-20', null],
  ])('is what the answered message shows: %s', async (command, section) => {
    const { report } = await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    await say(chat, '/digest 2026-01-20');
    const shown = await say(chat, command);
    await say(chat, 'who is cheaper?', { repliesTo: shown?.id ?? '' });
    expect(oracle.asked[0]?.about).toEqual({ report: report.id, section });
  });

  it('is what a button showed, whoever answers that', async () => {
    const { report } = await aStoredReport('2026-01-20');
    const { aChat, say, press, oracle } = aScene();
    const chat = await aChat();
    const shown = await press(chat, addressOf({ kind: 'part', report: report.id, part: 'C' }));
    await say(chat, 'who is cheaper?', { repliesTo: shown?.id ?? '', speaker: 'ann' });
    expect(oracle.asked[0]?.about).toEqual({ report: report.id, section: 'III.C' });
  });

  it('is the message under which a thread was opened', async () => {
    const { report } = await aStoredReport('2026-01-20');
    const { aChat, say, press, oracle } = aScene();
    const chat = await aChat();
    const shown = await press(chat, addressOf({ kind: 'part', report: report.id, part: 'C' }));
    await say({ ...chat, thread: shown?.id ?? '' }, 'who is cheaper?');
    expect(oracle.asked[0]?.about).toEqual({ report: report.id, section: 'III.C' });
  });

  it('is nothing that was shown before, where no message is answered, or none of ours', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    await say(chat, '/digest 2026-01-20');
    await say(chat, 'who is cheaper?');
    expect(await say(chat, 'who is dearer?', { repliesTo: '9999' })).toMatchObject({
      text: 'so: who is dearer?',
    });
    expect(oracle.asked.map(({ about }) => about)).toEqual([null, null]);
  });

  it('of a report that is deleted is nothing; its buttons say so', async () => {
    const { report } = await aStoredReport('2026-01-19');
    const { aChat, say, press, oracle } = aScene();
    const chat = await aChat();
    const carried = addressOf({ kind: 'part', report: report.id, part: 'C' });
    const shown = await press(chat, carried);
    await db().delete(reports).where(eq(reports.id, report.id));
    const answer = await say(chat, 'who is cheaper?', { repliesTo: shown?.id ?? '' });
    expect(answer?.text).toBe('so: who is cheaper?');
    expect(oracle.asked[0]?.about).toBeNull();
    expect((await press(chat, carried))?.text).toContain('That is not there any more.');
  });

  it('has the topic of the report, else the one that is named, else that of the conversation', async () => {
    made += 1;
    const other = { ...A_TOPIC, key: `robots_${made}`, title: 'Robots' };
    const { report } = await aStoredReport('2026-01-20', other.key);
    await aStoredReport('2026-01-20');
    const { aChat, say, press, oracle } = aScene({ topics: [A_TOPIC, other] });
    const chat = await aChat();
    const shown = await press(chat, addressOf({ kind: 'part', report: report.id, part: 'C' }));
    await say(chat, 'who is cheaper?', { repliesTo: shown?.id ?? '' });
    await say(chat, 'and dearer?');
    await say(chat, `what is new in ${A_TOPIC.key} today?`);
    await say(await aChat(), 'who is new?');
    expect(oracle.asked.map(({ topic }) => topic.key)).toEqual([
      other.key,
      other.key,
      A_TOPIC.key,
      A_TOPIC.key,
    ]);
  });

  it('is answered in the language of the question where there are words for it', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene({ language: 'zh' });
    const chat = await aChat();
    await say(chat, 'what did he say about the prices last week?');
    await say(chat, 'Mitä Helsingin yliopisto sanoi uudesta mallista?');
    expect(oracle.asked.map(({ language }) => language)).toEqual(['en', 'zh']);
  });
});

describe('a conversation', () => {
  const askedBefore = ({ asked }: Oracle) =>
    asked.at(-1)?.turns.map(({ question, answer }) => [question, answer?.statements[0]?.text]);

  it('goes on from the answer that is answered, whoever answers it', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle, later } = aScene();
    const chat = await aChat();
    const first = await say(chat, 'who is Sam?');
    await say(chat, 'who is Ann?');
    later(minutes(600));
    await say(chat, 'what else did he say?', { speaker: 'bob', repliesTo: first?.id ?? '' });
    expect(askedBefore(oracle)).toEqual([['who is Sam?', 'so: who is Sam?']]);
    await say(chat, 'and then?', { speaker: 'bob', repliesTo: first?.askedId ?? '' });
    expect(askedBefore(oracle)).toEqual([['who is Sam?', 'so: who is Sam?']]);
  });

  it.each(['还有呢', 'anything else?', 'what happened the day before?', '谁说的？'])(
    'has "%s" answered anew each time',
    async (question) => {
      await aStoredReport('2026-01-20');
      const { aChat, say, oracle } = aScene();
      const chat = await aChat();
      await say(chat, 'what happened on January 20?');
      await say(chat, question);
      await say(chat, question);
      expect(oracle.asked).toHaveLength(3);
    },
  );

  it('else goes on from what the same person asked last there, for an hour', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle, later } = aScene();
    const chat = await aChat();
    await say(chat, 'who is Sam?');
    later(minutes(59));
    await say(chat, 'and the price?');
    expect(askedBefore(oracle)).toEqual([['who is Sam?', 'so: who is Sam?']]);
    later(minutes(118));
    await say(chat, 'and the name?');
    expect(askedBefore(oracle)?.map(([question]) => question)).toEqual([
      'who is Sam?',
      'and the price?',
    ]);
    later(minutes(179));
    await say(chat, 'and the year?');
    expect(askedBefore(oracle)).toEqual([]);
  });

  it('keeps ten people apart who ask at once in one group', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    const people = Array.from({ length: 10 }, (_, index) => `person${index}`);
    const ask = (words: (speaker: string) => string) =>
      Promise.all(people.map((speaker) => say(chat, words(speaker), { speaker })));
    await ask((speaker) => `who is ${speaker}?`);
    const answers = await ask((speaker) => `what did ${speaker} say?`);
    expect(answers.map((answer) => answer?.text)).toEqual(
      people.map((speaker) => `so: what did ${speaker} say?`),
    );
    for (const { question, turns } of oracle.asked.slice(10)) {
      const [, speaker] = /what did (\w+) say/.exec(question) ?? [];
      expect(turns.map((turn) => [turn.speaker, turn.question])).toEqual([
        [speaker, `who is ${speaker}?`],
      ]);
    }
  });

  it('is another in every chat and every thread of one', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    const answer = await say(chat, 'who is Sam?');
    for (const channel of [await aChat(), await aChat('7'), { ...chat, thread: '7' }]) {
      await say(channel, 'and the weights?', { repliesTo: answer?.id ?? '' });
      expect(askedBefore(oracle)).toEqual([]);
    }
  });

  it('is forgotten with /new, in both languages', async () => {
    await aStoredReport('2026-01-20');
    for (const [language, words] of [
      ['en', 'Forgotten. What you ask next stands by itself.'],
      ['zh', '之前的对话已忘记，接下来的提问将重新开始。'],
    ] as const) {
      const { aChat, say, oracle } = aScene({ language });
      const chat = await aChat();
      const answer = await say(chat, 'who is Sam?');
      expect((await say(chat, '/new'))?.text).toBe(words);
      await say(chat, 'and the weights?');
      expect(askedBefore(oracle)).toEqual([]);
      await say(chat, 'and the name?', { repliesTo: answer?.id ?? '', speaker: 'ann' });
      expect(askedBefore(oracle)).toEqual([]);
    }
  });
});

describe('a question', () => {
  it('that only goes on, after /new, is asked what it means', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene({ language: 'zh' });
    const chat = await aChat();
    await say(chat, 'who is Sam?');
    await say(chat, '/new');
    expect((await say(chat, 'and the price?'))?.text).toMatch(/^What would you like to know/);
    expect((await say(chat, '还有呢'))?.text).toMatch(/^想问什么/);
    expect(oracle.asked).toHaveLength(1);
  });

  it('that comes twice is answered once', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    const answers = await Promise.all(
      [1, 2, 3].map(() => say(chat, 'who is Sam?', { messageId: '5' })),
    );
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(oracle.asked).toHaveLength(1);
  });

  it('that was asked within a day gets the answer that is kept, marked', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle, later } = aScene();
    const chat = await aChat();
    await say(chat, 'who is Sam Altman?');
    later(minutes(30));
    const again = await say(chat, 'Who is  Sam Altman', { speaker: 'ann' });
    expect(again?.text).toMatch(/^This was asked before: .*20:00.*\n\nso: who is Sam Altman\?$/su);
    later(minutes(1439));
    expect((await say(chat, 'who is Sam Altman?'))?.text).toContain('This was asked before');
    expect(oracle.asked).toHaveLength(1);
    later(minutes(1441));
    expect((await say(chat, 'who is Sam Altman?'))?.text).toBe('so: who is Sam Altman?');
    expect((await say(await aChat(), 'who is Sam Altman?'))?.text).not.toContain('before');
  });

  it('that leans on what was said before is asked anew in another conversation', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    await say(chat, 'who is Sam?');
    await say(chat, 'and the price?');
    await say(chat, 'who is Kimi?', { speaker: 'ann' });
    expect((await say(chat, 'and the price?', { speaker: 'ann' }))?.text).toBe(
      'so: and the price?',
    );
    expect(oracle.asked).toHaveLength(4);
  });

  it('whose answer broke off is answered anew', async () => {
    await aStoredReport('2026-01-20');
    const oracle = anOracle(() => anAnswer(['so far'], { brokenOff: 'lost' }));
    const { aChat, say } = aScene({ oracle });
    const chat = await aChat();
    expect((await say(chat, 'who is Sam?'))?.text).toMatch(/^so far\n\nThe model was lost/u);
    await say(chat, 'who is Sam?');
    expect(oracle.asked).toHaveLength(2);
  });

  it('for the posts behind a section or a line is answered exactly, without a model', async () => {
    const { post } = await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    const section = await say(chat, '/section C');
    for (const [words, title] of [
      ['show me the posts behind C', 'C Robots'],
      ['C 部分的来源', 'C Robots'],
      ['what is III.C.1 based on?', 'III.C.1'],
      ['sources of II', 'II'],
    ] as const) {
      const answer = await say(chat, words);
      expect(answer?.text.startsWith(title)).toBe(true);
      expect(answer?.text).toContain(post.text);
    }
    const own = await say(chat, 'sources?', { repliesTo: section?.id ?? '' });
    expect(own?.text.startsWith('C Robots')).toBe(true);
    expect((await say(chat, 'show me the posts behind H'))?.text).toContain('has no line H');
    expect(oracle.asked).toEqual([]);
    expect((await say(chat, 'sources?'))?.text).toBe('so: sources?'); // of what, a model may know
  });

  it('for the source under a number is of the answer where that was shown last, else of the digest', async () => {
    const { post } = await aStoredReport('2026-01-22');
    const sources = ['first', 'second'].map((text) => aPost({ text: `the ${text} of them` }));
    await db().transaction((tx) => storePosts(tx, 'twitter_ai', sources));
    const passages = sources.map((one) => ({ kind: 'post', post: one }) as const);
    const { aChat, say } = aScene({
      oracle: anOracle(() => anAnswer(['It is.'], { sources: passages })),
    });
    const chat = await aChat();
    const digest = await say(chat, '/digest 2026-01-22');
    expect((await say(chat, '/sources 1'))?.text).toMatch(
      /^I\.1\n[^]*Report of 2026-01-22, I\.1\n/u,
    );
    const answer = await say(chat, 'who is Ada?');
    for (const written of ['/sources 2', '/sources [2]']) {
      const own = (await say(chat, written))?.text ?? '';
      expect(own).toMatch(/^\[2\] of the answer to “who is Ada\?”/u);
      expect(own).toContain('the second of them');
      expect(own).not.toContain('the first of them');
    }
    expect((await say(chat, '/sources 3'))?.text).toBe(
      'The answer to “who is Ada?” has no [3], only [1] to [2]. Lines of the digest are named like I.3: /sources I.3.',
    );
    expect((await say(chat, '/sources I.1'))?.text).toContain(post.text);
    const back = await say(chat, '/sources 1', { repliesTo: digest?.id ?? '' });
    expect(back?.text).toMatch(/^I\.1\n/u);
    const again = await say(chat, '/sources 1', { repliesTo: answer?.id ?? '' });
    expect(again?.text).toContain('the first of them');
    const all = await say(chat, 'sources?', { repliesTo: answer?.id ?? '' });
    expect(all?.text).toMatch(/^Sources of the answer[^]*the first of them[^]*the second of them/u);
  });

  it('for the source under a number is of nobody else’s answer', async () => {
    await aStoredReport('2026-01-23');
    const source = aPost({ text: 'told to somebody' });
    await db().transaction((tx) => storePosts(tx, 'twitter_ai', [source]));
    const told = anAnswer(['It is.'], { sources: [{ kind: 'post', post: source }] });
    const { aChat, say } = aScene({ oracle: anOracle(() => told) });
    const chat = await aChat();
    await say(chat, 'who is Bo?', { speaker: 'somebody' });
    expect((await say(chat, '/sources 1', { speaker: 'somebody' }))?.text).toMatch(/^\[1\] of/u);
    expect((await say(chat, '/sources 1', { speaker: 'another' }))?.text).toMatch(/^I\.1\n/u);
  });

  it.each([
    ['a long one', 'why '.repeat(2500), 'That is more than I can look for.'],
    ['an empty one', '/ask', 'What would you like to know?'],
    ['nothing at all', '', 'What would you like to know?'],
    ['emoji alone', '🤖🎉', 'What would you like to know?'],
  ])('that is none gets a sentence: %s', async (_, words, sentence) => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    expect((await say(await aChat(), words))?.text).toContain(sentence);
    expect(oracle.asked).toEqual([]);
  });

  it('says how to begin where nothing is stored', async () => {
    made += 1;
    const topic = { ...A_TOPIC, key: `empty_${made}` };
    const { aChat, say } = aScene({ topics: [topic] });
    expect((await say(await aChat(), 'prices?'))?.text).toContain('There is no digest yet.');
  });
});

describe('a question that is edited', () => {
  it('is answered anew in the place of its answer, in the same conversation', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle, later } = aScene();
    const chat = await aChat();
    await say(chat, 'who is Sam?');
    const asked = await say(chat, 'what is his prise?', { messageId: '5' });
    await say(chat, 'who is Ann?');
    later(minutes(10));
    const edit = { messageId: '5', isEdit: true };
    const again = await say(chat, 'what is his price?', edit);
    expect(again?.text).toBe('so: what is his price?');
    expect(again?.spoken.replaces).toEqual([asked?.id]);
    expect(oracle.asked.at(-1)?.turns.map(({ question }) => question)).toEqual(['who is Sam?']);
    expect(await say(chat, 'what is his price?', edit)).toBeNull();
  });

  it('into none gets a sentence in the place of its answer', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say } = aScene();
    const chat = await aChat();
    const asked = await say(chat, 'who is Sam?', { messageId: '5' });
    const edited = await say(chat, '🤖', { messageId: '5', isEdit: true });
    expect(edited?.text).toContain('What would you like to know?');
    expect(edited?.spoken.replaces).toEqual([asked?.id]);
  });

  it('is answered where it asked nothing before, in the place of what was said to that', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    await say(chat, 'who is Sam?');
    const edit = { messageId: '5', isEdit: true };
    const refused = await say(chat, '/ask 😀', { messageId: '5' });
    expect(refused?.text).toContain('What would you like to know?');
    const mended = await say(chat, '/ask what is his price?', edit);
    expect(mended?.text).toBe('so: what is his price?');
    expect(mended?.spoken.replaces).toEqual([refused?.id]);
    expect(oracle.asked.at(-1)?.turns.map(({ question }) => question)).toEqual(['who is Sam?']);
    await say(chat, '😀', edit);
    const back = await say(chat, 'what is his price?', edit);
    expect(back?.text).toBe('so: what is his price?');
    expect(back?.spoken.replaces).toEqual([refused?.id]);
  });

  it('is nothing to go on from while it asks nothing', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle } = aScene();
    const chat = await aChat();
    await say(chat, 'who is Sam?');
    const refused = await say(chat, '😀');
    await say(chat, 'what is his price?');
    expect(oracle.asked.at(-1)?.turns.map(({ question }) => question)).toEqual(['who is Sam?']);
    await say(chat, 'and who is Ann?', { repliesTo: refused?.id ?? null });
    expect(oracle.asked.at(-1)?.turns).toEqual([]);
  });

  it('uses up what may be asked in a day, however often it is edited', async () => {
    await aStoredReport('2026-01-20');
    const quotas = { ...MUCH, questions: { person: 2, chat: 1000 } };
    const { aChat, say, oracle } = aScene({ quotas });
    const chat = await aChat();
    const speaker = `editor${made}`;
    const edit = { messageId: '5', speaker, isEdit: true };
    await say(chat, '😀', { messageId: '5', speaker });
    await say(chat, 'who is Sam?', edit);
    expect((await say(chat, 'who is Ann?', edit))?.text).toContain('again tomorrow');
    expect(await say(chat, 'who is Bob?', edit)).toBeNull();
    expect(oracle.asked).toHaveLength(1);
  });

  it('is ignored where it is a command, is not known, somebody else’s, or too old', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say, oracle, later } = aScene();
    const chat = await aChat();
    await say(chat, '/topics', { messageId: '5' });
    await say(chat, 'who is Sam?', { messageId: '7' });
    const edit = (words: string, messageId: string, speaker = 'kim') =>
      say(chat, words, { messageId, speaker, isEdit: true });
    expect(await edit('/help', '5')).toBeNull();
    expect(await edit('/help', '7')).toBeNull();
    expect(await edit('who is Ann?', '9')).toBeNull();
    expect(await edit('who is Ann?', '7', 'ann')).toBeNull();
    later(minutes(61));
    expect(await edit('who is Ann?', '7')).toBeNull();
    expect(oracle.asked).toHaveLength(1);
  });
});

describe('an answer whose end the database misses', () => {
  it('is said all the same, and kept when the database is back', async () => {
    await aStoredReport('2026-01-20');
    let isAway = false;
    const shaky = new Proxy(db(), {
      get(target, key) {
        if (isAway && key === 'update') throw new Error('the database is away');
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const oracle = anOracle();
    const answer: Oracle['answer'] = async (asked, watch) => {
      isAway = true;
      return oracle.answer(asked, watch);
    };
    const { aChat, say } = aScene({ oracle: { ...oracle, answer }, db: shaky });
    const chat = await aChat();
    const asked = await say(chat, 'who is Sam?', { messageId: '5' });
    expect(asked?.text).toBe('so: who is Sam?');
    isAway = false;
    const turn = asked?.spoken.about?.turn ?? null;
    await vi.waitFor(
      async () => {
        const [kept] = await conversationOf(db(), chat, turn);
        expect(kept?.answer?.statements[0]?.text).toBe('so: who is Sam?');
      },
      { timeout: 10_000 },
    );
  });
});

describe('questions of a day', () => {
  it('are used up before commands are; it is said once', async () => {
    await aStoredReport('2026-01-20');
    const quotas = { ...MUCH, questions: { person: 2, chat: 1000 } };
    const { aChat, say, oracle } = aScene({ quotas });
    const [chat, other] = [await aChat(), await aChat()];
    const speaker = `eager${made}`;
    await say(chat, 'who is Sam?', { speaker });
    await say(other, '/ask who is Ann?', { speaker });
    const refused = await say(chat, 'who is Bob?', { speaker });
    expect(refused?.text).toContain('I answer questions again tomorrow; /digest');
    expect(await say(chat, 'who is Bob?', { speaker })).toBeNull();
    expect((await say(chat, '/topics', { speaker }))?.text).toContain('twitter_ai');
    expect((await say(chat, 'who is Bob?', { speaker: `calm${made}` }))?.text).toContain('so:');
    expect(oracle.asked).toHaveLength(3);
  });

  it('are used up by a chat for all its people', async () => {
    await aStoredReport('2026-01-20');
    const { aChat, say } = aScene({ quotas: { ...MUCH, questions: { person: 1000, chat: 1 } } });
    const chat = await aChat();
    await say(chat, 'who is Sam?', { speaker: 'a' });
    expect((await say(chat, 'who is Ann?', { speaker: 'b' }))?.text).toContain('tomorrow');
    expect((await say(await aChat(), 'who is Ann?', { speaker: 'b' }))?.text).toContain('so:');
  });
});
