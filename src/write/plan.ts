import { ModelFailure } from '../claude/failure.ts';
import { shorten } from '../lib/text.ts';
import type { Curation, Story } from '../model/story.ts';
import { draftsFrom } from './draft.ts';
import { faultsOf } from './faults.ts';
import { isHopeless, type Newsroom, questionOf } from './newsroom.ts';
import { askForPlan, SIZES } from './prompts.ts';
import { readReply, type Reply } from './reply.ts';

/** A section that is to be written. */
export type PlannedSection = {
  readonly title: string;
  readonly stories: readonly Story[];
  /** Marks of its stories in the evidence. */
  readonly marks: readonly string[];
};

const LONGEST_TITLE = 60; // characters

/**
 * Has the model plan the sections. It is the first question of a report: what it brings into the cache
 * all others read. Without a plan that can be used, the themes of the curation are the sections.
 *
 * @throws ModelFailure that other questions would meet as well.
 */
export async function planSections(room: Newsroom, curation: Curation): Promise<PlannedSection[]> {
  const { desk } = room;
  try {
    const reply = await desk.ask(questionOf(room, 'plan', askForPlan()), readReply);
    const planned = readPlan(room, reply);
    return planned.length > 0 ? planned : sectionsOfThemes(room, curation);
  } catch (error) {
    if (!(error instanceof ModelFailure) || isHopeless(error)) throw error;
    return sectionsOfThemes(room, curation);
  }
}

/** The themes of the curation as sections, as far as the evidence shows their stories. */
export function sectionsOfThemes(
  { evidence }: Pick<Newsroom, 'evidence'>,
  { themes }: Curation,
): PlannedSection[] {
  const marks = new Map([...evidence.stories].map(([mark, story]) => [story, mark]));
  return themes.slice(0, SIZES.sections).flatMap(({ name, stories }) => {
    const shown = stories.filter((story) => marks.has(story));
    if (shown.length === 0) return [];
    return [{ title: name, stories: shown, marks: shown.map((story) => marks.get(story) ?? '') }];
  });
}

/** What the plan says, each story once; a title that says what its posts do not gets another. */
function readPlan(room: Newsroom, { sections }: Reply): PlannedSection[] {
  const { stories: known } = room.evidence;
  const taken = new Set<string>();
  return sections.slice(0, SIZES.sections).flatMap(({ title, stories }) => {
    const marks = [...new Set(stories)].filter((mark) => known.has(mark) && !taken.has(mark));
    for (const mark of marks) taken.add(mark);
    const told = marks.flatMap((mark) => known.get(mark) ?? []);
    if (told.length === 0) return [];
    return [{ title: titleFor(room, title, told), stories: told, marks }];
  });
}

function titleFor(room: Newsroom, written: string, stories: readonly Story[]): string {
  const line = {
    lead: '',
    text: written,
    impact: '',
    inferred: false,
    posts: [],
    continues: '',
    basis: [],
  };
  const [draft] = draftsFrom({ sections: [], lines: [line] }, 'III', room.evidence);
  const posts = stories.flatMap((story) => story.posts).slice(0, 40);
  if (draft && draft.text.length <= LONGEST_TITLE) {
    // A doubt is enough: there is always another title.
    if (faultsOf({ ...draft, posts }, room.yardstick).length === 0) {
      return draft.text.replace(/[.。]$/, '');
    }
  }
  const [strongest] = stories;
  return shorten((strongest?.terms ?? []).slice(0, 3).join(' · '), LONGEST_TITLE) || '·';
}
