import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';

import {
  correctMessages,
  deliver,
  type Notice,
  type Outcome,
  type PostOffice,
} from '../../src/deliver/outbox.ts';
import { paragraph, root, text } from '../../src/lib/tree.ts';
import type { Channel } from '../../src/model/channel.ts';
import {
  type Courier,
  type Envelope,
  type Form,
  SendError,
  type SendTrouble,
} from '../../src/model/delivery.ts';
import type { Message } from '../../src/model/message.ts';
import { windowOf } from '../../src/model/window.ts';
import { changeAccess, findChannel, meetChannel } from '../../src/store/channels.ts';
import { openDatabase } from '../../src/store/database.ts';
import { countParts, noteDeliveries, openDeliveries } from '../../src/store/deliveries.ts';
import { saveReport } from '../../src/store/reports.ts';
import { takePlace } from '../../src/store/paces.ts';
import { openSession } from '../../src/store/sessions.ts';
import { aClock } from '../support/clock.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { aReport, NO_CURATION } from '../support/reports.ts';

const HOUR = new Date('2026-10-13T02:00:00Z');
const CHANNEL: Channel = { platform: 'telegram', chat: '-100', thread: null };
const NEVER = new AbortController().signal;

const MESSAGE: Message = {
  language: 'en',
  tree: root([paragraph([text('the digest')])]),
  pictures: [],
  folds: [],
  buttons: [],
};

/** A courier that does what a test says, one thing after the other; then it delivers. */
class Rider implements Courier {
  readonly platform = 'telegram';
  readonly forms = ['rich', 'plain', 'bare'] as const;
  readonly repeatsUnknownMs: number;
  readonly sent: Envelope[] = [];
  readonly edited: string[] = [];
  readonly messages: number;
  readonly #troubles: (SendTrouble | Error | 'crash')[];

  constructor({
    troubles = [],
    messages = 1,
    repeatsUnknownMs = 0,
  }: {
    troubles?: readonly (SendTrouble | Error | 'crash')[];
    messages?: number;
    repeatsUnknownMs?: number;
  } = {}) {
    this.#troubles = [...troubles];
    this.messages = messages;
    this.repeatsUnknownMs = repeatsUnknownMs;
  }

  pacesOf = ({ chat }: Channel) =>
    [
      { key: `telegram:${chat}`, everyMs: 1000, burst: 1 },
      { key: 'telegram', everyMs: 35, burst: 1 },
    ] as const;

  count = (_: Message, form: Form) => this.messages + (form === 'rich' ? 0 : 1);

  send = async (envelope: Envelope) => {
    const trouble = this.#troubles.shift();
    if (trouble instanceof Error) throw trouble;
    if (trouble === 'crash') return new Promise<string>(() => {});
    if (trouble) throw new SendError(trouble);
    this.sent.push(envelope);
    return `m${this.sent.length}`;
  };

  edit = async (_: Envelope, messageId: string) => {
    this.edited.push(messageId);
  };
}

/** A post office whose time stands still unless somebody waits, and a delivery that is due. */
async function aPostOffice(rider: Rider) {
  const open = await openDatabase({ kind: 'server', url: await freshDatabaseUrl() });
  onTestFinished(() => open.close());
  const { db, pool } = open;
  const clock = aClock(HOUR);
  const session = await openSession(pool);
  onTestFinished(() => session.close());
  const notices: Notice[] = [];
  const office: PostOffice = {
    db,
    clock,
    log: pino({ level: 'silent' }),
    session,
    couriers: new Map([['telegram', rider]]),
    compose: async () => ({ message: MESSAGE, madeAt: clock.now() }),
    tellOwners: async (notice) => void notices.push(notice),
    graceOf: () => 3_600_000,
  };
  const report = await saveReport(
    db,
    aReport({ window: windowOf('2026-10-12', '2026-10-12', 'UTC') }),
    NO_CURATION,
    [],
  );
  await meetChannel(db, CHANNEL, 'A team', HOUR);
  await changeAccess(db, CHANNEL, 'allowed');
  const [noted] = await noteDeliveries(db, [
    {
      channel: CHANNEL,
      topic: 'twitter_ai',
      day: '2026-10-13',
      reportId: report.id,
      postAt: HOUR,
      late: false,
    },
  ]);
  const id = noted?.id ?? 0;
  /** Delivers until it has ended, at the moments that it asks for. */
  const finish = async (): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      const outcome = await deliver(office, id, NEVER);
      outcomes.push(outcome);
      if (outcome.kind !== 'again') break;
      clock.passTo(outcome.at);
    }
    return outcomes;
  };
  const counts = () => countParts(db, new Date(0));
  return { office, pool, id, report, notices, clock, finish, counts };
}

