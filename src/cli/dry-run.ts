import type { Root } from 'mdast';

import { hasTimeForBatch } from '../claude/batch.ts';
import type { Models } from '../claude/settings.ts';
import { curateWindow } from '../deliver/curation.ts';
import type { Order } from '../deliver/digest.ts';
import { assign } from '../deliver/writing.ts';
import { loadLanguageDetector } from '../lib/language.ts';
import { counted } from '../lib/numbers.ts';
import { heading, paragraph, root, row, strong, text } from '../lib/tree.ts';
import type { Database } from '../store/database.ts';
import { type Outline, outlineReport, type OutlinedCall } from '../write/outline.ts';
import { inDollars } from './dollars.ts';

/** What making a report would take; `null` when the window has no stories. Nobody is asked. */
export async function outlineOrder(
  db: Database,
  models: Models,
  order: Order,
  now: Date,
  signal: AbortSignal,
): Promise<Outline | null> {
  const curation = await curateWindow(db, order.topic, order.window, signal);
  if (curation.stories.length === 0) return null;
  const assignment = await assign(db, order, curation, now);
  const hasTime = order.deadline !== undefined && hasTimeForBatch(models, now, order.deadline);
  return outlineReport(models, await loadLanguageDetector(), assignment, hasTime);
}

/** What all calls of today cost, and may cost, in millionths of a dollar. */
export type Budget = { readonly spent: number; readonly cap: number };

/** Says where the day has no room for what the calls will cost. */
function shortage(calls: readonly OutlinedCall[], { spent, cap }: Budget) {
  const { price } = totalOf(calls);
  const left = Math.max(0, cap - spent);
  if (price === null || price <= left) return [];
  const words = `That is more than today has left (${inDollars(left)}): what does not fit would be quotations.`;
  return [paragraph([strong(words)])];
}

/** The calls of an outline in a table, and what they come to. The evidence follows it, as a model reads it. */
export function outlineTree({ evidence, calls }: Outline, budget: Budget): Root {
  const shown = `${counted(evidence.stories.size, 'story', 'stories')} and ${counted(evidence.earlier.size, 'earlier line')} in about ${evidence.tokens.toLocaleString('en')} tokens, with ${(evidence.coverage * 100).toFixed(1)} % of the engagement`;
  const head = ['part', 'fresh', 'to cache', 'from cache', 'answer', 'about', 'at most'];
  const cell = (words: string) => [text(words)];
  return root([
    heading(2, 'The calls'),
    {
      type: 'table',
      align: [null, 'right', 'right', 'right', 'right', 'right', 'right'],
      children: [
        row(...head.map(cell)),
        ...calls.map((call) => row(...cellsOf(call).map(cell))),
        row(...cellsOf(totalOf(calls)).map((words) => (words === '' ? [] : [strong(words)]))),
      ],
    },
    paragraph([
      text(
        `${batchNote(calls)}Tokens and prices are estimates; sections are those of the curation, a model may plan others. Today ${inDollars(budget.spent)} of ${inDollars(budget.cap)} is spent.`,
      ),
    ]),
    ...shortage(calls, budget),
    heading(2, 'The evidence, as a model reads it'),
    paragraph([text(`${shown}.`)]),
  ]);
}

function batchNote(calls: readonly OutlinedCall[]): string {
  const batched = calls.filter((call) => call.batched).length;
  return batched === 0 ? '' : `${batched} of the calls go into a batch, for half the price. `;
}

/** An outline in JSON, with its evidence. */
export function outlineJson({ evidence, calls }: Outline): unknown {
  const { text: words, tokens, coverage } = evidence;
  const { price, atMost } = totalOf(calls);
  const evidenceJson = { text: words, tokens, coverage, stories: evidence.stories.size };
  return { evidence: evidenceJson, calls, priceMicros: price, atMostMicros: atMost };
}

function cellsOf({ part, tokens, price, atMost }: OutlinedCall): string[] {
  const { fresh, cacheWritten, cacheRead, output } = tokens;
  const counts = [fresh, cacheWritten, cacheRead, output];
  return [
    part,
    ...counts.map((count) => count.toLocaleString('en')),
    inDollars(price),
    inDollars(atMost),
  ];
}

function totalOf(calls: readonly OutlinedCall[]): OutlinedCall {
  const sum = (count: (call: OutlinedCall) => number | null) =>
    calls.reduce<number | null>((total, call) => {
      const own = count(call);
      return total === null || own === null ? null : total + own;
    }, 0);
  const tokens = (key: keyof OutlinedCall['tokens']) => sum((call) => call.tokens[key]) ?? 0;
  return {
    part: 'all',
    model: '',
    batched: false,
    tokens: {
      fresh: tokens('fresh'),
      cacheWritten: tokens('cacheWritten'),
      cacheRead: tokens('cacheRead'),
      output: tokens('output'),
    },
    price: sum(({ price }) => price),
    atMost: sum(({ atMost }) => atMost),
  };
}
