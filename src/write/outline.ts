import { type FormQuestion, mostTokens, tokensOf } from '../claude/question.ts';
import type { Models } from '../claude/settings.ts';
import type { LanguageDetector } from '../lib/language.ts';
import { NO_TOKENS, priceOf, type Terms, type Tokens, USUAL_TERMS } from '../model/usage.ts';
import type { Assignment } from './assignment.ts';
import type { Evidence } from './evidence.ts';
import { writeExtract } from './extract.ts';
import { questionOf } from './newsroom.ts';
import { questionFor, slotsFor } from './parts.ts';
import { sectionsOfThemes } from './plan.ts';
import { askForAdvice, askForPlan, askForRepair } from './prompts.ts';
import { openNewsroom } from './report.ts';

/** A call that a report would make. */
export type OutlinedCall = {
  readonly part: string;
  readonly model: string;
  readonly batched: boolean;
  /** Estimated; the answer is taken to be as long as answers to such questions are. */
  readonly tokens: Tokens;
  /** Estimated and at most, millionths of a dollar; `null` where nobody said what the model costs. */
  readonly price: number | null;
  readonly atMost: number | null;
};

/** What a report would be written from and with. */
export type Outline = { readonly evidence: Evidence; readonly calls: readonly OutlinedCall[] };

/** About so long are answers, thinking included, tokens. */
const ANSWERS = { plan: 1500, part: 2500, section: 1200 } as const;
/** So many lines are taken to need a second attempt. */
const REPAIRS = 6;

/**
 * Lays out what writing a report would take, without asking anybody. The sections are those of the
 * curation: which ones a model would plan, only the model knows. With `hasTime`, the parts are asked
 * for in a batch.
 */
export function outlineReport(
  models: Models,
  detect: LanguageDetector,
  assignment: Assignment,
  hasTime = false,
): Outline {
  const room = openNewsroom({ models, detect }, assignment, models.evidenceTokens);
  const sections = sectionsOfThemes(room, assignment.curation);
  const ask = (part: string, words: string) => questionOf(room, part, words);
  const lines = linesToExpect(assignment);
  const failing = lines.slice(0, REPAIRS).map(({ words }) => ({
    part: 'III',
    words,
    problems: ['No cited post has the figure "12".'],
    marks: ['p1', 'p2'],
  }));
  const alone: Terms = { ...USUAL_TERMS, cachedFor: hasTime ? '1h' : '5m' };
  const together: Terms = { ...alone, batched: hasTime };
  const questions = [
    { question: ask('plan', askForPlan()), output: ANSWERS.plan, terms: alone },
    ...slotsFor(sections).map((slot) => ({
      question: questionFor(room, slot, sections),
      output: slot.section === null ? ANSWERS.part : ANSWERS.section,
      terms: together,
    })),
    { question: ask('repair', askForRepair(failing)), output: ANSWERS.part, terms: alone },
    { question: ask('IV', askForAdvice(lines)), output: ANSWERS.section, terms: alone },
  ];
  return {
    evidence: room.evidence,
    calls: questions.map((each, index) => outlineCall(models, each, index === 0)),
  };
}

/** The extractive writer's lines are about as many and as long as a model's. */
function linesToExpect({ topic, window, curation, createdAt }: Assignment) {
  const report = writeExtract(topic, window, curation, createdAt);
  return (report?.lines ?? []).map(({ address, text }) => ({ address, words: text }));
}

function outlineCall(
  { prices }: Models,
  { question, output, terms }: { question: FormQuestion; output: number; terms: Terms },
  isFirst: boolean,
): OutlinedCall {
  const { part, model } = question;
  const { shared, own } = tokensOf(question);
  const read = isFirst ? { cacheWritten: shared } : { cacheRead: shared };
  const tokens = { ...NO_TOKENS, ...read, fresh: own, output };
  const price = prices.get(model);
  return {
    part,
    model,
    batched: terms.batched,
    tokens,
    price: price ? priceOf(tokens, price, terms) : null,
    atMost: price ? priceOf(mostTokens(question), price, terms) : null,
  };
}

/** All tokens that are read, those from the cache at a tenth: what they cost beside fresh ones. */
export function readTokens(calls: readonly OutlinedCall[]): number {
  return calls.reduce(
    (sum, { tokens }) => sum + tokens.fresh + tokens.cacheWritten + tokens.cacheRead / 10,
    0,
  );
}
