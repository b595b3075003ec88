import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';

import { collectSource, type Collector, sampleSource } from '../../../src/collect/collect.ts';
import { gather } from '../../../src/collect/gather.ts';
import { xSource } from '../../../src/collect/x/source.ts';
import type { Database } from '../../../src/store/database.ts';
import { openSession } from '../../../src/store/sessions.ts';
import { sourceDaysBetween } from '../../../src/store/source-days.ts';
import { sharedOpenDatabase } from '../../support/database.ts';
import { aCollector, PRICES } from '../../support/sources.ts';
import { cut, hang } from '../../fakes/x.ts';
import { ADA, DAY, HOUR, KETTLES, LIST, startX, write } from './reading.ts';

const open = sharedOpenDatabase();
const ENOUGH = { daily: 100_000_000, monthly: 100_000_000 };

/** A fake X with posts that refer to others, and programs on one database that read it. */
async function startPrograms({ posts = 60 } = {}) {
  const [collecting, faked] = [await aCollector(open()), await startX()];
  const { clock, world, access, x } = faked;
  const { anErrand, db, topic } = collecting;
  world.addList('77', ['ada', 'bo']);
  for (const id of write(world, clock, posts).slice(0, 10)) {
    world.addPost({ by: 'bo', text: 'kettle, again', quotes: id, at: clock.now() });
  }
  clock.pass(HOUR);
  const topics = [topic];
  /** A program that begins, on the database or on what stands in its place. */
  const begin = async (itsDatabase: Database = db) => {
    const session = await openSession(open().pool);
    onTestFinished(() => session.close());
    const collector: Collector = {
      db: itsDatabase,
      now: clock.now,
      log: pino({ level: 'silent' }),
      session: session.number,
      prices: PRICES,
    };
    return { collector, end: () => session.close() };
  };
  const anErrandOf = (name: string, budget = ENOUGH) => {
    topics.push(name);
    return { ...anErrand({ since: clock.ago(DAY), budget }), topic: name };
  };
  /** What the account has, in dollars. */
  const account = async (days = { from: '2026-11-01', to: '2026-12-31' }) => {
    const all = await Promise.all(
      [...new Set(topics)].map((one) => sourceDaysBetween(db, days, one)),
    );
    return all.flat().reduce((sum, { price }) => sum + price, 0) / 1e6;
  };
  return { ...faked, clock, world, x, access, db, topic, begin, anErrandOf, account };
}

const sourcesOf = (access: Parameters<typeof xSource>[1]) =>
  [ADA, LIST, KETTLES].map((spec) => xSource(spec, access));

