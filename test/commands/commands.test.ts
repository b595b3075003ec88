import type { Root } from 'mdast';
import { describe, expect, it } from 'vitest';

import { commands } from '../../commands/index.ts';
import type { Bureau } from '../../src/chat/bureau.ts';
import type { Context, Reply, Role } from '../../src/chat/command.ts';
import { dispatch } from '../../src/chat/dispatch.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { openLog } from '../../src/lib/log.ts';
import type { Picture } from '../../src/model/picture.ts';
import type { Report } from '../../src/model/report.ts';
import type { Dropped } from '../../src/model/story.ts';
import type { Language } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import type { Database } from '../../src/store/database.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { takenBackOf } from '../../src/store/take-backs.ts';
import { textsIn } from '../../src/texts/texts.ts';
import { aBureau, aContext } from '../chat/context.ts';
import { anOracle } from '../support/oracles.ts';
import { freshDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';

const posts = [
  aPost({
    id: 'price',
    author: 'lumen_labs_demo',
    authorName: 'Lumen Labs',
    text: 'Lumen 7 costs 20% less than Lumen 6.',
    createdAt: new Date('2026-01-29T03:00:00Z'),
  }),
  aPost({
    id: 'robot',
    author: 'ferro_demo',
    authorName: 'Ferro',
    text: 'Our warehouse robots pick 118 items an hour.',
    createdAt: new Date('2026-01-29T04:00:00Z'),
  }),
];

const picture: Picture = {
  kind: 'cloud',
  mime: 'image/jpeg',
  width: 1,
  height: 1,
  alt: ['Lumen 7'],
  bytes: Buffer.from([0xff, 0xd8]),
};

/** A digest of a day; its brief names the day and the language. */
function onDay(day: string, language: Language, fields: Partial<Report> = {}): Report {
  return aReport({
    window: windowOf(day, day, 'Asia/Shanghai'),
    language,
    sections: [
      { letter: 'A', name: 'Prices' },
      { letter: 'C', name: 'Robots' },
    ],
    lines: [
      aLine({ text: `brief of ${day} in ${language}`, cites: ['price'] }),
      aLine({ part: 'II', address: 'II.1', text: 'a fact about prices', cites: ['price'] }),
      aLine({ part: 'III', section: 'A', address: 'III.A.1', text: 'A said', cites: ['price'] }),
      aLine({ part: 'III', section: 'C', address: 'III.C.1', text: 'C said', cites: ['robot'] }),
    ],
    ...fields,
  });
}

async function databaseWith(...reports: Report[]): Promise<Database> {
  const db = await freshDatabase();
  await db.transaction((tx) => storePosts(tx, 'twitter_ai', posts));
  for (const report of reports) await saveReport(db, report, NO_CURATION, [picture]);
  return db;
}

/** The digest of 29 January with a copy and so many advertisements that it left out. */
async function databaseWithAds(language: Language, count: number): Promise<Database> {
  const db = await databaseWith();
  const ads = Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return aPost({ id: `ad-${number}`, author: 'spam_demo', text: `GIVEAWAY ${number}, RT!` });
  });
  const copy = aPost({ id: 'copy' });
  await db.transaction((tx) => storePosts(tx, 'twitter_ai', [...ads, copy]));
  const dropped: Dropped[] = [
    { post: copy, reason: { kind: 'copy', of: 'price' } },
    ...ads.map((post): Dropped => {
      return { post, reason: { kind: 'advertising', because: ['giveaway', 'asks-to-follow'] } };
    }),
  ];
  await saveReport(db, onDay('2026-01-29', language), { ...NO_CURATION, dropped }, [picture]);
  return db;
}

const log = openLog({ file: '', level: 'silent', secrets: [] });
const show = (tree: Root) => renderTerminal(tree, { width: 100, color: false, hyperlinks: false });

/** A chat that remembers what it saw, as every platform does. */
function chatOver(
  db: Database,
  language: Language = 'en',
  role: Role = 'owner',
  bureau: Bureau = aBureau(),
) {
  let context: Context = aContext({ db, language, role, commands, bureau });
  const reply = async (words: string): Promise<Reply> => {
    const given = await dispatch(words, context, log);
    if (!given) throw new Error(`nothing was said to ${words}`);
    context = { ...context, shown: given.shown ?? context.shown };
    return given;
  };
  return { reply, say: async (words: string) => show((await reply(words)).tree).trim() };
}

