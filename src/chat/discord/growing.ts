import type { Root } from 'mdast';

import { root } from '../../lib/tree.ts';
import { stopAddress } from '../../model/address.ts';
import type { Message } from '../../model/message.ts';
import type { Language } from '../../model/topic.ts';
import { textsIn } from '../../texts/texts.ts';
import type { Live } from '../command.ts';
import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import type { Payload } from './payloads.ts';
import type { Sheet } from './sheets.ts';
import { Standing, type StandingDesk } from './standing.ts';

/** So long an answer may come whole, before anything of it is shown. */
const WHOLE_MS = 300;

/** How often a message is edited at most while it grows. */
const EVERY_MS = 1000;

/** What is known of a reply as it begins. */
export type Opening = {
  readonly language: Language;
  /** The messages in whose place it is to stand. */
  readonly replaces: readonly string[];
};

/** What a message is besides its words while it grows. */
type Frame = Pick<Message, 'language' | 'buttons'>;

/** What a reply works with. */
type GrowingDesk = StandingDesk & Pick<Desk, 'ending'>;

/**
 * A reply, which is shown while it grows: first a message with a button that stops it, then edits of it,
 * at last the whole without the button. Whatever becomes of its growth, the whole is shown.
 */
export class GrowingReply {
  readonly live: Live;
  readonly #desk: GrowingDesk;
  readonly #standing: Standing;
  readonly #over = new AbortController();
  #frame: Promise<Frame> = Promise.resolve(BARE);
  #newest: Root | null = null;
  #growing: Promise<void> | null = null;

  /**
   * @param open Called when it is known which turn is answered; not needed by what does not grow.
   * @param stop Given when nobody waits for it any more.
   */
  constructor(
    desk: GrowingDesk,
    sheet: Sheet,
    open: (turn: number) => Promise<Opening> = () => Promise.reject(new Error('not to grow')),
    stop: AbortSignal = NEVER,
  ) {
    this.#desk = desk;
    this.#standing = new Standing(desk, sheet);
    this.live = {
      begin: (turn) => void (this.#frame = this.#open(turn, open)),
      show: (tree) => this.#show(tree),
      signal: AbortSignal.any([desk.ending, stop]),
    };
  }

  /** Whether there is something of it already. */
  get hasBegun(): boolean {
    return this.#newest !== null;
  }

  /** The platform's ids of its messages. */
  get messageIds(): readonly string[] {
    return this.#standing.messageIds;
  }

  /** Shows the whole, in the place of other messages where it has none of its own yet. */
  async finish(message: Message, replaces: readonly string[] = []): Promise<void> {
    this.#over.abort();
    await Promise.all([this.#growing, this.#frame]);
    this.#standing.takeOver(replaces);
    await this.#standing.show(message);
  }

  /** Ends before the end: what has come stays, and a word follows. */
  async breakOff(word: Message): Promise<void> {
    const sofar = this.#newest?.children ?? [];
    await this.finish({ ...word, tree: root([...sofar, ...word.tree.children]) });
  }

  /** Never rejects. */
  async #open(turn: number, open: (turn: number) => Promise<Opening>): Promise<Frame> {
    try {
      const { language, replaces } = await open(turn);
      this.#standing.takeOver(replaces);
      const label = textsIn(language).stopButton;
      return { language, buttons: [{ label, address: stopAddress(turn) }] };
    } catch (error) {
      this.#desk.log.warn({ ...noteOf(error), turn }, 'answer begun without knowing its place');
      return BARE;
    }
  }

  #show(tree: Root): void {
    if (this.#over.signal.aborted) return;
    this.#newest = tree;
    this.#growing ??= this.#grow();
  }

  /** Shows what there is, and what comes in the meantime. Never rejects. */
  async #grow(): Promise<void> {
    const { clock, log } = this.#desk;
    const { signal } = this.#over;
    try {
      if (this.messageIds.length === 0) await clock.wait(WHOLE_MS, signal);
      const wanted = this.#sofarIn(await this.#frame);
      let shown: Root | null = null;
      while (shown !== this.#newest) {
        const newest: Root | null = this.#newest;
        shown = (await this.#standing.tryTo(wanted, signal)) ? newest : null;
        await clock.wait(EVERY_MS, signal);
      }
      this.#growing = null;
    } catch (error) {
      // It does not grow any more; the whole is shown when it is there.
      if (!signal.aborted) log.info(noteOf(error), 'answer does not grow');
    }
  }

  /** What there is so far, whenever it is asked for. */
  #sofarIn(frame: Frame): () => readonly Payload[] {
    let message: Message | null = null;
    return () => {
      if (message === null || message.tree !== this.#newest) {
        message = { ...frame, tree: this.#newest ?? root([]), pictures: [], folds: [] };
      }
      return this.#desk.wrap(message, 'rich');
    };
  }
}

/** Nobody stops it but by its button. */
const NEVER = new AbortController().signal;

const BARE: Frame = { language: 'en', buttons: [] };
