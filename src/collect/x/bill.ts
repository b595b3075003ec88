import type { Charge } from '../../model/source.ts';
import { addDays, type Day, dayOf, windowOf } from '../../model/window.ts';
import { OverBudget, type Wish } from '../source.ts';

/** The posts and people of an answer, those that came along among them. */
export type Returned = {
  readonly postIds: readonly string[];
  readonly userIds: readonly string[];
};

/** No more is kept in mind of a day; what comes then is counted each time. */
const MOST_KNOWN = 500_000;

/** What X charged for on a day: it charges for each post and each person once a day of UTC. */
export class Bill {
  #day: Day | null = null;
  #posts = new Set<string>();
  #users = new Set<string>();

  /**
   * What X charges for an answer.
   *
   * The price list charges "per resource returned in the response", each once in a day of UTC
   * (docs.x.com, "Pricing"), and X's own notes on costs say that objects that came along by
   * `expansions` count as returned. Whether they stand on the bill is told nowhere with certainty, so
   * they are counted: then a budget ends early rather than late. Answers with an error are free.
   */
  charge({ postIds, userIds }: Returned, now: Date): Charge {
    const day = dayOf(now, 'UTC');
    if (day !== this.#day) {
      this.#day = day;
      this.#posts = new Set();
      this.#users = new Set();
    }
    return { posts: note(this.#posts, postIds), users: note(this.#users, userIds) };
  }
}

/** How many of the ids are new. */
function note(known: Set<string>, ids: readonly string[]): number {
  const fresh = new Set(ids).difference(known);
  if (known.size + fresh.size <= MOST_KNOWN) for (const id of fresh) known.add(id);
  return fresh.size;
}

/** A post brings at most the post that it answers and the one that it quotes, each with its author. */
const WITH_ITS_OWN = 3;

/** How many posts a request may ask for. */
export type Size = {
  readonly wanted: number;
  /** Less the API does not give. */
  readonly least: number;
  /** Whether authors and other posts come along. */
  readonly isWhole: boolean;
};

/**
 * Enters a page of posts into the account; answers how many may be asked for. Where the budget has no
 * room for the most that the page might be charged, a smaller one is tried. Where what is left is less
 * than the smallest page might be charged, X is not asked: the rest of the budget stays unused.
 *
 * @throws OverBudget
 */
export async function reservePage(wish: Wish, { wanted, least, isWhole }: Size): Promise<number> {
  const each = isWhole ? WITH_ITS_OWN : 1;
  for (let size = Math.max(wanted, least); ; size = Math.max(least, Math.floor(size / 2))) {
    const most = { posts: size * each, users: isWhole ? size * each : 0 };
    const granted = await reserveOrNone(wish, most, size > least);
    const room = granted.users < most.users ? 0 : Math.floor(granted.posts / each);
    if (room >= least) return Math.min(room, size);
    if (size === least) throw tooLittleLeft(wish.now());
  }
}

/**
 * Enters a person into the account.
 *
 * @throws OverBudget
 */
export async function reserveUser(wish: Wish): Promise<void> {
  const { users } = await wish.reserve({ posts: 0, users: 1 });
  if (users === 0) throw tooLittleLeft(wish.now());
}

/**
 * Enters a question for a number of posts into the account: it costs what a post costs.
 *
 * @throws OverBudget
 */
export async function reserveCount(wish: Wish): Promise<void> {
  const { posts } = await wish.reserve({ posts: 1, users: 0 });
  if (posts === 0) throw tooLittleLeft(wish.now());
}

/** `mayBeLess`: that nothing is granted is not the last word. */
async function reserveOrNone(wish: Wish, most: Charge, mayBeLess: boolean): Promise<Charge> {
  try {
    return await wish.reserve(most);
  } catch (error) {
    if (mayBeLess && error instanceof OverBudget) return { posts: 0, users: 0 };
    throw error;
  }
}

function tooLittleLeft(now: Date): OverBudget {
  const until = addDays(dayOf(now, 'UTC'), 1);
  return new OverBudget(
    `what is left of the budget for X does not pay the smallest page, until ${until} (UTC)`,
    windowOf(until, until, 'UTC').start,
  );
}
