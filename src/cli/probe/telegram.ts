import { z } from 'zod';

import type { PlatformAccess } from '../../config.ts';
import { ask, quote, type Told } from './ask.ts';

const ROOT = 'https://api.telegram.org';

/** Where the Bot API is reached. */
export function telegramRoot({ apiRoot }: Pick<PlatformAccess, 'apiRoot'>): string {
  return (apiRoot ?? ROOT).replace(/\/+$/, '');
}

const answerSchema = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), description: z.string() }),
]);

/** Calls a method of the Bot API once. Rejects only with the signal's reason. */
export async function askTelegram<T>(
  access: PlatformAccess,
  { method, params = {} }: { readonly method: string; readonly params?: object },
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Told<T>> {
  const heard = await ask(
    `${telegramRoot(access)}/bot${encodeURIComponent(access.token)}/${method}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    },
    signal,
  );
  if (heard.kind === 'silence') return heard;
  const answer = answerSchema.safeParse(heard.body).data;
  const value = answer?.ok ? schema.safeParse(answer.result) : null;
  if (value?.success) return { kind: 'told', value: value.data };
  if (answer?.ok === false) {
    return { kind: 'refused', status: heard.status, says: quote(answer.description) };
  }
  return { kind: 'silence', why: 'what answers there does not speak the Bot API' };
}

const botSchema = z.object({
  id: z.number(),
  first_name: z.string(),
  username: z.string(),
  can_read_all_group_messages: z.boolean().optional(),
});

/** The bot that a token belongs to. */
export type TelegramBot = {
  readonly id: number;
  readonly name: string;
  /** Without the `@`. */
  readonly username: string;
  /** Whether groups show it everything; else only commands, mentions and replies (privacy mode). */
  readonly readsAll: boolean;
};

/** Asks Telegram whose token this is. */
export async function findTelegramBot(
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<Told<TelegramBot>> {
  const told = await askTelegram(access, { method: 'getMe' }, botSchema, signal);
  if (told.kind !== 'told') return told;
  const { id, first_name, username, can_read_all_group_messages } = told.value;
  const names = { name: quote(first_name), username: quote(username) };
  return {
    kind: 'told',
    value: { id, ...names, readsAll: can_read_all_group_messages === true },
  };
}
