import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';

import { importFile } from '../../src/collect/file/import.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { DeliveryQueue } from '../../src/deliver/queue.ts';
import { type Editors, makeDueDigests } from '../../src/deliver/rounds.ts';
import type { Plan } from '../../src/deliver/schedule.ts';
import type { Channel } from '../../src/model/channel.ts';
import { changeAccess, meetChannel } from '../../src/store/channels.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openDeliveries } from '../../src/store/deliveries.ts';
import { claimRun, endRun, runsSince } from '../../src/store/runs.ts';
import { openSession } from '../../src/store/sessions.ts';
import { subscribe } from '../../src/store/subscriptions.ts';
import { aClock } from '../support/clock.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { drawHere } from '../support/drawing.ts';
import { NEWS } from '../support/newsroom.ts';
import { TOPIC } from '../support/place.ts';
import { temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';

const PLAN: Plan = { postAt: '10:00', timeZone: 'UTC', window: 'calendar_day' };
const MADE_AT = new Date('2026-10-13T09:41:00Z'); // the posts are of the 12th
const NEVER = new AbortController().signal;

async function aNewsroom(plan: Plan = PLAN, silent = false) {
  const open = await openDatabase({ kind: 'server', url: await freshDatabaseUrl() });
  onTestFinished(() => open.close());
  const { db, pool } = open;
  const folder = await temporaryFolder();
  const clock = aClock(MADE_AT);
  const log = pino({ level: 'silent' });
  const queue = await DeliveryQueue.open(pool, ['telegram', 'discord'], { clock, log });
  onTestFinished(() => queue.close());
  const session = await openSession(pool);
  onTestFinished(() => session.close());
  const editors: Editors = {
    workshop: { db, outFolder: path.join(folder, 'out'), office: null, draw: drawHere },
    clock,
    log,
    session,
    queue,
    topics: [TOPIC],
    plans: new Map([[TOPIC.key, plan]]),
    silentTopics: new Set(silent ? [TOPIC.key] : []),
    gather: async () => [],
  };
  const bringNews = async () => {
    const file = path.join(folder, 'posts.jsonl');
    await writeFile(file, jsonl(NEWS.map(toJsonRow)));
    await importFile(db, TOPIC.key, file);
  };
  return { db, pool, clock, editors, bringNews };
}

async function aReader(
  db: Database,
  chat: string,
  wish: { at?: string; language?: string } = {},
): Promise<Channel> {
  const channel: Channel = { platform: 'telegram', chat, thread: null };
  await meetChannel(db, channel, 'A team', MADE_AT);
  await changeAccess(db, channel, 'allowed');
  const { at = null, language = null } = wish;
  await subscribe(db, { channel, topic: TOPIC.key, at, language }, MADE_AT);
  return channel;
}

const runs = async (db: Database) =>
  (await runsSince(db, TOPIC.key, '2026-10-01')).map(
    ({ day, language, state }) => `${day} ${language} ${state}`,
  );

describe('the digest of a day', () => {
  it('is made early, once, and waits in the outbox for its hour', async () => {
    const { db, editors, bringNews } = await aNewsroom();
    await bringNews();
    await aReader(db, '-1');
    await aReader(db, '-2', { at: '12:30' });
    await makeDueDigests(editors, NEVER);
    await makeDueDigests(editors, NEVER);
    expect(await runs(db)).toEqual(['2026-10-13 zh made']);
    expect((await openDeliveries(db)).map(({ at }) => at.toISOString())).toEqual([
      '2026-10-13T10:00:00.000Z',
      '2026-10-13T12:30:00.000Z',
    ]);
  });

  it('comes to those who wish for it later too, until its hour', async () => {
    const { db, editors, bringNews, clock } = await aNewsroom();
    await bringNews();
    await aReader(db, '-1');
    await makeDueDigests(editors, NEVER);
    clock.passTo(MADE_AT); // the queue's alarm has waited
    await aReader(db, '-2');
    await makeDueDigests(editors, NEVER);
    expect(await openDeliveries(db)).toHaveLength(2);
    clock.passTo(new Date('2026-10-13T10:00:01Z'));
    await aReader(db, '-3');
    await aReader(db, '-4', { at: '10:30' });
    await makeDueDigests(editors, NEVER);
    expect(await openDeliveries(db)).toHaveLength(3);
  });

  it('is not made before its time', async () => {
    const { db, clock, editors } = await aNewsroom();
    clock.passTo(new Date('2026-10-13T09:39:59Z'));
    await makeDueDigests(editors, NEVER);
    expect((await runs(db)).filter((run) => run.startsWith('2026-10-13'))).toEqual([]);
  });

  it('is made in every language that is wished for', async () => {
    const { db, editors, bringNews } = await aNewsroom();
    await bringNews();
    await aReader(db, '-1');
    await aReader(db, '-2', { language: 'en' });
    await makeDueDigests(editors, NEVER);
    expect(await runs(db)).toEqual(['2026-10-13 en made', '2026-10-13 zh made']);
    expect(await openDeliveries(db)).toHaveLength(2);
  });

  it('is a line where the day has nothing to tell, or silence', async () => {
    const spoken = await aNewsroom();
    await aReader(spoken.db, '-1');
    await makeDueDigests(spoken.editors, NEVER);
    expect(await runs(spoken.db)).toEqual(['2026-10-13 zh empty']);
    expect(await openDeliveries(spoken.db)).toHaveLength(1);
    const silent = await aNewsroom(PLAN, true);
    await aReader(silent.db, '-1');
    await makeDueDigests(silent.editors, NEVER);
    expect(await openDeliveries(silent.db)).toEqual([]);
  });

  it('is made by one of several processes', async () => {
    const { db, editors, bringNews, pool } = await aNewsroom();
    await bringNews();
    await aReader(db, '-1');
    const session = await openSession(pool);
    const others = { ...editors, session };
    await Promise.all([makeDueDigests(editors, NEVER), makeDueDigests(others, NEVER)]);
    await session.close();
    expect(await runs(db)).toEqual(['2026-10-13 zh made']);
    expect(await openDeliveries(db)).toHaveLength(1);
  });

  it('is made late where the machine slept, and not at all when it is too late', async () => {
    const { db, clock, editors, bringNews } = await aNewsroom();
    await bringNews();
    await aReader(db, '-1');
    clock.passTo(new Date('2026-10-13T21:00:00Z'));
    await makeDueDigests(editors, NEVER);
    expect(await openDeliveries(db)).toHaveLength(1);
    const asleep = await aNewsroom();
    await asleep.bringNews();
    asleep.clock.passTo(new Date('2026-10-13T23:00:00Z'));
    await makeDueDigests(asleep.editors, NEVER);
    expect(await runs(asleep.db)).toEqual([]);
  });

  it('is made at the next look around when it could not be made', async () => {
    const { db, editors, bringNews } = await aNewsroom();
    await bringNews();
    const broken = { ...editors, workshop: { ...editors.workshop, outFolder: process.execPath } };
    await makeDueDigests(broken, NEVER);
    const [run] = await runsSince(db, TOPIC.key, '2026-10-01');
    expect(run).toMatchObject({ state: 'failed', attempts: 1, failure: expect.any(String) });
    await makeDueDigests(editors, NEVER);
    expect(await runs(db)).toEqual(['2026-10-13 zh made']);
  });

  it('is not tried without end', async () => {
    const { db, editors } = await aNewsroom();
    const key = { topic: TOPIC.key, day: '2026-10-13', language: 'zh' };
    const claim = { session: editors.session.number, now: MADE_AT, mostAttempts: 5 };
    const end = { state: 'failed', failure: 'the disk is full' } as const;
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await claimRun(db, key, claim)).toBe(true);
      expect(await claimRun(db, key, claim)).toBe(false); // somebody alive is at it
      await endRun(db, key, end, MADE_AT);
    }
    expect(await claimRun(db, key, claim)).toBe(false);
    await makeDueDigests(editors, NEVER);
    expect(await runs(db)).toEqual(['2026-10-13 zh failed']);
  });
});
