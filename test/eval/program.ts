/** How the suites ask the program: the one place to change when the program's functions change. */
import { readPost } from '../../src/collect/row.ts';
import type { Post } from '../../src/model/post.ts';
import type { Curation } from '../../src/model/story.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Problem } from '../../src/model/verdict.ts';
import { type Day, windowOf } from '../../src/model/window.ts';
import { curate, findStories } from '../../src/curate/curate.ts';
import { isRetelling, likeness, type Telling, tellingOf } from '../../src/curate/retelling.ts';
import { groupByTheme } from '../../src/curate/themes.ts';
import { cutWords } from '../../src/model/words.ts';
import { writeExtract } from '../../src/write/extract.ts';
import { problemsOf } from '../../src/write/verify/check.ts';

/** The ids of the posts that the program leaves out as advertising. */
export function advertisingAmong(posts: readonly Post[]): Set<string> {
  const drops = curate(posts).dropped.filter(({ reason }) => reason.kind === 'advertising');
  return new Set(drops.map(({ post }) => post.id));
}

/** For every post the id of the original that it copies, its own when it copies none. */
export function originalsOf(posts: readonly Post[]): string[] {
  const takenBack = new Set(posts.map(({ id }) => id));
  const copied = copiesIn(curate(posts, { takenBack }));
  return posts.map(({ id }) => copied.get(id) ?? id);
}

function copiesIn({ dropped }: Curation): Map<string, string> {
  return new Map(
    dropped.flatMap(({ post, reason }) => (reason.kind === 'copy' ? [[post.id, reason.of]] : [])),
  );
}

/** How much two texts tell the same, and whether the program would tell them as one. */
export type Retelling = { readonly score: number; readonly same: boolean };

export function retelling(a: string, b: string): Retelling {
  const [ofA, ofB] = [readTelling(a), readTelling(b)];
  return { score: likeness(ofA, ofB), same: isRetelling(ofA, ofB) };
}

function readTelling(text: string): Telling {
  return tellingOf(cutWords(text).split(' '));
}

/** The theme of every text, as a number; the program is not limited to nine here. */
export function themeOf(texts: readonly string[]): number[] {
  const posts = texts.map(asPost);
  const takenBack = new Set(posts.map(({ id }) => id));
  const { dropped, stories } = findStories(posts, { takenBack });
  const themes = new Map(
    groupByTheme(stories).flatMap((group, theme) =>
      group.flatMap(({ story }) => story.posts.map(({ id }) => [id, theme] as const)),
    ),
  );
  const copied = new Map(
    dropped.flatMap(({ post, reason }) => (reason.kind === 'copy' ? [[post.id, reason.of]] : [])),
  );
  return posts.map(({ id }, place) => themes.get(copied.get(id) ?? id) ?? -1 - place);
}

/** A text as a post of which nothing else is known. */
function asPost(text: string, place: number): Post {
  const id = String(place).padStart(9, '0');
  const row = readPost({ id, author: id, text, created_at: '2026-01-01T00:00:00Z' }, place + 1);
  if (row.kind === 'problem') throw new Error(row.reason);
  return row.post;
}

/** What the program makes of a day. */
export type DayTold = {
  /** The theme that a post is told under, else its story; a post that is left out stands alone. */
  groupOf(id: string): string;
  /** Ids of the posts that a line of the report cites. */
  readonly cited: ReadonlySet<string>;
};

const TOPIC: Topic = { key: 'eval', title: 'Eval', language: 'en', timeZone: 'UTC' };

/** Curates the posts of a day in UTC and writes its report. */
export function tellDay(day: Day, posts: readonly Post[]): DayTold {
  const curation = curate(posts);
  const window = windowOf(day, day, TOPIC.timeZone);
  const report = writeExtract(TOPIC, window, curation, window.end);
  const copied = copiesIn(curation);
  const groups = groupsIn(curation);
  return {
    groupOf: (id) => groups.get(copied.get(id) ?? id) ?? `alone ${id}`,
    cited: new Set(report?.lines.flatMap(({ cites }) => cites)),
  };
}

/** The group of every kept post; a theme's name for its stories' posts covers that of the story. */
function groupsIn({ stories, themes }: Curation): Map<string, string> {
  const groups = new Map<string, string>();
  for (const story of stories) {
    for (const { id } of story.posts) groups.set(id, `story ${story.headline.id}`);
  }
  for (const [place, theme] of themes.entries()) {
    for (const { id } of theme.stories.flatMap(({ posts }) => posts)) {
      groups.set(id, `theme ${place}`);
    }
  }
  return groups;
}

/** What the program's rules find wrong with a claim about posts, of those that it cites. */
export function wrongWith(
  claim: string,
  cites: readonly string[],
  posts: ReadonlyMap<string, Post>,
): Problem[] {
  const cited = cites.flatMap((id) => posts.get(id) ?? []);
  const quoted = cited.flatMap(({ quotedId }) => posts.get(quotedId ?? '') ?? []);
  const grounds = [...new Set([...cited, ...quoted])];
  return problemsOf(claim, { posts: grounds, earlier: [], timeZone: TOPIC.timeZone });
}
