import type Anthropic from '@anthropic-ai/sdk';
import type {
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageBatchResult,
} from '@anthropic-ai/sdk/resources/messages';

import type { CacheLife } from '../model/usage.ts';
import { findDraft, keepDraft } from '../store/drafts.ts';
import type { ReportKey } from '../store/reports.ts';
import type { Account } from './account.ts';
import { answerIn, paramsOf } from './api.ts';
import { failureFrom, failureInBatch } from './errors.ts';
import { isPassing, ModelFailure } from './failure.ts';
import { type Answer, type FormQuestion, hashOf } from './question.ts';
import type { Office } from './office.ts';
import type { Models } from './settings.ts';

/** What batches are ordered with. */
export type BatchSetting = Pick<Office, 'client' | 'db' | 'log' | 'now' | 'wait'> & {
  readonly account: Account;
  readonly report: ReportKey;
  readonly cachedFor: CacheLife;
  /** A batch that has not ended by then is late: it is canceled. */
  readonly lateAt: Date;
  readonly signal: AbortSignal;
};

/** A batch mostly ends within the hour; with less time than this none is begun. */
const LEAST_MS = 30 * 60_000;
/** Fewer questions are asked directly. */
const LEAST_QUESTIONS = 2;
const POLL_MS = 20_000;
/** A canceled batch still ends, with what it had answered by then; so long that is waited for. */
const GRACE_MS = 60_000;

/** When a batch is late: when there is just time enough left to ask directly. */
export function lateAt({ minutes }: Pick<Models, 'minutes'>, deadline: Date): Date {
  return new Date(deadline.getTime() - minutes * 60_000);
}

/** Whether there is time for a batch until the deadline. */
export function hasTimeForBatch(
  models: Pick<Models, 'batch' | 'minutes'>,
  now: Date,
  deadline: Date,
): boolean {
  return models.batch && lateAt(models, deadline).getTime() - now.getTime() >= LEAST_MS;
}

type Wanted = { readonly question: FormQuestion; readonly hash: string };

/**
 * Has questions answered in a batch, and keeps the answers as drafts of the report; so is the batch
 * itself, that a program which begins again waits for it and pays for no other. What the batch does
 * not answer has no draft when this resolves. @throws ModelFailure where the provider takes no batch.
 */
export async function answerInBatch(
  setting: BatchSetting,
  questions: readonly FormQuestion[],
): Promise<void> {
  const wanted = questions.map((question) => ({ question, hash: hashOf(question) }));
  const drafts = await Promise.all(wanted.map(({ hash }) => findDraft(setting.db, hash)));
  const fresh = wanted.filter((_, index) => drafts[index] === null);
  const begun = drafts.flatMap((draft) => (draft?.kind === 'batch' ? [draft.batchId] : []));
  for (const batchId of new Set(begun)) await collect(setting, batchId, wanted);
  const hasTime = setting.lateAt.getTime() - setting.now().getTime() >= LEAST_MS;
  if (fresh.length < LEAST_QUESTIONS || !hasTime) return;
  const batchId = await order(setting, fresh);
  if (batchId !== null) await collect(setting, batchId, fresh);
}

/** Puts the questions that the day's cap has room for into a batch; `null` where there are none. */
async function order(setting: BatchSetting, wanted: readonly Wanted[]): Promise<string | null> {
  const { account, cachedFor, db, report, now } = setting;
  const entered: (Wanted & { id: number })[] = [];
  for (const each of wanted) {
    const id = await account.enter(each.question, true);
    if (id !== null) entered.push({ ...each, id });
  }
  if (entered.length === 0) return null;
  const began = now().getTime();
  try {
    const requests = entered.map(({ id, hash, question }) => ({
      custom_id: nameOf(id, hash),
      params: paramsOf(question, cachedFor),
    }));
    const batch = await call(setting, (client, options) =>
      client.messages.batches.create({ requests }, options),
    );
    for (const { hash } of entered) {
      await keepDraft(db, report, hash, { kind: 'batch', batchId: batch.id }, now());
    }
    return batch.id;
  } catch (error) {
    // Where nobody answered, the batch may have begun all the same: its rows stay at the most.
    if (error instanceof ModelFailure && error.kind !== 'unreachable') {
      for (const each of entered) await account.close({ ...each, batched: true }, error, began);
    }
    throw error;
  }
}

