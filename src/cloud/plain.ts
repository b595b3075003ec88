/**
 * A post's own words: without the mark of a retweet, links and what is left of cut ones, addresses,
 * HTML's escapes, and a last word that was cut off.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/^RT @\w+:\s*/i, '')
    .replace(LINK, '\n')
    .replace(CUT_WORD, '\n')
    .replace(/&amp;/gi, '&')
    .replace(/&(?:[a-z]{2,8}|#x?[\da-f]{1,6});/gi, ' ')
    .replace(/\S+@\S+\.\S+/g, '\n')
    .replaceAll('＃', '#')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[ \t\u00A0\u3000]+/g, ' ');
}

/** Zero-width characters, and those that turn the reading direction. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;

/** Whole links, links cut off anywhere, and addresses written without a scheme. */
const LINK = /https?(?::\S*|…)|\bhtt?p?s?…|\bwww\.\S+|\b(?:[a-z\d-]+\.)+[a-z]{2,}\/\S*/gi;

/** Letters that run into an ellipsis at the end: a cut word, unless the script has no spaces. */
const CUT_WORD =
  /(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})[\p{L}\p{N}_@#$'’])*…\s*$/u;
