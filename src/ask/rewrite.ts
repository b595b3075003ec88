import { z } from 'zod';

import { Desk } from '../claude/desk.ts';
import { ModelFailure } from '../claude/failure.ts';
import { readAs, schemaOf } from '../claude/form.ts';
import type { Office } from '../claude/office.ts';
import type { FormQuestion } from '../claude/question.ts';
import type { Models } from '../claude/settings.ts';
import { plainLine, shorten } from '../lib/text.ts';
import type { Asked, Query } from '../model/asking.ts';
import { type Day, type Days, isDay } from '../model/window.ts';
import { askForQuery, rewriterRules } from './prompts.ts';
import { wantedIn, withoutRepeats } from './wanted.ts';

/** What a model takes a question for: words of a stranger, which only help to find something. */
export type Meant = {
  /** The question on its own; empty where it was so before. */
  readonly question: string;
  /** Names or handles of who is asked about. */
  readonly people: readonly string[];
  readonly days: Days | null;
  readonly sections: readonly string[];
  /** What posts would call it, in their languages. */
  readonly words: readonly string[];
};

/** The longest answer, thinking included, tokens. */
const LONGEST_ANSWER = 300;
/** Characters of a question that are read. */
const LONGEST_QUESTION = 1000;

/**
 * Has a small model say what a question means without its conversation.
 *
 * @returns `null` where it does not say so in time, for whatever reason: rules do without.
 */
export async function rewrite(
  office: Office,
  asked: Asked,
  { signal, patienceMs }: { readonly signal: AbortSignal; readonly patienceMs: number },
): Promise<Meant | null> {
  const desk = new Desk(office, {
    purpose: 'ask',
    topic: asked.topic.key,
    report: null,
    deadline: new Date(office.now().getTime() + patienceMs),
    signal,
  });
  try {
    return await desk.ask(questionOf(office.models, asked), readMeant);
  } catch (error) {
    if (error instanceof ModelFailure || signal.aborted) return null;
    throw error;
  }
}

function questionOf({ check, ask }: Models, asked: Asked): FormQuestion {
  return {
    ...(check ?? ask),
    part: 'question',
    system: rewriterRules(asked.topic),
    shared: null,
    words: askForQuery(asked, LONGEST_QUESTION),
    schema: SCHEMA,
    maxTokens: LONGEST_ANSWER,
  };
}

/** What is left out takes no time to say. */
const form = z.strictObject({
  question: z.string().optional(),
  people: z.array(z.string()).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  sections: z.array(z.string()).optional(),
  words: z.array(z.string()).optional(),
});

const SCHEMA = schemaOf(form);

/** So much is taken of each list, and so much of each word, characters. */
const MOST = { people: 4, sections: 4, words: 8, word: 60 } as const;

function readMeant(text: string): Meant {
  const { question = '', people, from = '', to = from, sections, words } = readAs(form, text);
  const listed = (list: readonly string[] | undefined, most: number) =>
    (list ?? [])
      .map((word) => shorten(plainLine(word), MOST.word))
      .filter((word) => WORD.test(word))
      .slice(0, most);
  return {
    question: shorten(plainLine(question), LONGEST_QUESTION),
    people: listed(people, MOST.people),
    days: isDay(from) && isDay(to) && from <= to ? { from, to } : null,
    sections: listed(sections, MOST.sections).filter((address) => ADDRESS.test(address)),
    words: listed(words, MOST.words),
  };
}

const WORD = /[\p{L}\p{N}]/u;
/** `II`, `III.B`, `III.B.2`. */
const ADDRESS = /^(?:I{1,3}|IV)(?:\.(?:[A-I](?:\.\d{1,2})?|\d{1,2}))?$/;

/** A question with what it means in the place of its conversation. People whom the topic has not are words. */
export function inPlaceOf(asked: Asked, { question, people }: Meant): Asked {
  return { ...asked, question: [question || asked.question, ...people].join(' '), turns: [] };
}

/** Key words of a model weigh less than those of the question. */
const WEIGHT = 0.6;

/**
 * What is looked for, by rules that read the question as it stands and as it is meant, and by the model:
 * days that the question names itself are those that count.
 *
 * @param today Nothing is asked about days after it.
 */
export function merge(
  stands: Query,
  means: Query,
  { question, days, sections, words }: Meant,
  today: Day,
): Query {
  const more = wantedIn(words.join(', ')).map((one) => ({ ...one, weight: WEIGHT, needed: 0 }));
  const meant = days && days.from <= today ? days : null;
  return {
    words: question || stands.words,
    wanted: withoutRepeats([...stands.wanted, ...means.wanted, ...more]),
    authors: both(stands.authors, means.authors),
    speakers: both(stands.speakers, means.speakers),
    subjects: both(stands.subjects, means.subjects),
    associates: both(stands.associates, means.associates),
    askedFor: stands.askedFor ?? means.askedFor,
    counted: stands.counted.length > 0 ? stands.counted : means.counted,
    most: stands.most ?? means.most,
    days: stands.days ?? means.days ?? meant,
    sections: both(stands.sections, [...means.sections, ...sections]),
    told: stands.told,
    shown: stands.shown,
  };
}

function both(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])];
}
