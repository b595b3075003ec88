import path from 'node:path';

import { Option } from 'commander';

import { type App, openApp } from '../app.ts';
import { renderTerminal } from '../chat/terminal/render.ts';
import type { Notice } from '../claude/account.ts';
import { NO_SOURCES } from '../collect/settings.ts';
import { topicNamed } from '../config.ts';
import { type Digest, makeDigest, type Order } from '../deliver/digest.ts';
import { unreadFor } from '../deliver/gathering.ts';
import { counted } from '../lib/numbers.ts';
import { oneLine } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import type { Language, Topic } from '../model/topic.ts';
import { dayOf, timeOnDay, type Window } from '../model/window.ts';
import { spentToday } from '../store/calls.ts';
import { findReport } from '../store/reports.ts';
import { readOnWish } from '../bot/gathering.ts';
import { textsIn } from '../texts/texts.ts';
import { inDollars } from './dollars.ts';
import { outlineJson, outlineOrder, outlineTree } from './dry-run.ts';
import { explainLine } from './explain.ts';
import { languageOption } from './language.ts';
import { withProgress } from './progress.ts';
import { lookOf, showReport } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';
import {
  daysInWords,
  noPosts,
  readWindow,
  windowAsTyped,
  windowJson,
  type WindowOptions,
  withWindowOptions,
} from './window.ts';

type Options = WindowOptions & {
  language?: Language;
  out?: string;
  by?: string;
  collect?: boolean;
  dryRun?: boolean;
  explain?: string;
  json?: boolean;
};

