/** Numbers written in words, in English and in Chinese. */

const ENGLISH: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

const ENGLISH_POWERS: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

const COUNTS = Object.keys(ENGLISH).join('|');
const POWERS = Object.keys(ENGLISH_POWERS).join('|');

/** An English number in words, as the source of a pattern: "two hundred and five", "half a million". */
export const ENGLISH_NUMERAL = `(?:half[ -])?(?:(?:an?|${COUNTS})(?:[ -](?:${POWERS}))+|(?:${COUNTS}))(?:(?: and)?[ -](?:${COUNTS}|${POWERS})){0,7}`;

/** What an English number in words counts; NaN when it counts nothing. */
export function readEnglish(words: string): number {
  const parts = words.toLowerCase().split(/[ -]+/);
  const isHalf = parts[0] === 'half';
  let total = 0;
  let group = Number.NaN;
  for (const part of parts) {
    const power = ENGLISH_POWERS[part];
    if (power !== undefined) {
      group = (Number.isNaN(group) ? 1 : group) * power;
      if (power > 100) [total, group] = [total + group, 0];
    } else if (part in ENGLISH) {
      group = (Number.isNaN(group) ? 0 : group) + (ENGLISH[part] ?? 0);
    }
  }
  return (total + group) * (isHalf ? 0.5 : 1);
}

const CHINESE: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

const CHINESE_POWERS: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1e3,
  万: 1e4,
  亿: 1e8,
};

/** A Chinese number in words, as the source of a pattern. */
export const CHINESE_NUMERAL = '[零〇一二两三四五六七八九十百千万亿]{1,24}';

/** Chinese powers of ten that follow digits ("1.2 万", "3 千万"), as the source of a pattern. */
export const CHINESE_POWER = '[十百千]?[万亿]亿?|[百千](?![度问])';

/** What a Chinese number in words counts: 二十五 is 25, 一百万 a million. */
export function readChinese(words: string): number {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const character of words) {
    const power = CHINESE_POWERS[character];
    if (power === undefined) {
      digit = (digit ?? 0) * (digit === null ? 1 : 10) + (CHINESE[character] ?? 0);
    } else if (power < 1e4) {
      section += (digit ?? 1) * power;
      digit = null;
    } else {
      const below = section + (digit ?? 0);
      total = power === 1e8 ? (total + below || 1) * power : total + (below || 1) * power;
      [section, digit] = [0, null];
    }
  }
  return total + section + (digit ?? 0);
}

/** How much a Chinese power after digits multiplies them. */
export function readChinesePower(power: string): number {
  return power === '' ? 1 : readChinese(power);
}
