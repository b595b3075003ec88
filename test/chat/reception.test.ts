import { describe, expect, it } from 'vitest';

import { commands } from '../../commands/index.ts';
import { defineCommand, NOBODY_WATCHES } from '../../src/chat/command.ts';
import { words as anyWords } from '../../src/chat/options.ts';
import { type Heard, receive, type Reception, stopAnswer } from '../../src/chat/reception.ts';
import { Stops } from '../../src/chat/stops.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { untilStopped } from '../../src/lib/breathe.ts';
import { openLog } from '../../src/lib/log.ts';
import { paragraph, root, text } from '../../src/lib/tree.ts';
import { addressOf } from '../../src/model/address.ts';
import { type Channel, keyOfChannel } from '../../src/model/channel.ts';
import { windowOf } from '../../src/model/window.ts';
import { findChannel, meetChannel } from '../../src/store/channels.ts';
import { changePart, noteDeliveries, noteParts } from '../../src/store/deliveries.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { subscribe, subscriptionsOf } from '../../src/store/subscriptions.ts';
import { sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';
import { aBureau } from './context.ts';

const db = sharedDatabase();
const log = openLog({ file: '', level: 'silent', secrets: [] });
const NOW = new Date('2026-01-30T12:00:00Z');
const OWNER = '1';
const ADMIN = '2';
const QUOTAS = { person: 1000, chat: 1000, questions: { person: 1000, chat: 1000 } };
const USED_UP =
  'That was as much as one person, or one chat, may ask in a day. I answer again tomorrow.';

function aReception(fields: Partial<Reception> = {}): Reception {
  return {
    db: db(),
    now: () => NOW,
    log,
    bureau: aBureau(),
    commands,
    owners: new Set([OWNER]),
    quotas: QUOTAS,
    stops: new Stops(),
    isAdmin: async (_, person) => person === ADMIN,
    ...fields,
  };
}

let made = 0;
/** A group that no other test knows. */
function aGroup(thread: string | null = null): Channel {
  made += 1;
  return { platform: 'telegram', chat: `-${5000 + made}`, thread };
}

const HEARD = {
  title: 'A chat',
  isPrivate: false,
  speaker: '9',
  messageId: null,
  isEdit: false,
  repliesTo: null,
};
const PRESSED = { kind: 'press', carried: '' } as const;

type Said = Partial<Omit<Heard, 'said'>> & { readonly reception?: Reception };

const hear = async (channel: Channel, said: Heard['said'], { reception, ...fields }: Said) => {
  const spoken = await receive(
    reception ?? aReception(),
    { ...HEARD, channel, ...fields, said },
    NOBODY_WATCHES,
  );
  return (
    spoken &&
    renderTerminal(spoken.message.tree, { width: 300, color: false, hyperlinks: false }).trim()
  );
};
const say = (channel: Channel, words: string, fields: Said = {}) =>
  hear(channel, { kind: 'words', words }, fields);
const press = (channel: Channel, carried: string, fields: Said = {}) =>
  hear(channel, { kind: 'press', carried }, fields);
const owner = { speaker: OWNER };
const admin = { speaker: ADMIN };

async function allowed(thread: string | null = null): Promise<Channel> {
  const chat = aGroup(thread);
  await say(chat, '/allow', owner);
  await say(chat, '/language en', owner);
  return chat;
}

async function aStoredReport(day: string) {
  const post = aPost();
  await db().transaction((tx) => storePosts(tx, 'twitter_ai', [post]));
  const line = aLine({ text: `brief of ${day}`, cites: [post.id] });
  const window = windowOf(day, day, 'Asia/Shanghai');
  const report = aReport({ window, language: 'en', lines: [line] });
  return saveReport(db(), report, NO_CURATION, []);
}

describe('an unknown chat', () => {
  it('is told once, with its id, that it is not let in; then nothing, whatever is said', async () => {
    const chat = aGroup();
    expect(await say(chat, '/digest')).toBe(
      `你好。我只在主人允许的聊天里工作，这里的编号是 ${keyOfChannel(chat)}。`,
    );
    for (const words of ['/digest', '/help', '/allow', '价格？']) {
      expect(await say(chat, words)).toBeNull();
      expect(await say(chat, words, { speaker: ADMIN })).toBeNull();
    }
  });

  it('is told so once for all its topics, and by no button', async () => {
    const chat = aGroup();
    expect(await press(chat, 'ask:1')).toBeNull();
    expect(await say({ ...chat, thread: '7' }, 'hello')).toContain(keyOfChannel(chat));
    expect(await say({ ...chat, thread: '8' }, 'hello')).toBeNull();
    expect(await say(chat, 'hello')).toBeNull();
  });

  it('tells an owner how it is let in, and lets nobody else do it', async () => {
    const chat = aGroup();
    expect(await say(chat, '/digest', owner)).toBe('这个聊天还没有被允许，输入 /allow 即可允许。');
    expect(await say(chat, '/allowance', owner)).toContain('/allow');
    await say(chat, '/allow', admin);
    expect((await findChannel(db(), chat))?.access).toBe('unknown');
    expect(await say(chat, '/allow@chorus_bot', owner)).toContain('现在可以使用了');
    expect(await say(chat, '/help')).toContain('/digest');
  });
});

describe('a chat that was denied', () => {
  it('gets nothing any more, topics and owners included, until it is allowed again', async () => {
    const chat = await allowed();
    const thread = { ...chat, thread: '7' };
    await say(thread, '/help');
    expect(await say(thread, '/deny', owner)).toContain(`${keyOfChannel(chat)} gets nothing`);
    for (const channel of [chat, thread, { ...chat, thread: '8' }]) {
      expect(await say(channel, '/help')).toBeNull();
      expect(await say(channel, '/help', owner)).toBeNull();
      expect(await press(channel, 'ask:1', owner)).toBeNull();
    }
    await say(chat, '/allow', owner);
    expect(await say(thread, '/help')).toContain('/digest');
  });
});

describe('an owner', () => {
  it('is let in by being there, in a chat of their own', async () => {
    const chat = { ...aGroup(), chat: OWNER };
    expect(await say(chat, '/help', { ...owner, isPrivate: true })).toContain('/allow');
    expect((await findChannel(db(), chat))?.access).toBe('allowed');
  });

  it('decides about other chats by their id, also before they have ever spoken', async () => {
    const office = await allowed();
    const never = aGroup();
    const id = keyOfChannel(never);
    expect(await say(office, `/allow ${id}`, owner)).toBe(
      `${id} may use the bot from now on. /subscribe has a topic posted.`,
    );
    expect(await say(never, '/help')).toContain('/digest');
    expect(await say(office, `/deny ${never.chat}`, owner)).toBe(`${id} gets nothing from now on.`);
    expect(await say(never, '/help')).toBeNull();
    expect(await say(office, `/allow ${id}:7`, owner)).toContain(`${id} may use`);
    expect(await say({ ...never, thread: '7' }, '/help')).toContain('/digest');
  });

  it.each([
    'nonsense',
    'telegram:',
    'telegram:abc',
    'terminal:local',
    'irc:1',
    'discord:-1',
    '1:2:3:4',
  ])('is told how ids look where one is none: %s', async (written) => {
    expect(await say(await allowed(), `/allow ${written}`, owner)).toBe(
      `"${written}" is no id of a chat. Write the one that the chat was told, like telegram:-100123.`,
    );
  });
});

describe('in a chat that is let in', () => {
  it('everybody reads, administrators decide what comes, owners who may use the bot', async () => {
    const chat = await allowed();
    expect(await say(chat, '/topics')).toContain('twitter_ai');
    expect(await say(chat, '/subscribe twitter_ai')).toBe(
      '/subscribe is for administrators of this chat.',
    );
    expect(await say(chat, '/language zh')).toBe('/language is for administrators of this chat.');
    expect(await say(chat, '/subscribe twitter_ai', admin)).toContain('comes here at 10:00');
    expect(await say(chat, '/deny', admin)).toBe('/deny is for owners only.');
    expect(await say(chat, '/unsubscribe', owner)).toContain('does not come here any more');
  });

  it('somebody alone with the bot administers the chat', async () => {
    const chat = aGroup();
    await say(chat, '/allow', owner);
    expect(await say(chat, '/subscribe twitter_ai', { isPrivate: true })).toContain('已订阅');
  });

  it('nobody administers it while the platform cannot say who does', async () => {
    const reception = aReception({ isAdmin: () => Promise.reject(new Error('no connection')) });
    const chat = await allowed();
    expect(await say(chat, '/subscribe twitter_ai', { ...admin, reception })).toContain(
      'for administrators',
    );
    expect(await say(chat, '/topics', { ...admin, reception })).toContain('twitter_ai');
  });

  it('every topic of it is let in, and has its own wishes', async () => {
    const chat = await allowed();
    const thread = { ...chat, thread: '7' };
    await say(thread, '/subscribe twitter_ai 12:30 en', admin);
    expect(await subscriptionsOf(db(), chat)).toEqual([]);
    expect(await subscriptionsOf(db(), thread)).toMatchObject([{ at: '12:30', language: 'en' }]);
  });

  it('a topic that is new resumes none that is paused', async () => {
    const chat = await allowed();
    const paused = { ...chat, thread: '7' };
    await say(paused, '/help');
    await db().execute(
      `update channels set paused = 'closed' where key = '${keyOfChannel(paused)}'`,
    );
    await say({ ...chat, thread: '8' }, '/help');
    expect((await findChannel(db(), paused))?.paused).toBe('closed');
  });
});

describe('what a day gives', () => {
  it('is used up by a person in all chats together; it is said once, and not to owners', async () => {
    const reception = aReception({ quotas: { ...QUOTAS, person: 2 } });
    const [one, other] = [await allowed(), await allowed()];
    const speaker = 'busy';
    expect(await say(one, '/topics', { speaker, reception })).toContain('twitter_ai');
    expect(await press(other, 'ask:999', { speaker, reception })).toContain('not there any more');
    expect(await say(other, '/topics', { speaker, reception })).toBe(USED_UP);
    expect(await say(other, '/topics', { speaker, reception })).toBeNull();
    expect(await say(other, '/topics', { speaker: 'calm', reception })).toContain('twitter_ai');
    for (const _ of [1, 2, 3, 4]) {
      expect(await say(one, '/topics', { ...owner, reception })).toContain('twitter_ai');
    }
    const tomorrow = { ...reception, now: () => new Date('2026-01-31T12:00:00Z') };
    expect(await say(one, '/topics', { speaker, reception: tomorrow })).toContain('twitter_ai');
  });

  it('is used up by a chat for all its people and topics', async () => {
    const reception = aReception({ quotas: { ...QUOTAS, chat: 2 } });
    const chat = await allowed();
    await say(chat, '/topics', { speaker: 'a', reception });
    await say({ ...chat, thread: '7' }, '/topics', { speaker: 'b', reception });
    expect(await say(chat, '/topics', { speaker: 'c', reception })).toBe(USED_UP);
    expect(await say(chat, '/topics', { speaker: 'd', reception })).toBeNull();
    expect(await say(await allowed(), '/topics', { speaker: 'd', reception })).toContain('twitter');
  });
});

describe('the digest in view', () => {
  it('is kept for every channel by itself', async () => {
    await aStoredReport('2026-01-28');
    await aStoredReport('2026-01-29');
    const chat = await allowed();
    const thread = { ...chat, thread: '7' };
    await say(thread, '/language en', owner);
    expect(await say(chat, '/digest 2026-01-28')).toContain('brief of 2026-01-28');
    expect(await say(thread, '/sources')).toBeTruthy();
    const [own, other] = [await findChannel(db(), chat), await findChannel(db(), thread)];
    expect(own?.shownReport).not.toBeNull();
    expect(other?.shownReport).not.toBe(own?.shownReport);
  });

  it('is that of the message which is answered, and stays so', async () => {
    const old = await aStoredReport('2026-01-10');
    const recent = await aStoredReport('2026-01-11');
    const chat = await allowed();
    const [delivery] = await noteDeliveries(db(), [
      {
        channel: chat,
        topic: 'twitter_ai',
        day: '2026-01-11',
        reportId: old.id,
        postAt: NOW,
        late: false,
      },
    ]);
    const id = delivery?.id ?? 0;
    await noteParts(db(), id, 1, 'rich');
    await changePart(db(), id, 0, { state: 'sent', messageId: '77' });
    await press(chat, addressOf({ kind: 'ask', report: recent.id }));
    expect((await findChannel(db(), chat))?.shownReport).toBe(recent.id);
    await say(chat, '/sources I.1', { repliesTo: '77' });
    expect((await findChannel(db(), chat))?.shownReport).toBe(old.id);
    await say(chat, '/sources I.1', { repliesTo: 'somebody else’s' });
    expect((await findChannel(db(), chat))?.shownReport).toBe(old.id);
  });

  it('is another chat’s never, even when its message has the same number', async () => {
    const report = await aStoredReport('2026-01-12');
    const [chat, other] = [await allowed(), await allowed()];
    const [delivery] = await noteDeliveries(db(), [
      {
        channel: other,
        topic: 'twitter_ai',
        day: '2026-01-12',
        reportId: report.id,
        postAt: NOW,
        late: false,
      },
    ]);
    await noteParts(db(), delivery?.id ?? 0, 1, 'rich');
    await changePart(db(), delivery?.id ?? 0, 0, { state: 'sent', messageId: '78' });
    await say(chat, '/sources', { repliesTo: '78' });
    expect((await findChannel(db(), chat))?.shownReport).not.toBe(report.id);
  });
});

it('a chat speaks its own language, else that of what it gets, else the topic’s', async () => {
  const chat = aGroup();
  await meetChannel(db(), chat, 'A chat', NOW);
  await say(chat, '/allow', owner);
  expect(await say(chat, '/language')).toContain('zh');
  await subscribe(db(), { channel: chat, topic: 'twitter_ai', at: null, language: 'en' }, NOW);
  expect(await say(chat, '/language')).toBe('I speak en here. /language zh changes that.');
  await say(chat, '/language ja', admin);
  expect(await say(chat, '/language')).toContain('I speak ja here.');
  expect(await say(chat, '/language klingon', admin)).toContain('is no language that I know');
});

describe('an answer that is being made', () => {
  /** A chat in which somebody (9) waits for an answer to the turn 7, which ends when it is stopped. */
  async function aSlowAnswer() {
    const stops = new Stops();
    const begun = Promise.withResolvers<void>();
    const slow = defineCommand({
      name: 'ask',
      options: { question: anyWords('QUESTION') },
      async run(_, { live }) {
        live.begin(7);
        begun.resolve();
        await untilStopped(live.signal);
        return { tree: root([paragraph([text('so far')])]) };
      },
    });
    const reception = aReception({ stops, commands: [slow] });
    const channel = await allowed();
    const answer = say(channel, 'why?', { reception });
    await begun.promise;
    const stop = (speaker: string, where = channel) =>
      stopAnswer(reception, { ...HEARD, channel: where, speaker, said: PRESSED }, 7);
    return { answer, stop };
  }

  it.each([
    ['whoever asked', '9'],
    ['an administrator', ADMIN],
    ['an owner', OWNER],
  ])('is stopped by %s, and what has come stays', async (_, speaker) => {
    const { answer, stop } = await aSlowAnswer();
    expect(await stop(speaker)).toBe('Stopped.');
    expect(await answer).toBe('so far');
    expect(await stop(speaker)).toBe('That answer is finished already.');
  });

  it('is stopped by nobody else, and from no other chat', async () => {
    const { answer, stop } = await aSlowAnswer();
    expect(await stop('8')).toBe('Only whoever asked, and administrators, can stop this answer.');
    expect(await stop('9', await allowed())).toBe('That answer is finished already.');
    await stop('9');
    await answer;
  });
});
