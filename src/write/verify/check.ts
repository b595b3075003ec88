import type { Post } from '../../model/post.ts';
import type { Problem } from '../../model/verdict.ts';

/** What a line may rest on. */
export type Grounds = {
  readonly posts: readonly Post[];
  readonly earlier: readonly string[];
  readonly timeZone: string;
};
export function problemsOf(_words: string, _grounds: Grounds): Problem[] {
  return [];
}
export function isSuspicion(problem: Problem): boolean {
  return problem.kind === 'unlike' || problem.kind === 'overstated';
}
