import { shorten } from '../lib/text.ts';
import type { Asked, Query, Turn } from '../model/asking.ts';
import { dayOf } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { askedForIn, countedIn } from './asked-for.ts';
import { carryOver } from './carry.ts';
import { daysIn } from './days.ts';
import { sectionsIn } from './sections.ts';
import { withoutTypos } from './spelling.ts';
import { associatesIn, authorsIn, wantedIn } from './wanted.ts';

/** Longer questions say nothing more that could be looked for. Characters. */
const LONGEST = 1000;
/** A conversation is followed back so many turns. */
const MOST_TURNS = 3;

/** The question as one that needs no conversation, by rules. */
export async function standAlone(db: Database, asked: Asked): Promise<Query> {
  return withoutTypos(db, asked.topic.key, readQuestion(asked));
}

/** What a question asks for, read together with the turns before it. */
export function readQuestion({ question, turns, topic, now }: ReadAsked): Query {
  const query = readAlone(question, topic.timeZone, now);
  const last = turns.at(-1);
  if (last === undefined) return query;
  const earlier = turns.slice(-MOST_TURNS, -1);
  const before = readQuestion({ question: last.question, turns: earlier, topic, now: last.at });
  return carryOver(question, query, last, before);
}

type ReadAsked = Pick<Asked, 'question' | 'topic' | 'now'> & { readonly turns: readonly Turn[] };

function readAlone(question: string, timeZone: string, now: Date): Query {
  const words = shorten(question.normalize('NFKC'), LONGEST);
  const { sections, rest: unaddressed } = sectionsIn(words);
  const { days, rest } = daysIn(unaddressed, dayOf(now, timeZone));
  const askedFor = askedForIn(words);
  return {
    words: question,
    wanted: wantedIn(rest),
    authors: authorsIn(rest),
    associates: associatesIn(rest),
    askedFor,
    counted: askedFor === 'amount' ? wantedIn(countedIn(words)) : [],
    days,
    sections,
  };
}