/** `chorus digest` */
export const digest: Verb = (program, start) => {
  withWindowOptions(program.command('digest'))
    .description('make the digest of a stored day, or of several days in one')
    .addOption(languageOption('the topic’s when not given'))
    .option('--out <folder>', 'the Jekyll site to write into; CHORUS_OUT when not given')
    .option('--by <time>', 'be done by then, today in the topic’s time zone: 10:00')
    .option('--collect', 'read the sources of the topic first, as chorus start does; X takes money')
    .addOption(
      new Option(
        '--dry-run',
        'show the evidence, the calls and their price; ask nobody, make nothing',
      ).conflicts('explain'),
    )
    .option(
      '--explain <line>',
      'show the posts and the verdict of a line of the stored digest: III.C.2',
    )
    .option('--json', 'print the result as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const topic = topicNamed(with_.config, options.topic);
  const window = readWindow(options, with_.now(), topic, with_.config);
  const deadline = deadlineIn(options, with_.now(), topic);
  const app = await openApp(with_.config, with_.log, with_.now);
  try {
    with_.signal.throwIfAborted();
    const language = options.language ?? topic.language;
    const order = { topic, window, language, ...deadline };
    if (options.explain !== undefined)
      return await explain(app, order, options.explain, options, with_);
    if (options.dryRun) return await dryRun(app, order, options, with_);
    const workshop = {
      db: app.db,
      now: app.now,
      outFolder: path.resolve(with_.folder, options.out ?? with_.config.outFolder),
      office: app.office,
      signal: with_.signal,
      ...(with_.draw && { draw: with_.draw }),
    };
    const days = daysInWords(window);
    const missing = await readFirst(app, order, options, with_);
    const made = await withProgress(
      `Making the digest of ${days}`,
      1,
      with_.err,
      async (advance) => {
        const tell = (what: string) => advance(0, what);
        const result = await makeDigest({ ...workshop, tell }, { ...order, ...missing });
        if (result.kind === 'empty')
          throw await nothingToTell(app, result.collected, topic, window);
        const { collected } = result.report.counts;
        const summary = result.isEarlier
          ? `The model cannot write now: the digest of ${days} stays as it wrote it before.`
          : `Digest of ${days} made from ${counted(collected, 'post')}.`;
        return { result, summary };
      },
    );
    if (options.json) with_.out.write(`${JSON.stringify(asJson(made))}\n`);
    else await showReport(app.db, made.report, made.published, with_);
    for (const { kind, detail } of made.notices)
      with_.err.write(`${oneLine(NOTICES[kind](withoutKey(detail, with_.config)))}\n`);
    return 0;
  } finally {
    await app.close();
  }
}

/** Reads the sources where that is wished for; else says which of them may still have something. */
async function readFirst(
  app: App,
  { topic, window }: Order,
  { collect }: Options,
  { err, signal }: Surroundings,
): Promise<{ missing?: readonly string[] }> {
  if (!collect) {
    const { db, now, config } = app;
    const { everyMinutes } = config.sources.get(topic.key) ?? NO_SOURCES;
    const lately = new Date(now().getTime() - everyMinutes * 60_000);
    const end = lately < window.end ? lately : window.end; // of a day that goes on, the usual will do
    const known = { collector: { db, now }, sources: config.sources };
    const left = await unreadFor(known, topic, { end });
    if (left.length > 0) err.write(`${unreadInWords(left.length)}\n`);
    return {};
  }
  const read = await readOnWish(app, topic, window, signal);
  if (read === null) return {};
  const { added, price, missing, overBudget } = read;
  const texts = textsIn('en');
  const words = [
    texts.readBefore(added, price > 0 ? inDollars(price) : null),
    ...(overBudget === null ? [] : [`${overBudget}.`]),
    ...(missing.length > 0 ? [texts.missingSources(missing)] : []),
  ];
  err.write(`${oneLine(words.join(' '))}\n`);
  return { missing };
}

function unreadInWords(count: number): string {
  const sources = counted(count, 'source was', 'sources were');
  return `${sources} not read for all of that time: --collect reads first what they have.`;
}

async function dryRun(
  app: App,
  order: Order,
  { json }: Options,
  { config, now, out, signal }: Surroundings,
): Promise<number> {
  const { topic, window } = order;
  const outline = await outlineOrder(app.db, config.models, order, now(), signal);
  if (outline === null) throw await noPosts(app, topic, window);
  if (json) {
    out.write(`${JSON.stringify(outlineJson(outline))}\n`);
    return 0;
  }
  const [{ timeZone }] = config.topics; // the cap counts in the days of the first topic
  const spent = await spentToday(app.db, now(), timeZone);
  const budget = { spent, cap: config.models.dailyCap * 1e6 };
  out.write(renderTerminal(outlineTree(outline, budget), lookOf(out)));
  out.write(`\n${outline.evidence.text}\n`);
  return 0;
}

async function explain(
  app: App,
  { topic, window, language }: Order,
  address: string,
  { json }: Options,
  { config, out }: Surroundings,
): Promise<number> {
  const key = { topic: topic.key, from: window.from, to: window.to, language };
  const report = await findReport(app.db, key);
  if (!report) {
    const days = windowAsTyped(config, topic, window);
    const typed = language === topic.language ? days : `${days} --language ${language}`;
    throw new UserError(
      'not-found',
      `There is no digest of ${daysInWords(window)} in ${language} yet: chorus digest ${typed} makes it.`,
    );
  }
  const explained = await explainLine(app.db, report, address);
  if (json) out.write(`${JSON.stringify(explained.json)}\n`);
  else out.write(renderTerminal(explained.tree, lookOf(out)));
  return 0;
}

/** What an owner should hear of, in a sentence with what to do; `detail` is what was said. */
const NOTICES: Readonly<Record<Notice['kind'], (detail: string) => string>> = {
  'over-budget': (detail) =>
    `The model is not asked any more today (${detail}): digests are made of quotations until tomorrow. models.daily_cap in chorus.yaml raises the cap.`,
  'bad-key': (detail) =>
    `The model's provider does not accept the key (${detail}): see ANTHROPIC_API_KEY.`,
  'no-credit': (detail) => `The model's account has no credit left (${detail}).`,
  unreachable: (detail) =>
    `The model could not be reached (${detail}): see the network, and ANTHROPIC_BASE_URL where it is set.`,
  rejected: (detail) =>
    `The model's provider refused the question (${detail}): see models in chorus.yaml.`,
};

/** What a provider says may hold the key that it was sent. */
function withoutKey(words: string, { claude }: Surroundings['config']): string {
  const { apiKey = '' } = claude ?? {};
  return apiKey.length < SHORTEST_KEY ? words : words.replaceAll(apiKey, '[secret]');
}

const SHORTEST_KEY = 8; // shorter ones are words

/** The deadline that the options name. Throws `UserError` for one that is no time, or has passed. */
function deadlineIn({ by }: Options, now: Date, { timeZone }: Topic): { deadline?: Date } {
  if (by === undefined) return {};
  const deadline = timeOnDay(dayOf(now, timeZone), by, timeZone);
  if (deadline === null) {
    throw new UserError('usage', `"${by}" is no time of a day: write it like 10:00.`);
  }
  if (deadline <= now) throw new UserError('usage', `${by} has passed in ${timeZone}.`);
  return { deadline };
}

async function nothingToTell(
  app: App,
  collected: number,
  topic: Topic,
  window: Window,
): Promise<UserError> {
  if (collected === 0) return noPosts(app, topic, window);
  return new UserError(
    'not-found',
    `The ${counted(collected, 'post')} of "${topic.key}" on ${daysInWords(window)} hold nothing that could be told; no digest was made.`,
  );
}

function asJson({ report, published }: Digest & { kind: 'made' }): unknown {
  return {
    report: { ...report, window: windowJson(report.window) },
    published,
  };
}
