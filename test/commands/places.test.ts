import { describe, expect, it } from 'vitest';

import { commands } from '../../commands/index.ts';
import type { Made } from '../../src/chat/bureau.ts';
import type { Context } from '../../src/chat/command.ts';
import { dispatch } from '../../src/chat/dispatch.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { openLog } from '../../src/lib/log.ts';
import { root } from '../../src/lib/tree.ts';
import type { Channel } from '../../src/model/channel.ts';
import type { Picture } from '../../src/model/picture.ts';
import type { Topic } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import { meetChannel } from '../../src/store/channels.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { subscribe, subscriptionsOf } from '../../src/store/subscriptions.ts';
import { aBureau, aContext } from '../chat/context.ts';
import { sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';

const db = sharedDatabase();
const log = openLog({ file: '', level: 'silent', secrets: [] });
const NOW = new Date('2026-01-30T12:00:00Z');

const picture: Picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 1,
  height: 1,
  alt: ['a cloud'],
  bytes: Buffer.from([0x89]),
};

let made = 0;
/** A topic in English that no other test has. */
function aTopic(fields: Partial<Topic> = {}): Topic {
  made += 1;
  const key = `topic_${made}`;
  return { key, title: `Topic ${made}`, language: 'en', timeZone: 'Asia/Shanghai', ...fields };
}

/** What is said in a chat that is about the first of some topics. */
async function aChat(topics: readonly [Topic, ...Topic[]], fields: Partial<Context> = {}) {
  made += 1;
  const channel: Channel = { platform: 'telegram', chat: `-${7000 + made}`, thread: null };
  await meetChannel(db(), channel, 'A chat', NOW);
  const context = aContext({
    db: db(),
    commands,
    channel,
    topic: topics[0],
    bureau: aBureau({ topics }),
    ...fields,
  });
  const reply = (words: string) => dispatch(words, context, log);
  const say = async (words: string) =>
    renderTerminal((await reply(words))?.tree ?? root([]), {
      width: 300,
      color: false,
      hyperlinks: false,
    }).trim();
  return { channel, reply, say };
}

async function store(topic: Topic, day: string, language = topic.language, pictures = [picture]) {
  const post = aPost();
  await db().transaction((tx) => storePosts(tx, topic.key, [post]));
  const cites = [post.id];
  const report = aReport({
    topic: topic.key,
    topicTitle: topic.title,
    window: windowOf(day, day, topic.timeZone),
    language,
    sections: [{ letter: 'C', name: 'Robots' }],
    lines: [
      ...[1, 2, 3, 4].map((number) =>
        aLine({ address: `I.${number}`, text: `point ${number} of ${day}`, cites }),
      ),
      aLine({ part: 'II', address: 'II.3', text: 'a fact', cites }),
      aLine({ part: 'III', section: 'C', address: 'III.C.2', text: 'C said', cites }),
      aLine({ part: 'IV', address: 'IV.1', lead: 'Count', text: 'the calls', cites }),
    ],
  });
  return { post, report: await saveReport(db(), report, NO_CURATION, pictures) };
}

describe('/digest of several days', () => {
  it('shows the leading points of each, and how one is shown whole', async () => {
    const [topic, other] = [aTopic(), aTopic()];
    for (const day of ['2026-01-26', '2026-01-28']) await store(other, day);
    const { say } = await aChat([topic, other]);
    const days = await say(`/digest from 2026-01-25 to 2026-01-28 ${other.key}`);
    expect(days).toMatch(/2026-01-26\n\n• point 1.*• point 3 of 2026-01-26\n\n2026-01-28/su);
    expect(days).not.toContain('point 4');
    expect(days).toContain(`Whole: /digest 2026-01-28 ${other.key}`);
    const own = await aChat([other]);
    expect(await own.say('/digest last 5 days')).toMatch(/Whole: \/digest 2026-01-28$/u);
  });

  it('names the nearest days where none of them has one', async () => {
    const topic = aTopic();
    await store(topic, '2026-01-10');
    const { say } = await aChat([topic]);
    const nothing = 'There is no digest from 2026-01-19 to 2026-01-25. Nearest: 2026-01-10.';
    expect(await say('/digest last week')).toBe(nothing);
    expect(await say('/cloud last week')).toBe(nothing);
    expect(await say('/cloud 2026-01-09')).toBe(
      `There is no digest of 2026-01-09. Nearest: 2026-01-10. /run ${topic.key} 2026-01-09 makes it.`,
    );
  });
});

