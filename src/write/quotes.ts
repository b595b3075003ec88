import { oneLine } from '../lib/text.ts';
import { type Post, REPOST } from '../model/post.ts';
import type { Story } from '../model/story.ts';
import type { Texts } from '../texts/texts.ts';
import { type Sentence, sentenceScore, sentencesOf } from './sentences.ts';

const ECHOES = 3; // voices of a story that a brief line cites beside the quoted post

/** The strongest other voices of a story. */
export function echoesOf(story: Story, quoted: Post): Post[] {
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
export class Quotes {
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
