const DIGITS = '零一二三四五六七八九';
const ENGLISH = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The whole number from 0 to 9999 that is written: 3, three, a, 三, 两, 二十九; `null` for none. */
export function numberIn(words: string): number | null {
  if (/^\d{1,4}$/.test(words)) return Number(words);
  if (words === 'a' || words === 'an') return 1;
  if (words === '两') return 2;
  const english = ENGLISH.indexOf(words);
  return english >= 0 ? english : chineseNumber(words);
}

/** The year that is written in four digits: 2026, 二〇二六; `null` for none. */
export function yearIn(words: string): number | null {
  const digits = words
    .replaceAll('〇', '零')
    .replace(/[零一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit)));
  return /^\d{4}$/.test(digits) ? Number(digits) : null;
}

function chineseNumber(words: string): number | null {
  const parts = /^(?:([一二三四五六七八九])?(十))?([零一二三四五六七八九])?$/.exec(words);
  if (words === '' || !parts) return null;
  const [, tens, ten, ones] = parts;
  if (ten && ones === '零') return null;
  return (ten ? 10 * (tens ? DIGITS.indexOf(tens) : 1) : 0) + (ones ? DIGITS.indexOf(ones) : 0);
}
