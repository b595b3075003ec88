import { ModelFailure } from '../claude/failure.ts';
import type { FormQuestion } from '../claude/question.ts';
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
export async function draftParts(
  room: Newsroom,
  sections: readonly PlannedSection[],
): Promise<DraftedPart[]> {
  const asked = slotsFor(sections).map((slot) => ({
    slot,
    question: questionFor(room, slot, sections),
  }));
  await room.desk.preorder(asked.map(({ question }) => question));
  return Promise.all(asked.map(({ slot, question }) => draftPart(room, slot, question)));
}

/** What is asked for once the sections are planned. */
export function slotsFor(sections: readonly PlannedSection[]): Slot[] {
  return [
    { part: 'I', section: null },
    { part: 'II', section: null },
    ...sections.map((section): Slot => ({ part: 'III', section })),
  ];
}

/** The advice that follows from the lines that are written. */
export function draftAdvice(room: Newsroom, written: readonly Line[]): Promise<DraftedPart> {
  const lines = written.map(({ address, lead, text }) => ({
    address,
    words: [lead, text].filter(Boolean).join(' – '),
  }));
  const question = questionOf(room, 'IV', askForAdvice(lines));
  return draftPart(room, { part: 'IV', section: null }, question, written);
}

/** The question for one of the first three parts. */
export function questionFor(
  room: Pick<Newsroom, 'models' | 'rules' | 'shared'>,
  { part, section }: Slot,
  sections: readonly PlannedSection[],
): FormQuestion {
  if (section === null) {
    const titles = sections.map(({ title }) => title);
    return questionOf(room, part, part === 'I' ? askForBrief(titles) : askForFacts());
  }
  const name = `III ${section.marks.join(' ')}`.slice(0, 60);
  return questionOf(room, name, askForSection(section.title, section.marks));
}

const MOST = { I: SIZES.brief, II: SIZES.facts, III: SIZES.bullets, IV: SIZES.advice } as const;

async function draftPart(
  room: Newsroom,
  slot: Slot,
  question: FormQuestion,
  written: readonly Line[] = [],
): Promise<DraftedPart> {
  try {
    const reply = await room.desk.ask(question, readReply);
    const lines = reply.lines.slice(0, MOST[slot.part]);
    const drafts = draftsFrom({ ...reply, lines }, slot.part, room.evidence, written);
    return { slot, drafts: drafts.filter((draft) => draft !== null), trouble: null };
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    // Fewer posts would help; but once there are lines, a report without advice is the lesser loss.
    if (error.kind === 'too-large' && written.length === 0) throw error;
    return { slot, drafts: [], trouble: error.kind };
  }
}
