import type { Clock } from '../../lib/clock.ts';
import type { Channel } from '../../model/channel.ts';
import { type Courier, type Form, SendError } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import { changeChannel, findChannel, moveChat } from '../../store/channels.ts';
import type { Database } from '../../store/database.ts';
import type { BotApi } from './client.ts';
import { sendLetter } from './courier.ts';
import { CallError, isOfServer } from './failures.ts';
import {
  type Letter,
  lettersOf,
  type Place,
  replyLetters,
  sendingOf,
  withoutMarkup,
} from './letters.ts';

/** What replying works with. */
export type Desk = {
  readonly api: BotApi;
  readonly db: Database;
  readonly clock: Clock;
  /** The forms of digests, the best first. */
  readonly forms: Courier['forms'];
};

/** Longer than so many seconds nobody waits for a reply. */
const PATIENCE_SECONDS = 30;

/**
 * Sends a reply: a digest as it is delivered, anything else as pictures and words.
 *
 * @throws {SendError} where it could not be sent
 */
export async function sendReply(
  desk: Desk,
  message: Message,
  place: Place,
  signal: AbortSignal,
): Promise<void> {
  const dispatch = new Dispatch(desk, place, signal);
  if (message.folds.length > 0) {
    const known = await findChannel(desk.db, place.channel);
    return sendDigest(desk, dispatch, message, place.channel, known?.form ?? desk.forms[0]);
  }
  for (const letter of replyLetters(message)) {
    await dispatch.send(letter).catch((error: unknown) => {
      if (!isRefused(error) || letter.bare === '') throw error;
      return dispatch.send(withoutMarkup(letter));
    });
  }
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

/** Sends the letters of a reply one after the other. */
class Dispatch {
  readonly #desk: Desk;
  readonly #signal: AbortSignal;
  #place: Place;

  constructor(desk: Desk, place: Place, signal: AbortSignal) {
    this.#desk = desk;
    this.#place = place;
    this.#signal = signal;
  }

  /** Sends one, and once more where that may help. @throws {SendError} */
  async send(letter: Letter): Promise<void> {
    try {
      await this.#attempt(letter);
    } catch (error) {
      if (!(error instanceof SendError) || !(await this.#mend(error))) throw error;
      await this.#attempt(letter);
    }
    this.#place = { ...this.#place, repliesTo: null }; // what follows belongs to the first
  }

  async #attempt(letter: Letter): Promise<void> {
    await sendLetter(this.#desk.api, sendingOf(letter, this.#place), this.#signal);
  }

  /** Does what a trouble asks for; `false` where trying again is of no use. */
  async #mend({ trouble, cause }: SendError): Promise<boolean> {
    const { db, clock } = this.#desk;
    const { channel } = this.#place;
    switch (trouble.kind) {
      case 'slow-down':
        if (trouble.seconds > PATIENCE_SECONDS) return false;
        await clock.wait(trouble.seconds * 1000, this.#signal);
        return true;
      case 'unknown': // whoever waits is answered rather twice than not at all
        if (!(cause instanceof CallError) || !isOfServer(cause.failure)) return false;
        await clock.wait(1000, this.#signal);
        return true;
      case 'failed':
        await clock.wait(1000, this.#signal);
        return true;
      case 'moved':
        await moveChat(db, channel, trouble.to);
        this.#place = { channel: { ...channel, chat: trouble.to } };
        return true;
      default:
        return false;
    }
  }
}
