import type { Root } from 'mdast';

import { openApp } from '../app.ts';
import { readDay } from '../chat/when.ts';
import { renderTerminal } from '../chat/terminal/render.ts';
import { topicNamed } from '../config.ts';
import { heading, paragraph, root, row, strong, text } from '../lib/tree.ts';
import { addDays, dayOf, windowOf, type Window } from '../model/window.ts';
import { spentSince, usageBetween, type UsageRow } from '../store/calls.ts';
import { inDollars } from './dollars.ts';
import { lookOf } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';
import { daysInWords, windowJson } from './window.ts';

type Options = { topic?: string; from?: string; to?: string; json?: boolean };

/** Days that are shown when none are named. */
const DAYS = 7;

/** `chorus usage` */
export const usage: Verb = (program, start) => {
  program
    .command('usage')
    .description('show what the model was asked and what it cost, by day, purpose and topic')
    .option('--topic <topic>', 'the topic; all of them when not given')
    .option('--from <day>', 'first day; a week ago when not given')
    .option('--to <day>', 'last day; today when not given')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const { config, now, out } = with_;
  const topic = options.topic === undefined ? undefined : topicNamed(config, options.topic).key;
  const [{ timeZone }] = config.topics; // the cap counts in the days of the first topic
  const window = windowAsked(options, now(), timeZone);
  const app = await openApp(config, with_.log, now);
  try {
    const rows = await usageBetween(app.db, window, topic);
    const today = dayOf(now(), timeZone);
    const spent = await spentSince(app.db, windowOf(today, today, timeZone).start);
    const cap = config.models.dailyCap * 1e6;
    if (options.json) {
      const totals = { spentTodayMicros: spent, dailyCapMicros: cap };
      out.write(`${JSON.stringify({ window: windowJson(window), ...totals, rows })}\n`);
    } else {
      out.write(renderTerminal(usageTree(rows, window, spent, cap), lookOf(out)));
    }
    return 0;
  } finally {
    await app.close();
  }
}

function windowAsked({ from, to }: Options, now: Date, timeZone: string): Window {
  const read = (words: string) => readDay(words, now, timeZone, 'en');
  const last = to === undefined ? dayOf(now, timeZone) : read(to);
  const first = from === undefined ? addDays(last, 1 - DAYS) : read(from);
  return windowOf(first, last, timeZone);
}

function usageTree(rows: readonly UsageRow[], window: Window, spent: number, cap: number): Root {
  const today = `Today ${inDollars(spent)} of ${inDollars(cap)} are spent.`;
  const title = heading(2, `The model, ${daysInWords(window)}`);
  if (rows.length === 0) return root([title, paragraph([text(`Nothing was asked. ${today}`)])]);
  const head = [
    'day',
    'purpose',
    'topic',
    'model',
    'calls',
    'failed',
    'tokens in',
    'cached',
    'out',
    'cost',
  ];
  return root([
    title,
    {
      type: 'table',
      align: [null, null, null, null, 'right', 'right', 'right', 'right', 'right', 'right'],
      children: [
        row(...head.map((words) => [text(words)])),
        ...rows.map((each) => row(...cellsOf(each).map((words) => [text(words)]))),
      ],
    },
    paragraph([
      strong(inDollars(rows.reduce((sum, { price }) => sum + price, 0))),
      text(` in all. ${today}`),
    ]),
    ...openNote(rows),
  ]);
}

function cellsOf(each: UsageRow): string[] {
  const { day, purpose, topic, model, calls, failed, fresh, cacheWritten, cacheRead, output } =
    each;
  const counts = [calls, failed, fresh + cacheWritten, cacheRead, output];
  return [
    day,
    purpose,
    topic,
    model,
    ...counts.map((count) => count.toLocaleString('en')),
    inDollars(each.price),
  ];
}

/** Calls whose process died: the account holds the most that they can have cost. */
function openNote(rows: readonly UsageRow[]) {
  const open = rows.reduce((sum, each) => sum + each.open, 0);
  const words = `Of ${open === 1 ? 'one call' : `${open} calls`} the end is not known (yet): counted with the most that it can cost.`;
  return open === 0 ? [] : [paragraph([text(words)])];
}
