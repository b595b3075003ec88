import type { Desk } from '../claude/desk.ts';
import { ModelFailure } from '../claude/failure.ts';
import type { Models } from '../claude/settings.ts';
import { plainLine, shorten } from '../lib/text.ts';
import type { Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import { timeToMinute } from '../model/window.ts';
import type { Draft } from './draft.ts';
import { handleOf } from './evidence.ts';
import { fenced } from './fence.ts';
import type { Newsroom } from './newsroom.ts';
import { askForVerdicts, JUDGE_RULES } from './prompts.ts';
import { readVerdicts, VERDICTS_SCHEMA, type Verdicts } from './reply.ts';

const LONGEST_ANSWER = 8000; // tokens

/** Words of which it is in doubt whether the texts that they cite carry them. */
export type Suspect = { readonly words: string; readonly cited: readonly string[] };

/**
 * Has a model judge whether posts carry the suspects, in one call: what it holds against each, `null`
 * where nothing. Suspects that nobody judged (no model for it, no answer) are not in the result.
 */
export async function judge(
  { desk, models, yardstick }: Pick<Newsroom, 'desk' | 'models' | 'yardstick'>,
  drafts: readonly Draft[],
): Promise<Map<Draft, string | null>> {
  const suspects = drafts.map((draft) => ({
    words: wordsOfLine(draft.inferred ? { ...draft, impact: `Inference: ${draft.impact}` } : draft),
    cited: draft.posts.map((post) => textOf(post, yardstick.timeZone)),
  }));
  const judged = await judgeSuspects(desk, models, suspects);
  return new Map(
    [...judged].flatMap(([place, against]) => {
      const draft = drafts[place];
      return draft ? [[draft, against] as const] : [];
    }),
  );
}

/** The same for any words: what is held against each, by its place. */
export async function judgeSuspects(
  desk: Desk,
  { check }: Pick<Models, 'check'>,
  suspects: readonly Suspect[],
): Promise<Map<number, string | null>> {
  if (suspects.length === 0 || check === null) return new Map();
  const question = {
    ...check,
    part: 'check',
    system: JUDGE_RULES,
    shared: null,
    words: wordsFor(suspects),
    schema: VERDICTS_SCHEMA,
    maxTokens: LONGEST_ANSWER,
  };
  try {
    return byPlace(suspects, await desk.for('check').ask(question, readVerdicts));
  } catch (error) {
    if (error instanceof ModelFailure) return new Map();
    throw error;
  }
}

/** A suspect of which the verdicts contradict each other is not supported. */
function byPlace(suspects: readonly Suspect[], verdicts: Verdicts): Map<number, string | null> {
  const judged = new Map<number, string | null>();
  for (const { line, supported, why } of verdicts) {
    const place = line - 1;
    if (!suspects[place] || (judged.get(place) ?? null) !== null) continue;
    judged.set(place, supported ? null : shorten(plainLine(why), 200) || 'not supported');
  }
  return judged;
}

function textOf(post: Post, timeZone: string): string {
  return `${handleOf(post)} (${plainLine(post.authorName)}) ${timeToMinute(post.createdAt, timeZone)}: ${plainLine(post.text)}`;
}

function wordsFor(suspects: readonly Suspect[]): string {
  const texts = new Set(suspects.flatMap(({ cited }) => cited));
  const marks = new Map([...texts].map((text, index) => [text, `p${index + 1}`]));
  return askForVerdicts(
    suspects.map(({ words, cited }) => ({
      words,
      marks: cited.map((text) => marks.get(text) ?? ''),
    })),
    fenced([...marks].map(([text, mark]) => `${mark} ${text}`).join('\n')),
  );
}
