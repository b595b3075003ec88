import { simplified } from '../lib/dictionary.ts';
import { shorten } from '../lib/text.ts';
import type { Asked, Passage, Query, Turn } from '../model/asking.ts';
import { wordsOfLine } from '../model/report.ts';
import type { Topic } from '../model/topic.ts';
import { dayOf, type Days } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { reportNumbered } from '../store/reports.ts';
import { askedForIn, countedIn, shownNumbersIn, withoutWordsFor } from './asked-for.ts';
import { carryOver } from './carry.ts';
import { daysIn, stepFrom, stepIn } from './days.ts';
import { asksForMore, asksWhoSaidIt, numberIn, quotedClaimIn } from './goes-on.ts';
import { mostIn } from './most.ts';
import { withNewestDays } from './overview.ts';
import { retellingIn } from './retelling.ts';
import { sectionsIn, wholeIn } from './sections.ts';
import { foldName } from './spoken-names.ts';
import { withoutTypos } from './spelling.ts';
import { voicesIn } from './voices.ts';
import { associatesIn, authorsIn, wantedIn } from './wanted.ts';

/** Longer questions say nothing more that could be looked for. Characters. */
const LONGEST = 1000;
/** A conversation is followed back so many turns. */
const MOST_TURNS = 5;

/** The question as one that needs no conversation, by rules. */
export async function standAlone(db: Database, asked: Asked): Promise<Query> {
  const query = readQuestion(asked, await daysInView(db, asked));
  return withoutTypos(db, asked.topic.key, await withNewestDays(db, asked, query));
}

/** The days of the report in view, where a question may go on from them. */
export async function daysInView(db: Database, { question, about }: Asked): Promise<Days | null> {
  if (about === null || (stepIn(question) === null && !wholeIn(question).isWhole)) return null;
  const report = await reportNumbered(db, about.report);
  return report && { from: report.window.from, to: report.window.to };
}

/**
 * What a question asks for, read together with the turns before it. "Yesterday" is the day before the one
 * that the topic's time zone has when it is asked, whatever digest is in view, as in the chat's commands
 * (see `readWhen`); "the day before" is that before the days which were spoken of.
 *
 * @param inView The days of the report that is answered.
 */
export function readQuestion(asked: ReadAsked, inView: Days | null = null): Query {
  const { question, turns, topic, now } = asked;
  const alone = readAlone(question, topic.timeZone, now);
  if (alone.days === null && inView !== null && wholeIn(question).isWhole) {
    return { ...alone, days: inView };
  }
  const last = turns.at(-1);
  if (last === undefined) return readInView(asked, alone, inView);
  if (isOfView(asked, last)) {
    const ofView = readInView(asked, alone, inView);
    if (ofView !== alone) return ofView;
  }
  const before = () => readBefore(asked, last);
  const [numbered] = sourceNumbered(question, last);
  if (numbered !== undefined) return { ...before(), words: question, shown: [], told: [numbered] };
  if (numberIn(question) !== null) return readInView(asked, alone, inView);
  const told = asksWhoSaidIt(question) ? sourcesTold(turns) : sourcesQuoted(question, turns);
  if (told.length > 0) return { ...before(), words: question, told };
  const query =
    stepIn(question) === null
      ? alone
      : withStep(asked, alone, before().days ?? inView ?? dayTold(last, topic));
  const shown = asksForMore(question) ? turns.flatMap(sourcesOf) : [];
  return { ...carryOver(question, query, last, before), shown };
}

/** What the turn before asked for, on its own turns; of the days that it was answered on. */
function readBefore({ turns, topic }: ReadAsked, { question, answer, at }: Turn): Query {
  const earlier = turns.slice(-MOST_TURNS, -1);
  const read = readQuestion({ question, turns: earlier, topic, now: at });
  return { ...read, days: answer?.meant?.days ?? read.days };
}

type ReadAsked = Pick<Asked, 'question' | 'topic' | 'now'> & {
  readonly turns: readonly Turn[];
  readonly about?: Asked['about'];
};

/** What a turn told; of a refusal, what is near is nothing told. */
function sourcesOf({ answer }: Turn): readonly Passage[] {
  return answer === null || answer.kind === 'declined' ? [] : answer.sources;
}

/** What stood under the number that a question names, whether it answered or was near. */
function sourceNumbered(question: string, { answer }: Turn): readonly Passage[] {
  const number = numberIn(question) ?? 0;
  return answer === null || number === 0 ? [] : answer.sources.slice(number - 1, number);
}

