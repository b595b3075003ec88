/** What a question names of a report, and the question without it. */
export type Sectioned = { readonly sections: readonly string[]; readonly rest: string };

const PART = '(?:IV|I{1,3})';

/**
 * How people name a section: `III.C.2`, `II.3`, "part II", "section C", "B 部分", "第 C 节", `C2`. A
 * lone letter is one only beside such a word: "I" is the speaker, "A" an article.
 */
const NAMES: readonly RegExp[] = [
  new RegExp(
    `(?<![\\w.])(?<part>${PART})\\.(?:(?<section>[A-I])(?:\\.(?<number>\\d{1,2}))?|(?<line>\\d{1,2}))(?![\\w.]*\\w)`,
    'g',
  ),
  new RegExp(
    `\\b(?:part|section|chapter)\\s+(?:(?<part>${PART})|(?<section>[A-Ia-i]))(?:[. ]?(?<number>\\d{1,2}))?\\b`,
    'gi',
  ),
  new RegExp(
    `第?\\s*(?:(?<![\\w.])(?<part>${PART})|(?<![\\w.])(?<section>[A-Ia-i]))(?:\\.?(?<number>\\d{1,2}))?\\s*(?:部分|部份|板块|版块|小节|一节|节|段|章)`,
    'g',
  ),
  new RegExp(
    `(?:部分|板块|章节|小节)\\s*(?:(?<part>${PART})|(?<section>[A-I]))(?:\\.?(?<number>\\d{1,2}))?(?!\\w)`,
    'g',
  ),
  /\b(?:behind|under|of|in)\s+(?<section>[A-I])(?<number>\d{1,2})?(?=\s*(?:[?.!,]|$))/g,
];

/** The sections and lines of a report that a question names, as addresses: `II`, `III.B`, `III.B.2`. */
export function sectionsIn(question: string): Sectioned {
  const sections = new Set<string>();
  let rest = question;
  for (const name of NAMES) {
    for (const { groups } of rest.matchAll(name)) sections.add(addressOf(groups ?? {}));
    rest = rest.replace(name, ' ');
  }
  return { sections: [...sections], rest };
}

/** The address that the groups of a name say: `III.C.2`. */
export function addressOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { part, section, number, line } = groups;
  const head = section === undefined ? part?.toUpperCase() : `III.${section.toUpperCase()}`;
  return [head, number ?? line].filter((piece) => piece !== undefined).join('.');
}

/** Whether a line stands in one of the sections. */
export function isWithin(address: string, sections: readonly string[]): boolean {
  return sections.some((section) => address === section || address.startsWith(`${section}.`));
}

/** How people say that they mean the report as a whole: this digest, 这份日报. */
const WHOLE =
  /\b(?:(?:in|of|from|by)\s+)?(?:this|the|that)\s+(?:whole\s+|entire\s+)?(?:daily\s+)?(?:digest|report|briefing)\b|(?:在)?[这這那该該此](?:一)?[份篇个個期]?(?:日报|日報|早报|早報|晚报|简报|簡報|摘要|报告|報告)(?:[里裡中上]面?)?/giu;

/** Whether a question is about the report in view as a whole, and the question without saying so. */
export function wholeIn(question: string): { readonly isWhole: boolean; readonly rest: string } {
  const rest = question.replace(WHOLE, ' ');
  return { isWhole: rest !== question, rest };
}
