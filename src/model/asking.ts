import type { Loudness, Post } from './post.ts';
import type { Line, Report } from './report.ts';
import type { Language, Topic } from './topic.ts';
import type { Days, Window } from './window.ts';

/** What a line of a report is told with outside of its report. */
export type ReportLine = {
  readonly kind: 'line';
  readonly report: number;
  readonly window: Window;
  /** What the report is written in; what it quotes may be in another. */
  readonly language: Language;
  readonly line: Line;
};

/** A line as it is told outside of its report. */
export function lineOf(
  { id, window, language }: Pick<Report, 'window' | 'language'> & { readonly id: number },
  line: Line,
): ReportLine {
  return { kind: 'line', report: id, window, language, line };
}

/** A line with the posts that it rests on, the strongest first, as far as they are there. */
export type LinePassage = ReportLine & { readonly posts: readonly Post[] };

/** Something that an answer may rest on: a post, or a line of a report. */
export type Passage = { readonly kind: 'post'; readonly post: Post } | LinePassage;

/** A line by its report's number and its address. */
export type LineName = { readonly report: number; readonly address: string };

/** A passage, named. */
export type PassageName =
  | { readonly kind: 'post'; readonly id: string }
  | ({ readonly kind: 'line' } & LineName);

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

/** A thing that is asked for, with what it may be called. */
export type Wanted = {
  /** As it stands in the question. */
  readonly word: string;
  /** Terms (see `termsOf`) with how likely they mean it, 0 to 1. */
  readonly terms: ReadonlyMap<string, number>;
  /** How much it counts for finding what speaks of it, 0 to 1. */
  readonly weight: number;
  /** How much an answer has to speak of it, 0 to 1. */
  readonly needed: number;
  /** Whether it is a name of the field, or a version of such: what never was named is not answered. */
  readonly isName: boolean;
};

/** What an answer has to hold: an amount, a time, a name; `null` where anything may do. */
export type AskedFor = 'amount' | 'money' | 'share' | 'time' | 'person' | null;

/** The posts that have most of a number, or least: what is not known is not little. */
export type Superlative = { readonly by: Loudness; readonly end: 'most' | 'least' };

/** A question that needs no conversation, and what is looked for to answer it. */
export type Query = {
  readonly words: string;
  readonly wanted: readonly Wanted[];
  /** Names and handles of the authors that it may ask about, folded (see `foldName`). */
  readonly authors: readonly string[];
  /** Those of them whose own words it asks for. */
  readonly speakers: readonly string[];
  /** Those of whom it asks what others say. */
  readonly subjects: readonly string[];
  /** Of people who go with what it asks about: those of a company, those who make a product. */
  readonly associates: readonly string[];
  readonly askedFor: AskedFor;
  /** What an amount is asked of. */
  readonly counted: readonly Wanted[];
  /** By which number it asks for the posts that have most of it, or least. */
  readonly most: Superlative | null;
  /** Days that it names, in the topic's time zone. */
  readonly days: Days | null;
  /** What it names of a report: `II`, `III.B`, `III.B.2`. */
  readonly sections: readonly string[];
  /** What was just told, where it asks who said that: nothing else answers it. */
  readonly told: readonly Passage[];
  /** What was told before, where it asks for more: that is not told again. */
  readonly shown: readonly Passage[];
};

/** A passage that may answer, with how well it fits. */
export type Hit = {
  readonly passage: Passage;
  readonly score: number;
  /** Share of what the question asks for that the passage speaks of; 0 to 1. */
  readonly coverage: number;
  /** The line of a report that led to the post, if one did. */
  readonly line: ReportLine | null;
  /** Whether it is of other days than those that are asked about, which hold something that fits. */
  readonly isAside: boolean;
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
  /** How the question was understood, to be said back; answers of before did not note it. */
  readonly meant?: {
    readonly days: Days | null;
    /** The days of the digest in view, where none were named: what answers may be of others. */
    readonly view?: Days;
    /** Whether more was asked for than was told before. */
    readonly more: boolean;
    /** The number by which posts are shown, where they were asked for by one. */
    readonly by?: Loudness;
  };
  /** Of a refusal: what was looked through. */
  readonly looked?: Looked;
  /** Where a number of posts was asked for. */
  readonly counted?: Counted;
  /** Why nothing was looked for. */
  readonly unsearched?: Unsearched;
};

/**
 * What is no search: small talk, and where there is no model a number of authors or of very many posts, and
 * what stands there in other words or in another language.
 */
export type Unsearched = 'talk' | 'count' | 'summary' | 'translation';

/** What a question was understood to be limited to, beside days. */
export type Looked = {
  /** Handles of who was to have said it. */
  readonly authors: readonly string[];
  readonly sections: readonly string[];
};

/** A number of posts, and what was counted. */
export type Counted = {
  readonly posts: number;
  /** Those of them that only repeat another: reposts, copies. */
  readonly copies: number;
  /** By how many authors they are. */
  readonly authors: number;
  /** Those that were left out as advertising, and are not counted. */
  readonly advertising: number;
  /** The handles of whose posts were counted; empty: everybody's. */
  readonly by: readonly string[];
  /** The words that each of them has. */
  readonly words: readonly string[];
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

/** An answer as it is stored: its sources by their names, its moments in ISO 8601. */
export type KeptAnswer = Omit<Answer, 'sources' | 'keptSince'> & {
  readonly sources: readonly PassageName[];
  readonly keptSince: string | null;
};

/** Who waits for an answer. */
export type Watch = {
  /** Shown the answer whenever it has grown. */
  readonly show: (sofar: Answer) => void;
  /** Given when nobody waits any more: what has come by then is the answer. */
  readonly signal: AbortSignal;
};