describe('a chat in whose language nothing was ever made', () => {
  it('reads what there is in the topic’s own', async () => {
    const topic = aTopic({ language: 'zh' });
    await store(topic, '2026-01-28');
    const { say } = await aChat([topic], { language: 'ja' });
    expect(await say('/digest')).toContain('point 1 of 2026-01-28');
    expect(await say('/digest 2026-01-28')).toContain('point 1 of 2026-01-28');
    expect(await say('/digest 2026-01-29')).toContain('Nearest: 2026-01-28.');
    expect(await say('/section C')).toContain('C said');
    expect(await say('/status')).toContain('last digest 2026-01-28');
  });
});

describe('/sources', () => {
  it('reads the name of a line however it is written', async () => {
    const topic = aTopic();
    const { post } = await store(topic, '2026-01-29');
    const { say } = await aChat([topic]);
    for (const [address, spellings] of [
      ['III.C.2', ['III.C.2', 'iii.c.2', 'c2', 'C.2', 'c 2', 'Ⅲ.C.2', 'Ⅲ．Ｃ．２']],
      ['II.3', ['II.3', 'Ⅱ.3', 'ii3', 'Ⅱ3']],
      ['I.1', ['I.1', 'i1', 'Ⅰ.1', 'I. 1', '1', '１']],
      ['IV.1', ['IV.1', 'Ⅳ.1', 'iv1']],
      ['II', ['II', 'ii', 'Ⅱ']],
      ['III', ['III', 'Ⅲ']],
      ['I', ['I', 'Ⅰ']],
    ] as const) {
      for (const written of spellings) {
        const said = await say(`/sources ${written}`);
        expect(said).toMatch(new RegExp(`^${address.replaceAll('.', '\\.')}\n`, 'u'));
        expect(said).toContain(post.text);
      }
    }
    expect(await say('/sources')).toMatch(/^Sources.*https:\/\/example\.com/su);
    expect(await say('/sources c')).toMatch(/^C Robots\n/u);
    for (const wrong of ['C9', 'H', 'III.H', 'V.1', '[1]', 'what was said']) {
      expect(await say(`/sources ${wrong}`)).toBe(
        `This digest has no line ${wrong}. Lines are named like I.1: /sources I.1.`,
      );
    }
  });
});

describe('/cloud', () => {
  it('shows the pictures of a day, of the digest in view, or says that there are none', async () => {
    const topic = aTopic();
    await store(topic, '2026-01-28');
    const { report } = await store(topic, '2026-01-29', 'en', []);
    const { reply, say } = await aChat([topic]);
    expect((await reply('/cloud 2026-01-28'))?.pictures).toEqual([picture]);
    expect(await say('/cloud')).toBe('This digest has no pictures: there was nothing to draw.');
    const other = await aChat([aTopic(), topic], { shown: report });
    expect(await other.say(`/cloud yesterday ${topic.key}`)).toContain('no pictures');
  });
});

