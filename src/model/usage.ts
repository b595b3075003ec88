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
  /** Written for five minutes, and for an hour. */
  readonly cacheWrite: number;
  readonly cacheWriteHour: number;
  readonly cacheRead: number;
  readonly output: number;
};

/** How long the cache keeps what is written into it. */
export type CacheLife = '5m' | '1h';

/** What a call costs besides its tokens. */
export type Terms = {
  readonly cachedFor: CacheLife;
  /** Asked in a batch: for half the price, whenever there is room. */
  readonly batched: boolean;
};

export const USUAL_TERMS: Terms = { cachedFor: '5m', batched: false };

/** What a model costs: some take more for whole questions that are long. */
export type Price = Rates & {
  readonly long?: Rates & {
    /** Tokens that a question has, cached ones included, when these rates begin. */
    readonly above: number;
  };
};

/** What a call costs, in millionths of a dollar, rounded up. */
export function priceOf(tokens: Tokens, price: Price, terms: Terms = USUAL_TERMS): number {
  const { fresh, cacheWritten, cacheRead, output } = tokens;
  const read = fresh + cacheWritten + cacheRead;
  const rates = price.long && read > price.long.above ? price.long : price;
  const whole =
    fresh * rates.input +
    cacheWritten * (terms.cachedFor === '1h' ? rates.cacheWriteHour : rates.cacheWrite) +
    cacheRead * rates.cacheRead +
    output * rates.output;
  return Math.max(0, Math.ceil((terms.batched ? whole / 2 : whole) - 1e-9)); // never -0
}
