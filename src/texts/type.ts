import type { AdSign } from '../model/advertising.ts';
import type { Counted, Unsearched } from '../model/asking.ts';
import type { PartState } from '../model/delivery.ts';
import type { PictureKind } from '../model/picture.ts';
import type { Numbers } from '../model/post.ts';
import type { Counts, FallbackReason, PartName } from '../model/report.ts';
import type { SourceState } from '../model/source.ts';
import type { TopicChange } from '../model/topic.ts';
import type { Problem } from '../model/verdict.ts';
import type { Course } from '../model/week.ts';
import type { Day } from '../model/window.ts';

/** Every text that a reader of a report or a chat sees, in one language. */
export type Texts = {
  /** A day, or the first and the last of several. */
  readonly days: (from: Day, to: Day) => string;
  /** Things side by side: "a, b, c". */
  readonly enumeration: (things: readonly string[]) => string;

  // The report
  readonly reportTitle: (title: string, from: Day, to: Day) => string;
  readonly writtenByNobody: string;
  readonly writtenBy: (model: string) => string;
  /** Why quotations stand where a model's lines were to. */
  readonly takenOver: (reason: FallbackReason) => string;
  readonly partsTakenOver: (
    parts: readonly { readonly part: PartName; readonly reason: FallbackReason }[],
  ) => string;
  /** Why part IV, which nobody can be quoted for, is missing. */
  readonly noAdvice: (reason: FallbackReason) => string;
  /** An impact that nobody cited spoke of. */
  readonly inferred: (impact: string) => string;
  /** Before a line that goes on from an earlier report's. */
  readonly update: string;
  readonly seeEarlier: (day: Day, address: string) => string;
  /** After advice: the lines that it follows from. */
  readonly basedOn: (addresses: readonly string[]) => string;
  /** What became of a model's lines. */
  readonly linesNote: (lines: {
    readonly written: number;
    readonly cited: number;
    readonly repaired: number;
    readonly dropped: number;
  }) => string;
  /** What was wrong with a line, by the kind of the problem. */
  readonly problems: Readonly<Record<Problem['kind'], (what: string) => string>>;
  readonly quietWindow: (posts: number) => string;
  readonly brief: string;
  readonly briefHint: string;
  readonly facts: (count: number) => string;
  readonly fact: string;
  readonly impact: string;
  readonly echo: string;
  readonly details: string;
  readonly conclusions: string;
  readonly sourcesWithoutLink: string;
  readonly closing: (counts: Counts) => string;
  /** In the closing note: sources that gave nothing. */
  readonly missingSources: (sources: readonly string[]) => string;
  /** The heading over a picture, and what stands in its place. */
  readonly pictures: Readonly<Record<PictureKind, { title: string; alternative: string }>>;
  readonly weekTitle: (topicTitle: string) => string;
  readonly weekCaption: string;
  /** What is written beside a theme of a week. */
  readonly courses: Readonly<Record<Course, string>>;
  readonly cloudCaption: (counts: Counts) => string;
  /** Numbers of the cited posts, `null` where unknown. */
  readonly echoNumbers: (numbers: { likes: number | null; reposts: number | null }) => string;
  readonly quotation: (who: string, text: string) => string;
  readonly alsoToldBy: (who: readonly string[]) => string;

  // The chat
  /** On a digest that comes after its hour. */
  readonly isLate: string;
  readonly askButton: string;
  readonly welcome: (title: string) => string;
  readonly today: (day: Day) => string;
  readonly commandsAre: string;
  /** What is written after a command's name (`[DAY] [TOPIC]`), in the reader's words. */
  readonly usage: (written: string) => string;
  readonly askFreely: string;
  /** What `/quit` does in the terminal. */
  readonly quits: string;
  readonly unknownCommand: (name: string, meant: string | null) => string;
  readonly noReports: string;
  readonly noReportOn: (day: Day, nearest: readonly Day[]) => string;
  readonly futureDay: (day: Day) => string;
  readonly unreadableDays: (words: string) => string;
  readonly reversedDays: (from: Day, to: Day) => string;
  readonly tooManyDays: (most: number) => string;
  readonly noSection: (letter: string, known: readonly string[]) => string;
  /** That a digest has no part IV, and what it has; without a reason, no model is set up. */
  readonly noConclusions: (reason: FallbackReason | null, known: readonly string[]) => string;
  readonly sectionsAre: string;
  readonly sectionHint: (has: { hasAdvice: boolean; hasSections: boolean }) => string;
  readonly howToBegin: string;
  readonly pictureFile: (title: string, path: string) => string;
  readonly jekyllPost: (path: string) => string;
  readonly demoTitle: string;
  readonly demoIsInvented: string;
  /** Where the demo runs without a terminal. */
  readonly noTerminal: string;
  readonly emptyQuestion: string;
  readonly longQuestion: (most: number) => string;
  /** After what was asked before was forgotten. */
  readonly isForgotten: string;
  readonly answerIsExtract: string;
  /** The same where a model was to answer. */
  readonly modelIsLost: string;
  /** Over an answer that was given before, to the minute. */
  readonly answeredBefore: (time: string) => string;
  /** Under an answer that ends before its end. */
  readonly brokenOff: Readonly<Record<'stopped' | 'lost', string>>;
  /** A line of a report, in the list of sources. */
  readonly lineOfReport: (days: string, address: string) => string;
  /** How many read a post and what they did; empty where nobody knows. */
  readonly sourceNumbers: (
    numbers: Pick<Numbers, 'likes' | 'reposts' | 'replies' | 'views'>,
  ) => string;
  readonly noAnswer: string;
  /** To what is no search: small talk, and what only counting would answer where no model is set up. */
  readonly unsearched: Readonly<Record<Unsearched, string>>;
  /** A number of posts, with what was counted. */
  readonly counted: (counted: Counted) => string;
  readonly newestOfThem: string;
  /** Before the lines that a summary would be of. */
  readonly linesToSumUp: string;
  /** Where more was asked for than was told before. */
  readonly noMore: string;
  /** Which days a question was understood to be about, in words as `days` gives them. */
  readonly aboutDays: (days: string) => string;
  /** That what is shown is not of the digest in view alone. */
  readonly beyondView: (days: string) => string;
  /** That what is shown is of the days beside those; `more`: where more was asked for than was told before. */
  readonly besideDays: (days: string, more: boolean) => string;
  /** The same where only some days (`null` for all), authors and sections were looked through. */
  readonly nothingThere: (looked: {
    readonly days: string | null;
    readonly authors: readonly string[];
    readonly sections: readonly string[];
  }) => string;
  readonly nearestThings: string;
  readonly sources: string;
  readonly failed: (reference: string) => string;
  readonly forOwnersOnly: (command: string) => string;
  readonly forAdminsOnly: (command: string) => string;
  /** Words after a command that it has no use for, and what it takes. */
  readonly notUnderstood: (words: string, usage: string) => string;
  readonly noTopic: (word: string, known: readonly string[]) => string;
  readonly noHour: (word: string) => string;
  /** A wish for an hour at which the digest is not made yet; the command that names the first. */
  readonly tooEarly: (hour: string, title: string, first: string, command: string) => string;
  readonly noLanguage: (word: string) => string;
  /** Over the source that stands under a number in an answer, or over all of them (`null`). */
  readonly sourceOfAnswer: (number: number | null, question: string) => string;
  readonly noSourceOfAnswer: (number: number, sources: number, question: string) => string;
  readonly noLine: (word: string, example: string) => string;
  readonly noReportsIn: (from: Day, to: Day, nearest: readonly Day[]) => string;
  /** After several digests: the command that shows one of them whole. */
  readonly digestOfDay: (command: string) => string;
  /** To owners: the command that makes a digest which is not there. */
  readonly makeIt: (command: string) => string;
  readonly nothingToDraw: string;
  /** What reading the sources before brought, and what X took for it; `null`: nothing. */
  readonly readBefore: (posts: number, dollars: string | null) => string;
  readonly nothingToTell: (from: Day, to: Day, posts: number) => string;
  readonly whenExamples: readonly string[];
  readonly topicsAre: string;
  readonly everyDay: (hour: string, timeZone: string) => string;
  readonly noHourSet: string;
  readonly nextAt: (time: string) => string;
  readonly subscribedHere: string;
  readonly subscribeHint: string;
  readonly subscribedTo: (title: string, hour: string, timeZone: string) => string;
  readonly subscribedWithoutHour: (title: string) => string;
  readonly unsubscribedFrom: (title: string) => string;
  readonly wasNotSubscribed: (title: string) => string;
  readonly nothingSubscribed: string;
  readonly topicIsGone: string;
  readonly scheduleIs: string;
  /** To a wish for a place that nothing is kept of. */
  readonly notInTerminal: string;
  readonly noPostsInTerminal: string;
  readonly languageIs: (tag: string) => string;
  readonly languageIsNow: (tag: string) => string;
  readonly isAllowed: (channel: string) => string;
  readonly isDenied: (channel: string) => string;
  readonly noChannel: (written: string) => string;
  readonly spentToday: (dollars: string) => string;
  readonly nothingAsked: string;
  /** What reading X cost in the last days. */
  readonly spentOnX: (dollars: string) => string;
  readonly topicUsage: string;
  readonly topicChanged: (topic: string, change: TopicChange) => string;
  readonly noSourcesNamed: string;
  readonly sourceIs: (state: SourceState<string>) => string;
  /** How many sources of a topic are well, and how many fail. */
  readonly sourcesAre: (well: number, failing: number) => string;
  /** So many sources of X rest until a moment. */
  readonly budgetUsedUp: (sources: number, until: string) => string;
  readonly lastDigest: (day: Day, madeAt: string) => string;
  readonly noReportsYet: string;
  readonly sentLately: (counts: Partial<Record<PartState, number>>) => string;
  readonly platformIs: (name: string, trouble: string | null) => string;
  /** To a chat that nobody let in: the one thing that it is told. */
  readonly stranger: (channel: string) => string;
  /** To an owner in a chat that nobody let in. */
  readonly notAllowedYet: string;
  /** Said once a day: what came after it is not answered. */
  readonly usedUp: string;
  /** The same about questions alone: commands go on. */
  readonly questionsUsedUp: string;
  readonly oldButton: string;
  /** On the button under an answer that is being made, and to whoever presses it. */
  readonly stopButton: string;
  readonly isStopped: string;
  readonly nothingToStop: string;
  readonly notYoursToStop: string;
  readonly askHow: string;
  // To owners
  readonly channelGone: (channel: string, reason: string) => string;
  readonly deliveryGivenUp: (channel: string, reason: string) => string;
  readonly deliveryUnknown: (channel: string, reason: string) => string;
  readonly badToken: (platform: string, reason: string) => string;
  readonly readingStopped: (topic: string, reason: string) => string;
  readonly sourceFails: (source: string, topic: string, since: string, reason: string) => string;
  readonly sourceIsSilent: (source: string, topic: string, since: string) => string;
  readonly emptyDay: (title: string, day: Day) => string;
  readonly working: string;
  readonly droppedFrom: (days: string, posts: number) => string;
  readonly nothingDropped: (days: string) => string;
  /** After something that is listed once but stands so often: nothing for once. */
  readonly times: (count: number) => string;
  readonly moreDropped: (posts: number, page: number) => string;
  readonly noPage: (page: string) => string;
  readonly takeBackHint: string;
  /** Where nothing was named, the words are empty. */
  readonly notDropped: (words: string) => string;
  readonly takenBack: (id: string, author: string) => string;
  readonly isTakenBack: string;
  /** What a post was taken for advertising by. */
  readonly adSign: (key: AdSign) => string;
  readonly commands: Readonly<
    Record<
      | 'digest'
      | 'section'
      | 'sources'
      | 'cloud'
      | 'ask'
      | 'new'
      | 'topics'
      | 'subscribe'
      | 'unsubscribe'
      | 'schedule'
      | 'language'
      | 'status'
      | 'help'
      | 'allow'
      | 'deny'
      | 'run'
      | 'usage'
      | 'topic'
      | 'dropped'
      | 'takeback',
      string
    >
  >;
};
