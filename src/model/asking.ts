import type { Post } from './post.ts';
import type { Line } from './report.ts';
import type { Language, Topic } from './topic.ts';
import type { Day, Window } from './window.ts';

/** What a line of a report is told with outside of its report. */
export type ReportLine = {
  readonly kind: 'line';
  readonly report: number;
  readonly window: Window;
  readonly line: Line;
};

/** Something that an answer may rest on: a post, or a line of a report. */
export type Passage = { readonly kind: 'post'; readonly post: Post } | ReportLine;

/** A passage, named: `post 123`, `line 7 III.C.2`. */
export type PassageName =
  | { readonly kind: 'post'; readonly id: string }
  | { readonly kind: 'line'; readonly report: number; readonly address: string };

/** A question, and the situation in which it was asked. */
export type Asked = {
  readonly question: string;
  /** What was asked and answered before in the same conversation, oldest first. */
  readonly turns: readonly Turn[];
  readonly topic: Topic;
  /** What it is answered in. */
  readonly language: Language;
  /** The report that the message shows which is answered, and what of it: `II`, `III.B`, `III.B.2`. */
  readonly about: { readonly report: number; readonly section: string | null } | null;
  readonly now: Date;
};

/** A question that needs no conversation, and what is looked for to answer it. */
export type Query = {
  readonly words: string;
  /** Terms (see `termsOf`) with what each weighs, 0 to 1: those of the question, and what the posts call the same. */
  readonly terms: ReadonlyMap<string, number>;
  /** Handles of the authors that it names. */
  readonly authors: readonly string[];
  /** Days that it names, in the topic's time zone. */
  readonly days: { readonly from: Day; readonly to: Day } | null;
  /** What it names of a report: `II`, `III.B`, `III.B.2`. */
  readonly sections: readonly string[];
};

/** A passage that may answer, with how well it fits. */
export type Hit = {
  readonly passage: Passage;
  readonly score: number;
  /** Share of what the question asks for that the passage speaks of; 0 to 1. */
  readonly coverage: number;
  /** The line of a report that led to the post, if one did. */
  readonly line: ReportLine | null;
};

/** What was found for a question, strongest first, and whether it carries an answer at all. */
export type Evidence = {
  readonly query: Query;
  readonly hits: readonly Hit[];
  readonly carries: boolean;
};

/** A sentence or two of an answer, with the passages that it rests on: their places in the sources. */
export type Statement = { readonly text: string; readonly sources: readonly number[] };

/** What is said to a question. */
export type Answer = {
  /** A model's words with citations; passages word for word; or that nothing was found. */
  readonly kind: 'written' | 'extract' | 'declined';
  readonly statements: readonly Statement[];
  /** What it rests on, in the order of the marks; of a refusal, the nearest things that there are. */
  readonly sources: readonly Passage[];
  /** Why it ends before its end: somebody stopped it, or the model was lost. */
  readonly brokenOff: 'stopped' | 'lost' | null;
  /** When it was first given, where it comes from the store. */
  readonly keptSince: Date | null;
};

/** What was asked, and what was answered. */
export type Turn = {
  readonly id: number;
  /** The platform's id of who asked. */
  readonly speaker: string;
  readonly question: string;
  /** `null` while it is being answered, or where that failed. */
  readonly answer: Answer | null;
  readonly about: Asked['about'];
  readonly at: Date;
};

/** An answer as it is stored: its sources by their names. */
export type KeptAnswer = Omit<Answer, 'sources' | 'keptSince'> & {
  readonly sources: readonly PassageName[];
};
