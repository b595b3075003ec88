import { ModelFailure } from '../claude/failure.ts';
import { plainLine, shorten } from '../lib/text.ts';
import { timeToMinute } from '../model/window.ts';
import { type Draft, wordsIn } from './draft.ts';
import { handleOf } from './evidence.ts';
import { fenced } from './fence.ts';
import type { Newsroom } from './newsroom.ts';
import { askForVerdicts, JUDGE_RULES } from './prompts.ts';
import { readVerdicts, VERDICTS_SCHEMA, type Verdicts } from './reply.ts';

const LONGEST_ANSWER = 8000; // tokens

/**
 * Has a model judge whether posts carry the suspects, in one call: what it holds against each, `null`
 * where nothing. Suspects that nobody judged (no model for it, no answer) are not in the result.
 */
export async function judge(
  { desk, models, yardstick }: Pick<Newsroom, 'desk' | 'models' | 'yardstick'>,
  suspects: readonly Draft[],
): Promise<Map<Draft, string | null>> {
  if (suspects.length === 0 || models.check === null) return new Map();
  const question = {
    ...models.check,
    part: 'check',
    system: JUDGE_RULES,
    shared: null,
    words: wordsFor(suspects, yardstick.timeZone),
    schema: VERDICTS_SCHEMA,
    maxTokens: LONGEST_ANSWER,
  };
  try {
    const verdicts = await desk.for('check').ask(question, readVerdicts);
    return byDraft(suspects, verdicts);
  } catch (error) {
    if (error instanceof ModelFailure) return new Map();
    throw error;
  }
}

/** A suspect of which the verdicts contradict each other is not supported. */
function byDraft(suspects: readonly Draft[], verdicts: Verdicts): Map<Draft, string | null> {
  const judged = new Map<Draft, string | null>();
  for (const { line, supported, why } of verdicts) {
    const draft = suspects[line - 1];
    if (!draft || (judged.get(draft) ?? null) !== null) continue;
    judged.set(draft, supported ? null : shorten(plainLine(why), 200) || 'not supported');
  }
  return judged;
}

function wordsFor(suspects: readonly Draft[], timeZone: string): string {
  const posts = [
    ...new Map(suspects.flatMap((draft) => draft.posts.map((post) => [post.id, post]))),
  ];
  const marks = new Map(posts.map(([id], index) => [id, `p${index + 1}`]));
  const lines = posts.map(
    ([id, post]) =>
      `${marks.get(id)} ${handleOf(post)} (${plainLine(post.authorName)}) ${timeToMinute(post.createdAt, timeZone)}: ${plainLine(post.text)}`,
  );
  return askForVerdicts(
    suspects.map((draft) => ({
      words: wordsIn(draft.inferred ? { ...draft, impact: `Inference: ${draft.impact}` } : draft),
      marks: draft.posts.map(({ id }) => marks.get(id) ?? ''),
    })),
    fenced(lines.join('\n')),
  );
}
