import { describe, expect, it } from 'vitest';

import { textsIn } from '../../src/texts/texts.ts';

describe('our own words', () => {
  it.each(['zh', 'zh-Hans', 'zh-Hant', 'zh-Hant-TW'])('are Chinese in %s', (language) => {
    expect(textsIn(language).sources).toBe('来源');
  });

  it.each(['en', 'en-GB', 'ja', 'pt-BR', 'zha'])('are English in %s', (language) => {
    expect(textsIn(language).sources).toBe('Sources');
  });
});
