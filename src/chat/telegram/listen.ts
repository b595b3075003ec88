import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { TelegramSettings } from '../settings.ts';
import type { BotApi, Call, CallOptions } from './client.ts';
import { CallError, type CallFailure } from './failures.ts';
import { pauseAfter, sentenceOf } from './trouble.ts';
import { ALLOWED_UPDATES, type Self } from './update.ts';
import { openDoor } from './webhook.ts';

/** What listening works with. */
export type Ears = {
  readonly api: BotApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: TelegramSettings;
  /** `null`: one is thought up at every start. */
  readonly webhookSecret: string | null;
  /** Called with what is wrong, and with `null` when all is well. */
  readonly tell: (trouble: string | null) => void;
  /** Called when Telegram has accepted the token. */
  readonly begin: () => void;
  /** Whether there is room for another update. */
  readonly hasRoom: () => boolean;
  /** Resolves when there is. */
  readonly room: () => Promise<void>;
  readonly take: (update: unknown, self: Self) => void;
};

const selfSchema = z.object({ id: z.number(), username: z.string() });

/** Hears what is said until it is stopped; whatever fails is told and tried again. Never rejects. */
export async function listen(ears: Ears, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await hear(ears, signal);
    } catch (error) {
      if (signal.aborted) return;
      ears.log.error({ err: error }, 'telegram: listening failed');
      ears.tell('Listening to Telegram failed, as the log tells. It is tried again by itself.');
      await ears.clock.wait(AFTER_DEFECT_MS, signal).catch(() => undefined);
    }
  }
}

const AFTER_DEFECT_MS = 30_000;

async function hear(ears: Ears, signal: AbortSignal): Promise<void> {
  const self = await insist(ears, { method: 'getMe', parameters: {} }, selfSchema, signal);
  ears.log.info({ bot: self.username }, 'telegram: listening');
  ears.begin();
  const { webhook } = ears.settings;
  await (webhook ? hearByWebhook(ears, webhook, self, signal) : hearByPolling(ears, self, signal));
}

/** Makes a call until it succeeds, with growing pauses. Rejects only when it is stopped. */
async function insist<T>(
  { api, clock, log, tell }: Ears,
  call: Call,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  options: CallOptions = {},
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      const { success, data } = schema.safeParse(await api.call(call, { ...options, signal }));
      if (!success) throw new CallError(call.method, UNREADABLE);
      tell(null);
      return data;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CallError)) throw error;
      const { failure } = error;
      const seconds = pauseAfter(failures, failure);
      log.warn({ method: call.method, failure, seconds }, 'telegram: call failed');
      tell(sentenceOf(failure));
      await clock.wait(seconds * 1000, signal);
    }
  }
}

const UNREADABLE: CallFailure = { kind: 'lost', reason: 'an answer that is none of the Bot API' };

/** Seconds that a poll may stay without an answer, and milliseconds after which it is given up. */
const POLL_SECONDS = 25;
const POLL_PATIENCE_MS = 40_000;
/** A stop does not wait longer for the last word. */
const FAREWELL_MS = 3000;

const updateIdSchema = z.looseObject({ update_id: z.number() });
const updatesSchema = z.array(updateIdSchema);

async function hearByPolling(ears: Ears, self: Self, signal: AbortSignal): Promise<void> {
  await insist(ears, { method: 'deleteWebhook', parameters: {} }, z.unknown(), signal);
  let offset = 0;
  try {
    while (!signal.aborted) {
      await ears.room();
      const parameters = { offset, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES };
      const call = { method: 'getUpdates', parameters };
      const options = { patienceMs: POLL_PATIENCE_MS };
      for (const update of await insist(ears, call, updatesSchema, signal, options)) {
        offset = update.update_id + 1;
        ears.take(update, self);
      }
    }
  } finally {
    if (offset > 0) await confirm(ears, offset);
  }
}

/** Says what was taken up, so that it is not brought again at the next start. */
async function confirm({ api, log }: Ears, offset: number): Promise<void> {
  const parameters = { offset, limit: 1, timeout: 0 };
  await api
    .call({ method: 'getUpdates', parameters }, { patienceMs: FAREWELL_MS })
    .catch((error: unknown) => log.info({ err: error }, 'telegram: updates not confirmed'));
}

async function hearByWebhook(
  ears: Ears,
  { url, port }: NonNullable<TelegramSettings['webhook']>,
  self: Self,
  signal: AbortSignal,
): Promise<void> {
  const secret = ears.webhookSecret ?? randomBytes(32).toString('hex');
  const isNew = newcomers();
  const take = (update: unknown) => {
    if (!ears.hasRoom()) return false;
    if (isNew(update)) ears.take(update, self);
    return true;
  };
  const door = await insistOnDoor(
    ears,
    { port, path: new URL(url).pathname, secret, take },
    signal,
  );
  try {
    const parameters = { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES };
    await insist(ears, { method: 'setWebhook', parameters }, z.unknown(), signal);
    await untilAborted(signal);
  } finally {
    await door.close();
  }
}

/** So many updates are remembered: more than can be under way. */
const REMEMBERED = 1000;

/** Tells updates that come for the first time: Telegram brings one again whose receipt it did not get. */
function newcomers(): (update: unknown) => boolean {
  const known = new Set<number>();
  return (update) => {
    const { success, data } = updateIdSchema.safeParse(update);
    if (!success) return true; // what it is will be seen by whoever reads it
    if (known.has(data.update_id)) return false;
    known.add(data.update_id);
    const [oldest] = known;
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return true;
  };
}

async function insistOnDoor(
  { clock, log, tell }: Ears,
  door: Parameters<typeof openDoor>[0],
  signal: AbortSignal,
): ReturnType<typeof openDoor> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await openDoor(door);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      const failure: CallFailure = { kind: 'not-sent', reason };
      log.warn({ port: door.port, reason }, 'telegram: no webhook');
      tell(
        `Port ${door.port} cannot be opened for Telegram's webhook (${reason}): free it, or set another telegram.webhook.port in chorus.yaml.`,
      );
      await clock.wait(pauseAfter(failures, failure) * 1000, signal);
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