/** Waits for a batch until it has ended or is late, and takes what it brings. */
async function collect(
  setting: BatchSetting,
  batchId: string,
  wanted: readonly Wanted[],
): Promise<void> {
  const { now, wait, signal, log } = setting;
  let canceledAt: number | null = null;
  for (;;) {
    const batch = await look(setting, batchId);
    if (batch?.processing_status === 'ended') return take(setting, batch, wanted);
    const time = now().getTime();
    if (canceledAt === null && time >= setting.lateAt.getTime()) {
      log.warn({ batchId }, 'batch is late: canceled');
      await cancel(setting, batchId);
      canceledAt = time;
    } else if (canceledAt !== null && time - canceledAt >= GRACE_MS) {
      return;
    }
    await wait(POLL_MS, signal);
  }
}

/** The batch; `null` where it cannot be seen just now. */
async function look(setting: BatchSetting, batchId: string): Promise<MessageBatch | null> {
  try {
    return await call(setting, (client, options) =>
      client.messages.batches.retrieve(batchId, {}, options),
    );
  } catch (error) {
    if (error instanceof ModelFailure && isPassing(error)) return null;
    throw error;
  }
}

/** Cancels a batch, unless it has ended meanwhile or cannot be reached. */
async function cancel(setting: BatchSetting, batchId: string): Promise<void> {
  try {
    await call(setting, (client, options) => client.messages.batches.cancel(batchId, {}, options));
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
  }
}

/** Keeps the answers of a batch that has ended, and closes the rows of its calls. */
async function take(
  setting: BatchSetting,
  batch: MessageBatch,
  wanted: readonly Wanted[],
): Promise<void> {
  const results = await call(setting, async (client, options) => {
    const lines: MessageBatchIndividualResponse[] = [];
    for await (const line of await client.messages.batches.results(batch.id, {}, options)) {
      lines.push(line);
    }
    return lines;
  });
  const { account, db, report, now } = setting;
  for (const { custom_id, result } of results) {
    const named = wanted.flatMap((each) => {
      const id = idIn(custom_id, each.hash);
      return id === null ? [] : [{ ...each, id, batched: true }];
    });
    for (const each of named) {
      const end = endOf(result, each.question);
      await account.close(each, end, Date.parse(batch.created_at));
      if (end instanceof ModelFailure) continue;
      await keepDraft(db, report, each.hash, { kind: 'answer', answer: end.text }, now());
    }
  }
}

function endOf(result: MessageBatchResult, question: FormQuestion): Answer | ModelFailure {
  if (result.type === 'errored') return failureInBatch(result.error);
  if (result.type !== 'succeeded') {
    return new ModelFailure('no-time', `the batch had no answer: ${result.type}`);
  }
  try {
    return answerIn(result.message, question);
  } catch (error) {
    if (error instanceof ModelFailure) return error;
    throw error;
  }
}

/** One request of the API for batches. @throws ModelFailure */
async function call<T>(
  { client, signal }: BatchSetting,
  request: (client: Anthropic, options: { signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await request(await client(), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw failureFrom(error);
  }
}

/** Names a request by the row of its call and by its question: at most 64 letters and digits. */
function nameOf(id: number, hash: string): string {
  return `${id}-${hash.slice(0, 40)}`;
}

/** The row of a call, where the name of a request is that of the question. */
function idIn(name: string, hash: string): number | null {
  const [id, question] = name.split('-');
  return question === hash.slice(0, 40) ? Number(id) : null;
}
