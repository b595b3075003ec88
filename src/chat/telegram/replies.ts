import type { Clock } from '../../lib/clock.ts';
import type { Channel } from '../../model/channel.ts';
import { type Courier, type Form, SendError } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import { changeChannel, findChannel, moveChat } from '../../store/channels.ts';
import type { Database } from '../../store/database.ts';
import { holdBack } from '../../store/paces.ts';
import type { BotApi } from './client.ts';
import { editLetter, sendLetter } from './courier.ts';
import { CallError, isOfServer } from './failures.ts';
import {
  editingOf,
  type Letter,
  lettersOf,
  type Place,
  replyLetters,
  sendingOf,
  withoutMarkup,
} from './letters.ts';
import { pacesOf } from './paces.ts';

/** What replying works with. */
export type Desk = {
  readonly api: BotApi;
  readonly db: Database;
  readonly clock: Clock;
  /** The forms of digests, the best first. */
  readonly forms: Courier['forms'];
};

/** A message in whose place something is to stand, and what it shows; `null`: nobody knows. */
export type Earlier = { readonly id: string; readonly shows: Letter | null };

/** Where something was sent, which may have moved meanwhile, as which messages. */
export type Sent = { readonly channel: Channel; readonly messageIds: readonly string[] };

/** Longer than so many seconds nobody waits for a reply; what has begun is finished after longer too. */
const PATIENCE_SECONDS = 30;
const LONGEST_PATIENCE_SECONDS = 120;

/**
 * Sends a reply: a digest as it is delivered, anything else as pictures and words; words in the place of
 * earlier messages, where there are some.
 *
 * @throws {SendError} where it could not be sent
 */
export async function sendReply(
  desk: Desk,
  message: Message,
  place: Place,
  signal: AbortSignal,
  earlier: readonly Earlier[] = [],
): Promise<Sent> {
  const letters = message.folds.length > 0 ? [] : replyLetters(message);
  const isWords = letters[0]?.content.kind === 'text';
  const dispatch = new Dispatch(desk, place, signal, isWords ? earlier : []);
  if (message.folds.length > 0) {
    const known = await findChannel(desk.db, place.channel);
    await sendDigest(desk, dispatch, message, place.channel, known?.form ?? desk.forms[0]);
  }
  for (const letter of letters) {
    await dispatch.send(letter).catch((error: unknown) => {
      if (!isRefused(error) || letter.bare === '') throw error;
      return dispatch.send(withoutMarkup(letter));
    });
  }
  await removeMessages(desk, place.channel, isWords ? dispatch.left : earlier, signal);
  return dispatch.sent;
}

/** Goes on in simpler forms where one is refused, and remembers that rich ones are. */
async function sendDigest(
  desk: Desk,
  dispatch: Dispatch,
  message: Message,
  channel: Channel,
  form: Form,
  from = 0,
): Promise<void> {
  const letters = lettersOf(message, form);
  let position = from;
  try {
    if (letters.length === 0) throw new SendError({ kind: 'form-refused', reason: 'too long' });
    for (; position < letters.length; position += 1) {
      const letter = letters[position];
      if (letter) await dispatch.send(letter);
    }
  } catch (error) {
    const simpler = desk.forms[desk.forms.indexOf(form) + 1];
    if (!isRefused(error) || !simpler) throw error;
    const isUnknownThere = form === 'rich' && letters.length > 0;
    if (isUnknownThere) await changeChannel(desk.db, channel, { form: simpler });
    await sendDigest(desk, dispatch, message, channel, simpler, position);
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof SendError && error.trouble.kind === 'form-refused';
}

/** Takes messages away that nothing stands in the place of. What cannot be taken away stays. */
async function removeMessages(
  { api }: Desk,
  { chat }: Channel,
  messages: readonly Earlier[],
  signal: AbortSignal,
): Promise<void> {
  for (const { id } of messages) {
    const parameters = { chat_id: Number(chat), message_id: Number(id) };
    await api.call({ method: 'deleteMessage', parameters }, { signal }).catch(() => undefined);
  }
}

/** Sends the letters of a reply one after the other, the first of them in the place of earlier messages. */
class Dispatch {
  readonly #desk: Desk;
  readonly #signal: AbortSignal;
  readonly #earlier: Earlier[];
  readonly #sent: string[] = [];
  readonly #patience: number;
  #place: Place;

  constructor(desk: Desk, place: Place, signal: AbortSignal, earlier: readonly Earlier[]) {
    this.#desk = desk;
    this.#place = place;
    this.#signal = signal;
    this.#earlier = [...earlier];
    this.#patience = earlier.length > 0 ? LONGEST_PATIENCE_SECONDS : PATIENCE_SECONDS;
  }

  get sent(): Sent {
    return { channel: this.#place.channel, messageIds: this.#sent };
  }

  /** Earlier messages that show still what they did. */
  get left(): readonly Earlier[] {
    return this.#earlier;
  }

  /** Sends one, and again where that may help. @throws {SendError} */
  async send(letter: Letter): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#attempt(letter);
        break;
      } catch (error) {
        if (!(error instanceof SendError) || tries >= mostTries(error)) throw error;
        if (!(await this.#mend(error))) throw error;
      }
    }
    this.#place = { ...this.#place, repliesTo: null }; // what follows belongs to the first
  }

  async #attempt(letter: Letter): Promise<void> {
    const { api } = this.#desk;
    const [earlier] = this.#earlier;
    if (!earlier) {
      const ids = await sendLetter(api, sendingOf(letter, this.#place), this.#signal);
      this.#sent.push(...ids);
      return;
    }
    if (!isSame(letter, earlier.shows)) {
      const call = editingOf(letter, this.#place.channel.chat, earlier.id);
      await editLetter(api, call, this.#signal);
    }
    this.#earlier.shift();
    this.#sent.push(earlier.id);
  }

  /** Does what a trouble asks for; `false` where trying again is of no use. */
  async #mend({ trouble, cause }: SendError): Promise<boolean> {
    const { db, clock } = this.#desk;
    const { channel } = this.#place;
    switch (trouble.kind) {
      case 'slow-down': {
        const [own] = pacesOf(channel);
        await holdBack(db, own, new Date(clock.now().getTime() + trouble.seconds * 1000));
        if (trouble.seconds > this.#patience) return false;
        await clock.wait(trouble.seconds * 1000, this.#signal);
        return true;
      }
      case 'unknown':
        if (this.#earlier.length > 0) return true; // an edit may be made twice
        // Whoever waits is answered rather twice than not at all.
        if (!(cause instanceof CallError) || !isOfServer(cause.failure)) return false;
        await clock.wait(1000, this.#signal);
        return true;
      case 'failed':
        await clock.wait(1000, this.#signal);
        return true;
      case 'moved':
        await moveChat(db, channel, trouble.to);
        this.#earlier.length = 0; // which have other numbers there
        this.#place = { channel: { ...channel, chat: trouble.to } };
        return true;
      case 'refused': // the message is not there any more: another stands in its place
        return this.#earlier.shift() !== undefined;
      default:
        return false;
    }
  }
}

/** Who was only too fast is let through sooner or later. */
function mostTries({ trouble }: SendError): number {
  return trouble.kind === 'slow-down' ? 5 : 2;
}

/** Whether two letters look the same: Telegram minds edits that change nothing. */
export function isSame(one: Letter, other: Letter | null): boolean {
  if (one.content.kind !== 'text' || other?.content.kind !== 'text') return false;
  const looks = [one, other].map(({ content, keyboard }) => JSON.stringify([content, keyboard]));
  return looks[0] === looks[1];
}