const january = (language: Language) =>
  ['2026-01-25', '2026-01-28', '2026-01-29'].map((day) => onDay(day, language));

describe('/digest', () => {
  it('shows the newest in the language of the chat, with its picture and what else there is', async () => {
    const db = await databaseWith(...january('zh'), ...january('en'));
    const english = await chatOver(db).reply('/digest');
    expect(show(english.tree)).toMatch(/brief of 2026-01-29 in en \[1\].*40 posts collected/su);
    expect(english.folds?.map(({ mark, title }) => `${mark}: ${title}`)).toEqual([
      'Ⅱ: Ⅱ Key information (1 fact, one sentence each)',
      'A: A Prices',
      'C: C Robots',
    ]);
    expect(english.buttons?.map(({ label }) => label)).toEqual(['Sources', 'Ask']);
    expect(show(english.tree)).not.toContain('A said');
    expect(english.pictures).toEqual([picture]);
    expect(english.shown?.window.to).toBe('2026-01-29');
    const chinese = await chatOver(db, 'zh').say('/digest');
    expect(chinese).toMatch(/brief of 2026-01-29 in zh.*共收集 40 条帖子/su);
  });

  it('shows that of a day, as the topic counts days', async () => {
    const { say } = chatOver(await databaseWith(...january('en')));
    expect(await say('/digest yesterday')).toContain('brief of 2026-01-29');
    expect(await say('/digest 2天前')).toContain('brief of 2026-01-28');
    expect(await say('/digest 2026-1-25')).toContain('brief of 2026-01-25');
  });

  it('names the nearest days where a day has none', async () => {
    const db = await databaseWith(
      ...january('en'),
      onDay('2026-01-01', 'en'),
      onDay('2026-01-27', 'zh'),
    );
    const reader = chatOver(db, 'en', 'reader');
    expect(await reader.say('/digest 2026-01-27')).toBe(
      'There is no digest of 2026-01-27. Nearest: 2026-01-28, 2026-01-25, 2026-01-29.',
    );
    expect(await chatOver(db, 'zh').say('/digest 1月20日')).toBe(
      '2026-01-20 没有日报。最近的有：2026-01-27。 输入 /run twitter_ai 2026-01-20 可以生成。',
    );
  });

  it('says how to make one where there is none at all', async () => {
    const db = await databaseWith();
    expect(await chatOver(db).say('/digest')).toMatch(
      /^There is no digest yet\. .*\/run twitter_ai yesterday makes it\./u,
    );
    expect(await chatOver(db, 'zh').say('/digest')).toMatch(
      /^还没有日报，.*输入 \/run twitter_ai 昨天 可以生成。/u,
    );
    const reader = (language: Language) => chatOver(db, language, 'reader');
    expect(await reader('en').say('/digest yesterday')).toBe('There is no digest of 2026-01-29.');
    expect(await reader('zh').say('/digest 昨天')).toBe('2026-01-29 没有日报。');
  });

  it('asks again for a day that it cannot read, or that is still to come', async () => {
    const db = await databaseWith(...january('en'));
    expect(await chatOver(db).say('/digest soon')).toContain('I cannot read "soon" as days.');
    expect(await chatOver(db, 'zh').say('/digest 改天')).toContain('看不懂“改天”');
    expect(await chatOver(db).say('/digest 2026-02-01')).toContain('2026-02-01 is still to come.');
    expect(await chatOver(db, 'zh').say('/digest 2026-02-01')).toContain('2026-02-01 还没到。');
  });
});

