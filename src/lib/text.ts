/** Texts without control characters and halves of characters: the database takes neither. */
export const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;

/**
 * Text as the database and the chats can hold it: no NUL and other control characters (tab and line
 * feed stay), no unpaired surrogates, line ends as `\n`. Nothing visible is lost.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed();
}

// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/** The text on one line, with single spaces, and without marks that turn the reading direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Ends of names of hosts that people write without a scheme: those that are no words of a sentence. */
const ENDINGS =
  `com org net io ai me dev app co cn gg ly to so sh gl be tv fm eu us uk de fr jp kr tw hk ru br
  info news xyz page site online shop store tech cloud link club blog wiki edu gov new chat top vip cc example
  test`
    .split(/\s+/)
    .join('|');

/**
 * An address in running text: with a scheme, of whatever kind; that of a host that begins with `www.`; a
 * host and a path (`t.me/…`, `discord.gg/…`). It ends where printable ASCII ends, because Chinese goes on
 * right after it; one that does not begin in ASCII ends at the next space.
 */
const LINK = new RegExp(
  [
    String.raw`(?:[a-z\d+.\-]{1,20}:\/\/|www\.)(?:[\x21-\x7E]+|\S*)`,
    String.raw`(?<![\w@.\-])(?:[a-z\d\-]{1,63}\.){1,9}(?:${ENDINGS})\/[\x21-\x7E]+`,
  ].join('|'),
  'gi',
);

/** The text with a space in the place of every web address. */
export function withoutLinks(text: string): string {
  return text.replace(LINK, ' ');
}

/** Marks behind an address that are its sentence's, not its own. */
const MARKS_BEHIND = /["'()[\]{}<>.,:;!?*|]+$/;

/** The text without its web addresses, where one in mid-sentence leaves `…`: what is quoted reads on. */
export function elideLinks(text: string): string {
  let said = '';
  let at = 0;
  for (const { 0: link, index } of text.matchAll(LINK)) {
    said += text.slice(at, index);
    at = index + link.replace(MARKS_BEHIND, '').length;
    const gap = gapFor(said, text.slice(at));
    said = gap === '' ? said.trimEnd() : said + gap;
  }
  return said + text.slice(at);
}

/** What an address leaves between words: `…` where they go on, else nothing but a space. */
export function gapFor(before: string, after: string): string {
  if (/^[.!?。！？]/u.test(after)) return '';
  const goesOn = /[\p{L}\p{N},，、;；)）”]\s?$/u.test(before.slice(-2)) ? GOES_ON : GOES_ON_ANYHOW;
  return goesOn.test(after) ? '…' : ' ';
}

/** Another address goes on with nothing. */
const GOES_ON = /^(?![ \t]*(?:https?:\/\/|www\.))[ \t]*[\p{L}\p{N},，、;；]/iu;
const GOES_ON_ANYHOW = /^(?![ \t]*(?:https?:\/\/|www\.))[ \t]*[\p{Ll},，、;；]/u;

/** Quotation marks as they stand within others of the same kind: ‘ and ’ for “ and ”. */
export function innerQuotes(text: string): string {
  return text.replaceAll('“', '‘').replaceAll('”', '’');
}

/** Words on one line, cut at a word's end where they are longer than so many characters. */
export function shorten(words: string, longest: number): string {
  if (words.length <= longest) return words;
  const head = words
    .slice(0, longest)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  return `${head.replace(/[^\s\p{Script=Han}]+$/u, '').trimEnd() || head}…`;
}

/**
 * The text as one line that shows all it holds: no line ends of any script, no characters that nobody
 * sees (zero width, tags, variation selectors, fillers, reading direction), single spaces.
 */
export function plainLine(text: string): string {
  return cleanText(text).replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
}

const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;
