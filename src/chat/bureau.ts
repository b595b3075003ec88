import type { Answer, Asked, Watch } from '../model/asking.ts';
import type { Language, Topic, TopicChange, TopicEdit } from '../model/topic.ts';
import type { Day, Window } from '../model/window.ts';
import type { StoredReport } from '../store/reports.ts';

/** What came of making a digest at somebody's wish. */
export type Made =
  | { readonly kind: 'made'; readonly report: StoredReport }
  | { readonly kind: 'empty'; readonly collected: number };

/** What reading the sources before a digest brought. */
export type ReadOn = {
  /** Sources that gave nothing. */
  readonly missing: readonly string[];
  /** Posts that are new. */
  readonly added: number;
  /** What X took, millionths of a dollar. */
  readonly price: number;
  /** Why the reading of X ended early; `null`: it did not. */
  readonly overBudget: string | null;
};

/** How a platform is doing. */
export type PlatformHealth = { readonly name: string; readonly trouble: string | null };

/** When a topic is posted, in words that a chat can show. */
export type Timetable = {
  /** `10:00`; `null` where nothing is posted by itself. */
  readonly postAt: string | null;
  readonly timeZone: string;
  /** When it is posted next. */
  readonly next: Date | null;
};

/** What commands can have done that they do not do themselves. */
export type Bureau = {
  readonly topics: readonly [Topic, ...Topic[]];
  readonly platforms: () => readonly PlatformHealth[];
  /** @param wished The hour that a chat wants; before the topic's own there is nothing to post. */
  readonly timetableOf: (topic: Topic, now: Date, wished?: string | null) => Timetable;
  /** The window of a digest that is named by days. */
  readonly windowOf: (topic: Topic, from: Day, to: Day) => Window;
  /** Answers a question from the reports and posts of its topic; shows the answer as it grows. */
  readonly answer: (asked: Asked, watch: Watch) => Promise<Answer>;
  /** What names the sources of a topic: `x-user:karpathy`. */
  readonly sourcesOf: (topic: Topic) => readonly string[];
  /** Changes which topics there are, and their sources; a running bot takes it up within a minute. */
  readonly editTopics: (edit: TopicEdit) => Promise<TopicChange>;
  /**
   * Reads on what may still have posts of a window, until that is `enough`; `null`: nothing may. It may
   * cost money.
   */
  readonly readOn: (topic: Topic, window: Window, enough: AbortSignal) => Promise<ReadOn | null>;
  /** Makes a digest now. @param missing Sources that gave nothing, where they were read before. */
  readonly make: (
    topic: Topic,
    window: Window,
    language: Language,
    missing?: readonly string[],
  ) => Promise<Made>;
};
