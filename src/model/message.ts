import type { Root } from 'mdast';

import type { Picture } from './picture.ts';
import type { Language } from './topic.ts';

/** Something to press. What it does stands in its address, so that it works after a restart too. */
export type Button = {
  /** A word or two. */
  readonly label: string;
  /** Printable ASCII, at most 64 characters: what the platforms hand back when it is pressed. */
  readonly address: string;
};

/** What a message shows, so that who answers it speaks of that. */
export type About = {
  /** The number under which the report is stored. */
  readonly report: number | null;
  /** What of the report: `II`, `III.B`; `null`: the whole. */
  readonly section: string | null;
  /** The turn that it is the answer of. */
  readonly turn: number | null;
};

/** Depth behind the first screen: unfolded where the platform can, else sent when asked for. */
export type Fold = {
  /** What stands on its button: `II`, `A`. */
  readonly mark: string;
  /** What stands over it: `A Prices and models`. */
  readonly title: string;
  /** Asks for it, where it is not in the message itself. */
  readonly address: string;
  /** Its content, without a heading of its own. */
  readonly tree: Root;
};

/**
 * What the bot says: a neutral Markdown tree (paragraphs, headings, lists, tables, quotes, rules;
 * text, strong, emphasis, links, inline code, breaks), which every platform shows as its people are
 * used to. Nothing in it is markup: text is text, whoever wrote it.
 */
export type Message = {
  readonly language: Language;
  /** The first screen. */
  readonly tree: Root;
  readonly pictures: readonly Picture[];
  readonly folds: readonly Fold[];
  readonly buttons: readonly Button[];
};
