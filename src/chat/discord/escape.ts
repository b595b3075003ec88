/**
 * Word joiner: nobody sees it, and no line breaks there. It stands where a backslash would not help:
 * in a word that calls everyone, between two marks of emphasis, and after a `#` that ends a heading.
 */
export const JOINER = '\u2060';

/** What a link is on whose words cannot be one: Discord takes no emoji and no escapes in them. */
export const ARROW = '→';

/** The text without what rendering adds to it. */
export function withoutMarks(text: string): string {
  return text.replaceAll(JOINER, '').replaceAll(ARROW, '');
}

/**
 * The text so that Discord shows it as it stands: no markup, mention, time, emoji name, link or
 * invitation. A backslash is preferred to an unseen mark, because who copies the text has it whole.
 * @param isAtStart Whether nothing stands before it on its line, where more characters act.
 */
export function escapeText(text: string, isAtStart: boolean): string {
  const line = text
    .replace(ACTING, '\\$&')
    .replace(CALL, `@${JOINER}`)
    .replace(AFTER_DOMAIN, '\\/');
  return isAtStart ? line.replace(START, '$1\\$2') : line;
}

/** Code so that nobody is called by it; Discord's clients read nothing in it, but its server may. */
export function writeCode(code: string): string {
  return `\`${code.replace(CALL, `@${JOINER}`).replace(/<(?=[@#])/g, `<${JOINER}`)}\``;
}

/** Emphasis, code, spoilers, links; then names of emoji and schemes, and mentions within `<>`. */
const ACTING = /[\\*_~|`<[\]]|:(?=\S)|(?<=<)[@#/]/g;

/** Discord's server looks for these anywhere in the text, behind a backslash too. */
const CALL = /@(?=everyone|here)/g;

/** Invitations act without a scheme. */
const AFTER_DOMAIN = /(?<=\.[a-z]{2,})\//gi;

/** Headings, small print, quotes, lists; `*` is escaped already. */
const START = /^(\d*)([#>+.-])/;
