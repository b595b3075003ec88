import { count, type Measurement } from '../support/measurement.ts';
import { openBotPlace } from './bot-place.ts';
import { type Survival, survive } from './storm-stage.ts';
import { clock, database, errors, partition } from './weathers.ts';

const CHATS = 200;
/** For every five chats on Telegram a channel on Discord. */
const CHANNELS_A_CHAT = 0.2;

/**
 * Runs the bot through bad weather, each in a world of its own, all at once since most of it is
 * waiting, and counts what everybody has afterwards.
 */
export async function measureStorm(chats = CHATS): Promise<Measurement> {
  const start = performance.now();
  const place = await openBotPlace();
  try {
    const size = { chats, channels: Math.max(1, Math.round(chats * CHANNELS_A_CHAT)) };
    const settled = await Promise.allSettled(
      [errors, partition, clock, database].map((weather) => survive(place, size, weather)),
    );
    const survivals = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    const seconds = (performance.now() - start) / 1000;
    return report(size.chats + size.channels, survivals, seconds);
  } finally {
    await place.close();
  }
}

function report(chats: number, survivals: readonly Survival[], seconds: number): Measurement {
  const rows = survivals.map(({ weather, ...found }) => ({ weather, chats, ...found }));
  const sum = (read: (one: Survival) => number) =>
    survivals.reduce((total, one) => total + read(one), 0);
  const answered = ofAll(
    sum((one) => one.answered),
    sum((one) => one.asked),
  );
  return {
    figures: { suite: 'storm', seconds, weathers: rows },
    table: [
      ['weather', 'chats', 'digests', 'duplicates', 'lost', 'unknown', 'answered', 'seconds'],
      ...rows.map((row) => [
        row.weather,
        ...[chats, row.digests, row.duplicates, row.lost, row.unknown].map(count),
        ofAll(row.answered, row.asked),
        row.seconds.toFixed(0),
      ]),
    ],
    quality: {
      what: 'a digest reaches everybody through bad weather',
      on: `${count(chats)} chats in each of four weathers: one request in ten fails; both platforms are gone for two minutes; the clock jumps by hours and days; the database is gone for a minute`,
      figures: `${sum((one) => one.duplicates)} twice, ${sum((one) => one.lost)} lost, ${sum((one) => one.unknown)} on Telegram not known to have arrived; ${answered} commands answered`,
      command: 'npm run bench -- storm',
    },
  };
}

function ofAll(some: number, all: number): string {
  return `${count(some)} of ${count(all)}`;
}
