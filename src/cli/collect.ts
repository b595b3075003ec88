import type { Root } from 'mdast';

import { type App, inDatabaseTime, openApp } from '../app.ts';
import { renderTerminal } from '../chat/terminal/render.ts';
import { type Collected, type Errand, mostOfSample, SAMPLE } from '../collect/collect.ts';
import { gather, type Gathered } from '../collect/gather.ts';
import { openSource } from '../collect/open.ts';
import { NO_SOURCES, type Sources } from '../collect/settings.ts';
import { topicNamed } from '../config.ts';
import { FIRST_LOOK_MS } from '../deliver/gathering.ts';
import { counted } from '../lib/numbers.ts';
import { cleanText } from '../lib/text.ts';
import { bullets, heading, paragraph, root, row, strong, text } from '../lib/tree.ts';
import { UserError } from '../model/errors.ts';
import { isCharged, sourceKey, type SourceSpec } from '../model/source.ts';
import type { Topic } from '../model/topic.ts';
import { dayOf, windowOf } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { openSession } from '../store/sessions.ts';
import {
  type Left,
  leftOf,
  priceOfCharge,
  type ReadPrices,
  usualDays,
} from '../store/source-days.ts';
import { sourcesOf } from '../store/sources.ts';
import { readDay } from './day.ts';
import { inDollars } from './dollars.ts';
import { withProgress } from './progress.ts';
import { lookOf } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';

type Options = { topic?: string; since?: string; dryRun?: boolean; json?: boolean };

/** `chorus collect` */
export const collect: Verb = (program, start) => {
  program
    .command('collect')
    .description('read the sources of a topic on, or back to a day; goes on where it was stopped')
    .option('--topic <topic>', 'the topic; the first one when not given')
    .option(
      '--since <day>',
      'from which day on: 2026-01-29, yesterday; where it is, when not given',
    )
    .option('--dry-run', 'show what there is to read and what it may cost; read nothing')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const { config, now } = with_;
  const topic = topicNamed(config, options.topic);
  const settings = config.sources.get(topic.key) ?? NO_SOURCES;
  if (settings.specs.length === 0) throw noSources(topic);
  sinceOf(options, topic, now()); // a day that is none is told before a database is opened
  const opened = await openApp(config, with_.log, now);
  try {
    return await inDatabaseTime(opened, (app) => {
      const since = sinceOf(options, topic, app.now());
      const act = options.dryRun ? foresee : collectAll;
      return act(app, topic, settings, since, options, with_);
    });
  } finally {
    await opened.close();
  }
}

function noSources({ key }: Topic): UserError {
  return new UserError(
    'not-found',
    `"${key}" names no sources. chorus topic add ${key} x_user=HANDLE (or feed=ADDRESS, …) adds one.`,
  );
}

function sinceOf({ since }: Options, { timeZone }: Topic, now: Date): Date {
  if (since === undefined) return new Date(now.getTime() - FIRST_LOOK_MS);
  const day = readDay('--since', since, now, timeZone);
  return windowOf(day, day, timeZone).start;
}

async function collectAll(
  app: App,
  topic: Topic,
  { specs, budget, everyMinutes }: Sources,
  since: Date,
  { json }: Options,
  { err, out, signal }: Surroundings,
): Promise<number> {
  const { db, config, log, now } = app;
  const session = await openSession(app.pool);
  try {
    const prices = config.collect.prices;
    const collector = { db, now, log, session: session.number, prices };
    const sources = specs.map((spec) => openSource(spec, config));
    const base = { topic: topic.key, budget, everyMinutes, since, atOnce: true };
    const gathered = await withProgress('Collecting', specs.length, err, async (advance) => {
      let posts = 0;
      const errand: Errand = {
        ...base,
        signal: AbortSignal.any([signal, session.lost]),
        tell: ({ key }, page) =>
          advance(0, `${counted((posts += page.posts.length), 'post')}, ${key}`),
        done: ({ key }) => advance(1, key),
      };
      const result = await gather(collector, sources, errand);
      return { result, summary: summary(topic, result) };
    });
    if (json) out.write(`${JSON.stringify({ topic: topic.key, ...gathered })}\n`);
    else
      out.write(
        renderTerminal(
          collectedTree(gathered, (one) => priceOfCharge(one, prices)),
          lookOf(out),
        ),
      );
    return gathered.sources.some(({ state }) => state === 'failed') ? 1 : 0;
  } finally {
    await session.close();
  }
}

function summary({ key }: Topic, { sources, added }: Gathered): string {
  const posts = sources.reduce((sum, one) => sum + one.posts, 0);
  return `Posts of "${key}": ${counted(posts, 'post')} read, ${added.toLocaleString('en')} new.`;
}

