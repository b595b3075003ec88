import type { Form } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import type { Desk } from './desk.ts';
import { isInteractionOver, isMessageGone, noteOf, troubleOf } from './failures.ts';
import { insist } from './insisting.ts';
import type { Payload } from './payloads.ts';
import type { Sheet } from './sheets.ts';

/** What bringing messages to their place works with. */
export type StandingDesk = Pick<Desk, 'clock' | 'log' | 'wrap' | 'pace' | 'closing'>;

/** A message that stands there. */
type Slot = {
  readonly id: string;
  /** What it shows, and how; `null` where that is not known. */
  readonly shown: string | null;
  readonly form: Form | null;
};

/** The messages of a reply, one under the other, each of which comes to show what it is to show. */
export class Standing {
  readonly #desk: StandingDesk;
  #sheet: Sheet;
  #slots: Slot[] = [];
  /** What a post may have brought there, though its arrival was not learnt of. */
  #doubt: { readonly index: number; readonly shown: string } | null = null;

  constructor(desk: StandingDesk, sheet: Sheet) {
    this.#desk = desk;
    this.#sheet = sheet;
  }

  /** The platform's ids of the messages. */
  get messageIds(): readonly string[] {
    return this.#slots.map(({ id }) => id);
  }

  /** Takes the place of other messages, where none stand there yet. */
  takeOver(messageIds: readonly string[]): void {
    if (this.#slots.length > 0) return;
    this.#slots = messageIds.map((id) => ({ id, shown: null, form: null }));
  }

  /**
   * Shows what can be missed, once: further messages only where they are known again when they are posted
   * twice.
   *
   * @param wanted What is to be shown by the time when it may be.
   * @returns Whether all that stands there shows what it should, as far as it is known.
   */
  async tryTo(wanted: () => readonly Payload[], signal: AbortSignal): Promise<boolean> {
    try {
      for (let index = 0; index < wanted().length; index += 1) {
        const isThere = this.#slots[index] !== undefined;
        if (!isThere && !this.#sheet.mayRepeat(index)) break;
        await this.#put(index, wanted, 'rich', signal);
      }
      return this.#slots.every(({ shown }) => shown !== null);
    } catch (error) {
      const isElsewhere = await this.#goElsewhere(error);
      if (!isElsewhere && !isPassing(error)) throw error;
      return false;
    }
  }

  /** Shows a whole message and nothing else: as components, and where Discord does not take them as text. */
  async show(message: Message): Promise<void> {
    try {
      await this.#showInSomeForm(message);
    } catch (error) {
      if (!(await this.#goElsewhere(error))) throw error;
      await this.#showInSomeForm(message);
    }
  }

  async #showInSomeForm(message: Message): Promise<void> {
    const { log } = this.#desk;
    try {
      await this.#showAs(message, 'rich');
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind !== 'form-refused') throw error;
      log.warn({ trouble }, 'components refused');
      // A message that shows components never takes text again.
      await this.#removeFrom(this.#slots.findIndex(({ form }) => form !== 'bare'));
      await this.#showAs(message, 'bare');
    }
  }

  async #showAs(message: Message, form: Form): Promise<void> {
    const payloads = this.#desk.wrap(message, form);
    for (const [index, payload] of payloads.entries()) {
      while (!isShown(this.#slots[index], payload, form)) {
        const mayRepeat = this.#slots[index] !== undefined || this.#sheet.mayRepeat(index);
        await insist(this.#desk, { mayRepeat }, () => this.#put(index, () => payloads, form));
      }
    }
    await this.#removeFrom(payloads.length);
  }

  /** Has one message show what is wanted by then. @param missable Ends the waiting for what can be missed. */
  async #put(
    index: number,
    wanted: () => readonly Payload[],
    form: Form,
    missable?: AbortSignal,
  ): Promise<void> {
    const slot = this.#slots[index];
    const before = wanted()[index];
    if (!before || isShown(slot, before, form)) return;
    const lane = slot ? this.#sheet.edits : this.#sheet.posts;
    await this.#desk.pace.pass(lane, missable === undefined, missable);
    const payload = wanted()[index] ?? before;
    try {
      if (slot) await this.#sheet.edit(slot.id, payload);
      this.#slots[index] = slot
        ? { id: slot.id, shown: textOf(payload), form }
        : await this.#post(index, payload, form);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'slow-down') this.#desk.pace.hold(lane, trouble.seconds * 1000);
      if (!slot || !isMessageGone(error)) throw error;
      await this.#removeFrom(index); // somebody deleted it: what follows is posted anew, in its order
    }
  }

  async #post(index: number, payload: Payload, form: Form): Promise<Slot> {
    const shown = textOf(payload);
    const doubt = this.#doubt;
    try {
      const id = await this.#sheet.post(index, payload, form);
      const isSure = doubt?.index !== index || doubt.shown === shown;
      this.#doubt = null;
      return { id, shown: isSure ? shown : null, form };
    } catch (error) {
      if (troubleOf(error).kind === 'unknown') this.#doubt ??= { index, shown };
      throw error;
    }
  }

  /** Takes messages away, as far as that is possible. */
  async #removeFrom(index: number): Promise<void> {
    if (index < 0) return;
    for (const { id } of this.#slots.splice(index)) await this.#remove(this.#sheet, id);
  }

  async #remove(sheet: Sheet, id: string): Promise<void> {
    await sheet.remove(id).catch((error: unknown) => {
      this.#desk.log.info(noteOf(error), 'message not taken away');
    });
  }

  /**
   * Begins anew in another place where nothing is taken here any more. What was shown is taken away there,
   * since it would not end. `false` where that is not so, or there is no other place.
   */
  async #goElsewhere(error: unknown): Promise<boolean> {
    const { next } = this.#sheet;
    if (!isInteractionOver(error) || !next) return false;
    const left = this.#slots;
    this.#sheet = next;
    this.#slots = [];
    for (const { id } of left) await this.#remove(next, id);
    return true;
  }
}

function isPassing(error: unknown): boolean {
  return ['slow-down', 'failed', 'unknown'].includes(troubleOf(error).kind);
}

function isShown(slot: Slot | undefined, payload: Payload, form: Form): boolean {
  return slot?.shown === textOf(payload) && slot.form === form;
}

/** What a payload shows, by which it is known again. */
function textOf({ content, components, files }: Payload): string {
  return JSON.stringify([content, components, files.map(({ name }) => name)]);
}
