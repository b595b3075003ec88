/** Words that end like a plural and are none. */
const SINGULAR = new Set(['news', 'less', 'mars', 'paris', 'texas', 'always', 'series', 'does']);

/**
 * What all spellings of a word have in common: small letters, singular, without inner marks and the
 * `#` of a tag.
 */
export function keyOfWord(word: string): string {
  const bare = word.replace(/^#/, '').replaceAll('’', "'");
  return singular(bare.replace(/'s$/i, '')).toLowerCase().replace(/[-_']/g, '');
}

/** The simple English singular; capitals with a small s (LLMs) are plurals however short. */
function singular(word: string): string {
  if (/^\p{Lu}{2,}s$/u.test(word)) return word.slice(0, -1);
  if (!/^[a-z][a-z-]{3,}$/i.test(word) || SINGULAR.has(word.toLowerCase())) return word;
  if (/[^aeiou]ies$/i.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/i.test(word)) return word.slice(0, -2);
  return /[^sui]s$/i.test(word) ? word.slice(0, -1) : word;
}
