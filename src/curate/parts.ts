import type { Post } from '../model/post.ts';
import type { Curation, DropReason, Story, Theme } from '../model/story.ts';

/** A post, by its place among those that were curated: both threads have them. */
type Place = number;

type StoryOutline = Omit<Story, 'headline' | 'posts'> & { readonly places: readonly Place[] };

/** A piece of a curation, small enough to cross between threads without a pause. */
export type Part =
  | { readonly kind: 'kept'; readonly places: readonly Place[] }
  | {
      readonly kind: 'dropped';
      readonly drops: readonly { readonly place: Place; readonly reason: DropReason }[];
    }
  | { readonly kind: 'threads'; readonly threads: Curation['threads'] }
  | { readonly kind: 'stories'; readonly stories: readonly StoryOutline[] }
  | { readonly kind: 'theme'; readonly name: string; readonly stories: readonly number[] };

const ITEMS_A_PART = 500;

/** A curation in parts, its posts told by their places. */
export function* partsOf(curation: Curation, posts: readonly Post[]): Generator<Part> {
  const placeOf = new Map(posts.map((post, place) => [post, place]));
  const place = (post: Post) => placeOf.get(post) ?? -1;
  for (const kept of chunks(curation.kept)) yield { kind: 'kept', places: kept.map(place) };
  for (const dropped of chunks(curation.dropped)) {
    const drops = dropped.map(({ post, reason }) => ({ place: place(post), reason }));
    yield { kind: 'dropped', drops };
  }
  for (const threads of chunks(curation.threads)) yield { kind: 'threads', threads };
  for (const stories of chunks(curation.stories)) {
    yield { kind: 'stories', stories: stories.map((story) => outlineOf(story, place)) };
  }
  const storyPlaces = new Map(curation.stories.map((story, index) => [story, index]));
  for (const { name, stories } of curation.themes) {
    yield { kind: 'theme', name, stories: stories.map((story) => storyPlaces.get(story) ?? -1) };
  }
}

function outlineOf(story: Story, place: (post: Post) => Place): StoryOutline {
  const { headline: _, posts, ...rest } = story;
  return { ...rest, places: posts.map(place) };
}

function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / ITEMS_A_PART);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * ITEMS_A_PART, (index + 1) * ITEMS_A_PART),
  );
}

/** Puts the parts of a curation together again, over the same posts. */
export class Assembly {
  readonly #posts: readonly Post[];
  readonly #kept: Post[] = [];
  readonly #dropped: Curation['dropped'][number][] = [];
  readonly #threads: Curation['threads'][number][] = [];
  readonly #stories: Story[] = [];
  readonly #themes: Theme[] = [];

  constructor(posts: readonly Post[]) {
    this.#posts = posts;
  }

  /** Adds the next part, in the order in which they were handed out. */
  add(part: Part): void {
    switch (part.kind) {
      case 'kept':
        this.#kept.push(...part.places.map((place) => this.#postAt(place)));
        break;
      case 'dropped':
        for (const { place, reason } of part.drops) {
          this.#dropped.push({ post: this.#postAt(place), reason });
        }
        break;
      case 'threads':
        this.#threads.push(...part.threads);
        break;
      case 'stories':
        for (const { places, ...rest } of part.stories) {
          const posts = places.map((place) => this.#postAt(place));
          this.#stories.push({ ...rest, headline: first(posts), posts });
        }
        break;
      case 'theme':
        this.#themes.push({
          name: part.name,
          stories: part.stories.map((place) => present(this.#stories[place])),
        });
    }
  }

  /** The whole, when every part is there. */
  finish(): Curation {
    return {
      collected: this.#posts.length,
      kept: this.#kept,
      dropped: this.#dropped,
      threads: this.#threads,
      stories: this.#stories,
      themes: this.#themes,
    };
  }

  #postAt(place: Place): Post {
    return present(this.#posts[place]);
  }
}

function first<T>(items: readonly T[]): T {
  return present(items[0]);
}

function present<T>(item: T | undefined): T {
  if (item === undefined) throw new Error('a part of a curation names what is not there');
  return item;
}