describe('/subscribe', () => {
  it('notes the wish, in any order of words, and says when it comes', async () => {
    const topic = aTopic();
    const { channel, say } = await aChat([topic], { person: { id: '2', role: 'admin' } });
    expect(await say(`/subscribe en 12:30 ${topic.key}`)).toBe(
      `${topic.title} comes here at 12:30 (Asia/Shanghai) from now on. /unsubscribe ends that.`,
    );
    expect(await subscriptionsOf(db(), channel)).toMatchObject([
      { topic: topic.key, at: '12:30', language: 'en' },
    ]);
    expect(await say(`/subscribe ${topic.title}`)).toContain('comes here at 10:00');
    expect(await subscriptionsOf(db(), channel)).toMatchObject([{ at: null, language: null }]);
  });

  it('refuses an hour at which the digest is not made yet, and says which is the first', async () => {
    const topic = aTopic();
    const { channel, say } = await aChat([topic]);
    expect(await say('/subscribe 9:05')).toBe(
      `${topic.title} is not there at 09:05 yet, only from 10:00: /subscribe ${topic.key} 10:00 has it come then.`,
    );
    expect(await subscriptionsOf(db(), channel)).toEqual([]);
    expect(await say('/subscribe 10:00')).toContain('comes here at 10:00');
  });

  it('promises no hour where nothing is posted by itself', async () => {
    const topic = aTopic();
    const silent = { postAt: null, timeZone: 'UTC', next: null };
    const bureau = aBureau({ topics: [topic], timetableOf: () => silent });
    const { say } = await aChat([topic], { bureau });
    expect(await say('/subscribe 12:30')).toContain('no hour is set for it yet');
    expect(await say('/schedule')).toContain('nothing is posted by itself');
    expect(await say('/topics')).toContain('nothing is posted by itself · comes here');
  });
});

describe('/schedule', () => {
  it('says when each wish comes next: at the hour of the chat, not of the topic', async () => {
    const topic = aTopic();
    const bureau = aBureau({
      topics: [topic],
      timetableOf: ({ timeZone }, _, wished = null) => ({
        postAt: wished ?? '10:00',
        timeZone,
        next: new Date(wished === null ? '2026-01-31T02:00:00Z' : '2026-01-30T13:30:00Z'),
      }),
    });
    const { say } = await aChat([topic], { bureau });
    await say('/subscribe 21:30 zh');
    expect(await say('/schedule')).toContain(
      `${topic.title} – every day at 21:30 (Asia/Shanghai) · next 2026-01-30 21:30 · zh`,
    );
  });
});

describe('/unsubscribe', () => {
  it('ends the wish that is named, or the only one', async () => {
    const [one, other] = [aTopic(), aTopic()];
    const { channel, say } = await aChat([one, other]);
    expect(await say('/unsubscribe')).toBe('Nothing is posted here. /topics shows what there is.');
    await say(`/subscribe ${one.key}`);
    await say(`/subscribe ${other.key}`);
    expect(await say('/unsubscribe')).toBe(`Which topic? There are ${one.key}, ${other.key}.`);
    expect(await say(`/unsubscribe ${one.title}`)).toBe(
      `${one.title} does not come here any more.`,
    );
    expect(await say(`/unsubscribe ${one.key}`)).toBe(`${one.title} did not come here anyway.`);
    expect(await say('/unsubscribe nonsense')).toContain('There is no topic "nonsense"');
    expect(await say('/unsubscribe')).toBe(`${other.title} does not come here any more.`);
    expect(await subscriptionsOf(db(), channel)).toEqual([]);
  });

  it('ends one for a topic that does not exist any more', async () => {
    const { channel, say } = await aChat([aTopic()]);
    await subscribe(db(), { channel, topic: 'of_old', at: null, language: null }, NOW);
    expect(await say('/schedule')).toContain('of_old – does not exist any more');
    expect(await say('/unsubscribe of_old')).toBe('of_old does not come here any more.');
    expect(await subscriptionsOf(db(), channel)).toEqual([]);
  });
});

describe('/run', () => {
  it('makes the digest of a topic and day, in any order, in the language of the chat', async () => {
    const [topic, other] = [aTopic(), aTopic({ timeZone: 'UTC' })];
    const asked: unknown[] = [];
    const { report } = await store(other, '2026-01-29');
    const bureau = aBureau({
      topics: [topic, other],
      make: async (about, { from, to }, language): Promise<Made> => {
        asked.push([about.key, from, to, language]);
        return to === '2026-01-29' ? { kind: 'made', report } : { kind: 'empty', collected: 2 };
      },
    });
    const { say } = await aChat([topic, other], { bureau });
    expect(await say(`/run ${other.key} yesterday`)).toContain('point 1 of 2026-01-29');
    expect(await say(`/run yesterday ${other.title}`)).toContain('point 1 of 2026-01-29');
    expect(await say('/run')).toBe('2026-01-30 has nothing to tell: 2 posts collected.');
    expect(asked).toEqual([
      [other.key, '2026-01-29', '2026-01-29', 'en'],
      [other.key, '2026-01-29', '2026-01-29', 'en'],
      [topic.key, '2026-01-30', '2026-01-30', 'en'],
    ]);
  });
});

