import { curateInThread } from '../curate/thread.ts';
import type { Curation } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { postsInWindow } from '../store/posts.ts';
import { takenBackOf } from '../store/take-backs.ts';

/** Curates the stored posts of a topic's window, as its owners decided; stores nothing. */
export async function curateWindow(
  db: Database,
  topic: Pick<Topic, 'key'>,
  window: Window,
  signal?: AbortSignal,
): Promise<Curation> {
  const posts = await postsInWindow(db, topic.key, window);
  const takenBack = await takenBackOf(db, topic.key);
  return curateInThread(posts, { takenBack }, signal);
}
