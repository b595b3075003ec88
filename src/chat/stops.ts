import type { Channel } from '../model/channel.ts';

/** An answer that is being made: for whom, where, and what ends it. */
type UnderWay = {
  readonly channel: Channel;
  readonly speaker: string;
  readonly stop: AbortController;
};

/** The answers that are being made, by their turns, so that somebody can stop them. */
export class Stops {
  readonly #underWay = new Map<number, UnderWay>();

  begin(turn: number, answer: UnderWay): void {
    this.#underWay.set(turn, answer);
  }

  end(turn: number): void {
    this.#underWay.delete(turn);
  }

  /** `null` where nothing is being answered (any more). */
  find(turn: number): UnderWay | null {
    return this.#underWay.get(turn) ?? null;
  }
}
