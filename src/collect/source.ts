import { plainLine, shorten } from '../lib/text.ts';
import type { Post } from '../model/post.ts';
import type { Charge, FailureKind, Place, Returned } from '../model/source.ts';

/** What a source gave at once. Its posts and its place are stored together. */
export type Page = {
  readonly posts: readonly Post[];
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
  /** Where to go on after this page, now or in another process. */
  readonly place: Place;
  /** What the provider charges for, each once a day of UTC; nothing where it is free. */
  readonly charged: Returned;
};

export const FREE: Returned = { postIds: [], userIds: [] };

/** What reading a source is given. */
export type Wish = {
  /** Older posts are not wanted. */
  readonly since: Date;
  /** Newer ones are known: they are not wanted, where the source can leave them out; `null`: all are. */
  readonly until: Date | null;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /**
   * Asked before each request that is charged for, with the most that it may be charged; the answer is
   * what may be read of it, less where the budget ends. Throws `OverBudget` where nothing may.
   */
  readonly reserve: (most: Charge) => Promise<Charge>;
};

/** Something that has posts. */
export type Source = {
  /** Names it among its topic's sources: `x-user:karpathy`. */
  readonly key: string;
  /**
   * Reads from a place (`null`: for the first time) to the newest post, page by page. Each page's place
   * is one to go on from: nothing before it is read again, and nothing is left out. Ends without a page
   * where there is nothing new.
   *
   * @throws SourceFailure
   */
  read(place: Place | null, wish: Wish): AsyncIterable<Page>;
};

/** What a server says of itself may be of any length. Characters. */
const LONGEST = 300;

/** A source that could not be read; the message is a sentence for people, without its key or token. */
export class SourceFailure extends Error {
  readonly kind: FailureKind;
  /** Before then it is of no use to try again, as the source says. */
  readonly retryAt: Date | null;
  /** It began to give what was asked for, and may charge for it. */
  readonly mayBeCharged: boolean;

  constructor(
    kind: FailureKind,
    message: string,
    {
      retryAt = null,
      mayBeCharged = false,
      cause,
    }: { retryAt?: Date | null; mayBeCharged?: boolean; cause?: unknown } = {},
  ) {
    super(shorten(plainLine(message), LONGEST), { cause });
    this.name = 'SourceFailure';
    this.kind = kind;
    this.retryAt = retryAt;
    this.mayBeCharged = mayBeCharged;
  }
}

/** The topic's budget has nothing left, until a moment. */
export class OverBudget extends Error {
  readonly until: Date;

  constructor(message: string, until: Date) {
    super(message);
    this.name = 'OverBudget';
    this.until = until;
  }
}
