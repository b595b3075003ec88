import { tokenize } from '../lib/tokens.ts';
import { CUT_MARK, type Post, REPOST } from './post.ts';

/** The words of a post in order, as its author wrote them: those kept with it, else cut now. */
export function wordsOf(post: Pick<Post, 'text' | 'words'>): string[] {
  return (post.words ?? cutWords(post.text)).split(' ').filter((word) => word !== '');
}

/**
 * The words of a text with a space between each: no word holds one. They are kept with the post, so
 * a change of what is a word needs a migration that sets the kept ones to null.
 */
export function cutWords(text: string): string {
  return tokenize(plainText(text)).join(' ');
}

/**
 * A post's own text: without the mark of a retweet, links and what is left of cut ones, addresses,
 * HTML's escapes, and a last word that was cut off.
 */
export function plainText(text: string): string {
  const bare = text
    .normalize('NFC')
    .replace(CUT_MARK, '')
    .replace(INVISIBLE, '')
    .replace(REPOSTED, '')
    .replace(LINK, '\n')
    .replace(CUT_WORD, '\n');
  const read = bare.includes('&') ? withoutEscapes(bare) : bare;
  return (read.includes('@') ? read.replace(ADDRESS, '\n') : read)
    .replaceAll('＃', '#')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[ \t\u00A0\u3000]+/g, ' ');
}

function withoutEscapes(text: string): string {
  return text.replace(/&amp;/gi, '&').replace(/&(?:[a-z]{2,8}|#x?[\da-f]{1,6});/gi, ' ');
}

const ADDRESS = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+/g;

/** As people write it by hand, too. */
const REPOSTED = new RegExp(REPOST.source, 'i');

/** Zero-width characters, and those that turn the reading direction. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;

/**
 * Whole links, links cut off anywhere, and addresses written without a scheme. A link ends where
 * ASCII ends: Chinese and Japanese go on after it without a space.
 */
const LINK =
  /https?(?::(?:[\x21-\x7E]+|\S*)…?|…)|\bhtt?p?s?…|\bwww\.(?:[\x21-\x7E]+|\S+)…?|\b(?:[a-z\d-]{1,63}\.){1,9}[a-z]{2,24}\/[\x21-\x7E]*…?/gi;

/** Letters that run into an ellipsis at the end: a cut word, unless the script has no spaces. */
const CUT_WORD =
  /(?<![[\p{L}\p{N}_@#$'’]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]])[[\p{L}\p{N}_@#$'’]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]*…\s*$/v;
