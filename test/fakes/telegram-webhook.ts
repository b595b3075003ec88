import { setTimeout as sleep } from 'node:timers/promises';

import type { WebhookInfo } from '@grammyjs/types';

import { badRequest } from './telegram-refused.ts';
import type { Params, ParamsOf } from './telegram-schema.ts';
import type { Updates } from './telegram-updates.ts';

const LONGEST_WAIT_MS = 1000;

export type WebhookOptions = {
  /** Where a public address is reached from here. @default as it is */
  readonly reach?: (url: string) => string;
  /** Before the first repetition; doubled before each further one. @default 10 */
  readonly retryMs?: number;
};

type Hook = { readonly url: string; readonly secret: string | null; readonly connections: number };
type Reply = (method: string, params: Params) => Promise<unknown>;

/** Posts updates to the bot, one after the other, each until it is taken. */
export class Webhook {
  readonly #updates: Updates;
  readonly #options: WebhookOptions;
  /** Carries out a method that the bot answers a post with. */
  readonly #reply: Reply;
  readonly #closing = new AbortController();
  #hook: Hook | null = null;
  #running: Promise<void> | null = null;
  #lastError: { date: number; message: string } | null = null;

  constructor(updates: Updates, options: WebhookOptions, reply: Reply) {
    this.#updates = updates;
    this.#options = options;
    this.#reply = reply;
    updates.onPush = () => this.#run();
  }

  get isSet(): boolean {
    return this.#hook !== null;
  }

  /** @throws Refused where the address or the secret is none. */
  set(params: ParamsOf<'setWebhook'>): void {
    const { url, secret_token: secret = null, max_connections: connections = 40 } = params;
    if (params.drop_pending_updates) this.#updates.drop();
    if (url === '') return this.delete(params);
    checkAddress(url);
    if (secret !== null && !/^[\w-]{1,256}$/.test(secret)) {
      throw badRequest('secret token contains unallowed characters');
    }
    this.#updates.allow(params.allowed_updates);
    this.#updates.terminate();
    this.#hook = { url, secret, connections };
    this.#run();
  }

  delete(params: ParamsOf<'deleteWebhook'>): void {
    if (params.drop_pending_updates) this.#updates.drop();
    this.#hook = null;
  }

  get info(): WebhookInfo {
    const { allowed, pending } = this.#updates;
    return {
      url: this.#hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: pending.length,
      ...(this.#hook ? { max_connections: this.#hook.connections } : {}),
      ...(this.#lastError
        ? { last_error_date: this.#lastError.date, last_error_message: this.#lastError.message }
        : {}),
      ...(allowed.length > 0 ? { allowed_updates: [...allowed] as never } : {}),
    };
  }

  async close(): Promise<void> {
    this.#hook = null;
    this.#closing.abort();
    await this.#running;
  }

  #run(): void {
    if (!this.#hook) return;
    this.#running ??= this.#deliver().finally(() => {
      this.#running = null;
      if (this.#hook && this.#updates.pending.length > 0) this.#run();
    });
  }

  async #deliver(): Promise<void> {
    let wait = this.#options.retryMs ?? 10;
    for (;;) {
      const [update] = this.#updates.pending;
      const hook = this.#hook;
      if (!update || !hook) return;
      const complaint = await this.#post(hook, update);
      if (complaint === null) {
        this.#updates.confirm(update.update_id + 1);
        wait = this.#options.retryMs ?? 10;
      } else {
        this.#lastError = { date: Math.floor(Date.now() / 1000), message: complaint };
        await sleep(wait, undefined, { signal: this.#closing.signal }).catch(() => undefined);
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      }
    }
  }

  /** Null when the update was taken, else what was wrong. */
  async #post({ url, secret }: Hook, update: object): Promise<string | null> {
    try {
      const response = await fetch(this.#options.reach?.(url) ?? url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === null ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret }),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: this.#closing.signal,
      });
      const text = await response.text();
      if (!response.ok)
        return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      await this.#answer(text);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : 'Connection failed';
    }
  }

  async #answer(text: string): Promise<void> {
    if (!text.trimStart().startsWith('{')) return;
    try {
      const { method, ...params } = JSON.parse(text) as Params;
      if (typeof method === 'string') await this.#reply(method, params);
    } catch {
      // Whatever it answers, it has taken the update; nobody is told of the answer's mistakes.
    }
  }
}

/** Real addresses are https; the fake takes http too, of this machine only. */
function checkAddress(url: string): void {
  const parsed = URL.parse(url);
  if (!parsed) throw badRequest('bad webhook: invalid webhook URL specified');
  const isHere =
    parsed.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(parsed.hostname);
  if (parsed.protocol !== 'https:' && !isHere) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  const ports = ['', '443', '80', '88', '8443'];
  if (!isHere && !ports.includes(parsed.port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
}
