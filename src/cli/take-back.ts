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
    const refusal = whyNot(id, curated, before.has(id));
    if (refusal !== null) throw new UserError('usage', refusal);
  }
  await takeBack(app.db, topic.key, ids, app.now());
}

/** Why a stored post cannot be taken back from a curation; `null` when it can, or was before. */
function whyNot(id: string, { window, curation }: Curated, wasTakenBack: boolean): string | null {
  const drop = curation.dropped.find(({ post }) => post.id === id);
  const isKept = curation.kept.some((post) => post.id === id);
  const days = daysInWords(window);
  const post = `Post ${oneLine(id)}`;
  if (!drop && !isKept) {
    return `${post} is not among the posts of ${days}: give the day on which it was written.`;
  }
  if (wasTakenBack || drop?.reason.kind === 'advertising') return null;
  return drop
    ? `${post} is left out ${LEFT_OUT_AS[drop.reason.kind]}; only advertising can be taken back.`
    : `${post} is not left out: the digest of ${days} may tell it already.`;
}
