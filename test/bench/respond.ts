import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { importFile } from '../../src/collect/file/import.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { sql } from '../../src/store/drizzle.ts';
import { type FakeDiscord, openDiscord } from '../fakes/discord-server.ts';
import { openTelegram, type TelegramServer } from '../fakes/telegram-server.ts';
import { postOf, readPosts } from '../eval/rows.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { type BotPlace, openBotPlace, subscribeAll, TOPIC_KEY, withDatabase } from './bot-place.ts';
import { makePosts } from './posts.ts';
import { configure, endBot, environmentOf, startBot } from './running-bot.ts';

const POSTS = 10_000;
const SAMPLE = path.resolve('src/demo/sample.jsonl');
const PATIENCE_MS = 300_000;
/** Between two things that people say or press. */
const PAUSE_MS = 40;
const HOURS = 20;

const MUCH = 'person: 1000000, chat: 1000000';
const QUOTAS = ['  quotas:', `    { ${MUCH}, questions: { ${MUCH} } }`];

/**
 * Talks to the bot on both platforms while it makes a digest of many posts, and measures how soon each
 * word and press is acknowledged, and for how long the bot stands still.
 */
export async function measureRespond(posts = POSTS): Promise<Measurement> {
  const place = await openBotPlace();
  const telegram = await openTelegram({ limits: 'off' });
  const discord = await openDiscord({ limits: 'off' });
  try {
    const { url, chatter } = await prepare(place, telegram, discord, posts);
    const folder = path.join(place.folder, 'bot');
    await mkdir(folder);
    await configure(folder, ['chats:', ...QUOTAS]);
    const probe = path.join(folder, 'probe.json');
    const bot = startBot(folder, {
      ...environmentOf(telegram, discord),
      DATABASE_URL: url,
      LOOP_PROBE_FILE: probe,
      NODE_OPTIONS: `--import ${path.resolve('test/bench/loop-probe.ts')}`,
    });
    try {
      const acks = await talkWhileMaking(url, bot, { telegram, chatter, discord });
      await endBot(bot);
      const { p99 } = JSON.parse(await readFile(probe, 'utf8')) as { p99: number };
      return report(posts, acks, p99);
    } finally {
      await endBot(bot);
    }
  } finally {
    await telegram.close();
    await discord.close();
    await place.close();
  }
}

type Chatter = {
  readonly user: ReturnType<TelegramServer['addUser']>;
  readonly chat: ReturnType<TelegramServer['openPrivate']>;
};

async function prepare(
  place: BotPlace,
  telegram: TelegramServer,
  discord: FakeDiscord,
  posts: number,
): Promise<{ url: string; chatter: Chatter }> {
  const user = telegram.addUser();
  const chat = telegram.openPrivate(user);
  await place.ensure('respond');
  const url = place.url('respond');
  const samples = await readPosts(SAMPLE);
  const lines: string[] = [];
  const until = Date.now() - 3_600_000;
  let number = 0;
  for (const draft of makePosts(samples, posts)) {
    const createdAt = new Date(until - (number / posts) * (HOURS - 1) * 3_600_000);
    const post = postOf('made', { line: number + 1, value: draft });
    lines.push(JSON.stringify(toJsonRow({ ...post, createdAt })));
    number += 1;
  }
  const file = path.join(place.folder, 'posts.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  await withDatabase(url, async (db) => {
    await importFile(db, TOPIC_KEY, file);
    await subscribeAll(db, [
      { platform: 'telegram', chat: String(chat.id), thread: null },
      { platform: 'discord', chat: discord.channel.id, thread: null },
    ]);
  });
  return { url, chatter: { user, chat } };
}

/** Milliseconds until each word and press was acknowledged. */
async function talkWhileMaking(
  url: string,
  bot: ChildProcess,
  {
    telegram,
    chatter,
    discord,
  }: { telegram: TelegramServer; chatter: Chatter; discord: FakeDiscord },
): Promise<number[]> {
  const acks: number[] = [];
  const stateOf = () =>
    withDatabase(url, async (db) => {
      const { rows } = await db.execute(sql`select state from runs order by day desc limit 1`);
      return String(rows[0]?.['state']);
    });
  await waitUntil(async () => (await stateOf()) === 'making' && discord.commands().length > 0);
  bot.kill('SIGUSR2');
  const made = new AbortController();
  const watching = (async () => {
    await waitUntil(async () => (await stateOf()) === 'made');
    made.abort();
  })();
  const pending: Promise<void>[] = [];
  while (!made.signal.aborted) {
    pending.push(
      timed(() => sayOnTelegram(telegram, chatter), acks),
      timed(() => discord.command(discord.user, discord.channel, 'help').acknowledged(), acks),
    );
    await sleep(PAUSE_MS);
  }
  await watching;
  await Promise.all(pending);
  return acks;
}

async function timed(act: () => Promise<unknown>, acks: number[]): Promise<void> {
  const start = performance.now();
  await act();
  acks.push(performance.now() - start);
}

/** Says a command, and waits until the bot is seen typing for it. */
async function sayOnTelegram(telegram: TelegramServer, { user, chat }: Chatter): Promise<void> {
  const before = telegram.actions.length;
  telegram.say(user, chat, '/help');
  await waitUntil(async () => telegram.actions.length > before, 1);
}

async function waitUntil(isSo: () => Promise<boolean>, everyMs = 20): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('the digest was not made within five minutes');
    await sleep(everyMs);
  }
}

function report(posts: number, acks: readonly number[], loopP99: number): Measurement {
  const sorted = acks.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  const figures = { acks: acks.length, ackP50: at(0.5), ackP99: at(0.99), loopP99 };
  return {
    figures: { suite: 'respond', posts, ...figures },
    table: [
      ['posts', 'acknowledged', 'p50 ms', 'p99 ms', 'standing still, p99 ms'],
      [
        count(posts),
        count(figures.acks),
        figures.ackP50.toFixed(0),
        figures.ackP99.toFixed(0),
        loopP99.toFixed(0),
      ],
    ],
    quality: {
      what: 'people are heard at once',
      on: `${count(posts)} posts of which a digest is made meanwhile`,
      figures: `acknowledged within ${figures.ackP50.toFixed(1)} ms in half of all cases, ${figures.ackP99.toFixed(1)} ms in 99 of 100`,
      command: 'npm run bench -- respond',
    },
  };
}
