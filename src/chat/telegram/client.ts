import { Telegram } from 'telegraf';

import { CarefulAgent } from './connecting.ts';
import { CallError, failureOf, isOfServer } from './failures.ts';

/** Where the Bot API is reached; Telegram's own server when no root is given. */
export type BotAccess = { readonly token: string; readonly apiRoot: string | null };

/** A call of the Bot API. */
export type Call = {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Files that parameters name as `attach://NAME`, by their names. */
  readonly files?: Readonly<Record<string, Attachment>>;
};

export type Attachment = { readonly source: Buffer; readonly filename: string };

export type CallOptions = {
  readonly signal?: AbortSignal;
  /** Milliseconds after which no answer is waited for. @default 30 seconds */
  readonly patienceMs?: number;
};

/** The Bot API. */
export type BotApi = {
  /** @throws {CallError} */
  call(call: Call, options?: CallOptions): Promise<unknown>;
  /** Whether the last call was answered by a server that is not in trouble itself. */
  isWell(): boolean;
};

const PATIENCE_MS = 30_000;

/** Telegraf types the methods of Bot API 7.1 only: here any method may be called. */
type AnyMethods = {
  callApi(method: string, payload: object, options: object): Promise<unknown>;
};

/** The Bot API through telegraf's client. */
export function openBotApi({ token, apiRoot }: BotAccess, agent = new CarefulAgent()): BotApi {
  const root = apiRoot === null ? {} : { apiRoot };
  const telegram: AnyMethods = new Telegram(token, { agent, ...root });
  let isWell = true;
  return {
    isWell: () => isWell,
    async call({ method, parameters, files }, { signal, patienceMs = PATIENCE_MS } = {}) {
      const limit = AbortSignal.timeout(patienceMs);
      const payload = files ? { ...inStrings(parameters), ...files } : { ...parameters };
      try {
        const result = await telegram.callApi(method, payload, {
          signal: signal ? AbortSignal.any([signal, limit]) : limit,
        });
        isWell = true;
        return result;
      } catch (error) {
        const failure = failureOf(error);
        isWell = failure.kind === 'answered' && !isOfServer(failure);
        throw new CallError(method, failure); // without its cause, which names the token
      }
    },
  };
}

/** Beside files, telegraf sends strings and numbers only, and drops most objects without a word. */
function inStrings(parameters: Call['parameters']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value instanceof Object ? JSON.stringify(value) : value,
    ]),
  );
}
