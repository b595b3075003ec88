import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { openDiscord } from '../fakes/discord-server.ts';
import { type Fate, openPostgresProxy } from '../fakes/postgres-proxy.ts';
import { openTelegram } from '../fakes/telegram-server.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { gather, type Tally, areFinished, tally } from './audience.ts';
import { type BotPlace, openBotPlace, storeNews, subscribeAll, withDatabase } from './bot-place.ts';
import { configure, endBot, environmentOf, startBot } from './running-bot.ts';

/** Where a process dies: at which of its questions to the database, before or after it is asked. */
type Point = { readonly question: number; readonly fate: Exclude<Fate, 'pass'> };

/** What became of the digest after a death and a second start. */
type Aftermath = Tally & {
  readonly point: Point | null;
  /** Questions that the first process asked. */
  readonly asked: number;
};

const POINTS = 60;
const SIZE = { chats: 3, channels: 2 };
const ENDS_WITHIN_MS = 60_000;

/**
 * Kills the bot at points spread over making and posting a digest, starts it again, and counts what
 * every subscriber has then.
 */
export async function measureCrash(points = POINTS): Promise<Measurement> {
  const start = performance.now();
  const place = await openBotPlace();
  try {
    await prepare(place);
    const whole = await dieAndLive(place, 'whole', null);
    const aftermaths = [whole];
    const queue = spread(whole.asked, points).entries();
    const work = async () => {
      for (const [index, point] of queue) {
        aftermaths.push(await dieAndLive(place, `point_${index}`, point));
      }
    };
    await Promise.all([work(), work()]);
    return report(aftermaths, (performance.now() - start) / 1000);
  } finally {
    await place.close();
  }
}

function spread(asked: number, points: number): Point[] {
  return Array.from({ length: points }, (_, index) => ({
    question: 1 + Math.floor((index * (asked - 1)) / Math.max(1, points - 1)),
    fate: index % 2 === 0 ? 'die after' : 'die before',
  }));
}

const TEMPLATE = 'crash_template';

/** A database with news, in which everything is there that the program makes at its first start. */
async function prepare(place: BotPlace): Promise<void> {
  await place.ensure(TEMPLATE);
  await withDatabase(place.url(TEMPLATE), (db) =>
    storeNews(db, place.folder, new Date(Date.now() - 3_600_000)),
  );
}

/** The bot in a world of its own: dies at the point, lives on in a second process. */
async function dieAndLive(place: BotPlace, name: string, point: Point | null): Promise<Aftermath> {
  await place.copy(name, TEMPLATE);
  const url = place.url(name);
  const telegram = await openTelegram({ limits: 'off' });
  const discord = await openDiscord({ limits: 'off' });
  const audience = gather(telegram, discord, SIZE);
  const { channels } = audience;
  await withDatabase(url, (db) => subscribeAll(db, channels));
  const folder = path.join(place.folder, name);
  await mkdir(folder, { recursive: true });
  await configure(folder);
  const { hostname, port, username, password } = new URL(url);
  let child: ChildProcess | null = null;
  const proxy = await openPostgresProxy(
    { host: hostname, port: Number(port) },
    {
      decide: (number) => (point && number === point.question ? point.fate : 'pass'),
      kill: () => child?.kill('SIGKILL'),
    },
  );
  const environment = environmentOf(telegram, discord);
  const through = `postgresql://${username}:${password}@${hostname}:${proxy.port}/${name}`;
  try {
    child = startBot(folder, { ...environment, DATABASE_URL: through });
    const died = await Promise.race([
      once(child, 'exit').then(() => true),
      untilPosted(url, channels.length).then(() => false),
    ]);
    const asked = proxy.asked();
    await endBot(child);
    if (died) {
      const second = startBot(folder, { ...environment, DATABASE_URL: url });
      await untilPosted(url, channels.length);
      await endBot(second);
    }
    return { point, asked, ...(await tally(url, audience)) };
  } finally {
    await endBot(child);
    await proxy.close();
    await telegram.close();
    await discord.close();
  }
}

async function untilPosted(url: string, deliveries: number): Promise<void> {
  if (await areFinished(url, deliveries, ENDS_WITHIN_MS)) return;
  throw new Error('the digest was not posted within a minute');
}

function report(aftermaths: readonly Aftermath[], seconds: number): Measurement {
  const sum = (read: (one: Aftermath) => number) =>
    aftermaths.reduce((total, one) => total + read(one), 0);
  const figures = {
    points: aftermaths.length - 1,
    questions: aftermaths[0]?.asked ?? 0,
    duplicates: sum(({ duplicates }) => duplicates),
    lost: sum(({ lost }) => lost),
    unknown: sum(({ unknown }) => unknown),
    seconds,
  };
  return {
    figures: { suite: 'crash', ...figures },
    table: [
      ['points', 'questions', 'duplicates', 'lost', 'unknown', 'seconds'],
      [...Object.values(figures).slice(0, -1).map(count), seconds.toFixed(0)],
    ],
    quality: {
      what: 'nothing is sent twice, nothing is lost',
      on: `${count(figures.points)} deaths of the bot while it makes and posts a digest`,
      figures: `${figures.duplicates} twice, ${figures.lost} lost, ${figures.unknown} on Telegram not known to have arrived`,
      command: 'npm run bench -- crash',
    },
  };
}
