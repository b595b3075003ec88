import type { IncomingHttpHeaders } from 'node:http';

import type {
  BatchCreateParams,
  MessageBatch,
  MessageBatchRequestCounts,
} from '@anthropic-ai/sdk/resources/messages';

import { messageOf } from './claude-message.ts';
import type { Mind } from './claude-mind.ts';
import { Refused } from './claude-refused.ts';
import { errorOf } from './claude-wire.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A batch as the API shows it, with what was asked in it. */
export type Batch = MessageBatch & { readonly requests: readonly BatchCreateParams.Request[] };

type Result = { type: Exclude<keyof MessageBatchRequestCounts, 'processing'> };
type Line = { custom_id: string; result: Result };
type Entry = {
  batch: MessageBatch;
  readonly requests: readonly BatchCreateParams.Request[];
  readonly headers: IncomingHttpHeaders;
  polls: number;
  /** Under way from the poll that finds the batch ended. */
  ending: Promise<readonly Line[]> | null;
};

type Setting = {
  readonly mind: Mind;
  readonly url: string;
  readonly now: () => Date;
  /** How many polls find a batch in progress before it has ended. */
  readonly endsAfterPolls: number;
};

/** The batches of the fake. Requests are answered when the batch ends. */
export class Batches {
  readonly #entries = new Map<string, Entry>();
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get all(): Batch[] {
    return [...this.#entries.values()].map(({ batch, requests }) => ({ ...batch, requests }));
  }

  create(body: unknown, headers: IncomingHttpHeaders): MessageBatch {
    const requests = this.#checked(body);
    const id = `msgbatch_fake_${this.#entries.size + 1}`;
    const now = this.#setting.now();
    const batch: MessageBatch = {
      id,
      type: 'message_batch',
      processing_status: 'in_progress',
      request_counts: { ...NONE, processing: requests.length },
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + DAY_MS).toISOString(),
      ended_at: null,
      cancel_initiated_at: null,
      archived_at: null,
      results_url: null,
    };
    this.#entries.set(id, { batch, requests, headers, polls: 0, ending: null });
    return batch;
  }

  async retrieve(id: string): Promise<MessageBatch> {
    const entry = this.#entry(id);
    const isCanceled = entry.batch.processing_status === 'canceling';
    const isDue = isCanceled || entry.polls >= this.#setting.endsAfterPolls;
    entry.polls += 1;
    if (isDue) entry.ending ??= this.#end(entry);
    await entry.ending;
    return entry.batch;
  }

  cancel(id: string): MessageBatch {
    const entry = this.#entry(id);
    if (entry.ending) throw new Refused(`Batch ${id} has ended and cannot be canceled`);
    const cancel_initiated_at =
      entry.batch.cancel_initiated_at ?? this.#setting.now().toISOString();
    entry.batch = { ...entry.batch, processing_status: 'canceling', cancel_initiated_at };
    return entry.batch;
  }

  /** The results as JSONL, in another order than they were asked for. */
  async results(id: string): Promise<string> {
    const { ending, batch } = this.#entry(id);
    if (!ending || batch.results_url === null) throw notFound(`results of batch ${id}`);
    const lines = (await ending).toReversed();
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  }

  /** The newest first, a page at a time. */
  list(query: URLSearchParams) {
    const ids = [...this.#entries.keys()].toReversed();
    const after = query.get('after_id');
    const before = query.get('before_id');
    const from = after === null ? 0 : ids.indexOf(after) + 1;
    const until = before === null ? ids.length : ids.indexOf(before);
    const page = ids.slice(from, until).slice(0, Number(query.get('limit') ?? 20));
    const data = page.map((id) => this.#entry(id).batch);
    const has_more = from + page.length < until;
    return { data, has_more, first_id: page.at(0) ?? null, last_id: page.at(-1) ?? null };
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw notFound(`batch ${id}`);
    return entry;
  }

  #checked(body: unknown): readonly BatchCreateParams.Request[] {
    const { mind } = this.#setting;
    mind.checkType('BatchCreateParams', body);
    const { requests } = body as BatchCreateParams;
    if (requests.length === 0) throw new Refused('requests: at least one request is required');
    const ids = new Set<string>();
    for (const [index, { custom_id: id, params }] of requests.entries()) {
      const path = `requests.${index}`;
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id)) throw new Refused(`${path}.custom_id: invalid`);
      if (ids.has(id)) throw new Refused(`${path}.custom_id: must be unique`);
      ids.add(id);
      mind.checkPrompt(params, `${path}.params.`);
    }
    return requests;
  }

  async #end(entry: Entry): Promise<readonly Line[]> {
    const isCanceled = entry.batch.processing_status === 'canceling';
    const lines: Line[] = [];
    for (const { custom_id, params } of entry.requests) {
      const result = isCanceled ? { type: 'canceled' as const } : await this.#answer(entry, params);
      lines.push({ custom_id, result });
    }
    const request_counts = { ...NONE };
    for (const { result } of lines) request_counts[result.type] += 1;
    const { url, now } = this.#setting;
    const results_url = `${url}/v1/messages/batches/${entry.batch.id}/results`;
    const ended = { processing_status: 'ended' as const, ended_at: now().toISOString() };
    entry.batch = { ...entry.batch, ...ended, request_counts, results_url };
    return lines;
  }

  async #answer({ headers, batch }: Entry, params: BatchCreateParams.Request['params']) {
    const { mind } = this.#setting;
    const decision = await mind.decide(params, headers, 'batch');
    const { behaviour, input } = decision;
    if (behaviour.kind === 'expired') return { type: 'expired' as const };
    if (behaviour.kind === 'fail') {
      return { type: 'errored' as const, error: errorOf(behaviour.failure, null) };
    }
    input.commit();
    const id = `${batch.id.replace('msgbatch', 'msg')}_${mind.requests.length}`;
    return { type: 'succeeded' as const, message: messageOf(decision, id) };
  }
}

const NONE = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };

function notFound(what: string): Refused {
  return new Refused(`Not found: ${what}`, 'not_found_error', 404);
}
