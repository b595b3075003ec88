import { type App, openApp } from '../app.ts';
import { topicNamed } from '../config.ts';
import { curateWindow } from '../deliver/curation.ts';
import { counted } from '../lib/numbers.ts';
import { oneLine } from '../lib/text.ts';
import type { Post } from '../model/post.ts';
import type { Curation, Dropped, DropReason } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { withProgress } from './progress.ts';
import type { Surroundings } from './verb.ts';
import { daysInWords, noPosts, readWindow, windowAsTyped, type WindowOptions } from './window.ts';

/** A stored window and what curating it made of its posts. */
export type Curated = {
  readonly app: App;
  readonly topic: Topic;
  readonly window: Window;
  /** The options that name the window. */
  readonly asTyped: string;
  readonly curation: Curation;
};

/** Curates the window that the options name, storing nothing, and lets `use` have it. */
export async function withCurated(
  options: WindowOptions,
  with_: Surroundings,
  use: (curated: Curated) => Promise<void> | void,
): Promise<number> {
  const topic = topicNamed(with_.config, options.topic);
  const window = readWindow(options, with_.now(), topic, with_.config);
  const app = await openApp(with_.config, with_.log, with_.now);
  try {
    with_.signal.throwIfAborted();
    const days = daysInWords(window);
    const curation = await withProgress(`Curating ${days}`, 1, with_.err, async () => {
      const result = await curateWindow(app.db, topic, window, with_.signal);
      if (result.collected === 0) throw await noPosts(app, topic, window);
      return { result, summary: `${counted(result.collected, 'post')} of ${days} curated.` };
    });
    const asTyped = windowAsTyped(with_.config, topic, window);
    await use({ app, topic, window, asTyped, curation });
    return 0;
  } finally {
    await app.close();
  }
}

/** Why posts are left out, as a person says it. */
export const LEFT_OUT_AS: Readonly<Record<DropReason['kind'], string>> = {
  advertising: 'as advertising',
  copy: 'as copies',
  empty: 'as empty',
};

/** The posts that were left out for one reason. */
export function droppedAs(kind: DropReason['kind'], { dropped }: Curation): Dropped[] {
  return dropped.filter(({ reason }) => reason.kind === kind);
}

/** The posts that were kept, by id: what copies repeat is among them. */
export function keptById({ kept }: Curation): ReadonlyMap<string, Post> {
  return new Map(kept.map((post) => [post.id, post]));
}

/** Why a post was left out: the signs of advertising, or the post that it repeats. */
export function reasonInWords(reason: DropReason, kept: ReadonlyMap<string, Post>): string {
  if (reason.kind === 'empty') return 'no words';
  if (reason.kind === 'advertising') {
    const { enumeration, adSign } = textsIn('en');
    return enumeration(reason.because.map(adSign));
  }
  const original = kept.get(reason.of);
  return oneLine(`copy of ${reason.of}${original ? ` @${original.author}` : ''}`);
}

/** A post in a verb's JSON. */
export function postJson({ id, author, lang, text }: Post): object {
  return { id, author, language: lang, text };
}

/** Posts that were left out, in a verb's JSON. */
export function droppedJson(dropped: readonly Dropped[]): unknown[] {
  return dropped.map(({ post, reason }) => ({ ...postJson(post), reason }));
}
