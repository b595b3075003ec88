import pLimit from 'p-limit';

import type { CacheLife, Purpose } from '../model/usage.ts';
import { findDraft, keepDraft } from '../store/drafts.ts';
import type { ReportKey } from '../store/reports.ts';
import { Account, type Notice } from './account.ts';
import { askOnce, type Listener } from './api.ts';
import { answerInBatch, hasTimeForBatch, lateAt } from './batch.ts';
import { isLasting, ModelFailure } from './failure.ts';
import { nextStep } from './next-step.ts';
import {
  type Answer,
  type CitedQuestion,
  type FormQuestion,
  hashOf,
  type Piece,
  type Question,
} from './question.ts';
import type { Office } from './office.ts';

/** What a desk is for. */
export type Errand = {
  readonly purpose: Purpose;
  readonly topic: string;
  /** The report that the answers go into: what is paid for is kept until that is stored. */
  readonly report: ReportKey | null;
  /** Nothing is waited for beyond it. */
  readonly deadline: Date;
  readonly signal: AbortSignal;
  /** Hears what is going on, in a few words. */
  readonly tell?: (what: string) => void;
};

/** Reads an answer. @throws ModelFailure `unreadable` that says what is wrong with it. */
export type Read<T> = (text: string) => T;

/** How an answer ended of which something was heard: whole, stopped by who asked, lost on the way. */
export type Ending = 'whole' | 'stopped' | 'lost';

/** So many questions of one errand are under way at once. */
const SIDE_BY_SIDE = 4;

/**
 * Where the questions of one errand are asked: within its deadline and the day's cap, again where that
 * may help, and none twice. After a failure that lasts (a bad key, an empty account) it asks no more.
 */
export class Desk {
  readonly #office: Office;
  readonly #errand: Errand;
  readonly #account: Account;
  readonly #limit = pLimit(SIDE_BY_SIDE);
  readonly #notices: Notice[];
  /** A batch takes longer than the five minutes for which the cache keeps things by itself. */
  readonly #cachedFor: CacheLife;
  #closedBy: ModelFailure | null = null;

  constructor(office: Office, errand: Errand, notices: Notice[] = []) {
    this.#office = office;
    this.#errand = errand;
    this.#notices = notices;
    const batched = hasTimeForBatch(office.models, office.now(), errand.deadline);
    this.#cachedFor = batched ? '1h' : '5m';
    this.#account = new Account({ ...office, ...errand, cachedFor: this.#cachedFor });
  }

  /** What an owner should hear of and has not heard of today. */
  get notices(): readonly Notice[] {
    return this.#notices;
  }

  /** A desk for another purpose of the same errand; what it meets stands in the notices of this one. */
  for(purpose: Purpose): Desk {
    return new Desk(this.#office, { ...this.#errand, purpose }, this.#notices);
  }

  /**
   * Has questions of a report answered for half the price where there is time for a batch: `ask` finds
   * what that brings. What it does not bring, for whatever reason, `ask` asks for directly.
   */
  async preorder(questions: readonly FormQuestion[]): Promise<void> {
    const { report, deadline, signal } = this.#errand;
    const { models, log } = this.#office;
    if (report === null || !models.batch) return;
    const setting = {
      ...this.#office,
      account: this.#account,
      report,
      cachedFor: this.#cachedFor,
      lateAt: lateAt(models, deadline),
      signal,
    };
    try {
      this.#errand.tell?.(
        `waiting for a batch of ${questions.length} until ${setting.lateAt.toISOString()}`,
      );
      await answerInBatch(setting, questions);
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      log.warn({ kind: error.kind, message: error.message }, 'no answers from a batch');
    }
  }

