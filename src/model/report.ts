import type { Language } from './topic.ts';
import type { Window } from './window.ts';

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
  /** Part II: what the fact may mean; `null` where nobody can honestly say. */
  readonly impact: string | null;
  /** Ids of the posts it rests on, the strongest first; never empty. */
  readonly cites: readonly string[];
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

/** The artefact: what a topic's window held. */
export type Report = {
  readonly topic: string;
  readonly topicTitle: string;
  readonly window: Window;
  readonly language: Language;
  /** Who wrote the sentences: the posts themselves, or a model. */
  readonly writer: 'extract';
  readonly createdAt: Date;
  readonly sections: readonly Section[];
  readonly lines: readonly Line[];
  readonly counts: Counts;
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
