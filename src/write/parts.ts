import { ModelFailure } from '../claude/failure.ts';
import type { FallbackReason, Line } from '../model/report.ts';
import { type Draft, draftsFrom } from './draft.ts';
import { type Newsroom, questionOf } from './newsroom.ts';
import type { PlannedSection } from './plan.ts';
import { askForAdvice, askForBrief, askForFacts, askForSection, SIZES } from './prompts.ts';
import { readReply } from './reply.ts';

/** Which lines one question brings. */
export type Slot =
  | { readonly part: 'I' | 'II' | 'IV'; readonly section: null }
  | { readonly part: 'III'; readonly section: PlannedSection };

/** A part as the model wrote it; without lines where there was trouble. */
export type DraftedPart = {
  readonly slot: Slot;
  readonly drafts: readonly Draft[];
  readonly trouble: FallbackReason | null;
};

/** The brief, the facts and every section, side by side. @throws ModelFailure `too-large` */
export function draftParts(
  room: Newsroom,
  sections: readonly PlannedSection[],
): Promise<DraftedPart[]> {
  const slots: Slot[] = [
    { part: 'I', section: null },
    { part: 'II', section: null },
    ...sections.map((section): Slot => ({ part: 'III', section })),
  ];
  return Promise.all(slots.map((slot) => draftPart(room, slot, wordsFor(slot, sections))));
}

/** The advice that follows from the lines that are written. */
export function draftAdvice(room: Newsroom, written: readonly Line[]): Promise<DraftedPart> {
  const lines = written.map(({ address, lead, text }) => ({
    address,
    words: [lead, text].filter(Boolean).join(' – '),
  }));
  return draftPart(room, { part: 'IV', section: null }, askForAdvice(lines), written);
}

/** What is asked for in a slot. */
export function wordsFor(slot: Slot, sections: readonly PlannedSection[]): string {
  if (slot.part === 'I') return askForBrief(sections.map(({ title }) => title));
  if (slot.part === 'II') return askForFacts();
  if (slot.section === null) return askForAdvice([]);
  return askForSection(slot.section.title, slot.section.marks);
}

const MOST = { I: SIZES.brief, II: SIZES.facts, III: SIZES.bullets, IV: SIZES.advice } as const;

async function draftPart(
  room: Newsroom,
  slot: Slot,
  words: string,
  written: readonly Line[] = [],
): Promise<DraftedPart> {
  const name = slot.section === null ? slot.part : `III ${slot.section.marks.join(' ')}`;
  try {
    const reply = await room.desk.ask(questionOf(room, name.slice(0, 60), words), readReply);
    const lines = reply.lines.slice(0, MOST[slot.part]);
    const drafts = draftsFrom({ ...reply, lines }, slot.part, room.evidence, written);
    return { slot, drafts: drafts.filter((draft) => draft !== null), trouble: null };
  } catch (error) {
    if (!(error instanceof ModelFailure) || error.kind === 'too-large') throw error;
    return { slot, drafts: [], trouble: error.kind };
  }
}