describe('/run, where sources may still have posts of the days', () => {
  const READ = { missing: [], added: 12, price: 0, overBudget: null };

  it('reads them first, and says what came, what it cost and what is missing', async () => {
    const topic = aTopic();
    const { report } = await store(topic, '2026-01-29');
    const asked: unknown[] = [];
    const missing = ['feed:example.com/rss'];
    const bureau = aBureau({
      topics: [topic],
      readOn: async (_, { from }) => {
        asked.push(['read', from]);
        return { ...READ, missing, price: 1_230_000, overBudget: 'the budget is used up' };
      },
      make: async (_, { from }, __, lacks): Promise<Made> => {
        asked.push(['make', from, lacks]);
        return { kind: 'made', report };
      },
    });
    const { say } = await aChat([topic], { bureau });
    const said = await say('/run yesterday');
    expect(said).toContain('point 1 of 2026-01-29');
    expect(said).toContain('The sources were read before: 12 new posts, for $1.23 of X.');
    expect(said).toContain('the budget is used up.');
    expect(said).not.toContain('could not be read'); // the digest says that itself
    expect(asked).toEqual([
      ['read', '2026-01-29'],
      ['make', '2026-01-29', missing],
    ]);
  });

  it('says so too where there is nothing to tell, in Chinese as well', async () => {
    const topic = aTopic();
    const bureau = aBureau({
      topics: [topic],
      readOn: async () => READ,
      make: async (): Promise<Made> => ({ kind: 'empty', collected: 2 }),
    });
    const lacking = { ...bureau, readOn: async () => ({ ...READ, missing: ['feed:a'] }) };
    const lacks = await aChat([topic], { bureau: lacking });
    expect(await lacks.say('/run')).toMatch(/12 new posts\. Missing, because .*: feed:a\.$/);
    const english = await aChat([topic], { bureau });
    expect(await english.say('/run')).toBe(
      '2026-01-30 has nothing to tell: 2 posts collected. The sources were read before: 12 new posts.',
    );
    const chinese = await aChat([topic], { bureau, language: 'zh' });
    expect(await chinese.say('/run')).toContain('生成前已读取来源：新增 12 条帖子。');
  });
});

describe('a terminal', () => {
  it('keeps no wishes and no language, and says where they can be had', async () => {
    const channel: Channel = { platform: 'terminal', chat: 'local', thread: null };
    const { say } = await aChat([aTopic()], { channel });
    expect(await say('/subscribe')).toBe(
      'Nothing is posted in a terminal: say it in a chat on Telegram or Discord. /digest shows the digest here.',
    );
    expect(await say('/language zh')).toMatch(
      /^That is not kept for a terminal\..* chorus chat --language/u,
    );
    expect(await say('/schedule')).toBe('Nothing is posted here. /topics shows what there is.');
    expect(await say('/help')).toContain('/quit – End this chat');
    expect(await say('/allow')).toBe('Which chat? Write its id, like telegram:-100123.');
  });
});

describe('what the bot says of itself', () => {
  it('is how posting goes, to owners; the last and the next digest, to all', async () => {
    const topic = aTopic();
    const bureau = aBureau({
      topics: [topic],
      platforms: () => [
        { name: 'telegram', trouble: null },
        { name: 'discord', trouble: 'the token is not accepted' },
      ],
    });
    const { say } = await aChat([topic], { bureau });
    expect(await say('/status')).toMatch(
      /no digest yet\n• next 2026-01-31 10:00\n• last day: 0 sent.*telegram: well\n• discord: the token/su,
    );
    const reader = await aChat([topic], { bureau, person: { id: '9', role: 'reader' } });
    expect(await reader.say('/status')).not.toContain('last day');
  });

  it('is what the model cost', async () => {
    const { say } = await aChat([aTopic()]);
    expect(await say('/usage')).toBe(
      'The model cost $0.00 today.\n\nNothing was asked in the last week.',
    );
  });
});
