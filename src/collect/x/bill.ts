import type { Charge } from '../../model/source.ts';
import { addDays, dayOf, windowOf } from '../../model/window.ts';
import { OverBudget, type Wish } from '../source.ts';

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
