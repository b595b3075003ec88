/** A part of a text between marks, with its place. */
export type Span = { readonly text: string; readonly start: number; readonly end: number };

/** The clauses of a text: what stands between commas, stops and dashes. */
export function clausesOf(text: string): Span[] {
  return spansBetween(text, /[，。；;!?！？–—\n]|[,.:](?=\s|$)|：/gu);
}

/** The sentences of a text. */
export function sentencesOf(text: string): Span[] {
  return spansBetween(text, /[。!?！？\n]|\.(?=\s|$)/gu);
}

/** The phrases of a text, within which a figure and what it counts stand. */
export function phrasesOf(text: string): Span[] {
  return spansBetween(
    text,
    /[，。；;!?！？–—\n)）、]|[,.](?=\s|$)|\b(?:and|but|while|whereas)\b/giu,
  );
}

/** The span in which a place lies. */
export function spanAt(spans: readonly Span[], at: number): Span | undefined {
  return spans.find(({ start, end }) => at >= start && at < end);
}

function spansBetween(text: string, marks: RegExp): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const mark of text.matchAll(marks)) {
    spans.push({ text: text.slice(start, mark.index), start, end: mark.index });
    start = mark.index + mark[0].length;
  }
  spans.push({ text: text.slice(start), start, end: text.length });
  return spans.filter((span) => span.text.trim() !== '');
}