describe('a delivery', () => {
  it('sends every message once, in order, each with a key of its own', async () => {
    const rider = new Rider({ messages: 3 });
    const { finish, counts, office, id } = await aPostOffice(rider);
    expect((await finish()).at(-1)).toEqual({ kind: 'finished' });
    expect(rider.sent.map(({ position }) => position)).toEqual([0, 1, 2]);
    expect(new Set(rider.sent.map(({ nonce }) => nonce)).size).toBe(3);
    expect(await counts()).toEqual({ sent: 3 });
    expect(await deliver(office, id, NEVER)).toEqual({ kind: 'taken' });
    expect(rider.sent).toHaveLength(3);
  });

  it('waits for its hour', async () => {
    const rider = new Rider();
    const { office, clock, id } = await aPostOffice(rider);
    clock.passTo(new Date(HOUR.getTime() - 5000));
    expect(await deliver(office, id, NEVER)).toEqual({ kind: 'again', at: HOUR });
    expect(rider.sent).toEqual([]);
  });

  it('waits exactly as long as the platform says, and that is no attempt', async () => {
    const rider = new Rider({ troubles: [{ kind: 'slow-down', seconds: 37 }] });
    const { office, id, finish, clock } = await aPostOffice(rider);
    expect(await deliver(office, id, NEVER)).toEqual({
      kind: 'again',
      at: new Date(HOUR.getTime() + 37_000),
    });
    await finish();
    expect(rider.sent).toHaveLength(1);
    expect(clock.now().getTime() - HOUR.getTime()).toBe(37_000);
  });

  it('tries again later and later what was not sent, until its grace is over', async () => {
    const rider = new Rider({
      troubles: Array.from({ length: 40 }, () => ({ kind: 'failed' as const, reason: 'down' })),
    });
    const { finish, notices, counts, clock } = await aPostOffice(rider);
    const outcomes = await finish();
    expect(outcomes.at(-1)).toEqual({ kind: 'finished' });
    expect(outcomes.length).toBeGreaterThan(10);
    expect(rider.sent).toEqual([]);
    expect(await counts()).toEqual({ 'given-up': 1 });
    expect(notices).toEqual([{ kind: 'given-up', channel: 'telegram:-100', reason: 'down' }]);
    expect(clock.now().getTime() - HOUR.getTime()).toBeLessThanOrEqual(3_600_000);
  });

  it('sends nothing after a message that was given up', async () => {
    const rider = new Rider({ troubles: [{ kind: 'refused', reason: 'no' }], messages: 3 });
    const { finish, counts } = await aPostOffice(rider);
    await finish();
    expect(rider.sent).toEqual([]);
    expect(await counts()).toEqual({ 'given-up': 3 });
  });

  it('holds everybody back where the platform says so', async () => {
    const rider = new Rider({ troubles: [{ kind: 'slow-down', seconds: 9, everywhere: true }] });
    const { office, id } = await aPostOffice(rider);
    await deliver(office, id, NEVER);
    const place = await takePlace(office.db, [{ key: 'telegram', everyMs: 35, burst: 1 }], HOUR, 0);
    expect(place).toEqual({ isTaken: false, at: new Date(HOUR.getTime() + 9000) });
  });

  it('waits out an outage of minutes, and arrives once', async () => {
    const down = Array.from({ length: 7 }, () => ({ kind: 'failed' as const, reason: 'down' }));
    const rider = new Rider({ troubles: down });
    const { finish, counts, notices, clock } = await aPostOffice(rider);
    await finish();
    expect(rider.sent).toHaveLength(1);
    expect(await counts()).toEqual({ sent: 1 });
    expect(notices).toEqual([]);
    expect(clock.now().getTime() - HOUR.getTime()).toBeGreaterThan(120_000);
  });

  it('follows a chat that moved, and keeps its wishes there', async () => {
    const rider = new Rider({ troubles: [{ kind: 'moved', to: '-200' }] });
    const { finish, office } = await aPostOffice(rider);
    await finish();
    expect(rider.sent.map(({ channel }) => channel.chat)).toEqual(['-200']);
    expect(await findChannel(office.db, CHANNEL)).toBeNull();
    expect(await findChannel(office.db, { ...CHANNEL, chat: '-200' })).toMatchObject({
      access: 'allowed',
    });
  });

  it('pauses a chat that threw the bot out, with the reason, and tells the owners', async () => {
    const reason = 'bot was kicked from the group chat';
    const rider = new Rider({ troubles: [{ kind: 'gone', reason }] });
    const { finish, office, notices, counts } = await aPostOffice(rider);
    await finish();
    expect(await findChannel(office.db, CHANNEL)).toMatchObject({ paused: reason });
    expect(notices).toEqual([{ kind: 'gone', channel: 'telegram:-100', reason }]);
    expect(await counts()).toEqual({ 'given-up': 1 });
  });

  it('falls back to simpler forms, and remembers them for the chat', async () => {
    const rider = new Rider({
      troubles: [
        { kind: 'form-refused', reason: 'rich messages are not known here' },
        { kind: 'form-refused', reason: "can't parse entities" },
      ],
    });
    const { finish, office } = await aPostOffice(rider);
    await finish();
    expect(rider.sent.map(({ form }) => form)).toEqual(['bare', 'bare']);
    expect(await findChannel(office.db, CHANNEL)).toMatchObject({ form: 'plain' });
  });

  it('sends all the messages that a simpler form takes', async () => {
    const rider = new Rider({ troubles: [{ kind: 'form-refused', reason: 'not known here' }] });
    const { finish, counts } = await aPostOffice(rider);
    await finish();
    expect(rider.sent.map(({ form, position }) => `${form} ${position}`)).toEqual([
      'plain 0',
      'plain 1',
    ]);
    expect(await counts()).toEqual({ sent: 2 });
  });

  it('leaves a message alone of which nobody knows whether it arrived, and says so', async () => {
    const rider = new Rider({ troubles: [{ kind: 'unknown', reason: 'socket hang up' }] });
    const { finish, notices, counts } = await aPostOffice(rider);
    await finish();
    expect(rider.sent).toEqual([]);
    expect(await counts()).toEqual({ unknown: 1 });
    expect(notices).toEqual([
      { kind: 'unknown', channel: 'telegram:-100', reason: 'socket hang up' },
    ]);
  });

  it('repeats it with the same key where that is safe, or the owner wants it', async () => {
    const rider = new Rider({
      troubles: [{ kind: 'unknown', reason: 'socket hang up' }],
      repeatsUnknownMs: 60_000,
    });
    const { finish, counts } = await aPostOffice(rider);
    await finish();
    expect(rider.sent).toHaveLength(1);
    expect(await counts()).toEqual({ sent: 1 });
  });

  it('does not repeat it once it may no longer be recognised, whatever came in between', async () => {
    const rider = new Rider({
      troubles: [
        { kind: 'unknown', reason: 'socket hang up' },
        { kind: 'slow-down', seconds: 330 },
      ],
      repeatsUnknownMs: 120_000,
    });
    const { finish, counts } = await aPostOffice(rider);
    await finish();
    expect(rider.sent).toEqual([]);
    expect(await counts()).toEqual({ unknown: 1 });
  });

  it('is given up when its grace is over before it was sent', async () => {
    const rider = new Rider();
    const { finish, clock, counts, notices } = await aPostOffice(rider);
    clock.passTo(new Date(HOUR.getTime() + 3_600_001));
    await finish();
    expect(rider.sent).toEqual([]);
    expect(await counts()).toEqual({});
    expect(notices).toMatchObject([{ kind: 'given-up', channel: 'telegram:-100' }]);
  });

  it('takes no other digest of its channel with it when its grace is over', async () => {
    const { office, finish, clock, report } = await aPostOffice(new Rider());
    const later = { channel: CHANNEL, topic: 'other', day: '2026-10-13', reportId: report.id };
    const postAt = new Date(HOUR.getTime() + 7_200_000);
    const [noted] = await noteDeliveries(office.db, [{ ...later, postAt, late: false }]);
    clock.passTo(new Date(HOUR.getTime() + 3_600_001));
    await finish();
    expect(await openDeliveries(office.db)).toMatchObject([{ id: noted?.id }]);
  });

  it('says that it is late when it is sent late', async () => {
    const rider = new Rider();
    const { office, id, clock } = await aPostOffice(rider);
    clock.passTo(new Date(HOUR.getTime() + 61_000));
    const asked: boolean[] = [];
    const compose: PostOffice['compose'] = async ({ late }) => {
      asked.push(late);
      return { message: MESSAGE, madeAt: HOUR };
    };
    await deliver({ ...office, compose }, id, NEVER);
    expect(asked).toEqual([true]);
  });

  it('is not given to a chat that was shut out meanwhile', async () => {
    const rider = new Rider();
    const { finish, office } = await aPostOffice(rider);
    await changeAccess(office.db, CHANNEL, 'denied');
    expect(await finish()).toEqual([{ kind: 'finished' }]);
    expect(rider.sent).toEqual([]);
  });
});