/** What was told last: that there is no more of it tells nothing, and it is still what is spoken of. */
function sourcesTold(turns: readonly Turn[]): readonly Passage[] {
  const last = turns.findLast(({ answer }) => answer?.kind !== 'declined' || !answer.meant?.more);
  return last === undefined ? [] : sourcesOf(last);
}

/** What told the words that a question quotes to ask whose they are. */
function sourcesQuoted(question: string, turns: readonly Turn[]): readonly Passage[] {
  const claim = foldName(quotedClaimIn(question) ?? '');
  if (claim === '') return [];
  const holds = (text: string) => foldName(text).includes(claim);
  return turns.flatMap((turn) => {
    const sources = sourcesOf(turn);
    const cited = new Set(
      (turn.answer?.statements ?? [])
        .filter(({ text }) => holds(text))
        .flatMap((statement) => statement.sources),
    );
    return sources.filter(
      (passage, place) =>
        cited.has(place) ||
        holds(passage.kind === 'post' ? passage.post.text : wordsOfLine(passage.line)),
    );
  });
}

/** The day of what an answer told first. */
function dayTold(last: Turn, { timeZone }: Topic): Days | null {
  const [first] = sourcesOf(last);
  if (first === undefined) return null;
  if (first.kind === 'line') return { from: first.window.from, to: first.window.to };
  const day = dayOf(first.post.createdAt, timeZone);
  return { from: day, to: day };
}

/** Whether the report in view came into view after a turn: then that is what a question goes on from. */
function isOfView({ about = null }: ReadAsked, last: Turn): boolean {
  if (about === null) return false;
  return last.about?.report !== about.report || last.about.section !== about.section;
}

/** The part of a report in which a number without one counts: it stands on the first screen. */
const FIRST_PART = 'I';

/** What a question means that goes on from the report in view; the very query where it does not. */
function readInView(asked: ReadAsked, query: Query, inView: Days | null): Query {
  const section = asked.about?.section ?? null;
  const number = numberIn(asked.question);
  if (number !== null) {
    return { ...query, wanted: [], sections: [`${FIRST_PART}.${number}`] };
  }
  if (section !== null && asksWhoSaidIt(asked.question)) return { ...query, sections: [section] };
  if (asked.about && isRetellingOfView(asked, query)) {
    return { ...query, sections: [section ?? FIRST_PART] };
  }
  return withStep(asked, query, inView);
}

/** Whether what is in view is to be told in other words, and nothing that is named. */
function isRetellingOfView(
  { question, topic, now }: ReadAsked,
  { sections, days }: Query,
): boolean {
  if (sections.length > 0 || days !== null) return false;
  return retellingIn(question, dayOf(now, topic.timeZone)) !== null;
}

/** The query, of days that are so far from others as the question says: the day before. */
function withStep({ question, topic, now }: ReadAsked, query: Query, of: Days | null): Query {
  const taken = stepIn(question);
  if (query.days !== null || taken === null || of === null) return query;
  const rest = readAlone(taken.rest, topic.timeZone, now);
  return { ...rest, words: question, days: stepFrom(of, taken.step) };
}

/** What asks for no thing. */
const NOTHING = {
  wanted: [],
  authors: [],
  speakers: [],
  subjects: [],
  associates: [],
  askedFor: null,
  counted: [],
  most: null,
  told: [],
  shown: [],
} as const;

function readAlone(question: string, timeZone: string, now: Date): Query {
  const words = simplified(shorten(question.normalize('NFKC'), LONGEST));
  const today = dayOf(now, timeZone);
  const retelling = retellingIn(words, today);
  const { sections, rest: unaddressed } = sectionsIn(wholeIn(words).rest);
  const { days, rest: undated } = daysIn(unaddressed, today);
  if (retelling !== null)
    return { ...NOTHING, words: question, days, sections: retelling.sections };
  const { most, rest: unsuperlative } = mostIn(undated);
  const { isAsked: isShown, rest } = shownNumbersIn(unsuperlative);
  const askedFor = most === null && !isShown ? askedForIn(words) : null;
  return {
    words: question,
    wanted: withoutWordsFor(askedFor, wantedIn(rest)),
    authors: authorsIn(rest),
    ...voicesIn(rest),
    associates: associatesIn(rest),
    askedFor,
    counted: askedFor === 'amount' ? wantedIn(countedIn(words)) : [],
    most,
    days,
    sections,
    told: [],
    shown: [],
  };
}
