import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { languageName, readLanguage } from '../../src/model/topic.ts';

describe('the language of a topic', () => {
  it.each([
    ['zh', 'zh', 'Chinese'],
    ['en', 'en', 'English'],
    ['ja', 'ja', 'Japanese'],
    ['pt-br', 'pt-BR', 'Brazilian Portuguese'],
    ['ZH-HANT', 'zh-Hant', 'Traditional Chinese'],
    ['zh-hant-hk', 'zh-Hant-HK', 'Chinese (Traditional, Hong Kong SAR China)'],
    ['iw', 'he', 'Hebrew'],
    ['sr-latn', 'sr-Latn', 'Serbian (Latin)'],
  ])('is read from its tag: %s', (tag, language, name) => {
    expect(readLanguage(tag)).toBe(language);
    expect(languageName(language)).toBe(name);
  });

  it.each([
    ['nothing', ''],
    ['a name', 'klingon'],
    ['a made-up tag', 'xx'],
    ['a country', 'jp'],
    ['a locale of Unix', 'zh_TW'],
    ['no one language', 'mul'],
    ['an unknown language', 'und'],
    ['no words', 'zxx'],
    ['no known country', 'en-ZZ'],
    ['no known script', 'en-Zzzz'],
    ['a country that is none', 'de-QQ'],
    ['an unknown variant', 'de-foobar'],
    ['settings of a locale', 'en-US-u-ca-gregory'],
    ['a private tag', 'x-ours'],
    ['a private part', 'ja-x-ours'],
    ['a path', '../ja'],
    ['two lines', 'ja\n'],
    ['too much', `zh-${'abcde-'.repeat(8)}fghij`],
  ])('is not read from %s', (_, tag) => {
    expect(readLanguage(tag)).toBeNull();
  });

  it('is canonical, fit for a file name and read again as itself, for any words', () => {
    const part = fc.constantFrom('zh', 'EN', 'sr', 'latn', 'Hant', 'br', '419', 'x', 'u', '1996');
    const tag = fc.oneof(
      fc.array(part).map((parts) => parts.join('-')),
      fc.string(),
    );
    fc.assert(
      fc.property(tag, (words) => {
        const language = readLanguage(words);
        expect(languageName(language ?? words)).not.toBeUndefined();
        if (language === null) return;
        expect(language).toMatch(/^[A-Za-z0-9-]{2,35}$/);
        expect(readLanguage(language)).toBe(language);
      }),
    );
  });
});
