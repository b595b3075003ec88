import type { Channel } from '../model/channel.ts';
import type { Live } from './command.ts';

/** An answer that is being made: for whom, where, and what ends it. */
type UnderWay = {
  readonly channel: Channel;
  readonly speaker: string;
  readonly stop: AbortController;
};

/** The answers that are being made, by their turns, so that somebody can stop them. */
export class Stops {
  readonly #underWay = new Map<number, UnderWay>();

  /** Does something that can be stopped from when it says which turn it answers until it is done. */
  async during<T>(
    { channel, speaker }: Pick<UnderWay, 'channel' | 'speaker'>,
    live: Live,
    work: (stoppable: Live) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController();
    const begun = new Set<number>();
    const begin = (turn: number) => {
      begun.add(turn);
      this.#underWay.set(turn, { channel, speaker, stop });
      live.begin(turn);
    };
    try {
      return await work({ ...live, begin, signal: AbortSignal.any([live.signal, stop.signal]) });
    } finally {
      for (const turn of begun) this.#underWay.delete(turn);
    }
  }

  /** `null` where nothing is being answered (any more). */
  find(turn: number): UnderWay | null {
    return this.#underWay.get(turn) ?? null;
  }
}
