import type { Post } from '../model/post.ts';
import type { Report } from '../model/report.ts';
import { type Hit, retrieve } from './retrieve.ts';

/** An answer without a model: the passages that fit, or the refusal to answer from weak evidence. */
export type Answer =
  | { readonly kind: 'extract'; readonly hits: readonly Hit[] }
  | { readonly kind: 'declined'; readonly nearest: readonly Hit[] };

const PASSAGES = 4;
/** A passage must speak of about half of what the question asks. */
const ENOUGH = 0.45;
/** Passages much weaker than the best one are not shown beside it. */
const NEAR_BEST = 0.5;

/** Answers a question from a report and the posts of its window. */
export function answerFromPosts(
  question: string,
  report: Pick<Report, 'lines'>,
  posts: readonly Post[],
): Answer {
  const hits = retrieve(question, report, posts, PASSAGES * 3);
  const carrying = hits.filter((hit) => hit.coverage >= ENOUGH);
  const [best] = carrying;
  if (!best) return { kind: 'declined', nearest: hits.slice(0, 2) };
  return {
    kind: 'extract',
    hits: carrying.filter((hit) => hit.score >= best.score * NEAR_BEST).slice(0, PASSAGES),
  };
}
