/** What the model is asked for; each has its model, its effort and its line in the account. */
export const PURPOSES = ['report', 'ask', 'check'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A call that is under way (or whose end nobody saw), and the two ends of one. */
export const CALL_STATES = ['asked', 'answered', 'failed'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** The tokens of a call, as they are billed: each is in one of the four. */
export type Tokens = {
  /** Read, and in no cache. */
  readonly fresh: number;
  /** Read, and written into the cache. */
  readonly cacheWritten: number;
  /** Read from the cache. */
  readonly cacheRead: number;
  /** Written by the model, its thinking among them. */
  readonly output: number;
};

export const NO_TOKENS: Tokens = { fresh: 0, cacheWritten: 0, cacheRead: 0, output: 0 };

/** A price list: dollars for a million tokens. */
export type Rates = {
  readonly input: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly output: number;
};

/** What a model costs: some take more for whole questions that are long. */
export type Price = Rates & {
  readonly long?: Rates & {
    /** Tokens that a question has, cached ones included, when these rates begin. */
    readonly above: number;
  };
};

/** What a call costs, in millionths of a dollar, rounded up. A batch costs half. */
export function priceOf(tokens: Tokens, price: Price, batched = false): number {
  const { fresh, cacheWritten, cacheRead, output } = tokens;
  const read = fresh + cacheWritten + cacheRead;
  const rates = price.long && read > price.long.above ? price.long : price;
  const whole =
    fresh * rates.input +
    cacheWritten * rates.cacheWrite +
    cacheRead * rates.cacheRead +
    output * rates.output;
  return Math.ceil((batched ? whole / 2 : whole) - 1e-9);
}
