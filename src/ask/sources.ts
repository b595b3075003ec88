import { estimateTokens } from '../claude/estimate.ts';
import type { Citable } from '../claude/question.ts';
import { plainLine, shorten, withoutLinks } from '../lib/text.ts';
import type { Hit, Passage } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import { timeToMinute } from '../model/window.ts';
import { handleOf } from '../write/evidence.ts';

/** A passage as a model reads it, and may cite it. */
export type Source = Citable & { readonly passage: Passage };

/** Of the budget, the most that one passage takes. */
const LARGEST_SHARE = 1 / 3;

/** The passages that fit into so many tokens, strongest first, each under a mark of its own. */
export function sourcesFrom(hits: readonly Hit[], budget: number, timeZone: string): Source[] {
  const sources: Source[] = [];
  let left = budget;
  for (const { passage } of hits) {
    const words = wordsOf(passage);
    if (words === '') continue;
    const { text, tokens } = within(
      `${headOf(passage, timeZone)}: ${words}`,
      budget * LARGEST_SHARE,
    );
    if (tokens > left) continue;
    left -= tokens;
    sources.push({ mark: `p${sources.length + 1}`, text, passage });
  }
  return sources;
}

/** What a passage says, on one line. A model that sees no links repeats none. */
function wordsOf(passage: Passage): string {
  return passage.kind === 'post'
    ? plainLine(withoutLinks(passage.post.text))
    : plainLine(wordsOfLine(passage.line));
}

/**
 * What a passage says to a reader. What is set before the lines of a report that quotes posts is words
 * that characterise them, and no sentence.
 */
export function wordsShown(passage: Passage): string {
  if (passage.kind === 'post') return passage.post.text;
  const { line } = passage;
  return line.verdict.kind === 'quoted' ? line.text : wordsOfLine(line);
}

/** Who said it and when, as far as code knows. */
function headOf(passage: Passage, timeZone: string): string {
  if (passage.kind === 'post')
    return `${authorIn(passage.post)}, ${timeToMinute(passage.post.createdAt, timeZone)}`;
  const { from, to } = passage.window;
  return `the report of ${from === to ? from : `${from} to ${to}`}`;
}

const LONGEST_NAME = 40;

function authorIn(post: Post): string {
  const name = plainLine(post.authorName);
  const handle = handleOf(post);
  return name === '' || name === post.author
    ? handle
    : `${handle} (${shorten(name, LONGEST_NAME)})`;
}

/** A text, cut where it has more than so many tokens. */
function within(text: string, most: number): { readonly text: string; readonly tokens: number } {
  const tokens = estimateTokens(text);
  if (tokens <= most) return { text, tokens };
  return { text: shorten(text, Math.floor((text.length * most) / tokens)), tokens: most };
}
