import type { PhrasingContent, Root, RootContent } from 'mdast';

import { counted, roughly } from '../lib/numbers.ts';
import { oneLine } from '../lib/text.ts';
import { bullets, heading, lineBreak, paragraph, root, strong, text } from '../lib/tree.ts';
import type { Numbers, Post } from '../model/post.ts';
import type { Curation, Dropped, Story } from '../model/story.ts';
import { beginningOf, onceEach, postItem } from '../publish/post-item.ts';
import { type Curated, droppedAs, keptById, LEFT_OUT_AS, reasonInWords } from './curated.ts';
import { languagesOf } from './funnel.ts';
import { daysInWords } from './window.ts';

/** How much of what it found a step shows. */
const EXAMPLES = 3;
const LANGUAGES_SHOWN = 12;

/** The funnel of a curation for people: what each step found, what remains, and some examples. */
export function funnelTree(curated: Curated): Root {
  const { curation, window, topic } = curated;
  return root([
    heading(2, `Curation of ${daysInWords(window)} (${topic.key})`),
    ...collectedStep(curation),
    ...droppedSteps(curated),
    ...threadsStep(curation),
    ...storiesStep(curation),
    ...themesStep(curation),
  ]);
}

function collectedStep(curation: Curation): RootContent[] {
  const all = languagesOf(curation);
  const languages = all
    .slice(0, LANGUAGES_SHOWN)
    .map(
      ({ language, posts }) => `${oneLine(language ?? 'unknown')} ${posts.toLocaleString('en')}`,
    );
  const more = all.length - languages.length;
  if (more > 0) languages.push(`and ${more.toLocaleString('en')} others`);
  return [
    heading(3, `${counted(curation.collected, 'post')} collected`),
    paragraph([text(`By language: ${languages.join(', ')}`)]),
  ];
}

function droppedSteps({ curation, asTyped }: Curated): RootContent[] {
  const kept = keptById(curation);
  let remain = curation.collected;
  return (['advertising', 'copy', 'empty'] as const).flatMap((kind) => {
    const all = droppedAs(kind, curation);
    remain -= all.length;
    const title = `${counted(all.length, 'post')} left out ${LEFT_OUT_AS[kind]}, ${remain.toLocaleString('en')} remain`;
    const listing = `chorus dropped ${asTyped}${kind === 'advertising' ? '' : ` --reason ${kind}`}`;
    return step({
      title,
      all,
      shown: various(all),
      listing,
      item: (drop) => droppedItem(drop, kept),
    });
  });
}

/** Examples of what was left out: of posts that say the same, one. */
function various(dropped: readonly Dropped[]): Dropped[] {
  return onceEach(dropped)
    .slice(0, EXAMPLES)
    .map(({ first }) => first);
}

/** A post that was left out, and why; below a copy what it repeats, unless that looks the same. */
function droppedItem(
  { post, reason }: Dropped,
  kept: ReadonlyMap<string, Post>,
): PhrasingContent[] {
  const item = postItem(post, reasonInWords(reason, kept));
  const original = reason.kind === 'copy' ? kept.get(reason.of) : undefined;
  if (!original || beginningOf(original) === beginningOf(post)) return item;
  return [...item, lineBreak, text(`original: ${beginningOf(original)}`)];
}

function threadsStep(curation: Curation): RootContent[] {
  const all = curation.threads;
  const kept = keptById(curation);
  const posts = all.reduce((sum, { length }) => sum + length, 0);
  return step({
    title: counted(all.length, 'thread') + (posts > 0 ? `, of ${counted(posts, 'post')}` : ''),
    all,
    item: (ids) => {
      const first = kept.get(ids[0] ?? '');
      return first ? postItem(first, counted(ids.length, 'post')) : [];
    },
  });
}

function storiesStep({ stories: all }: Curation): RootContent[] {
  return step({
    title: counted(all.length, 'story', 'stories'),
    all,
    item: (story) => postItem(story.headline, echoOf(story)),
  });
}

function themesStep({ themes: all }: Curation): RootContent[] {
  const stories = all.reduce((sum, theme) => sum + theme.stories.length, 0);
  return step({
    title:
      counted(all.length, 'theme') +
      (stories > 0 ? `, of ${counted(stories, 'story', 'stories')}` : ''),
    all,
    shown: all,
    item: ({ name, stories: own }) => [strong(oneLine(name)), text(` – ${sizeOf(own)}`)],
  });
}

type Step<T> = {
  readonly title: string;
  /** What the step found. */
  readonly all: readonly T[];
  /** What of it is shown; the first few by itself. */
  readonly shown?: readonly T[];
  /** What lists all of it. */
  readonly listing?: string;
  readonly item: (thing: T) => PhrasingContent[];
};

function step<T>({
  title,
  all,
  shown = all.slice(0, EXAMPLES),
  listing,
  item,
}: Step<T>): RootContent[] {
  const more = all.length - shown.length;
  const rest = `… and ${more.toLocaleString('en')} more${listing === undefined ? '' : `: ${listing}`}`;
  return [
    heading(3, title),
    ...(shown.length > 0 ? [bullets(shown.map(item))] : []),
    ...(more > 0 ? [paragraph([text(rest)])] : []),
  ];
}

/** "3 stories, 5 posts" */
function sizeOf(stories: readonly Story[]): string {
  const posts = stories.reduce((sum, story) => sum + story.posts.length, 0);
  return `${counted(stories.length, 'story', 'stories')}, ${counted(posts, 'post')}`;
}

/** How many told a story, and how it was received: "3 voices, 5 posts, 1.2K likes". */
function echoOf({ voices, posts, numbers }: Story): string {
  return [counted(voices, 'voice'), counted(posts.length, 'post'), ...inWords(numbers)].join(', ');
}

/** The numbers in words; what is unknown, or none, is left away. */
function inWords({ likes, reposts, replies, quotes, views }: Numbers): string[] {
  const each: readonly (readonly [count: number | null, noun: string, nouns?: string])[] = [
    [likes, 'like'],
    [reposts, 'repost'],
    [replies, 'reply', 'replies'],
    [quotes, 'quote'],
    [views, 'view'],
  ];
  return each.flatMap(([count, ...noun]) => (count ? [roughly(count, ...noun)] : []));
}
