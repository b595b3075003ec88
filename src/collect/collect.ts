import type { Log } from '../lib/log.ts';
import type { Post } from '../model/post.ts';
import type { Charge, FailureKind, Place, Returned } from '../model/source.ts';
import { addDays, type Day, dayOf, windowOf } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { putIn } from '../store/inbox.ts';
import { noteCharged } from '../store/charged.ts';
import {
  type Entered,
  giveBackOpen,
  type ReadBudget,
  type ReadPrices,
  reserveReads,
  settleReads,
} from '../store/source-days.ts';
import {
  type ClaimedSource,
  claimSource,
  type Ending,
  notePlace,
  releaseSource,
  type SourceName,
} from '../store/sources.ts';
import { pauseAfter } from './health.ts';
import { withLanguages } from './languages.ts';
import { FREE, OverBudget, type Page, type Source, SourceFailure, type Wish } from './source.ts';

/** What collecting works with. */
export type Collector = {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: Log;
  /** The number of the session of this process: no other reads what it reads. */
  readonly session: number;
  readonly prices: ReadPrices;
};

/** What of a topic is collected. */
export type Errand = {
  readonly topic: string;
  readonly budget: ReadBudget;
  readonly everyMinutes: number;
  /** Older posts are not wanted. */
  readonly since: Date;
  /** Whether sources are read though their time has not come. */
  readonly atOnce: boolean;
  readonly signal: AbortSignal;
  /** Given when it has taken long enough: what was not read by then is read the next time. */
  readonly late?: AbortSignal;
  /** Hears how many posts came, and what was left out of them. */
  readonly tell?: (source: Source, page: Page) => void;
  /** Hears what became of a source. */
  readonly done?: (collected: Collected) => void;
};

/** What became of a source. */
export type Collected = {
  readonly key: string;
  /** Posts that came, known ones among them. */
  readonly posts: number;
  readonly requests: number;
  readonly charged: Charge;
  /** What could not be read. */
  readonly problems: readonly string[];
  /** `put-off`: not due, read by another process, or beyond the budget. */
  readonly state: 'read' | 'put-off' | 'failed';
  readonly isOverBudget: boolean;
  /** Whether it took too long. */
  readonly isLate: boolean;
  readonly failureKind: FailureKind | null;
  /** Why it was put off or failed. */
  readonly reason: string | null;
};

/**
 * Reads a source on from its place. Each page is noted together with the place behind it before the
 * next one is asked for: whatever happens, no page is read twice and none is left out. What it fails
 * with is noted, and never thrown.
 */
export async function collectSource(
  collector: Collector,
  source: Source,
  errand: Errand,
): Promise<Collected> {
  const { signal, late } = errand;
  const stop = late ? AbortSignal.any([signal, late]) : signal;
  const reading = new Reading(collector, source, { ...errand, signal: stop }, collector.session);
  try {
    return await read(collector, source, errand, reading);
  } catch (error) {
    signal.throwIfAborted();
    if (late?.aborted) {
      const reason = 'it takes long, and is read on the next time';
      return { ...reading.outcome('put-off', null, reason), isLate: true };
    }
    collector.log.error({ topic: errand.topic, key: source.key, err: error }, 'collecting failed');
    return reading.outcome('failed', 'unreadable', NOBODY_EXPECTED);
  }
}

const NOBODY_EXPECTED = 'it gave something that nobody expected';

async function read(
  { db, now, session, log, prices }: Collector,
  source: Source,
  errand: Errand,
  reading: Reading,
): Promise<Collected> {
  const { topic, since, atOnce, everyMinutes, signal, late } = errand;
  const name = { topic, key: source.key };
  const claimed = await claimSource(db, name, { session, now: now(), since, atOnce });
  if (claimed === null) return reading.outcome('put-off', null, 'not due, or being read');
  // Half a minute sooner than it is looked again: else that would be a minute too early for it.
  const usual = new Date(now().getTime() + everyMinutes * 60_000 - 30_000);
  let ending: Ending = { kind: 'put-off', nextAt: now() };
  try {
    await giveBackOpen(db, name, dayOf(now(), 'UTC'), prices); // what was asked for is asked for again
    await reading.goOn(claimed);
    await reading.goBack(claimed);
    ending = { kind: 'read', nextAt: usual, trouble: reading.trouble };
    return reading.outcome('read', null, null);
  } catch (error) {
    signal.throwIfAborted();
    late?.throwIfAborted();
    if (error instanceof OverBudget) {
      ending = { kind: 'put-off', nextAt: error.until };
      return { ...reading.outcome('put-off', null, error.message), isOverBudget: true };
    }
    const { kind, message, retryAt } = failureOf(error);
    log.warn({ ...name, kind, err: error }, 'a source could not be read');
    const pause = pauseAfter(kind, claimed.failures + 1, everyMinutes);
    const later = new Date(Math.max(now().getTime() + pause, retryAt?.getTime() ?? 0));
    ending = { kind: 'failed', nextAt: later, failureKind: kind, failure: message };
    return reading.outcome('failed', kind, message);
  } finally {
    await releaseSource(db, name, ending, now());
  }
}

