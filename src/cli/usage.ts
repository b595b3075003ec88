import type { PhrasingContent, Root, RootContent, Table } from 'mdast';

import { inDatabaseTime, openApp } from '../app.ts';
import { renderTerminal } from '../chat/terminal/render.ts';
import { topicNamed } from '../config.ts';
import { compactNumber } from '../lib/numbers.ts';
import { bullets, heading, paragraph, root, row, strong, text } from '../lib/tree.ts';
import { addDays, dayOf, type Days, windowOf, type Window } from '../model/window.ts';
import { spentToday, usageBetween, type UsageRow } from '../store/calls.ts';
import { type SourceDay, sourceDaysBetween } from '../store/source-days.ts';
import { readDay } from './day.ts';
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
    .description('show what the model was asked and what it and X cost, by day, purpose and topic')
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
  windowAsked(options, now(), timeZone); // a day that is none is told before a database is opened
  const opened = await openApp(config, with_.log, now);
  try {
    const { window, rows, reads, spent } = await inDatabaseTime(opened, async (app) => {
      const asked = windowAsked(options, app.now(), timeZone);
      return {
        window: asked,
        rows: await usageBetween(app.db, asked, topic),
        reads: await sourceDaysBetween(app.db, daysOfX(asked, options, app.now()), topic),
        spent: await spentToday(app.db, app.now(), timeZone),
      };
    });
    const cap = config.models.dailyCap * 1e6;
    if (options.json) {
      const totals = { spentTodayMicros: spent, dailyCapMicros: cap };
      out.write(`${JSON.stringify({ window: windowJson(window), ...totals, rows, reads })}\n`);
    } else {
      out.write(
        renderTerminal(
          root([...usageTree(rows, window, spent, cap).children, ...readsTree(reads)]),
          lookOf(out),
        ),
      );
    }
    return 0;
  } finally {
    await opened.close();
  }
}

function windowAsked({ from, to }: Options, now: Date, timeZone: string): Window {
  const read = (option: string, words: string) => readDay(option, words, now, timeZone);
  const last = to === undefined ? dayOf(now, timeZone) : read('--to', to);
  const first = from === undefined ? addDays(last, 1 - DAYS) : read('--from', from);
  return windowOf(first, last, timeZone);
}

/** The days of UTC, in which X counts, with that of now, which may be a day later than here. */
function daysOfX({ from, to }: Window, options: Options, now: Date): Days {
  const today = dayOf(now, 'UTC');
  return { from, to: options.to === undefined && today > to ? today : to };
}

/** What the model was asked day by day; what it comes to stands at the end, where one reads first. */
function usageTree(rows: readonly UsageRow[], window: Window, spent: number, cap: number): Root {
  const title = heading(2, `The model, ${daysInWords(window)}`);
  const today = paragraph([
    text('Today '),
    strong(inDollars(spent)),
    text(` of ${inDollars(cap)} is spent, over all topics.`),
  ]);
  if (rows.length === 0) return root([title, paragraph([text('Nothing was asked.')]), today]);
  return root([
    title,
    usageTable(rows),
    bullets([
      sharesIn('purposes', rows, ({ purpose }) => purpose),
      sharesIn('topics', rows, ({ topic }) => topic),
      sharesIn('models', rows, ({ model }) => model),
    ]),
    paragraph([text(noteOn(rows))]),
    today,
  ]);
}

const NOT_ENDED =
  'Of a request the end is not known (yet): counted with the most that X can take for it.';

