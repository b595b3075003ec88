import { type Post, REPOST } from '../../src/model/post.ts';
import type { PostDraft } from '../../src/collect/row.ts';
import { pick, type Random, randomFrom } from '../support/random.ts';
import { Urn } from './urn.ts';
import {
  changeWords,
  isSubject,
  nameOf,
  otherNumber,
  type Pieces,
  piecesOf,
  swap,
  wordsIn,
} from './wording.ts';

const DAY_START = Date.UTC(2026, 0, 29);
const DAY_LENGTH = 24 * 60 * 60 * 1000;

/** What each post is, by its share; the rest are texts of the author's own. */
const SHARES = { copy: 0.1, cutRetweet: 0.15, thread: 0.025, reply: 0.025 } as const;

/**
 * How fast the kinds of things grow with the number of posts n, as n^d: most events are told by one
 * post only, and the vocabulary of posts grows faster than that of books, where d is near 0.5.
 */
const GROWTH = { events: 0.9, names: 0.75, authors: 0.7 } as const;

/** How many words an event of its own, a retelling of it, and an answer change. */
const CHANGED = { names: 0.2, event: 0.5, retelling: 0.25, reply: 0.5 } as const;

/** Retweets that name the id of what they repeat; others have the text only. */
const KNOWS_ORIGINAL = 0.5;
/** X cuts a retweet's text here. */
const RETWEET_LENGTH = 140;

/** A post that others are made from. */
type Sample = { readonly post: Post; readonly lang: string; readonly pieces: Pieces };

/** What posts tell of: a sample with names and words of its own. */
type Event = { readonly sample: Sample; readonly pieces: Pieces; readonly number: number };

/** A post that was made before, as far as later ones need it. */
type Made = {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly event: Event;
};

/** Makes the posts of a day or of several from samples; the same samples and count give the same posts. */
export function* makePosts(
  samples: readonly Post[],
  count: number,
  { seed = 1, days = 1 }: { readonly seed?: number; readonly days?: number } = {},
): Generator<PostDraft> {
  const maker = new Maker(samples, days, randomFrom(seed));
  for (let number = 0; number < count; number++) yield maker.make(number, count);
}

class Maker {
  readonly #random: Random;
  readonly #days: number;
  readonly #samples: readonly Sample[];
  /** The words of all samples of a language, each as often as it was written. */
  readonly #wordsOf: ReadonlyMap<string, readonly string[]>;
  readonly #events: Event[] = [];
  /** Texts of authors' own, the ones that are copied, shared and answered. */
  readonly #made: Made[] = [];
  readonly #eventUrn: Urn;
  readonly #nameUrn: Urn;
  readonly #authorUrn: Urn;

  constructor(posts: readonly Post[], days: number, random: Random) {
    this.#random = random;
    this.#days = days;
    this.#samples = posts
      .map((post) => ({ post, lang: post.lang ?? '', pieces: piecesOf(ownText(post)) }))
      .filter(({ pieces }) => wordsIn(pieces).length > 0);
    if (this.#samples.length === 0) throw new Error('no sample has a word');
    const byLang = Map.groupBy(this.#samples, ({ lang }) => lang);
    this.#wordsOf = new Map(
      Array.from(byLang, ([lang, own]) => [lang, own.flatMap(({ pieces }) => wordsIn(pieces))]),
    );
    this.#eventUrn = new Urn(GROWTH.events, random);
    this.#nameUrn = new Urn(GROWTH.names, random);
    this.#authorUrn = new Urn(GROWTH.authors, random);
  }

  /** The post with a number among `count` of the days, which stand in order of time. */
  make(number: number, count: number): PostDraft {
    const id = `made-${number}`;
    const moment = DAY_START + ((number + this.#random()) / count) * this.#days * DAY_LENGTH;
    const { made, ...fields } = this.#tell(id);
    if (fields.is_retweet !== true) this.#made.push(made);
    return {
      id,
      author: made.author,
      text: made.text,
      created_at: new Date(moment).toISOString(),
      lang: made.event.sample.post.lang,
      ...this.#numbers(),
      ...fields,
    };
  }

  #tell(id: string): { made: Made } & PostDraft {
    let chance = this.#random();
    const falls = (share: number) => (chance -= share) < 0;
    const author = `author_${this.#authorUrn.draw()}`;
    if (this.#made.length > 0) {
      const earlier = pick(this.#made, this.#random);
      if (falls(SHARES.copy)) return { made: { ...earlier, id, author } };
      if (falls(SHARES.cutRetweet)) return this.#retweet(id, author, earlier);
      if (falls(SHARES.thread)) return this.#answer(id, earlier.author, earlier, '');
      if (falls(SHARES.reply)) return this.#answer(id, author, earlier, `@${earlier.author} `);
    }
    return this.#own(id, author);
  }

  #own(id: string, author: string): { made: Made } & PostDraft {
    const number = this.#eventUrn.draw();
    const known = this.#events[number];
    const event = known ?? this.#newEvent(number);
    const pieces = known ? this.#swap(event, CHANGED.retelling) : event.pieces;
    const { urls, quotedId } = event.sample.post;
    return {
      made: { id, author, text: pieces.join(''), event },
      // One sample serves many events, and those must not be joined by its links.
      urls: urls.map((url) => `${url}#${number}`),
      quoted_id: quotedId === null ? null : `${quotedId}-${number}`,
    };
  }

  #newEvent(number: number): Event {
    const sample = pick(this.#samples, this.#random);
    const swapped = swap(sample.pieces, this.#others(sample), CHANGED.event, this.#random);
    const pieces = changeWords(swapped, (word) => {
      if (/\d/.test(word)) return otherNumber(word, this.#random);
      const isNamed = isSubject(word) && this.#random() < CHANGED.names;
      return isNamed ? nameOf(this.#nameUrn.draw()) : word;
    });
    const event = { sample, pieces, number };
    this.#events[number] = event;
    return event;
  }

  #retweet(id: string, author: string, { id: original, author: by, text, event }: Made) {
    const whole = `RT @${by}: ${text}`;
    const told =
      whole.length <= RETWEET_LENGTH
        ? whole
        : `${whole.slice(0, RETWEET_LENGTH - 1).toWellFormed()}…`;
    return {
      made: { id, author, text: told, event },
      is_retweet: true,
      repost_of_id: this.#random() < KNOWS_ORIGINAL ? original : null,
    };
  }

  #answer(id: string, author: string, earlier: Made, start: string): { made: Made } & PostDraft {
    const { event } = earlier;
    const text = start + this.#swap(event, CHANGED.reply).join('');
    return { made: { id, author, text, event }, reply_to_id: earlier.id };
  }

  #swap({ sample, pieces }: Event, share: number): Pieces {
    return swap(pieces, this.#others(sample), share, this.#random);
  }

  #others({ lang }: Sample): readonly string[] {
    return this.#wordsOf.get(lang) ?? [];
  }

  /** Likes of a Pareto distribution (P(more than x) = 1 / (1 + x)), the other numbers parts of them. */
  #numbers(): PostDraft {
    const likes = Math.min(500_000, Math.floor(1 / (1 - this.#random()) - 1));
    const part = (most: number) => Math.floor(likes * most * this.#random());
    return {
      likes,
      retweets: part(0.4),
      replies: part(0.2),
      quotes: part(0.1),
      views: 10 + likes * 40,
      author_followers: Math.floor(100 / (1 - this.#random())),
    };
  }
}

function ownText({ text }: Post): string {
  return text.replace(REPOST, '');
}