/**
 * Reads a few posts of a source to look at them, the newest first: they are accounted for, and not stored.
 *
 * @throws SourceFailure, OverBudget
 */
export async function sampleSource(
  collector: Collector,
  source: Source,
  errand: Errand,
  most: number,
): Promise<Page> {
  const reading = new Reading(collector, source, errand, null);
  return reading.sample(most);
}

/** A post of X may bring the one that it answers and the one that it quotes, and they are charged for. */
const WITH_ITS_OWN = 3;

/** So many posts of a source are looked at to see what it is like. */
export const SAMPLE = 10;

/** The most that looking at so many posts of a source of X is charged: all but one before the last page. */
export function mostOfSample(most: number): Charge {
  const each = most + most * WITH_ITS_OWN;
  return { posts: each, users: each + 1 };
}

/** Some sources give the oldest first: so many pages of what costs nothing are looked at. */
const FREE_PAGES = 20;

const NO_CHARGE: Charge = { posts: 0, users: 0 };

/** One way through a source. */
class Reading {
  readonly #collector: Collector;
  readonly #errand: Errand;
  readonly #source: Source;
  readonly #problems: string[] = [];
  #posts = 0;
  #requests = 0;
  #charged = NO_CHARGE;
  /** Whom it was charged for, by the day: the same people stand on page after page. */
  readonly #people = new Set<string>();
  /** What was entered into the account for the request under way. */
  #entered: Entered | null = null;
  /** Of the claim on the source; `null` where there is none. */
  readonly #session: number | null;

  constructor(collector: Collector, source: Source, errand: Errand, session: number | null) {
    this.#collector = collector;
    this.#source = source;
    this.#errand = errand;
    this.#session = session;
  }

  get #name(): SourceName {
    return { topic: this.#errand.topic, key: this.#source.key };
  }

  /** Reads what is new. */
  goOn({ place, reaches }: ClaimedSource): Promise<void> {
    return this.#read(place, { since: reaches, until: null }, 'place');
  }

