import { describe, expect, it } from 'vitest';

import { compactNumber } from '../../src/lib/numbers.ts';

describe('a number', () => {
  it.each([
    ['en', '12.3K'],
    ['zh', '1.2万'],
    ['zh-Hant', '1.2萬'],
    ['ja', '1.2万'],
    ['pt-BR', '12,3 mil'],
    ['de', '12.345'],
    ['tlh', '12.3K'],
  ])('is shortened as people of %s do', (language, short) => {
    expect(compactNumber(12_345, language).replace('\u00A0', ' ')).toBe(short);
  });
});