function collectedTree(
  { sources }: Gathered,
  priceOf: (charge: Collected['charged']) => number,
): Root {
  const problems = sources.flatMap(({ problems: own }) => own);
  return root([
    {
      type: 'table',
      align: [null, 'right', 'right', 'right', null],
      children: [
        row(...['source', 'posts', 'requests', 'cost', ''].map(cell)),
        ...sources.map((one) =>
          row(
            cell(one.key),
            cell(one.posts.toLocaleString('en')),
            cell(one.requests.toLocaleString('en')),
            cell(inDollars(priceOf(one.charged))),
            cell(one.reason ?? ''),
          ),
        ),
      ],
    },
    ...(problems.length > 0
      ? [
          paragraph([text(`${counted(problems.length, 'thing')} could not be read:`)]),
          bullets(problems.slice(0, SHOWN).map(cell)),
        ]
      : []),
  ]);
}

const SHOWN = 20;
const DAY_MS = 86_400_000;

/** Says what collecting would read, as far as the days before tell. */
async function foresee(
  { config, db, now }: App,
  topic: Topic,
  settings: Sources,
  since: Date,
  { json }: Options,
  { out }: Surroundings,
): Promise<number> {
  const left = await leftOf(db, topic.key, dayOf(now(), 'UTC'), settings.budget);
  const foreseen = await foreseeSources(db, topic, settings.specs, since, now());
  if (json) {
    const result = { topic: topic.key, sources: foreseen, leftMicros: left.micros };
    out.write(`${JSON.stringify(result)}\n`);
  } else {
    const tree = foreseenTree(topic, foreseen, left, config.collect.prices);
    out.write(renderTerminal(tree, lookOf(out)));
  }
  return 0;
}

/** What reading a source on would give and cost; `null` where its first day is still to come. */
type Foreseen = {
  readonly key: string;
  readonly days: number;
  readonly posts: number | null;
  /** Millionths of a dollar. */
  readonly price: number | null;
};

async function foreseeSources(
  db: Database,
  { key: topic }: Topic,
  specs: readonly SourceSpec[],
  since: Date,
  now: Date,
): Promise<Foreseen[]> {
  const health = await sourcesOf(db, topic);
  const usual = await usualDays(db, topic, dayOf(now, 'UTC'));
  return specs.map((spec) => {
    const key = sourceKey(spec);
    const known = health.get(key);
    const aDay = usual.get(key);
    const from = known?.lastSuccess ?? since;
    const older = Math.max(0, (known?.reaches ?? since).getTime() - since.getTime());
    const days = (now.getTime() - from.getTime() + older) / DAY_MS;
    const posts = aDay ? Math.round(aDay.added * days) : null;
    const price = isCharged(spec) ? (aDay ? aDay.price * days : null) : 0;
    return { key, days, posts, price };
  });
}

function foreseenTree(
  { key: topic, title }: Topic,
  foreseen: readonly Foreseen[],
  left: Left,
  prices: ReadPrices,
): Root {
  const known = foreseen.flatMap(({ price }) => (price === null ? [] : [price]));
  const sum = known.reduce((total, price) => total + price, 0);
  const room = inDollars(Math.max(0, left.micros));
  return root([
    heading(2, `What there is to read of ${title}`),
    {
      type: 'table',
      align: [null, 'right', 'right', 'right'],
      children: [
        row(...['source', 'days', 'posts, about', 'cost, about'].map(cell)),
        ...foreseen.map(({ key, days, posts, price }) =>
          row(
            cell(key),
            cell(days.toFixed(1)),
            cell(posts === null ? '?' : posts.toLocaleString('en')),
            cell(inDollars(price)),
          ),
        ),
      ],
    },
    ...newsInWords(topic, foreseen.length - known.length, prices),
    paragraph([
      text('What is known comes to about '),
      strong(inDollars(sum)),
      text(` for X; the ${left.ends} budget has ${room} left, and nothing is read beyond it.`),
    ]),
  ]);
}

/** Says of sources of X without a day behind them what cannot be known, and how it is learnt. */
function newsInWords(topic: string, count: number, prices: ReadPrices) {
  if (count === 0) return [];
  const who =
    count === 1
      ? 'One source of X has no whole day behind it'
      : `${count} sources of X have no whole day behind them`;
  const each = inDollars(priceOfCharge(mostOfSample(SAMPLE), prices));
  return [
    paragraph([
      text(
        `${who}: how many posts there are, and so the cost, nobody knows yet. At most it is what the budget has left; chorus topic test ${topic} shows how often there are posts, for ${each} a source at most.`,
      ),
    ]),
  ];
}

function cell(words: string) {
  return [text(cleanText(words))];
}
