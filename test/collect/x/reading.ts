import type { xSource } from '../../../src/collect/x/source.ts';
import { OverBudget, type Page, type Source, type Wish } from '../../../src/collect/source.ts';
import type { Charge, Place, Returned } from '../../../src/model/source.ts';
import { type FakeX, startFakeX, World } from '../../fakes/x.ts';

export const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;

/** A clock that goes when it is told to. */
export class Noon {
  #time = Date.UTC(2026, 10, 20, 12);

  readonly now = () => new Date(this.#time);

  pass(ms: number): void {
    this.#time += ms;
  }

  ago(ms: number): Date {
    return new Date(this.#time - ms);
  }
}

/** A fake X whose clock is ours, and what reads from it. */
export async function startX(options: Parameters<typeof startFakeX>[0] = {}) {
  const clock = new Noon();
  const world = new World(clock.now);
  const x = await startFakeX({ now: clock.now, world, ...options });
  return { clock, world, x, access: accessTo(x) };
}

function accessTo(x: FakeX) {
  return { token: x.bearer, apiRoot: x.url, pausesMs: [1, 1] };
}

export type Spec = Parameters<typeof xSource>[0];

export const ADA: Spec = { kind: 'x-user', handle: 'ada' };
export const LIST: Spec = { kind: 'x-list', id: '77' };
export const KETTLES: Spec = { kind: 'x-search', query: 'kettle' };

/** An account of the budget, which grants what it has, as the collector does. */
export class Account {
  readonly asked: Charge[] = [];
  #micros: number;

  /** @param dollars What there is to be spent. @default more than anybody needs */
  constructor(dollars = 1000) {
    this.#micros = dollars * 1e6;
  }

  readonly reserve = async (most: Charge): Promise<Charge> => {
    this.asked.push(most);
    const people = most.users * 10_000;
    const posts = Math.min(most.posts, Math.max(0, Math.floor((this.#micros - people) / 5000)));
    const users = this.#micros >= people ? most.users : 0;
    if (posts === 0 && (most.posts > 0 || users === 0)) {
      throw new OverBudget('the budget is used up', new Date(0));
    }
    return { posts, users };
  };

  settle({ posts, users }: Charge): void {
    this.#micros -= posts * 5000 + users * 10_000;
  }
}

/** Counts what X returned as it charges for it: each post and each person once a day of UTC. */
export class Tally {
  readonly #known = new Set<string>();

  note({ postIds, userIds }: Returned, at: Date): Charge {
    const day = at.toISOString().slice(0, 10);
    return { posts: this.#add(day, 'post', postIds), users: this.#add(day, 'user', userIds) };
  }

  #add(day: string, kind: string, ids: readonly string[]): number {
    const before = this.#known.size;
    for (const id of ids) this.#known.add(`${day} ${kind} ${id}`);
    return this.#known.size - before;
  }
}

export function wishOf(
  clock: Noon,
  { since = clock.ago(3 * DAY), until = null, signal, account = new Account() }: WishOptions = {},
): Wish {
  const reserve = account.reserve;
  return {
    since,
    until,
    now: clock.now,
    reserve,
    signal: signal ?? new AbortController().signal,
  };
}

type WishOptions = {
  since?: Date;
  until?: Date | null;
  signal?: AbortSignal;
  account?: Account;
};

/** The pages of a source from a place on, at most so many. */
export async function pagesOf(
  source: Source,
  place: Place | null,
  wish: Wish,
  most = Infinity,
): Promise<Page[]> {
  const pages: Page[] = [];
  if (most === 0) return pages;
  for await (const page of source.read(place, wish)) {
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}

export const idsIn = (pages: readonly Page[]) =>
  pages.flatMap((page) => page.posts.map(({ id }) => id));
export const problemsIn = (pages: readonly Page[]) => pages.flatMap(({ problems }) => problems);
/** The place behind the pages, as it comes back from the database. */
export const placeBehind = (pages: readonly Page[], before: Place | null = null): Place | null =>
  JSON.parse(JSON.stringify(pages.at(-1)?.place ?? before));

/** What a source gives when it is read once. */
export async function readOnce(
  source: Source,
  place: Place | null,
  wish: Wish,
): Promise<{ ids: string[]; problems: string[]; place: Place | null; pages: Page[] }> {
  const pages = await pagesOf(source, place, wish);
  return {
    ids: idsIn(pages),
    problems: problemsIn(pages),
    place: placeBehind(pages, place),
    pages,
  };
}

/** So many posts of an account, one a minute, the last one a minute ago; the ids, newest first. */
export function write(world: World, clock: Noon, count: number, by = 'ada'): string[] {
  const ids = Array.from({ length: count }, (_, index) => {
    const at = clock.ago((count - index) * 60_000);
    return world.addPost({ by, text: `kettle number ${index}`, at }).id;
  });
  return ids.toReversed();
}
