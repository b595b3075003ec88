import { z } from 'zod';

import type { Channel } from '../../model/channel.ts';
import {
  type Courier,
  type Envelope,
  type Form,
  type Pace,
  SendError,
} from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import type { TelegramSettings } from '../settings.ts';
import type { BotApi, Call } from './client.ts';
import { CallError, isUnchanged, reasonOf, troubleOf } from './failures.ts';
import { editingOf, type Letter, lettersOf, sendingOf } from './letters.ts';

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
    pacesOf,
    count: (message, form) => Math.max(letters(message, form).length, 1),
    async send(envelope) {
      const call = sendingOf(letterOf(envelope), envelope);
      await knock(api);
      return sendLetter(api, call);
    },
    async edit(envelope, messageId) {
      const call = editingOf(letterOf(envelope), envelope.channel.chat, messageId);
      try {
        await api.call(call);
      } catch (error) {
        if (error instanceof CallError && isUnchanged(error.failure)) return;
        throw sendErrorOf(error, call);
      }
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
/** Of an album, the first picture stands for all. */
const answerSchema = z.union([sentSchema, z.tuple([sentSchema], sentSchema)]);

/** Sends a message, and answers Telegram's id of it. @throws {SendError} */
export async function sendLetter(api: BotApi, call: Call, signal?: AbortSignal): Promise<string> {
  let answer: unknown;
  try {
    answer = await api.call(call, signal ? { signal } : {});
  } catch (error) {
    throw sendErrorOf(error, call);
  }
  const { success, data } = answerSchema.safeParse(answer);
  if (!success) throw new SendError({ kind: 'unknown', reason: 'an answer without a message' });
  return String('message_id' in data ? data.message_id : data[0].message_id);
}

function sendErrorOf(error: unknown, { parameters }: Call): unknown {
  if (!(error instanceof CallError)) return error;
  return new SendError(troubleOf(error.failure, 'rich_message' in parameters), { cause: error });
}

/** In private chats a message a second; in groups, whose ids are negative, 20 a minute. */
function pacesOf({ chat }: Channel): readonly [Pace, ...Pace[]] {
  const everyMs = chat.startsWith('-') || chat.startsWith('@') ? 3200 : 1000;
  return [
    { key: `telegram:${chat}`, everyMs, burst: 3 },
    { key: 'telegram', everyMs: 34.5, burst: 1 }, // 30 messages in any second, over all chats
  ];
}