  /** Asks until there is an answer that can be read. @throws ModelFailure where there will be none. */
  async ask<T>(question: FormQuestion, read: Read<T>): Promise<T> {
    const hash = hashOf(question);
    const kept = await this.#kept(hash, read);
    if (kept !== null) return kept;
    return this.#limit(async () => {
      this.#errand.tell?.(`${question.part} …`);
      const { value, text } = await this.#persist(question, async (asked) => {
        const answer = await this.#call(asked);
        return { value: read(answer.text), text: answer.text };
      });
      await this.#keep(hash, text);
      return value;
    });
  }

  /**
   * Asks, and hands on what is answered while it comes. The errand's signal stops it: what has come by
   * then stays said and is paid for. Once something was heard, nothing is asked again.
   *
   * @throws ModelFailure where nothing was heard.
   */
  async listen(question: CitedQuestion, hear: (piece: Piece) => void): Promise<Ending> {
    const { signal: enough } = this.#errand;
    let isHeard = false;
    const listener: Listener = {
      enough,
      hear(piece) {
        isHeard = true;
        hear(piece);
      },
    };
    const attempt = async (asked: CitedQuestion): Promise<Ending> => {
      try {
        await this.#call(asked, listener);
        return enough.aborted ? 'stopped' : 'whole';
      } catch (error) {
        if (!isHeard || !(error instanceof ModelFailure)) throw error;
        const { kind, message } = error;
        this.#office.log.warn(
          { part: asked.part, kind, message },
          'the model was lost while it spoke',
        );
        return 'lost';
      }
    };
    try {
      return await this.#limit(() => this.#persist(question, attempt));
    } catch (error) {
      if (enough.aborted) return 'stopped';
      throw error;
    }
  }

  /** Makes attempts at a question until one succeeds. @throws the failure after which there is no other. */
  async #persist<Asked extends Question, T>(
    first: Asked,
    attempt: (question: Asked) => Promise<T>,
  ): Promise<T> {
    const failures: ModelFailure[] = [];
    let question = first;
    for (;;) {
      try {
        return await attempt(question);
      } catch (error) {
        if (!(error instanceof ModelFailure)) throw error;
        failures.push(error);
        question = await this.#after(question, failures, error);
      }
    }
  }

  /** The question to ask next, once it is time to. @throws the failure where there is none. */
  async #after<Asked extends Question>(
    question: Asked,
    failures: readonly ModelFailure[],
    failure: ModelFailure,
  ): Promise<Asked> {
    const { log, now, wait } = this.#office;
    const { deadline, signal } = this.#errand;
    const step = nextStep(question, failures, deadline.getTime() - now().getTime());
    const { kind, message } = failure;
    log.warn({ part: question.part, kind, message, step: step.kind }, 'call of the model failed');
    if (step.kind === 'again') {
      if (step.afterMs > 0) {
        this.#errand.tell?.(`${kind}: again in ${Math.ceil(step.afterMs / 1000)} s`);
        await wait(step.afterMs, signal);
      }
      return step.question;
    }
    if (step.kind === 'too-late') {
      throw await this.#close(new ModelFailure('no-time', message, { cause: failure }));
    }
    if (isLasting(failure)) throw await this.#close(failure);
    if (failure.kind === 'unreachable') await this.#tell(failure);
    throw failure;
  }

  /** One call; somebody who listens is told of its pieces, and may end it early. */
  async #call(question: Question, listener?: Listener): Promise<Answer> {
    const { client, now, silenceMs } = this.#office;
    const { deadline, signal: stop } = this.#errand;
    const check = () => {
      stop.throwIfAborted();
      if (this.#closedBy) throw this.#closedBy;
    };
    check();
    const msLeft = deadline.getTime() - now().getTime();
    if (msLeft <= 0) throw new ModelFailure('no-time', 'the deadline has passed');
    const late = AbortSignal.timeout(msLeft);
    const signal = listener ? late : AbortSignal.any([stop, late]);
    try {
      const open = await client();
      const setting = { signal, silenceMs, cachedFor: this.#cachedFor };
      return await this.#account.charge(
        question,
        async () => {
          check(); // it may have closed while the account was asked
          return askOnce(open, question, setting, listener).catch((error) => this.#note(error));
        },
        check,
      );
    } finally {
      if (!listener) stop.throwIfAborted();
    }
  }

  /** Asks no more after a failure that lasts, before those who wait for its end hear of it. */
  #note(error: unknown): never {
    if (error instanceof ModelFailure && isLasting(error)) this.#closedBy ??= error;
    throw error;
  }

  async #close(failure: ModelFailure): Promise<ModelFailure> {
    this.#closedBy ??= failure;
    await this.#tell(failure);
    return failure;
  }

  /** Has the owner hear of what somebody has to mend, once a day. */
  async #tell(failure: ModelFailure): Promise<void> {
    const { kind, message: detail } = failure;
    if (
      kind === 'over-budget' ||
      kind === 'bad-key' ||
      kind === 'no-credit' ||
      kind === 'rejected' ||
      kind === 'unreachable'
    ) {
      const notice = { kind, detail };
      if (await this.#account.isNews(notice)) this.#notices.push(notice);
    }
  }

  /** A kept answer, `null` where there is none that can be read: nobody has read those of a batch. */
  async #kept<T>(hash: string, read: Read<T>): Promise<T | null> {
    if (this.#errand.report === null) return null;
    const draft = await findDraft(this.#office.db, hash);
    if (draft?.kind !== 'answer') return null;
    try {
      return read(draft.answer);
    } catch (error) {
      if (error instanceof ModelFailure) return null;
      throw error;
    }
  }

  async #keep(hash: string, answer: string): Promise<void> {
    const { report } = this.#errand;
    const { db, now } = this.#office;
    if (report) await keepDraft(db, report, hash, { kind: 'answer', answer }, now());
  }
}
