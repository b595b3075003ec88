import {
  type DroppedLine,
  type EarlierLine,
  type Fallback,
  type FallbackReason,
  type Line,
  type PartName,
  type Report,
  SECTION_LETTERS,
  type Section,
  type SectionLetter,
  wordsOfLine,
} from '../model/report.ts';
import type { Curation } from '../model/story.ts';
import type { Language } from '../model/topic.ts';
import { textsIn } from '../texts/texts.ts';
import type { Assignment } from './assignment.ts';
import { countsOf } from './counts.ts';
import type { Draft } from './draft.ts';
import type { Edited, Passed } from './edit.ts';
import { StandIn } from './extract.ts';
import type { DraftedPart, Slot } from './parts.ts';

/** Sets the lines that passed into a report, part by part, and the stand-in's where none did. */
export class Composition {
  readonly #curation: Curation;
  readonly #language: Language;
  readonly #standIn: StandIn;
  readonly #lines: Line[] = [];
  readonly #sections: Section[] = [];
  readonly #dropped: DroppedLine[] = [];
  readonly #fallbacks: Fallback[] = [];
  #written = 0;
  #repaired = 0;

  constructor(curation: Curation, language: Language) {
    this.#curation = curation;
    this.#language = language;
    this.#standIn = new StandIn(curation, language);
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** Whether a sentence of it is a model's. */
  get isModels(): boolean {
    return this.#lines.some(({ verdict }) => verdict.kind !== 'quoted');
  }

  /** Sets parts in the order of the report; sections that end without a line fall away. */
  set(parts: readonly DraftedPart[], { passed, failed }: Edited): void {
    for (const { slot, drafts, trouble } of parts) {
      const own = new Set<Draft>(drafts);
      const standing = passed.filter(({ origin }) => own.has(origin));
      const name = this.#setPart(slot, standing, trouble);
      this.#written += drafts.length;
      this.#repaired += standing.filter(({ verdict }) => verdict.kind === 'repaired').length;
      for (const { draft, problems } of failed.filter(({ origin }) => own.has(origin))) {
        this.#dropped.push({ part: name, words: wordsOfLine(draft), problems });
      }
    }
  }

  report({ topic, window, createdAt }: Assignment, model: string): Report {
    return {
      topic: topic.key,
      topicTitle: topic.title,
      window,
      language: topic.language,
      writer: this.isModels ? 'model' : 'extract',
      writing: {
        model,
        written: this.#written,
        repaired: this.#repaired,
        dropped: this.#dropped,
        fallbacks: this.#fallbacks,
      },
      createdAt,
      sections: this.#sections,
      lines: this.#lines,
      counts: countsOf(this.#curation, this.#lines),
      missing: [], // whoever has it written knows
    };
  }

  #setPart(slot: Slot, standing: readonly Passed[], trouble: FallbackReason | null): PartName {
    const letter = slot.part === 'III' ? (SECTION_LETTERS[this.#sections.length] ?? null) : null;
    const lines =
      standing.length > 0
        ? standing.map((line, index) => this.#lineOf(line, letter, index + 1))
        : this.#quoted(slot, letter);
    const isSet = letter !== null && lines.length > 0;
    const name: PartName = isSet ? `III.${letter}` : slot.part;
    if (standing.length === 0) {
      this.#fallbacks.push({ part: name, reason: trouble ?? 'nothing-held' });
    }
    if (slot.section !== null && isSet) {
      this.#sections.push({ letter, name: slot.section.title });
    }
    this.#lines.push(...lines);
    return name;
  }

  #quoted(slot: Slot, letter: SectionLetter | null): Line[] {
    if (slot.part === 'I') return this.#standIn.brief();
    if (slot.part === 'II') return this.#standIn.facts(this.#lines);
    if (slot.section === null || letter === null) return [];
    return this.#standIn.section(letter, slot.section.stories);
  }

  #lineOf({ draft, verdict }: Passed, section: SectionLetter | null, place: number): Line {
    const { part, lead, text, bold, impact, inferred, posts, continues, basis } = draft;
    const texts = textsIn(this.#language);
    return {
      address: section === null ? `${part}.${place}` : `${part}.${section}.${place}`,
      part,
      section,
      lead,
      text,
      bold,
      impact: impact !== null && inferred ? texts.inferred(impact) : impact,
      cites: posts.map(({ id }) => id),
      basis: basis.map(({ address }) => address),
      continues: continues && earlierLine(continues),
      verdict,
    };
  }
}

function earlierLine({ from, to, address }: EarlierLine): EarlierLine {
  return { from, to, address };
}
