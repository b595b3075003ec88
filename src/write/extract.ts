import {
  type Line,
  type Report,
  SECTION_LETTERS,
  type Section,
  type SectionLetter,
} from '../model/report.ts';
import type { Curation, Story } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { countsOf } from './counts.ts';
import { echoesOf, Quotes } from './quotes.ts';
import { type Sentence, sentenceScore } from './sentences.ts';

const BRIEF = 10;
const FACTS = 10;
const BULLETS = { least: 2, most: 5 };
const A_AUTHOR = 3; // quotations of one author in the brief, and as many in the facts

/**
 * Writes a report without a model: every line quotes a sentence of a post, with its author. What
 * nobody said (what a fact may mean, what to do) is left out. `null` when the window tells nothing.
 */
export function writeExtract(
  topic: Topic,
  window: Window,
  curation: Curation,
  createdAt: Date,
): Report | null {
  const quotes = new Quotes(textsIn(topic.language));
  const brief = writeBrief(curation, quotes);
  const facts = writeFacts(curation, brief, quotes);
  const { sections, lines: details } = writeSections(curation, quotes);
  const lines = [...brief, ...facts, ...details];
  if (lines.length === 0) return null;
  return {
    topic: topic.key,
    topicTitle: topic.title,
    window,
    language: topic.language,
    writer: 'extract',
    writing: null,
    createdAt,
    sections,
    lines,
    counts: countsOf(curation, lines),
    missing: [], // whoever has it written knows
  };
}

/**
 * The extractive writer for a report that a model writes: it stands in for single parts, without
 * quoting a sentence twice.
 */
export class StandIn {
  readonly #curation: Curation;
  readonly #quotes: Quotes;

  constructor(curation: Curation, language: Topic['language']) {
    this.#curation = curation;
    this.#quotes = new Quotes(textsIn(language));
  }

  /** Ⅰ in quotations. */
  brief(): Line[] {
    return writeBrief(this.#curation, this.#quotes);
  }

  /** Ⅱ in quotations: what the brief told comes last. */
  facts(brief: readonly Line[]): Line[] {
    return writeFacts(this.#curation, brief, this.#quotes);
  }

  /** A section in quotations; empty when its stories have too little to tell. */
  section(letter: SectionLetter, stories: readonly Story[]): Line[] {
    const bullets = writeBullets(letter, stories, this.#quotes);
    return bullets.length < BULLETS.least ? [] : bullets;
  }
}

/** What a story in the brief takes from the weight of the next one of its theme. */
const SAME_THEME = 0.4;

/** Ⅰ: the strongest stories, of many themes. */
function writeBrief(curation: Curation, quotes: Quotes): Line[] {
  const picked = quotes.pick(spreadThemes(curation), BRIEF, A_AUTHOR, sentenceScore);
  return picked.map(({ story, sentence }, index) =>
    quotation({
      address: `I.${index + 1}`,
      part: 'I',
      lead: leadOf(story),
      text: quotes.withEchoes(sentence, echoesOf(story, sentence.post)),
      cites: [sentence.post, ...echoesOf(story, sentence.post)].map((post) => post.id),
    }),
  );
}

/** Stories by weight, where each that follows stronger ones of its theme counts less. */
function spreadThemes({ stories, themes }: Curation): Story[] {
  const placeInTheme = new Map(
    themes.flatMap((theme) => theme.stories.map((story, place) => [story, place] as const)),
  );
  const weight = (story: Story) => story.weight / (1 + SAME_THEME * (placeInTheme.get(story) ?? 0));
  return stories.toSorted((a, b) => weight(b) - weight(a));
}

/** What figures add to the weight of a story, and of a sentence for each of them. */
const FIGURES = 0.5;

/** Ⅱ: what the brief had no room for, figures first; stories that the brief told come last. */
function writeFacts({ stories }: Curation, brief: readonly Line[], quotes: Quotes): Line[] {
  const told = new Set(brief.flatMap((line) => line.cites));
  const weight = ({ weight: own, headline, posts }: Story) =>
    own *
    (figuresIn(headline.text) > 0 ? 1 + FIGURES : 1) *
    (posts.some((post) => told.has(post.id)) ? 0 : 1);
  const untoldFirst = stories.toSorted((a, b) => weight(b) - weight(a));
  return quotes.pick(untoldFirst, FACTS, A_AUTHOR, factScore).map(({ sentence }, index) =>
    quotation({
      address: `II.${index + 1}`,
      part: 'II',
      text: quotes.of(sentence),
      cites: [sentence.post.id],
    }),
  );
}

function factScore(sentence: Sentence): number {
  return sentenceScore(sentence) * (1 + FIGURES * figuresIn(sentence.text));
}

/** Amounts that stand on their own: no ordinals, clock times, versions or parts of names. */
const FIGURE =
  /(?<![\p{L}\d:.-])[$€£¥]?\d[\d,]*(?:\.\d+)?(?![\d:.]*\d|st\b|nd\b|rd\b|th\b|-\p{L})/gu;

/** How much the figures of a text make a fact of it: 0 without one. */
function figuresIn(text: string): number {
  return Math.sqrt(Math.min(4, text.match(FIGURE)?.length ?? 0));
}

/** Ⅲ: a section a theme, from what the brief and the facts have not told yet. */
function writeSections(
  { themes }: Curation,
  quotes: Quotes,
): { sections: Section[]; lines: Line[] } {
  const sections: Section[] = [];
  const lines: Line[] = [];
  for (const theme of themes) {
    const letter = SECTION_LETTERS[sections.length];
    if (letter === undefined) break;
    const bullets = writeBullets(letter, theme.stories, quotes);
    if (bullets.length < BULLETS.least) continue;
    sections.push({ letter, name: theme.name });
    lines.push(...bullets);
  }
  return { sections, lines };
}

/** The bullets of a section: quotations from its stories that no other line has. */
function writeBullets(letter: SectionLetter, stories: readonly Story[], quotes: Quotes): Line[] {
  return quotes.bullets(stories, BULLETS.most).map((sentence, index) =>
    quotation({
      address: `III.${letter}.${index + 1}`,
      part: 'III',
      section: letter,
      text: quotes.of(sentence),
      cites: [sentence.post.id],
    }),
  );
}

function quotation(
  fields: Pick<Line, 'address' | 'part' | 'text' | 'cites'> & Partial<Line>,
): Line {
  return {
    section: null,
    lead: null,
    impact: null,
    bold: [],
    basis: [],
    continues: null,
    verdict: { kind: 'quoted' },
    ...fields,
  };
}

function leadOf(story: Story): string | null {
  return story.terms.length === 0 ? null : story.terms.slice(0, 3).join(' · ');
}
