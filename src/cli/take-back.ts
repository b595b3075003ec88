import { oneLine } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import { idsInTopic } from '../store/posts.ts';
import { takeBack, takenBackOf } from '../store/take-backs.ts';
import { type Curated, LEFT_OUT_AS } from './curated.ts';
import { daysInWords } from './window.ts';

/**
 * Takes posts back for good: all of them, or none when one was not left out as advertising. One that
 * was taken back before stays so. Throws `UserError` that names the first that cannot be.
 */
export async function takeBackFrom(curated: Curated, ids: readonly string[]): Promise<void> {
  const { app, topic } = curated;
  const stored = await idsInTopic(app.db, topic.key, ids);
  const before = await takenBackOf(app.db, topic.key);
  for (const id of ids) {
    if (!stored.has(id)) {
      throw new UserError('not-found', `"${topic.key}" has no post "${oneLine(id)}".`);
    }
    const isHere = curated.curation.kept.some((post) => post.id === id);
    if (!before.has(id) || !isHere) refuseOthers(id, curated);
  }
  await takeBack(app.db, topic.key, ids, app.now());
}

/** Throws for a stored post that the curation did not leave out as advertising. */
function refuseOthers(id: string, { window, curation }: Curated): void {
  const drop = curation.dropped.find(({ post }) => post.id === id);
  if (drop?.reason.kind === 'advertising') return;
  const days = daysInWords(window);
  const sentence = drop
    ? `Post ${oneLine(id)} is left out ${LEFT_OUT_AS[drop.reason.kind]}; only advertising can be taken back.`
    : curation.kept.some((post) => post.id === id)
      ? `Post ${oneLine(id)} is not left out: the digest of ${days} may tell it already.`
      : `Post ${oneLine(id)} is not among the posts of ${days}: give the day on which it was written.`;
  throw new UserError('usage', sentence);
}