  /** Reads what is older than anything that was read, where that is wanted. */
  async goBack({ reaches, olderPlace }: ClaimedSource): Promise<void> {
    const { since } = this.#errand;
    if (since >= reaches) return;
    await this.#read(olderPlace, { since, until: reaches }, 'olderPlace');
    await notePlace(this.#collector.db, this.#name, { reaches: since, olderPlace: null });
  }

  async #read(
    place: Place | null,
    span: Pick<Wish, 'since' | 'until'>,
    which: 'place' | 'olderPlace',
  ): Promise<void> {
    const { db, now } = this.#collector;
    const { signal, tell } = this.#errand;
    const reserve = (most: Charge) => this.#reserve(most);
    try {
      for await (const page of this.#source.read(place, { ...span, signal, now, reserve })) {
        signal.throwIfAborted();
        const posts = await withLanguages(page.posts.map((post) => notAfter(now(), post)));
        const charge = await db.transaction(async (tx) => {
          await putIn(tx, this.#name, posts);
          await notePlace(tx, this.#name, { [which]: page.place });
          return this.#book(tx, page.charged);
        });
        this.#count(page, charge);
        tell?.(this.#source, page);
      }
    } catch (error) {
      // What is not asked for costs nothing, nor does an answer that says what is wrong. What else was
      // entered is left open: an answer that broke off may be charged, and when the same is asked for
      // again that day, it is not charged once more.
      const isFree =
        error instanceof OverBudget || (error instanceof SourceFailure && !error.mayBeCharged);
      if (isFree) await this.#settle(db, NO_CHARGE);
      throw error;
    }
    await this.#settle(db, NO_CHARGE);
  }

  async sample(most: number): Promise<Page> {
    const { db, now } = this.#collector;
    const { since, signal } = this.#errand;
    const reserve = ({ posts, users }: Charge) =>
      this.#reserve({ posts: Math.min(posts, most * WITH_ITS_OWN), users });
    const wish = { since, until: null, signal, now, reserve };
    const sum = { posts: [] as Post[], problems: [] as string[], place: {}, charged: FREE };
    try {
      let pages = 0;
      let paid = 0;
      for await (const { posts, problems, charged } of this.#source.read(null, wish)) {
        await db.transaction((tx) => this.#book(tx, charged));
        sum.posts.push(...posts);
        sum.problems.push(...problems);
        const isPaid = charged.postIds.length + charged.userIds.length > 0;
        paid += charged.postIds.length;
        if (paid >= most) break; // what is paid for and not shown is to have a bound too
        if (sum.posts.length >= most && (isPaid || ++pages === FREE_PAGES)) break;
      }
    } catch (error) {
      if (error instanceof SourceFailure && error.mayBeCharged) this.#entered = null; // it stays so
      throw error;
    } finally {
      await this.#settle(db, NO_CHARGE);
    }
    const newestFirst = sum.posts.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    return { ...sum, posts: newestFirst.slice(0, most) };
  }

  /** Enters the most that a request may cost into the account. */
  async #reserve(most: Charge): Promise<Charge> {
    const { db, now, prices } = this.#collector;
    const { topic, budget } = this.#errand;
    await this.#settle(db, NO_CHARGE); // one that was given up
    const entry = { day: dayOf(now(), 'UTC'), session: this.#session };
    const wanted = { ...entry, most };
    const { ends, ...charge } = await reserveReads(db, this.#name, wanted, { prices, budget });
    if (charge.posts + charge.users === 0) throw overBudget(topic, ends, budget, entry.day);
    this.#entered = { ...entry, most: charge };
    return charge;
  }

  /** Enters what a page is charged, which is what nobody was given on the day before it was asked for. */
  async #book(tx: Database, { postIds, userIds }: Returned): Promise<Charge> {
    if (this.#entered === null) return NO_CHARGE;
    const { day } = this.#entered;
    const people = userIds.filter((id) => !this.#people.has(`${day} ${id}`));
    const charge = await noteCharged(tx, day, { postIds, userIds: people });
    for (const id of people) this.#people.add(`${day} ${id}`); // where it fails, the reading ends
    await this.#settle(tx, charge);
    return charge;
  }

  /** Gives back what was entered and not charged. */
  async #settle(tx: Database, charge: Charge): Promise<void> {
    if (this.#entered === null) return;
    await settleReads(tx, this.#name, this.#entered, charge, this.#collector.prices);
    this.#entered = null;
  }

  #count({ posts, problems }: Page, charge: Charge): void {
    this.#posts += posts.length;
    this.#requests += 1;
    this.#problems.push(...problems);
    this.#charged = {
      posts: this.#charged.posts + charge.posts,
      users: this.#charged.users + charge.users,
    };
  }

  /** What could not be read, in a sentence's part; `null`: all could. */
  get trouble(): string | null {
    const [first, ...others] = this.#problems;
    if (first === undefined) return null;
    return others.length === 0 ? first : `${first} (and ${others.length} more)`;
  }

  outcome(
    state: Collected['state'],
    failureKind: FailureKind | null,
    reason: string | null,
  ): Collected {
    return {
      key: this.#source.key,
      posts: this.#posts,
      requests: this.#requests,
      charged: this.#charged,
      problems: this.#problems,
      state,
      isOverBudget: false,
      isLate: false,
      failureKind,
      reason,
    };
  }
}

function overBudget(
  topic: string,
  ends: 'daily' | 'monthly',
  budget: ReadBudget,
  day: Day,
): OverBudget {
  const until = ends === 'daily' ? addDays(day, 1) : firstOfNextMonth(day);
  const amount = (budget[ends] / 1e6).toFixed(2);
  return new OverBudget(
    `the ${ends} budget of $${amount} for X of "${topic}" is used up until ${until} (UTC)`,
    windowOf(until, until, 'UTC').start,
  );
}

function firstOfNextMonth(day: Day): Day {
  const first = `${day.slice(0, 7)}-01`;
  return `${addDays(first, 31).slice(0, 7)}-01`;
}

/** A post with a time that has not come is of now. */
function notAfter(now: Date, post: Post): Post {
  return post.createdAt > now ? { ...post, createdAt: now } : post;
}

/** What went wrong, of whatever was thrown; what nobody expected is a source that cannot be read. */
function failureOf(error: unknown): Pick<SourceFailure, 'kind' | 'message' | 'retryAt'> {
  if (error instanceof SourceFailure) return error;
  return { kind: 'unreadable', message: NOBODY_EXPECTED, retryAt: null };
}
