import type { Language } from './topic.ts';
import type { Problem, Verdict } from './verdict.ts';
import type { Day, Window } from './window.ts';

/** `extract` where no sentence of the report is a model's. */
export type Writer = 'extract' | 'model';

/** The numbered parts of a report: brief, key information, detailed analysis, conclusions. */
export const PARTS = ['I', 'II', 'III', 'IV'] as const;
export type Part = (typeof PARTS)[number];

/** Letters of the sections of part III. */
export const SECTION_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const;
export type SectionLetter = (typeof SECTION_LETTERS)[number];

/** One sentence or two of a report, with the posts that it rests on. */
export type Line = {
  /** `I.1`, `II.3`, `III.C.2`: stable inside its report. */
  readonly address: string;
  readonly part: Part;
  readonly section: SectionLetter | null;
  /** Words set in bold before the text. */
  readonly lead: string | null;
  /** Plain text, no markup. */
  readonly text: string;
  /** Pieces of the text to be set in bold. */
  readonly bold: readonly string[];
  /** Part II: what the fact may mean; `null` where nobody can honestly say. */
  readonly impact: string | null;
  /** Ids of the posts it rests on, the strongest first; never empty. */
  readonly cites: readonly string[];
  /** Part IV: addresses of the lines of this report that it follows from; empty elsewhere. */
  readonly basis: readonly string[];
  /** The line of an earlier report that it goes on from. */
  readonly continues: EarlierLine | null;
  readonly verdict: Verdict;
};

/** All that a line says. */
export function wordsOfLine({
  lead,
  text,
  impact,
}: Pick<Line, 'lead' | 'text' | 'impact'>): string {
  return [lead, text, impact].filter((part) => part !== null).join(' – ');
}

/** Where a line of an earlier report stands. */
export type EarlierLine = {
  /** First and last day of that report's window. */
  readonly from: Day;
  readonly to: Day;
  readonly address: string;
};

/** A lettered section of part III. */
export type Section = { readonly letter: SectionLetter; readonly name: string };

/** Numbers about a report, counted by code. */
export type Counts = {
  readonly collected: number;
  readonly advertising: number;
  readonly copies: number;
  readonly empty: number;
  readonly kept: number;
  readonly authors: number;
  readonly stories: number;
  readonly cited: number;
};

/** A part that one call writes: `I`, `II`, a section (`III.C`), `IV`; `III` is a section that fell away. */
export type PartName = Part | `III.${SectionLetter}`;

/** A line that the model wrote and that the checks did not let through, even rewritten. */
export type DroppedLine = {
  readonly part: PartName;
  readonly words: string;
  readonly problems: readonly Problem[];
};

/** Why the extractive writer took over. */
export const FALLBACK_REASONS = [
  'over-budget', // the day's cap would have been passed
  'no-time', // the answer would have come too late
  'unreachable', // no connection, or it broke again and again
  'overloaded', // the provider has too much to do, or we asked too often
  'bad-key', // the key is not accepted
  'no-credit', // the account has nothing left
  'rejected', // the provider does not take the question: a model that does not exist, say
  'refused', // the model declined to answer
  'too-large', // the posts do not fit, even shortened
  'cut-off', // the answer did not fit
  'unreadable', // the answer was not of the form that was asked for
  'nothing-held', // no line stood up to the checks
] as const;
export type FallbackReason = (typeof FALLBACK_REASONS)[number];

/** A part that the extractive writer wrote in the model's place. */
export type Fallback = { readonly part: PartName; readonly reason: FallbackReason };

/** What became of a model's lines. */
export type Writing = {
  readonly model: string;
  /** Lines that the model wrote, those that were dropped among them. */
  readonly written: number;
  /** Lines that passed the checks at the second attempt. */
  readonly repaired: number;
  readonly dropped: readonly DroppedLine[];
  readonly fallbacks: readonly Fallback[];
};

/** The artefact: what a topic's window held. */
export type Report = {
  readonly topic: string;
  readonly topicTitle: string;
  readonly window: Window;
  readonly language: Language;
  /** Who wrote the sentences: the posts themselves, or a model. */
  readonly writer: Writer;
  /** What became of a model's lines; `null` where no model is set up. */
  readonly writing: Writing | null;
  readonly createdAt: Date;
  readonly sections: readonly Section[];
  readonly lines: readonly Line[];
  readonly counts: Counts;
  /** Sources that gave nothing when it was made: `x-user:karpathy`. */
  readonly missing: readonly string[];
};

/** The lines of one part, or of one section of part III, in order. */
export function linesOf(
  report: Pick<Report, 'lines'>,
  part: Part,
  section?: SectionLetter,
): Line[] {
  return report.lines.filter(
    (line) => line.part === part && (section === undefined || line.section === section),
  );
}