describe('the account of what X takes', () => {
  it('is X’s own, whichever programs read the same, at once and one after the other', async () => {
    const { access, account, anErrandOf, begin, clock, topic, world, x } = await startPrograms();
    for (let round = 0; round < 4; round += 1) {
      const both = [await begin(), await begin()];
      await Promise.all(
        both.map(({ collector }, which) =>
          gather(collector, sourcesOf(access), anErrandOf(`${topic}_${which}`)),
        ),
      );
      for (const { end } of both) await end();
      expect(await account()).toBeCloseTo(x.bill.cost(), 6);
      clock.pass(5 * HOUR);
      write(world, clock, 3 * round);
    }
    expect(x.bill.days).toHaveLength(2);
    for (const day of x.bill.days) {
      expect(await account({ from: day, to: day })).toBeCloseTo(x.bill.cost(day), 6);
    }
  });

  it('is X’s own, at whatever statement a program dies', async () => {
    const { access, account, anErrandOf, begin, clock, db, topic, world, x } =
      await startPrograms();
    const source = xSource(LIST, access);
    let deaths = 0;
    for (let statements = 0; deaths === statements; statements += 1) {
      clock.pass(DAY);
      write(world, clock, 12);
      const errand = anErrandOf(`${topic}_${statements}`);
      const life = new Life(statements);
      const first = await begin(life.over(db));
      await collectSource(first.collector, source, errand);
      await first.end();
      if (life.isOver) deaths += 1;
      const next = await begin();
      expect(await collectSource(next.collector, source, errand)).toMatchObject({ state: 'read' });
      await next.end();
      const day = clock.now().toISOString().slice(0, 10);
      expect(x.bill.cost(day)).toBeGreaterThan(0);
      expect(await account({ from: day, to: day })).toBeCloseTo(x.bill.cost(day), 6);
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it('has no less than X where the one that goes on does so another day', async () => {
    const { access, account, anErrandOf, begin, clock, topic, x } = await startPrograms();
    const dying = await begin();
    x.next('/2/lists/:id/tweets', cut());
    const source = xSource(LIST, access);
    await collectSource(dying.collector, source, anErrandOf(topic));
    await dying.end();
    const left = await account();
    clock.pass(DAY);
    const { collector } = await begin();
    await collectSource(collector, source, anErrandOf(topic));
    expect(x.bill.cost('2026-11-20')).toBeGreaterThan(0);
    expect(left).toBeGreaterThanOrEqual(x.bill.cost('2026-11-20'));
    expect(await account()).toBeCloseTo(left + x.bill.cost('2026-11-21'), 6);
  });

  it('counts an answer that broke off once, though it is asked for again', async () => {
    const { access, account, anErrandOf, begin, topic, x } = await startPrograms();
    const { collector } = await begin();
    const source = xSource(KETTLES, access);
    x.next('/2/tweets/search/recent', cut(), cut(0.9));
    for (const state of ['failed', 'failed', 'read']) {
      expect((await collectSource(collector, source, anErrandOf(topic))).state).toBe(state);
      expect(await account()).toBeGreaterThanOrEqual(x.bill.cost());
    }
    expect(await account()).toBeCloseTo(x.bill.cost(), 6);
  });

  it('counts once what was asked for when it was stopped, and is asked for again', async () => {
    const { access, account, anErrandOf, begin, db, topic, x } = await startPrograms();
    const { collector } = await begin();
    const source = xSource(KETTLES, access);
    const stop = new AbortController();
    x.next('/2/tweets/search/recent', hang);
    const errand = { ...anErrandOf(topic), signal: stop.signal };
    const reading = collectSource(collector, source, errand);
    await expect.poll(() => x.requests.length).toBe(1);
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    const days = () => sourceDaysBetween(db, { from: '2026-11-20', to: '2026-11-20' }, topic);
    expect(await days()).toMatchObject([{ isOpen: true }]);
    expect(await account()).toBeGreaterThan(0);
    await collectSource(collector, source, anErrandOf(topic));
    expect(await days()).toMatchObject([{ isOpen: false }]);
    expect(await account()).toBeCloseTo(x.bill.cost(), 6);
  });

  it('counts once what is looked at before it is collected', async () => {
    const { access, account, anErrandOf, begin, topic, x } = await startPrograms();
    for (const _ of [1, 2]) {
      const { collector } = await begin();
      await sampleSource(collector, xSource(LIST, access), anErrandOf(topic), 10);
      expect(await account()).toBeCloseTo(x.bill.cost(), 6);
    }
    const { collector } = await begin();
    x.next('/2/lists/:id/tweets', cut());
    const looking = sampleSource(collector, xSource(LIST, access), anErrandOf(topic), 10);
    await expect(looking).rejects.toThrow('broke off');
    const most = await account();
    expect(most).toBeGreaterThan(x.bill.cost()); // nobody asks for the same again
    await collectSource(collector, xSource(LIST, access), anErrandOf(topic));
    expect(await account()).toBeGreaterThanOrEqual(most);
  });

  it('gives back once what a program left open that another took over from', async () => {
    const { access, account, anErrandOf, begin, topic, x } = await startPrograms();
    const [slow, quick] = [await begin(), await begin()];
    const errand = anErrandOf(topic);
    const tookOver = async () => {
      await slow.end(); // its lock is lost, and it does not know yet
      return collectSource(quick.collector, xSource(LIST, access), errand);
    };
    const held = holdAnswers(xSource(LIST, access), tookOver);
    await collectSource(slow.collector, held, errand);
    expect(await account()).toBeCloseTo(x.bill.cost(), 6);
  });
});

describe('a budget', () => {
  it('is not passed by programs that read at once', async () => {
    const { access, account, anErrandOf, begin, topic, x } = await startPrograms({ posts: 160 });
    const budget = { daily: 600_000, monthly: 40_000_000 };
    const programs = await Promise.all([1, 2, 3].map(() => begin()));
    const read = await Promise.all(
      programs.map(({ collector }, which) =>
        collectSource(
          collector,
          xSource([ADA, LIST, KETTLES][which] ?? ADA, access),
          anErrandOf(topic, budget),
        ),
      ),
    );
    expect(read.some(({ isOverBudget }) => isOverBudget)).toBe(true);
    expect(await account()).toBeCloseTo(x.bill.cost(), 6);
    expect(x.bill.cost()).toBeLessThanOrEqual(0.6);
    expect(x.bill.cost()).toBeGreaterThan(0.1);
  });

  it('is of the day on which something is asked for, though its answer comes on the next', async () => {
    const { access, account, anErrandOf, begin, clock, topic } = await startPrograms();
    const { collector } = await begin();
    const late = holdAnswers(xSource(LIST, access), () => Promise.resolve(clock.pass(DAY)));
    await collectSource(collector, late, anErrandOf(topic));
    const day = await account({ from: '2026-11-20', to: '2026-11-20' });
    expect(day).toBeGreaterThan(0);
    expect(await account()).toBeCloseTo(day, 6);
  });
});

/** A source that waits for something with its first page in hand. */
function holdAnswers(
  source: ReturnType<typeof xSource>,
  meanwhile: () => Promise<unknown>,
): ReturnType<typeof xSource> {
  let isFirst = true;
  return {
    key: source.key,
    async *read(place, wish) {
      for await (const page of source.read(place, wish)) {
        if (isFirst) {
          isFirst = false;
          await meanwhile();
        }
        yield page;
      }
    },
  };
}

/** The life of a program: after so many statements it says nothing to its database any more. */
class Life {
  #left: number;

  constructor(statements: number) {
    this.#left = statements;
  }

  get isOver(): boolean {
    return this.#left < 0;
  }

  over(db: Database): Database {
    return new Proxy(db, {
      get: (_, name) => {
        const value: unknown = Reflect.get(db, name, db);
        if (typeof value !== 'function') return value;
        if (name !== 'transaction')
          return (...args: unknown[]) => this.#say(() => value.apply(db, args));
        return (work: (tx: Database) => Promise<unknown>) =>
          this.#say(() =>
            db.transaction(async (tx) => {
              const result = await work(this.over(tx));
              return this.#say(() => result); // the last word
            }),
          );
      },
    });
  }

  #say<T>(statement: () => T): T {
    this.#left -= 1;
    if (this.isOver) throw new Error('the program has died');
    return statement();
  }
}
