import { REPOST } from '../model/post.ts';

const CUT =
  /…(?:\s+https?:\/\/\S+)?[\s\u200B]*$|展开全文[\s\u200B]*$|(?:…|\.{3})\s*全文[\s\u200B]*$/;

/** Whether a text ends like one that its source cut: with "…" (a link may follow) or "展开全文". */
export function looksCut(text: string): boolean {
  return CUT.test(text);
}

/** The handle that a text names as the reposted one (`RT @handle: …`), or `null`. */
export function repostedHandle(text: string): string | null {
  return REPOST.exec(text)?.[1] ?? null;
}

/** Codes for "no language": ISO 639's, and X's private `qme`, `qst`, `qht`, … */
const NO_LANGUAGE = /^(?:und|zxx|art|mul|mis|q[a-t][a-z])(?:-|$)/;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/i;
/** What X still says in the codes of 1988. */
const RENAMED: Readonly<Record<string, string>> = { in: 'id', iw: 'he', ji: 'yi' };

/** A source's language code as BCP 47; `null` where it says that there is none, or means nothing. */
export function languageOf(code: string): string | null {
  if (!LANGUAGE.test(code) || NO_LANGUAGE.test(code.toLowerCase())) return null;
  return RENAMED[code.toLowerCase()] ?? code;
}

/** No page needs a longer address. Characters. */
const LONGEST_ADDRESS = 2000;

/**
 * An address of the web without the name and password that may stand before its host: they lead nowhere
 * else, and look like a host that it is not (`https://x.com@evil.example/`). `null` for what is none.
 */
export function plainAddress(link: string): string | null {
  if (link.length > LONGEST_ADDRESS || !isWebLink(link)) return null;
  const url = new URL(link);
  if (url.username === '' && url.password === '') return link;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Whether a text is an address of the web, http or https. */
export function isWebLink(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
