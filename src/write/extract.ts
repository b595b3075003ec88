import { oneLine } from '../lib/text.ts';
import { type Post, REPOST } from '../model/post.ts';
import { type Line, type Report, SECTION_LETTERS, type Section } from '../model/report.ts';
import type { Curation, Story } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import { textsIn, type Texts } from '../texts/texts.ts';
import { countsOf } from './counts.ts';
import { type Sentence, sentenceScore, sentencesOf } from './sentences.ts';

const BRIEF = 10;
const FACTS = 10;
const BULLETS = { least: 2, most: 5 };
const ECHOES = 3; // voices of a story that a brief line cites beside the quoted post
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
    createdAt,
    sections,
    lines,
    counts: countsOf(curation, lines),
  };
}

/** What a story in the brief takes from the weight of the next one of its theme. */
const SAME_THEME = 0.4;

/** Ⅰ: the strongest stories, of many themes. */
function writeBrief(curation: Curation, quotes: Quotes): Line[] {
  const picked = quotes.pick(spreadThemes(curation), BRIEF, A_AUTHOR, sentenceScore);
  return picked.map(({ story, sentence }, index) => ({
    address: `I.${index + 1}`,
    part: 'I',
    section: null,
    lead: leadOf(story),
    text: quotes.withEchoes(sentence, echoesOf(story, sentence.post)),
    impact: null,
    cites: [sentence.post, ...echoesOf(story, sentence.post)].map((post) => post.id),
  }));
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
  return quotes.pick(untoldFirst, FACTS, A_AUTHOR, factScore).map(({ sentence }, index) => ({
    address: `II.${index + 1}`,
    part: 'II',
    section: null,
    lead: null,
    text: quotes.of(sentence),
    impact: null,
    cites: [sentence.post.id],
  }));
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
    const bullets = quotes.bullets(theme.stories, BULLETS.most);
    if (letter === undefined || bullets.length < BULLETS.least) continue;
    sections.push({ letter, name: theme.name });
    for (const [index, sentence] of bullets.entries()) {
      lines.push({
        address: `III.${letter}.${index + 1}`,
        part: 'III',
        section: letter,
        lead: null,
        text: quotes.of(sentence),
        impact: null,
        cites: [sentence.post.id],
      });
    }
  }
  return { sections, lines };
}

function leadOf(story: Story): string | null {
  return story.terms.length === 0 ? null : story.terms.slice(0, 3).join(' · ');
}

/** The strongest other voices of a story. */
function echoesOf(story: Story, quoted: Post): Post[] {
  const voices = new Map<string, Post>();
  for (const post of [quoted, ...story.posts]) {
    const voice = speakerOf(post).toLowerCase();
    if (!voices.has(voice)) voices.set(voice, post);
  }
  return [...voices.values()].slice(1, 1 + ECHOES);
}

/** Who says what a post says, by handle: of a repost the author whom it names. */
function speakerOf(post: Post): string {
  return REPOST.exec(post.text)?.[1] ?? post.author;
}

/** Chooses sentences so that none is told twice, and words the quotations. */
class Quotes {
  readonly #told = new Set<string>();
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** Story by story its best sentence not yet told, with at most `anAuthor` of any author. */
  pick(
    stories: readonly Story[],
    limit: number,
    anAuthor: number,
    score: (sentence: Sentence) => number,
  ): { story: Story; sentence: Sentence }[] {
    const picked: { story: Story; sentence: Sentence }[] = [];
    const authors = new Map<string, number>();
    for (const story of stories) {
      if (picked.length === limit) break;
      const sentence = this.#best(
        story.posts.filter((post) => (authors.get(speakerOf(post)) ?? 0) < anAuthor),
        score,
      );
      if (!sentence) continue;
      const speaker = speakerOf(sentence.post);
      authors.set(speaker, (authors.get(speaker) ?? 0) + 1);
      this.#told.add(keyOf(sentence));
      picked.push({ story, sentence });
    }
    return picked;
  }

  /** Up to `limit` sentences of a theme: every story's best first, then their next best. */
  bullets(stories: readonly Story[], limit: number): Sentence[] {
    const bullets: Sentence[] = [];
    for (let more = true; more && bullets.length < limit;) {
      more = false;
      for (const story of stories) {
        if (bullets.length === limit) break;
        const least = bullets.length < ENOUGH_BULLETS ? LOWEST : DENSE;
        const sentence = this.#best(story.posts, sentenceScore, least);
        if (!sentence) continue;
        this.#told.add(keyOf(sentence));
        bullets.push(sentence);
        more = true;
      }
    }
    return bullets;
  }

  /** `Ada Quill (@ada): “…”` */
  of({ post, text, cut }: Sentence): string {
    return this.#texts.quotation(voiceOf(post), withoutLooseQuotes(cut ? `${text}…` : text));
  }

  withEchoes(sentence: Sentence, echoes: readonly Post[]): string {
    const quotation = this.of(sentence);
    if (echoes.length === 0) return quotation;
    return quotation + this.#texts.alsoToldBy(echoes.map((post) => `@${speakerOf(post)}`));
  }

  #best(
    posts: readonly Post[],
    score: (sentence: Sentence) => number,
    least = LOWEST,
  ): Sentence | null {
    let best: Sentence | null = null;
    let highest = least;
    for (const [place, post] of posts.slice(0, LOOKED_AT).entries()) {
      for (const sentence of sentencesOf(post)) {
        const value = score(sentence) / (1 + 0.15 * place);
        if (value <= highest || this.#isTold(sentence)) continue;
        highest = value;
        best = sentence;
      }
    }
    return best;
  }

  /** Whether it was told, or one that it begins, or one that begins it. */
  #isTold(sentence: Sentence): boolean {
    const key = keyOf(sentence);
    for (const told of this.#told) if (told.startsWith(key) || key.startsWith(told)) return true;
    return false;
  }
}

/** Posts of a story that may be quoted: later ones count too little to be the best. */
const LOOKED_AT = 40;
/** A sentence that scores less says too little to stand in a report. */
const LOWEST = 0.4;
/** A section that has three bullets takes only dense ones beyond them. */
const DENSE = 1;
const ENOUGH_BULLETS = 3;

function keyOf({ text }: Sentence): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A quotation mark whose other half stands in another sentence would read as ours. */
function withoutLooseQuotes(text: string): string {
  const opened = text.split('“').length;
  const closed = text.split('”').length;
  if (opened > closed) return text.replace(/^“+/, '');
  return closed > opened ? text.replace(/”+$/, '') : text;
}

/** The speaker as readers see them; a name cannot hold the marks of a quotation. */
function voiceOf(post: Post): string {
  const handle = speakerOf(post);
  const name = oneLine(post.authorName).replace(/[“”]/g, '');
  return handle !== post.author || name === handle || name === ''
    ? `@${handle}`
    : `${name} (@${handle})`;
}