describe('several processes', () => {
  it('do not work on one delivery at the same time', async () => {
    const rider = new Rider({ troubles: ['crash'] });
    const { office, id, pool } = await aPostOffice(rider);
    void deliver(office, id, NEVER); // never ends
    await expect.poll(() => countParts(office.db, new Date(0))).toEqual({ sending: 1 });
    const other = { ...office, session: await openSession(pool) };
    expect(await deliver(other, id, NEVER)).toEqual({ kind: 'taken' });
    expect(await openDeliveries(office.db)).toEqual([]);
    await other.session.close();
  });

  it('take over what a dead one left, and repeat nothing that may have arrived', async () => {
    const rider = new Rider({ troubles: ['crash'], messages: 2 });
    const { office, id, pool, counts } = await aPostOffice(rider);
    void deliver(office, id, NEVER);
    await expect.poll(counts).toEqual({ sending: 1, waiting: 1 });
    await office.session.close();
    expect(await openDeliveries(office.db)).toMatchObject([{ id }]);
    const session = await openSession(pool);
    const heir = { ...office, session };
    expect(await deliver(heir, id, NEVER)).toEqual({ kind: 'finished' });
    expect(rider.sent.map(({ position }) => position)).toEqual([1]);
    expect(await counts()).toEqual({ unknown: 1, sent: 1 });
    await session.close();
  });
});

describe('a digest that is made again', () => {
  it('corrects the messages that show it as it was, once', async () => {
    const rider = new Rider();
    const { office, finish, report, clock } = await aPostOffice(rider);
    await finish();
    clock.passTo(new Date(HOUR.getTime() + 600_000));
    const again = { id: report.id, createdAt: clock.now() };
    expect(await correctMessages(office, again, NEVER)).toBe(1);
    expect(rider.edited).toEqual(['m1']);
    expect(await correctMessages(office, again, NEVER)).toBe(0);
  });

  it('changes nothing in a chat that was shut out since', async () => {
    const rider = new Rider();
    const { office, finish, report, clock } = await aPostOffice(rider);
    await finish();
    await changeAccess(office.db, CHANNEL, 'denied');
    clock.passTo(new Date(HOUR.getTime() + 600_000));
    await correctMessages(office, { id: report.id, createdAt: clock.now() }, NEVER);
    expect(rider.edited).toEqual([]);
  });
});
