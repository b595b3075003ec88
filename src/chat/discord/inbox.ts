/** So many messages are remembered. */
const MOST_REMEMBERED = 5000;

type UnderWay = { readonly stop: AbortController; readonly done: Promise<void> };

/** What was said to the bot, so that everything is answered once, and anew when it says something else. */
export class Inbox {
  readonly #words = new Map<string, string>();
  readonly #underWay = new Map<string, UnderWay>();

  /** Whether a message said something to the bot before, as far back as is remembered. */
  knows(messageId: string): boolean {
    return this.#words.has(messageId);
  }

  /** Whether a message says what it has not said yet. Discord brings some twice, and tells of changes that are none. */
  isNews(messageId: string, words: string): boolean {
    if (this.#words.get(messageId) === words) return false;
    this.#words.delete(messageId);
    this.#words.set(messageId, words);
    const [oldest] = this.#words.keys();
    if (this.#words.size > MOST_REMEMBERED && oldest !== undefined) this.#words.delete(oldest);
    return true;
  }

  /** Answers a message when what was being answered to it before has been stopped. */
  async answer(messageId: string, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
    const before = this.#underWay.get(messageId);
    before?.stop.abort();
    const stop = new AbortController();
    const done = (before?.done ?? Promise.resolve()).then(async () => work(stop.signal));
    const underWay = { stop, done: done.catch(() => undefined) };
    this.#underWay.set(messageId, underWay);
    try {
      await done;
    } finally {
      if (this.#underWay.get(messageId) === underWay) this.#underWay.delete(messageId);
    }
  }
}
