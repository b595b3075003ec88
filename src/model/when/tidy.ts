/** Traditional forms of the few characters that days are written with. */
const SIMPLIFIED: ReadonlyMap<string, string> = new Map([
  ['週', '周'],
  ['禮', '礼'],
  ['號', '号'],
  ['過', '过'],
  ['這', '这'],
  ['個', '个'],
  ['兩', '两'],
  ['從', '从'],
  ['報', '报'],
  ['後', '后'],
]);

const OPENING = /^[\s"'“‘「『《【([<,，。、!?:;]+/u;
const CLOSING = /(?:[\s"'“”’」』》】)\]>,，。、!?:;]|(?<!\.)\.)+$/u;
const LEADING = /^(?:on|for|from|the|从|在)(?:\s+|(?<=\p{Script=Han}))/u;
const ENDING = /(?:'s| (?:digest|report)|的|日报|日報)$/u;

/**
 * Words about days in one form: narrow digits and punctuation, lower case, simplified characters, no
 * spaces beside Chinese, nothing around them that does not matter ("昨天的日报。" is 昨天). Marks that
 * could be half of a range or a sign (`-`, `..`, `~`) stay, so that what they would change is refused.
 */
export function tidyWords(words: string): string {
  let tidy = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[週禮號過這個兩從報後]/gu, (written) => SIMPLIFIED.get(written) ?? written)
    .replace(/[‐‑−]/gu, '-')
    .replaceAll('’', "'")
    .replace(/\s+/gu, ' ')
    .replace(/ ?(\p{Script=Han}) ?/gu, '$1');
  for (let before = ''; before !== tidy;) {
    before = tidy;
    tidy = tidy.replace(OPENING, '').replace(CLOSING, '').replace(LEADING, '').replace(ENDING, '');
  }
  return tidy;
}
