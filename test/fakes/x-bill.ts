/** What of an answer is charged for, besides what was asked for itself. */
export type Charging = {
  /** Posts that came along. @default true */
  readonly includedPosts?: boolean;
  /** Users that came along. @default true */
  readonly includedUsers?: boolean;
};

/** What X asks for one, in dollars. */
const PRICES = { post: 0.005, user: 0.01, count: 0.005 };

type Day = { readonly posts: Set<string>; readonly users: Set<string>; counts: number };

/** What is charged: each post and each user once a UTC day. */
export class Bill {
  readonly #days = new Map<string, Day>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  add({ posts, users }: { posts: readonly string[]; users: readonly string[] }): void {
    const day = this.#today();
    for (const id of posts) day.posts.add(id);
    for (const id of users) day.users.add(id);
  }

  /** Adds a request for counts of posts, which is charged for as such. */
  addCount(): void {
    this.#today().counts += 1;
  }

  /** The days with something on them, `2026-11-20`, the earliest first. */
  get days(): string[] {
    return [...this.#days.keys()].toSorted();
  }

  /** How many posts and users were charged, on one day or on all together. */
  charged(day?: string): { posts: number; users: number } {
    const days = this.#chosen(day);
    const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);
    return {
      posts: sum(days.map(({ posts }) => posts.size)),
      users: sum(days.map(({ users }) => users.size)),
    };
  }

  /** In dollars. */
  cost(day?: string): number {
    const { posts, users } = this.charged(day);
    const counts = this.#chosen(day).reduce((all, each) => all + each.counts, 0);
    const dollars = posts * PRICES.post + users * PRICES.user + counts * PRICES.count;
    return Math.round(dollars * 1000) / 1000;
  }

  #chosen(day: string | undefined): readonly Day[] {
    return day === undefined ? [...this.#days.values()] : [this.#days.get(day) ?? emptyDay()];
  }

  #today(): Day {
    const key = this.#now().toISOString().slice(0, 10);
    const day = this.#days.get(key) ?? emptyDay();
    this.#days.set(key, day);
    return day;
  }
}

function emptyDay(): Day {
  return { posts: new Set(), users: new Set(), counts: 0 };
}
