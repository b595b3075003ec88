import { SECTION_LETTERS, type SectionLetter } from './report.ts';

/** What is behind a digest's first screen: the table, a section, the advice. */
export const PART_MARKS = ['II', ...SECTION_LETTERS, 'IV'] as const;
export type PartMark = 'II' | SectionLetter | 'IV';

/** A part as a report's lines are addressed: `II`, `III.C`. */
export function addressOfPart(part: PartMark): string {
  return part === 'II' || part === 'IV' ? part : `III.${part}`;
}

/** What a button asks for. Reports are named by the number under which they are stored. */
export type Address =
  | { readonly kind: 'part'; readonly report: number; readonly part: PartMark }
  | { readonly kind: 'sources'; readonly report: number }
  | { readonly kind: 'ask'; readonly report: number };

/** What the button carries under an answer that is being made: it ends that. */
export function stopAddress(turn: number): string {
  return `stop:${turn}`;
}

/** The turn that a button is to stop; `null` where it is for something else. */
export function readStop(carried: string): number | null {
  const turn = Number(/^stop:([1-9]\d{0,9})$/.exec(carried)?.[1] ?? NaN);
  return turn <= LARGEST ? turn : null;
}

/** An address as a button carries it: a few ASCII characters, which stay valid for good. */
export function addressOf(address: Address): string {
  return address.kind === 'part'
    ? `part:${address.report}:${address.part}`
    : `${address.kind}:${address.report}`;
}

/** What a button asks for, from what it carries; `null` for what never was on a button of ours. */
export function readAddress(carried: string): Address | null {
  const match = /^(part|sources|ask):([1-9]\d{0,9})(?::([IV]{1,2}|[A-I]))?$/.exec(carried);
  if (!match) return null;
  const [, kind, number, mark] = match;
  const report = Number(number);
  if (report > LARGEST) return null;
  const part = PART_MARKS.find((known) => known === mark);
  if (kind === 'part') return part ? { kind, report, part } : null;
  if (mark !== undefined || (kind !== 'sources' && kind !== 'ask')) return null;
  return { kind, report };
}

/** The largest number that the database gives. */
const LARGEST = 2 ** 31 - 1;
