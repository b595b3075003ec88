import { paragraph, root, text } from '../lib/tree.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Message } from '../model/message.ts';
import type { Topic } from '../model/topic.ts';
import { digestMessage } from '../publish/digest-message.ts';
import type { Database } from '../store/database.ts';
import { citedPosts } from '../store/posts.ts';
import { picturesOf, reportNumbered } from '../store/reports.ts';
import { textsIn } from '../texts/texts.ts';
import type { Digest } from './outbox.ts';

/** Many deliveries show one report: so many composed messages are kept. */
const KEPT = 8;

/** Composes what deliveries say from their stored reports. */
export function composer(
  db: Database,
  topics: readonly Topic[],
): (delivery: Delivery) => Promise<Digest | null> {
  const kept = new Map<string, Promise<Digest | null>>();
  return async (delivery) => {
    const { reportId, late } = delivery;
    if (reportId === null) return emptyDay(delivery, topics);
    const report = await reportNumbered(db, reportId);
    if (!report) return null;
    const key = `${reportId} ${report.createdAt.getTime()} ${late}`;
    const known = kept.get(key);
    if (known) return known;
    const composing = (async () => {
      const posts = await citedPosts(db, report);
      const pictures = await picturesOf(db, report.id, 'image/png');
      const message = digestMessage(report, posts, pictures, late);
      return { message, madeAt: report.createdAt };
    })();
    kept.set(key, composing);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    composing.catch(() => kept.delete(key));
    return composing;
  };
}

function emptyDay({ topic: key, day, postAt }: Delivery, topics: readonly Topic[]): Digest | null {
  const topic = topics.find((candidate) => candidate.key === key);
  if (!topic) return null;
  const { language, title } = topic;
  const message: Message = {
    language,
    tree: root([paragraph([text(textsIn(language).emptyDay(title, day))])]),
    pictures: [],
    folds: [],
    buttons: [],
  };
  return { message, madeAt: postAt };
}
