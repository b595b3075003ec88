import type { Root } from 'mdast';

import { untilStopped } from '../../lib/breathe.ts';
import type { Log } from '../../lib/log.ts';
import { stopAddress } from '../../model/address.ts';
import { keyOfChannel } from '../../model/channel.ts';
import { type Pace, SendError } from '../../model/delivery.ts';
import { holdBack, takePlace } from '../../store/paces.ts';
import type { Texts } from '../../texts/texts.ts';
import { type Live, messageOf } from '../command.ts';
import type { Call } from './client.ts';
import { editLetter, sendErrorOf, sendLetter } from './courier.ts';
import type { Drafts } from './drafts.ts';
import { keyboardOf } from './keyboard.ts';
import { editingOf, type Letter, type Place, replyLetters, sendingOf } from './letters.ts';
import { answerPaces, draftPaces, pacesOf, type Showing } from './paces.ts';
import { type Desk, type Earlier, isSame } from './replies.ts';

/** What growing works with. */
export type Nursery = Desk & { readonly log: Log; readonly drafts: Drafts };

/** What grows, and where. */
export type Seed = {
  readonly place: Place;
  /** The number of a draft, where the chat may have drafts. */
  readonly draft: number | null;
  /** What the button that stops it is called in. */
  readonly texts: Texts;
  /** Called when something of it is to be seen. */
  readonly onShown: () => void;
};

/** So long an answer may still come whole, before anything of it is shown. */
const WHOLE_MS = 300;
/** Drafts vanish after 30 seconds: one that does not grow is shown again. */
const DRAFT_MS = 20_000;

/**
 * An answer that is shown while it is made: in private chats as a draft, in groups and where drafts are
 * refused as a message that is edited, as often as the chat's pace has room. What fails on the way is
 * logged: the finished answer is what counts.
 */
export class Growing {
  readonly live: Live;
  readonly #nursery: Nursery;
  readonly #seed: Seed;
  readonly #stopped = new AbortController();
  readonly #ending = new AbortController();
  #isDraft: boolean;
  #turn: number | null = null;
  #latest: Root | null = null;
  #hasGrown = Promise.withResolvers<void>();
  #shown: Letter | null = null;
  #messageId: string | null = null;
  #growing: Promise<void> | null = null;

