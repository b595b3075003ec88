import pLimit from 'p-limit';

import { type CacheLife, priceOf, type Purpose } from '../model/usage.ts';
import { dayOf, windowOf } from '../model/window.ts';
import { closeCall, enterCall } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import { isNews } from '../store/notices.ts';
import { ModelFailure } from './failure.ts';
import { mostTokens, type Answer, type Question } from './question.ts';
import type { Models } from './settings.ts';

/** Something that an owner should hear of, once a day. */
export type Notice = {
  readonly kind: 'over-budget' | 'bad-key' | 'no-credit' | 'rejected' | 'unreachable';
  /** What the model's provider said, or the cap in dollars. */
  readonly detail: string;
};

export type AccountOptions = {
  readonly db: Database;
  readonly models: Models;
  readonly now: () => Date;
  /** In which the days of the cap begin and end. */
  readonly timeZone: string;
  readonly purpose: Purpose;
  readonly topic: string;
  /** How long the cache keeps what these calls write into it. */
  readonly cachedFor: CacheLife;
};

/** A call that has its row. */
export type EnteredCall = {
  readonly id: number;
  readonly question: Question;
  readonly batched: boolean;
};

/** The book in which every call stands from before it is made, with what it cost. */
export class Account {
  readonly #options: AccountOptions;
  readonly #underway = new Set<Promise<void>>();
  /** One call at a time comes in: whoever is turned away has to know whom to wait for. */
  readonly #door = pLimit(1);

  constructor(options: AccountOptions) {
    this.#options = options;
  }

  /**
   * Makes a call that the day's cap has room for, and writes down how it ended. While calls of ours
   * are under way, it waits for what they leave over, unless `check` then throws.
   *
   * @throws ModelFailure `over-budget` where nothing is left; what the call itself throws.
   */
  async charge(
    question: Question,
    call: () => Promise<Answer>,
    check: () => void = () => {},
  ): Promise<Answer> {
    const end = Promise.withResolvers<void>();
    const id = await this.#door(() => this.#admit(question, end.promise, check));
    try {
      return await this.#settle(id, question, call);
    } finally {
      this.#underway.delete(end.promise);
      end.resolve();
    }
  }

  /** Makes an entered call and closes its row, whatever comes of it. */
  async #settle(id: number, question: Question, call: () => Promise<Answer>): Promise<Answer> {
    const began = this.#options.now().getTime();
    try {
      const answer = await call();
      await this.close({ id, question, batched: false }, answer, began);
      return answer;
    } catch (error) {
      if (error instanceof ModelFailure) {
        await this.close({ id, question, batched: false }, error, began);
      }
      throw error;
    }
  }

  /** Closes the row of a call, which began at `began` (milliseconds), with what it cost. */
  async close(
    { id, question, batched }: EnteredCall,
    end: Answer | ModelFailure,
    began: number,
  ): Promise<void> {
    const { db, models, now, cachedFor } = this.#options;
    const price = models.prices.get(question.model);
    const failed = end instanceof ModelFailure;
    await closeCall(db, id, {
      state: failed ? 'failed' : 'answered',
      failure: failed ? end.kind : null,
      tokens: end.tokens,
      price: price ? priceOf(end.tokens, price, { cachedFor, batched }) : 0,
      requestId: end.requestId,
      durationMs: Math.max(0, now().getTime() - began),
    });
  }

  /** Whether an owner hears of this for the first time today. */
  async isNews({ kind }: Notice): Promise<boolean> {
    const { db, now, timeZone } = this.#options;
    return isNews(db, `${kind} ${dayOf(now(), timeZone)}`, now());
  }

  /** The row of a call that ends with a promise, once there is room for it under the cap. */
  async #admit(question: Question, end: Promise<void>, check: () => void): Promise<number> {
    for (;;) {
      check();
      const ends = [...this.#underway];
      const id = await this.enter(question, false);
      if (id !== null) {
        this.#underway.add(end);
        return id;
      }
      if (ends.length === 0) {
        const { dailyCap } = this.#options.models;
        throw new ModelFailure('over-budget', `the day's cap of $${dailyCap} is reached`);
      }
      await Promise.race(ends);
    }
  }

  /**
   * Enters a call that is about to be made; the answer is the id of its row, `null` where the day's cap
   * has no room for the most that it can cost. @throws ModelFailure where nobody said what it costs.
   */
  async enter(question: Question, batched: boolean): Promise<number | null> {
    const { db, models, now, timeZone, purpose, topic, cachedFor } = this.#options;
    const { part, model } = question;
    const price = models.prices.get(model);
    if (!price) throw new ModelFailure('over-budget', `nobody said what ${model} costs`);
    const atMost = priceOf(mostTokens(question), price, { cachedFor, batched });
    const startedAt = now();
    const today = dayOf(startedAt, timeZone);
    const cap = { since: windowOf(today, today, timeZone).start, micros: models.dailyCap * 1e6 };
    return enterCall(db, { startedAt, purpose, topic, part, model, batched, atMost }, cap);
  }
}
