import { describe, expect, it } from 'vitest';

import { AD_SIGNS } from '../../src/model/advertising.ts';
import { FALLBACK_REASONS } from '../../src/model/report.ts';
import { en } from '../../src/texts/en.ts';
import { zh } from '../../src/texts/zh.ts';

/** Texts that say the same in both languages, or nothing in both, on purpose. */
const ALIKE = new Set(['courses.going-on']);

/** Every text under its path: `commands.digest`, `whenExamples.0`. */
function textsUnder(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, own]) =>
    textsUnder(own, path === '' ? key : `${path}.${key}`),
  );
}

const english = new Map(textsUnder(en));
const chinese = new Map(textsUnder(zh));
const HAN = /\p{Script=Han}/u;

const isTold = (value: unknown) => typeof value === 'function';
const arity = (value: unknown) => (typeof value === 'function' ? value.length : null);
const isIn = (one: unknown, other: unknown) =>
  typeof one === 'string' &&
  typeof other === 'string' &&
  /\S/u.test(one) &&
  !HAN.test(one) &&
  HAN.test(other);

describe('our words in both languages', () => {
  it('are the same texts', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it.each([...english.keys()])('say something, each in its own language: %s', (path) => {
    const [one, other] = [english.get(path), chinese.get(path)];
    expect(typeof other).toBe(typeof one);
    expect(isTold(one) || ALIKE.has(path) || isIn(one, other)).toBe(true);
    expect(arity(other)).toBe(arity(one));
  });

  it('name every reason and every sign', () => {
    for (const texts of [en, zh]) {
      const reasons = FALLBACK_REASONS.map((reason) => texts.takenOver(reason));
      const signs = AD_SIGNS.map((sign) => texts.adSign(sign));
      for (const said of [...reasons, ...signs]) expect(said).toMatch(/\S/u);
      expect([...reasons, ...signs].join(' ')).not.toContain('undefined');
      expect(new Set(signs).size).toBe(signs.length);
    }
  });

  it('are whole sentences where somebody is told off, also without anything to name', () => {
    for (const texts of [en, zh]) {
      const said = [
        texts.noTopic('', ['twitter_ai']),
        texts.noTopic('x', ['twitter_ai']),
        texts.noSection('', []),
        texts.noSection('', ['A']),
        texts.noSection('Z', ['A']),
        texts.noConclusions(null, []),
        texts.noConclusions('no-time', ['A']),
        texts.noReportOn('2026-01-29', []),
        texts.noReportsIn('2026-01-28', '2026-01-29', ['2026-01-01']),
        texts.noChannel(''),
        texts.noChannel('x'),
        texts.notDropped(''),
        texts.notDropped('x'),
        texts.noHour('25:00'),
        texts.noLanguage('klingon'),
        texts.tooEarly('08:00', 'Twitter Ai', '10:00', '/subscribe twitter_ai 10:00'),
        texts.usedUp,
        texts.oldButton,
        texts.notAllowedYet,
        texts.stranger('telegram:-100123'),
        texts.notUnderstood('x', '[DAY]'),
        texts.forAdminsOnly('subscribe'),
        texts.forOwnersOnly('allow'),
      ];
      for (const sentence of said) expect(sentence).toMatch(/[.?。？]$/u);
    }
  });
});
