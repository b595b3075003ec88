import { describe, expect, it } from 'vitest';

import { NO_TOKENS, priceOf } from '../../src/model/usage.ts';

const RATES = { input: 4, cacheWrite: 5, cacheWriteHour: 8, cacheRead: 0.2, output: 20 };

describe('the price of a call', () => {
  it('counts each kind of token at its rate, in millionths of a dollar', () => {
    const tokens = { fresh: 100, cacheWritten: 1000, cacheRead: 10_000, output: 50 };
    expect(priceOf(tokens, RATES)).toBe(400 + 5000 + 2000 + 1000);
  });

  it('is nothing, with no sign, where nothing was read or written', () => {
    expect(priceOf(NO_TOKENS, RATES)).toBe(0);
  });

  it('is half in a batch', () => {
    expect(priceOf({ ...NO_TOKENS, fresh: 100 }, RATES, { cachedFor: '5m', batched: true })).toBe(
      200,
    );
  });

  it('takes the rates of long questions for the whole of one that is long, cached tokens included', () => {
    const long = {
      input: 8,
      cacheWrite: 10,
      cacheWriteHour: 16,
      cacheRead: 1,
      output: 40,
      above: 1000,
    };
    const tokens = { ...NO_TOKENS, fresh: 1, cacheRead: 1000 };
    expect(priceOf(tokens, { ...RATES, long })).toBe(8 + 1000);
    expect(priceOf({ ...tokens, fresh: 0 }, { ...RATES, long })).toBe(200);
  });
});
