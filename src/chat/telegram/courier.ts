import { z } from 'zod';

import { type Courier, type Envelope, type Form, SendError } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import type { TelegramSettings } from '../settings.ts';
import type { BotApi, Call } from './client.ts';
import { CallError, isUnchanged, reasonOf, troubleOf } from './failures.ts';
import { editingOf, type Letter, lettersOf, sendingOf } from './letters.ts';
import { pacesOf } from './paces.ts';

/** Carries digests to Telegram. */
export function telegramCourier(api: BotApi, settings: TelegramSettings): Courier {
  const letters = remembered();
  const letterOf = (envelope: Envelope) => {
    const { message, form, position } = envelope;
    const letter = letters(message, form)[position];
    if (letter) return letter;
    const reason = `the digest does not fit into the form "${form}"`;
    throw new SendError({ kind: form === 'bare' ? 'refused' : 'form-refused', reason });
  };
  return {
    platform: 'telegram',
    forms: settings.rich ? ['rich', 'plain', 'bare'] : ['plain', 'bare'],
    repeatsUnknownMs: settings.unknown === 'repeat' ? Infinity : 0,
    pacesOf: (channel) => pacesOf(channel),
    count: (message, form) => Math.max(letters(message, form).length, 1),
    async send(envelope) {
      const call = sendingOf(letterOf(envelope), envelope);
      await knock(api);
      const [first] = await sendLetter(api, call);
      return first;
    },
    async edit(envelope, messageId) {
      await editLetter(api, editingOf(letterOf(envelope), envelope.channel.chat, messageId));
    },
  };
}

/**
 * Where Telegram was in trouble, asks it something harmless first: of a message nobody would know
 * whether it arrived. @throws {SendError} where it still is
 */
async function knock(api: BotApi): Promise<void> {
  if (api.isWell()) return;
  await api.call({ method: 'getMe', parameters: {} }).catch((error: unknown) => {
    if (api.isWell() || !(error instanceof CallError)) return;
    throw new SendError({ kind: 'failed', reason: reasonOf(error.failure) }, { cause: error });
  });
}

/** The letters of a message, set once for all the chats that get it. */
function remembered(): typeof lettersOf {
  const known = new WeakMap<Message, Map<Form, Letter[]>>();
  return (message, form) => {
    const forms = known.get(message) ?? new Map<Form, Letter[]>();
    known.set(message, forms);
    const letters = forms.get(form) ?? lettersOf(message, form);
    forms.set(form, letters);
    return letters;
  };
}

const sentSchema = z.object({ message_id: z.number() });
/** An album is several messages. */
const answerSchema = z.union([sentSchema, z.tuple([sentSchema], sentSchema)]);

/** Sends a message, and answers Telegram's ids of it: of an album several. @throws {SendError} */
export async function sendLetter(
  api: BotApi,
  call: Call,
  signal?: AbortSignal,
): Promise<[string, ...string[]]> {
  let answer: unknown;
  try {
    answer = await api.call(call, signal ? { signal } : {});
  } catch (error) {
    throw sendErrorOf(error, call);
  }
  const { success, data } = answerSchema.safeParse(answer);
  if (!success) throw new SendError({ kind: 'unknown', reason: 'an answer without a message' });
  const [first, ...others] = 'message_id' in data ? [data] : data;
  return [String(first.message_id), ...others.map((each) => String(each.message_id))];
}

/** Makes a message show something else. @throws {SendError} */
export async function editLetter(api: BotApi, call: Call, signal?: AbortSignal): Promise<void> {
  try {
    await api.call(call, signal ? { signal } : {});
  } catch (error) {
    if (error instanceof CallError && isUnchanged(error.failure)) return;
    throw sendErrorOf(error, call);
  }
}

/** What is to be done about a call that failed. */
export function sendErrorOf(error: unknown, { parameters }: Call): unknown {
  if (!(error instanceof CallError)) return error;
  return new SendError(troubleOf(error.failure, 'rich_message' in parameters), { cause: error });
}