/** What reading X cost, a row for each day and topic; nothing where it was asked for nothing. */
function readsTree(reads: readonly SourceDay[]): RootContent[] {
  const asked = reads.filter(({ requests }) => requests > 0);
  if (asked.length === 0) return [];
  const line = (name: string, own: readonly SourceDay[]) => [
    name,
    total(own, ({ requests }) => requests),
    total(own, ({ posts }) => posts),
    total(own, ({ users }) => users),
    total(own, ({ added }) => added),
    inDollars(sum(own, ({ price }) => price)),
  ];
  const total = (own: readonly SourceDay[], count: (day: SourceDay) => number) =>
    sum(own, count).toLocaleString('en');
  const days = [...Map.groupBy(asked, ({ day, topic }) => `${day} ${topic}`)];
  const lines = [
    ['', 'requests', 'posts', 'people', 'new', 'cost'],
    ...days.map(([name, own]) => line(name, own)),
    line('all days', asked),
  ];
  return [
    heading(2, 'X, in days of UTC'),
    {
      type: 'table',
      align: [null, 'right', 'right', 'right', 'right', 'right'],
      children: lines.map((cells) => row(...cells.map((words) => [text(words)]))),
    },
    ...(asked.some(({ isOpen }) => isOpen) ? [paragraph([text(NOT_ENDED)])] : []),
  ];
}

/**
 * A row for each day, under it one for each purpose of that day (and topic, where there are several);
 * all of it in the last.
 */
function usageTable(rows: readonly UsageRow[]): Table {
  const isOneTopic = new Set(rows.map(({ topic }) => topic)).size === 1;
  const nameOf = ({ purpose, topic }: UsageRow) =>
    `· ${isOneTopic ? purpose : `${purpose}, ${topic}`}`;
  const total = (name: string, group: readonly UsageRow[]) =>
    row(...[name, ...cellsOf(group)].map((words) => [strong(words)]));
  const days = [...Map.groupBy(rows, ({ day }) => day)].flatMap(([day, ofDay]) => [
    total(day, ofDay),
    ...[...Map.groupBy(ofDay, nameOf)].map(([name, group]) =>
      row(...[name, ...cellsOf(group)].map((words) => [text(words)])),
    ),
  ]);
  const head = ['', 'calls', 'read', 'cached', 'written', 'cost'];
  return {
    type: 'table',
    align: [null, 'right', 'right', 'right', 'right', 'right'],
    children: [row(...head.map((words) => [text(words)])), ...days, total('all days', rows)],
  };
}

function cellsOf(rows: readonly UsageRow[]): string[] {
  const calls = sum(rows, (each) => each.calls).toLocaleString('en');
  const failed = sum(rows, (each) => each.failed);
  const tokens = [
    sum(rows, ({ fresh, cacheWritten }) => fresh + cacheWritten),
    sum(rows, ({ cacheRead }) => cacheRead),
    sum(rows, ({ output }) => output),
  ];
  return [
    failed === 0 ? calls : `${calls} (${failed.toLocaleString('en')})`,
    ...tokens.map((count) => compactNumber(count, 'en')),
    inDollars(priceIn(rows)),
  ];
}

/** "purposes: report $0.62, check $0.01", the dearest first. */
function sharesIn(
  name: string,
  rows: readonly UsageRow[],
  keyOf: (row: UsageRow) => string,
): PhrasingContent[] {
  const shares = [...Map.groupBy(rows, keyOf)]
    .map(([key, group]) => ({ key, price: priceIn(group) }))
    .toSorted((a, b) => b.price - a.price)
    .map(({ key, price }) => `${key} ${inDollars(price)}`);
  return [text(`${name}: ${shares.join(', ')}`)];
}

function priceIn(rows: readonly UsageRow[]): number {
  return sum(rows, ({ price }) => price);
}

function sum<Row>(rows: readonly Row[], count: (row: Row) => number): number {
  return rows.reduce((total, each) => total + count(each), 0);
}

/** What the columns mean, and what is not known of calls whose process died. */
function noteOn(rows: readonly UsageRow[]): string {
  const failed = sum(rows, (each) => each.failed);
  const open = sum(rows, (each) => each.open);
  return [
    'Read, cached (read from the cache) and written are tokens.',
    failed > 0 && 'Calls in brackets failed.',
    open > 0 &&
      `Of ${open === 1 ? 'one call' : `${open} calls`} the end is not known (yet): counted with the most that it can cost.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}