describe('/section', () => {
  it('shows the table', async () => {
    const { say } = chatOver(await databaseWith(...january('en')));
    for (const which of ['II', 'ii', 'Ⅱ', '2', ' II ']) {
      const table = await say(`/section ${which}`);
      expect(table).toMatch(
        /^Ⅱ Key information \(1 fact.*1 │ a fact about prices \[1\] │ 1 like/su,
      );
      expect(table).not.toContain('C said');
    }
  });

  it('shows a section, its letter large or small', async () => {
    const { say } = chatOver(await databaseWith(...january('zh')), 'zh');
    expect(await say('/section c')).toBe(await say('/section C'));
    expect(await say('/section C')).toMatch(
      /^C Robots\n\n• C said \[2\]\n\n\[2\] https:\/\/example\.com/u,
    );
    expect(await say('/section II')).toMatch(/^Ⅱ 核心信息（1 条.*反响/su);
  });

  it('shows the advice, where a model gave some', async () => {
    const advice = aLine({
      part: 'IV',
      address: 'IV.1',
      lead: 'Count the calls',
      text: 'before more robots start',
      cites: ['robot'],
    });
    const report = onDay('2026-01-29', 'en', { sections: [], lines: [advice] });
    const { say } = chatOver(await databaseWith(report));
    for (const which of ['IV', 'iv', 'Ⅳ', '4']) {
      expect(await say(`/section ${which}`)).toContain('Count the calls');
    }
    expect(await say('/section A')).toBe('There is no section A; there are IV.');
  });

  it('is of the digest that the chat saw last, not of the newest', async () => {
    const other = onDay('2026-01-28', 'en', {
      sections: [{ letter: 'A', name: 'The day before' }],
    });
    const { say } = chatOver(await databaseWith(other, onDay('2026-01-29', 'en')));
    expect(await say('/section A')).toContain('A Prices');
    await say('/digest 2 days ago');
    expect(await say('/section A')).toContain('A The day before');
  });

  it('says why there is no advice where a model was to give it', async () => {
    const lost = { part: 'IV', reason: 'unreachable' } as const;
    const written = { model: 'claude', written: 1, repaired: 0, dropped: [] };
    const chatAbout = async (fallbacks: readonly (typeof lost)[]) =>
      chatOver(
        await databaseWith(onDay('2026-01-29', 'en', { writing: { ...written, fallbacks } })),
      );
    expect(await (await chatAbout([lost])).say('/section IV')).toContain(
      '(IV): the model could not be reached. There are',
    );
    expect(await (await chatAbout([])).say('/section IV')).toContain('There is no section IV');
  });

  it('names the sections there are where there is no such one', async () => {
    const db = await databaseWith(...january('en'), ...january('zh'));
    expect(await chatOver(db).say('/section B')).toBe('There is no section B; there are II, A, C.');
    expect(await chatOver(db, 'zh').say('/section Z')).toBe('没有 Z 部分，有 II、A、C。');
    expect(await chatOver(db).say('/section IV')).toBe(
      'This digest has no conclusions and advice (IV): only a model writes them, and none wrote this one.\nThere are II, A, C.',
    );
    expect(await chatOver(db, 'zh').say('/section Ⅳ')).toBe(
      '这份日报没有第 IV 部分（结论与建议）：它未经模型撰写，只引用帖子原文。有的是 II、A、C。',
    );
    expect(await chatOver(db).say('/section')).toBe('Which section? There are II, A, C.');
    expect(await chatOver(db, 'zh').say('/section')).toBe('要看哪一部分？有 II、A、C。');
  });

  it('says so where the digest has none, or there is no digest', async () => {
    const brief = { sections: [], lines: [aLine({ cites: ['price'] })] };
    const db = await databaseWith(
      onDay('2026-01-29', 'en', brief),
      onDay('2026-01-29', 'zh', brief),
    );
    expect(await chatOver(db).say('/section II')).toBe('This digest has no sections.');
    expect(await chatOver(db, 'zh').say('/section A')).toBe('这份日报没有分节。');
    const empty = await databaseWith();
    expect(await chatOver(empty).say('/section A')).toContain('There is no digest yet.');
    expect(await chatOver(empty, 'zh').say('/section A')).toContain('还没有日报，');
  });
});

describe('/ask', () => {
  it('answers a question, with or without the command', async () => {
    const { answer, asked } = anOracle();
    const db = await databaseWith(...january('en'));
    const { say } = chatOver(db, 'en', 'reader', aBureau({ answer }));
    expect(await say('/ask What does Lumen 7 cost?')).toBe('so: What does Lumen 7 cost?');
    expect(await say('and what do robots cost?')).toBe('so: and what do robots cost?');
    expect(asked[1]?.turns.map(({ question }) => question)).toEqual(['What does Lumen 7 cost?']);
    expect(await say('/new')).toBe('Forgotten. What you ask next stands by itself.');
    await say('and robots?');
    expect(asked[2]?.turns).toEqual([]);
  });

  it.each(['/ask', '/ask 🤖🤖', '???', '🎉'])('asks for a question: %j', async (words) => {
    const { db } = aContext();
    expect(await chatOver(db).say(words)).toMatch(/^What would you like to know\?/u);
    expect(await chatOver(db, 'zh').say(words)).toMatch(/^想问什么？/u);
  });

  it('says how to make a digest where nothing is stored', async () => {
    const db = await freshDatabase();
    expect(await chatOver(db).say('prices?')).toContain('There is no digest yet.');
    expect(await chatOver(db, 'zh').say('价格？')).toContain('还没有日报，');
  });
});

describe('/dropped', () => {
  it('lists what the digest left out as advertising, each with its signs, id and link', async () => {
    const { say, reply } = chatOver(await databaseWithAds('en', 2));
    expect(await say('/dropped')).toMatch(
      /^The digest of 2026-01-29 left 2 posts out as advertising\n\n• ad-01 @spam_demo – a giveaway, asks to follow or share\n  GIVEAWAY 01.*• ad-02.*\/takeback ID.*ad-01 https:\/\/example\.com\/invented\/ad-01/su,
    );
    expect(await say('/dropped')).not.toContain('price');
    expect((await reply('/dropped')).shown?.window.to).toBe('2026-01-29');
    const chinese = chatOver(await databaseWithAds('zh', 2), 'zh');
    expect(await chinese.say('/dropped')).toMatch(
      /^2026-01-29 的日报剔除了 2 条广告\n\n• ad-01 @spam_demo – 抽奖或空投、要求关注或转发.*\/takeback ID/su,
    );
  });

  it('lists a text that was posted several times once, and frees it by any of its posts', async () => {
    const db = await databaseWithAds('en', 1);
    const ads = ['x', 'y', 'z'].map((id) =>
      aPost({ id, text: 'Presale! Buy now!', author: `${id}_demo` }),
    );
    await db.transaction((tx) => storePosts(tx, 'twitter_ai', ads));
    const dropped = ads.map((post): Dropped => {
      return { post, reason: { kind: 'advertising', because: ['token-promotion'] } };
    });
    await saveReport(db, onDay('2026-01-31', 'en'), { ...NO_CURATION, dropped }, []);
    const { say } = chatOver(db);
    expect(await say('/dropped')).toMatch(
      /3 posts out.*• x @x_demo – promotes a token \(3 posts\)\n/su,
    );
    expect((await say('/dropped')).match(/^•/gm)).toHaveLength(1);
    await say('/takeback y');
    expect(await say('/dropped')).toContain('taken back (3 posts)');
  });

  it('shows ten at a time, and says how many more there are', async () => {
    const { say } = chatOver(await databaseWithAds('en', 23));
    const first = await say('/dropped');
    expect(first.match(/^• ad-\d+/gm)).toHaveLength(10);
    expect(first).toContain('… and 13 more: /dropped 2');
    expect(await say('/dropped 2')).toMatch(/• ad-11.*• ad-20.*… and 3 more: \/dropped 3/su);
    const last = await say('/dropped 3');
    expect(last.match(/^• ad-\d+/gm)).toEqual(['• ad-21', '• ad-22', '• ad-23']);
    expect(last).not.toContain('more');
    const chinese = chatOver(await databaseWithAds('zh', 12), 'zh');
    expect(await chinese.say('/dropped')).toContain('……还有 2 条：/dropped 2');
  });

  it.each(['4', '0', '-1', 'two', '99999999999'])('has no page %s', async (page) => {
    const { say } = chatOver(await databaseWithAds('en', 23));
    expect(await say(`/dropped ${page}`)).toBe(
      `There is no page "${page}". /dropped shows the first.`,
    );
    const chinese = chatOver(await databaseWithAds('zh', 1), 'zh');
    expect(await chinese.say(`/dropped ${page}`)).toContain(`没有“${page}”这一页`);
  });

  it('is of the digest that the chat saw last, not of the newest', async () => {
    const db = await databaseWithAds('en', 1);
    await saveReport(db, onDay('2026-01-30', 'en'), NO_CURATION, []);
    const { say } = chatOver(db);
    expect(await say('/dropped')).toBe('The digest of 2026-01-30 left nothing out as advertising.');
    await say('/digest 2026-01-29');
    expect(await say('/dropped')).toContain('ad-01');
  });

  it('says so where nothing was left out, or there is no digest', async () => {
    const quiet = await databaseWith(...january('zh'));
    expect(await chatOver(quiet, 'zh').say('/dropped')).toBe('2026-01-29 的日报没有剔除任何广告。');
    const empty = await databaseWith();
    expect(await chatOver(empty).say('/dropped')).toContain('There is no digest yet.');
    expect(await chatOver(empty, 'zh').say('/dropped')).toContain('还没有日报，');
  });
});

describe('/takeback', () => {
  it('takes a post of the list back, says from when it counts, and may be repeated', async () => {
    const db = await databaseWithAds('en', 2);
    const { say } = chatOver(db);
    for (const _ of ['once', 'twice']) {
      expect(await say('/takeback ad-02')).toBe(
        'Post ad-02 by @spam_demo is taken back. It counts from the next time the digest is made.',
      );
    }
    expect(await takenBackOf(db, 'twitter_ai')).toEqual(new Set(['ad-02']));
    expect(await say('/dropped')).toMatch(
      /ad-01 @spam_demo – a giveaway.*ad-02 @spam_demo – taken back/su,
    );
    const chinese = chatOver(await databaseWithAds('zh', 1), 'zh');
    expect(await chinese.say('/takeback ad-01')).toBe(
      '已恢复 @spam_demo 的帖子 ad-01，下次生成日报时生效。',
    );
    expect(await chinese.say('/dropped')).toContain('ad-01 @spam_demo – 已恢复');
  });

  it.each(['price', 'copy', 'nobody has seen this'])(
    'refuses what the digest did not leave out as advertising: %s',
    async (id) => {
      const db = await databaseWithAds('en', 1);
      expect(await chatOver(db).say(`/takeback ${id}`)).toContain(
        `This digest left no post "${id}" out as advertising.`,
      );
      const chinese = chatOver(await databaseWithAds('zh', 1), 'zh');
      expect(await chinese.say(`/takeback ${id}`)).toContain(`没有把“${id}”当作广告剔除`);
      expect(await takenBackOf(db, 'twitter_ai')).toEqual(new Set());
    },
  );

  it('asks which one where none is named', async () => {
    expect(await chatOver(await databaseWithAds('en', 1)).say('/takeback')).toContain(
      'Which post?',
    );
    const chinese = chatOver(await databaseWithAds('zh', 1), 'zh');
    expect(await chinese.say('/takeback')).toContain('要恢复哪一条？');
  });
});

describe('/help', () => {
  it('shows owners what is for owners, and readers only what they may say', async () => {
    const { db } = aContext();
    const reader = await chatOver(db, 'en', 'reader').say('/help');
    expect(reader).toContain('/digest');
    expect(reader).not.toMatch(/dropped|takeback/u);
    expect(await chatOver(db, 'en', 'owner').say('/help')).toMatch(/\/dropped.*\/takeback/su);
  });

  it('lists every command, how it is written and what it does, in both languages', async () => {
    const { db } = aContext();
    const english = await chatOver(db).say('/help');
    const chinese = await chatOver(db, 'zh').say('/help');
    for (const { name, usage } of commands) {
      expect(english).toContain(`• /${name} ${usage}`.trim());
      expect(chinese).toContain(`• /${name} ${textsIn('zh').usage(usage)}`.trim());
    }
    expect(english).toMatch(/^Commands.*\[DAY\] \[TOPIC\] – Show a digest.*is\s+a question/su);
    expect(chinese).toMatch(/^命令.*\[日期\] \[主题\] – 查看日报.*提问/su);
    const inEnglish = commands.flatMap(
      ({ usage }) =>
        textsIn('zh')
          .usage(usage)
          .match(/[A-Z]{2,}/g) ?? [],
    );
    expect(inEnglish).toEqual(['II', 'IV']); // the names of parts
  });
});
