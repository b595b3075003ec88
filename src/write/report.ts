import type { Desk } from '../claude/desk.ts';
import { ModelFailure } from '../claude/failure.ts';
import type { Models } from '../claude/settings.ts';
import type { LanguageDetector } from '../lib/language.ts';
import type { Report } from '../model/report.ts';
import type { Assignment } from './assignment.ts';
import { Composition } from './composition.ts';
import { findContinuity } from './continuity.ts';
import { edit } from './edit.ts';
import { gatherEvidence } from './evidence.ts';
import { writeExtract } from './extract.ts';
import type { Newsroom } from './newsroom.ts';
import { draftAdvice, draftParts } from './parts.ts';
import { planSections } from './plan.ts';
import { sharedEvidence, writerRules } from './prompts.ts';

/** Who writes it. */
export type Writers = {
  readonly desk: Desk;
  readonly models: Models;
  readonly detect: LanguageDetector;
};

/** Evidence that a model finds too large is halved so often. */
const HALVINGS = 3;

/**
 * Has the model write a report, every line checked against the posts it cites. Where the model gives
 * no part, the extractive writer does, and the report says so. `null` when the window tells nothing.
 */
export async function writeReport(
  writers: Writers,
  assignment: Assignment,
): Promise<Report | null> {
  const { topic, window, curation, createdAt } = assignment;
  const extract = writeExtract(topic, window, curation, createdAt);
  if (extract === null) return null;
  try {
    return await writeShrinking(writers, assignment, writers.models.evidenceTokens, HALVINGS);
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    return takenOver(extract, writers.models.report.model, error);
  }
}

async function writeShrinking(
  writers: Writers,
  assignment: Assignment,
  budget: number,
  halvings: number,
): Promise<Report> {
  try {
    return await writeFrom(openNewsroom(writers, assignment, budget), assignment);
  } catch (error) {
    const tooLarge = error instanceof ModelFailure && error.kind === 'too-large';
    if (!tooLarge || halvings === 0) throw error;
    return writeShrinking(writers, assignment, Math.floor(budget / 2), halvings - 1);
  }
}

async function writeFrom(room: Newsroom, assignment: Assignment): Promise<Report> {
  const { curation, topic } = assignment;
  const sections = await planSections(room, curation);
  const parts = await draftParts(room, sections);
  const edited = await edit(
    room,
    parts.flatMap(({ drafts }) => drafts),
  );
  const composition = new Composition(curation, topic.language);
  composition.set(parts, edited);
  if (composition.isModels) {
    const advice = await draftAdvice(room, composition.lines);
    const standing = edited.passed.map(({ draft }) => draft);
    composition.set([advice], await edit(room, advice.drafts, standing));
  }
  return composition.report(assignment, room.models.report.model);
}

/** What a report is written with: the rules and the evidence that all its questions share. */
export function openNewsroom<Asked extends Pick<Writers, 'models' | 'detect'>>(
  writers: Asked,
  { topic, window, curation, earlier }: Assignment,
  budget: number,
): Asked & Omit<Newsroom, 'desk'> {
  const { timeZone } = window;
  const { language } = topic;
  const continuity = findContinuity(curation.stories, earlier);
  const evidence = gatherEvidence(curation.stories, continuity, timeZone, budget);
  return {
    ...writers,
    rules: writerRules(topic, language),
    evidence,
    shared: sharedEvidence(window, evidence.text),
    yardstick: { language, detect: writers.detect, timeZone, leads: continuity.leads },
  };
}

/** The extractive report, with the word that and why no model wrote it. */
function takenOver(extract: Report, model: string, { kind }: ModelFailure): Report {
  const parts = [
    'I' as const,
    'II' as const,
    ...extract.sections.map(({ letter }) => `III.${letter}` as const),
    'IV' as const,
  ];
  const fallbacks = parts.map((part) => ({ part, reason: kind }));
  return { ...extract, writing: { model, written: 0, repaired: 0, dropped: [], fallbacks } };
}