  /** @param signal given when nobody is answered any more */
  constructor(nursery: Nursery, seed: Seed, signal: AbortSignal) {
    this.#nursery = nursery;
    this.#seed = seed;
    const { chat } = seed.place.channel;
    this.#isDraft = seed.draft !== null && nursery.drafts.isTaken(chat);
    if (seed.draft !== null) nursery.drafts.begin(chat, seed.draft, this.#stopped);
    this.live = {
      begin: (turn) => void (this.#turn = turn),
      show: (tree) => this.#show(tree),
      signal: AbortSignal.any([signal, this.#stopped.signal]),
    };
  }

  /** Grows no more. Answers the message in whose place the finished answer is to stand, if there is one. */
  async end(): Promise<Earlier | null> {
    const { place, draft } = this.#seed;
    this.#ending.abort(new Error('the answer is there'));
    await this.#growing;
    if (draft !== null) this.#nursery.drafts.end(place.channel.chat, draft);
    return this.#messageId === null ? null : { id: this.#messageId, shows: this.#shown };
  }

  /** Waits for the room that the finished answer needs. */
  async roomToFinish(signal: AbortSignal): Promise<void> {
    const { db, clock, log } = this.#nursery;
    const paces = answerPaces(this.#seed.place.channel, 'last');
    const { at } = await takePlace(db, paces, clock.now(), Infinity).catch((error: unknown) => {
      log.warn({ err: error }, 'telegram: nobody knows how much room there is');
      return { at: clock.now() }; // what is answered is not lost for that
    });
    await clock.wait(at.getTime() - clock.now().getTime(), signal);
  }

  #show(tree: Root): void {
    if (this.#ending.signal.aborted) return;
    this.#latest = tree;
    this.#hasGrown.resolve();
    this.#growing ??= this.#grow();
  }

  async #grow(): Promise<void> {
    const { clock, log } = this.#nursery;
    const { signal } = this.#ending;
    try {
      await clock.wait(WHOLE_MS, signal);
      while (!signal.aborted) {
        await this.#waitForRoom(signal);
        this.#hasGrown = Promise.withResolvers();
        await this.#showLatest();
        await this.#untilGrown(signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      const channel = keyOfChannel(this.#seed.place.channel);
      const told = error instanceof SendError ? { trouble: error.trouble } : { err: error };
      log.info({ channel, ...told }, 'telegram: an answer is not shown as it grows');
    }
  }

  /** Waits until there is room for what can be missed: it takes no place before it is its turn. */
  async #waitForRoom(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#nursery;
    for (;;) {
      const { isTaken, at } = await takePlace(db, this.#paces(), clock.now(), 0);
      if (isTaken) return;
      await clock.wait(at.getTime() - clock.now().getTime(), signal);
    }
  }

  #paces(): readonly Pace[] {
    const { channel } = this.#seed.place;
    if (this.#isDraft) return draftPaces(channel);
    const showing: Showing = this.#messageId === null ? 'first' : 'edit';
    return answerPaces(channel, showing);
  }

  /** Resolves when there is more to show, or the draft would vanish. */
  async #untilGrown(signal: AbortSignal): Promise<void> {
    const grown = this.#hasGrown.promise;
    if (!this.#isDraft) {
      await Promise.race([grown, untilStopped(signal)]);
      return;
    }
    const fresh = new AbortController();
    const isStale = this.#nursery.clock
      .wait(DRAFT_MS, AbortSignal.any([signal, fresh.signal]))
      .then(() => void (this.#shown = null))
      .catch(() => undefined);
    await Promise.race([grown, isStale]);
    fresh.abort();
  }

  async #showLatest(): Promise<void> {
    const letter = this.#latest && this.#letterOf(this.#latest);
    if (!letter || isSame(letter, this.#shown)) return;
    try {
      await (this.#isDraft ? this.#draft(letter) : this.#message(letter));
      this.#shown = letter;
      this.#seed.onShown();
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      await this.#face(error);
    }
  }

  /** What is shown of a tree: as much as one message holds, with the button that stops it. */
  #letterOf(tree: Root): Letter | null {
    const { texts } = this.#seed;
    const [first] = replyLetters(messageOf({ tree }, 'en'));
    if (first?.content.kind !== 'text') return null;
    const turn = this.#turn;
    const buttons =
      turn === null || this.#isDraft
        ? []
        : [{ label: texts.stopButton, address: stopAddress(turn) }];
    return { ...first, keyboard: keyboardOf([], buttons) };
  }

  async #draft({ content }: Letter): Promise<void> {
    const { place, draft } = this.#seed;
    const { parameters } = sendingOf({ content, keyboard: null, bare: '' }, place);
    const { chat_id, message_thread_id, text, parse_mode } = parameters;
    const call: Call = {
      method: 'sendMessageDraft',
      parameters: {
        chat_id,
        ...(message_thread_id !== undefined && { message_thread_id }),
        draft_id: draft,
        text,
        parse_mode,
        can_stop: true,
        keep_on_stop: true, // until the answer is sent
      },
    };
    await this.#nursery.api.call(call).catch((error: unknown) => {
      throw sendErrorOf(error, call);
    });
  }

  async #message(letter: Letter): Promise<void> {
    const { api } = this.#nursery;
    const { place } = this.#seed;
    if (this.#messageId === null) {
      [this.#messageId] = await sendLetter(api, sendingOf(letter, place));
    } else {
      await editLetter(api, editingOf(letter, place.channel.chat, this.#messageId));
    }
  }

  /** Shows it later, or elsewhere; rethrows what ends its growing. */
  async #face(error: SendError): Promise<void> {
    const { db, clock, drafts } = this.#nursery;
    const { channel } = this.#seed.place;
    const { trouble } = error;
    if (trouble.kind === 'slow-down') {
      const [pace] = this.#isDraft ? draftPaces(channel) : pacesOf(channel);
      if (pace) await holdBack(db, pace, new Date(clock.now().getTime() + trouble.seconds * 1000));
    } else if (trouble.kind === 'failed' || (trouble.kind === 'unknown' && this.#isRepeatable())) {
      await clock.wait(AFTER_FAILURE_MS, this.#ending.signal);
    } else if (this.#isDraft && (trouble.kind === 'refused' || trouble.kind === 'bad-token')) {
      drafts.refuse(channel.chat, trouble.kind === 'bad-token'); // as a method that is not known
      this.#isDraft = false;
    } else {
      throw error;
    }
    this.#hasGrown.resolve(); // what was to be shown still is
  }

  /** A draft and an edit may arrive twice; a message that may be there already is not sent again. */
  #isRepeatable(): boolean {
    return this.#isDraft || this.#messageId !== null;
  }
}

const AFTER_FAILURE_MS = 2000;
