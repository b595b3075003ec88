import path from 'node:path';

import { Option } from 'commander';

import { type App, openApp } from '../app.ts';
import { readDay } from '../chat/when.ts';
import { topicNamed } from '../config.ts';
import { type Digest, makeDigest } from '../deliver/digest.ts';
import { UserError } from '../model/errors.ts';
import { type Language, LANGUAGES, type Topic } from '../model/topic.ts';
import { dayOf, windowOf, type Window } from '../model/window.ts';
import { spanOfTopic } from '../store/posts.ts';
import { withProgress } from './progress.ts';
import { showReport } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';

type Options = {
  topic?: string;
  date?: string;
  from?: string;
  to?: string;
  language?: Language;
  out?: string;
  json?: boolean;
};

/** `chorus digest` */
export const digest: Verb = (program, start) => {
  program
    .command('digest')
    .description('make the digest of a stored day, or of several days in one')
    .option('--topic <topic>', 'the topic; the first one when not given')
    .option('--date <day>', 'the day: 2026-01-29, yesterday, 昨天; yesterday when not given')
    .option('--from <day>', 'first day of a longer window')
    .option('--to <day>', 'last day of a longer window')
    .addOption(
      new Option('--language <language>', 'language; the topic’s when not given').choices(
        LANGUAGES,
      ),
    )
    .option('--out <folder>', 'the Jekyll site to write into; CHORUS_OUT when not given')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const topic = topicNamed(with_.config, options.topic);
  const window = readWindow(options, with_.now(), topic);
  const app = await openApp(with_.config, with_.log, with_.now);
  try {
    with_.signal.throwIfAborted();
    const workshop = {
      db: app.db,
      now: app.now,
      outFolder: path.resolve(options.out ?? with_.config.outFolder),
      signal: with_.signal,
    };
    const language = options.language ?? topic.language;
    const days = daysInWords(window);
    const made = await withProgress(`Making the digest of ${days}`, 1, with_.err, async () => {
      const result = await makeDigest(workshop, { topic, window, language });
      if (result.kind === 'empty') throw await nothingToTell(app, result.collected, topic, window);
      const { collected } = result.report.counts;
      return { result, summary: `Digest of ${days} made from ${collected} posts.` };
    });
    if (options.json) with_.out.write(`${JSON.stringify(asJson(made))}\n`);
    else await showReport(app.db, made.report, made.published, with_);
    return 0;
  } finally {
    await app.close();
  }
}

function readWindow({ date, from, to }: Options, now: Date, topic: Topic): Window {
  const read = (words: string) => readDay(words, now, topic.timeZone, 'en');
  if (date !== undefined && (from ?? to) !== undefined) {
    throw new UserError('usage', 'Give --date, or --from and --to, not both.');
  }
  if ((from === undefined) !== (to === undefined)) {
    throw new UserError('usage', 'Give --from and --to together.');
  }
  const first = read(from ?? date ?? 'yesterday');
  return windowOf(first, to === undefined ? first : read(to), topic.timeZone);
}

async function nothingToTell(
  app: App,
  collected: number,
  topic: Topic,
  window: Window,
): Promise<UserError> {
  const days = daysInWords(window);
  if (collected > 0) {
    return new UserError(
      'not-found',
      `The ${collected} posts of "${topic.key}" on ${days} hold nothing that could be told; no digest was made.`,
    );
  }
  const span = await spanOfTopic(app.db, topic.key);
  const hint = span
    ? `Its posts run from ${dayOf(span.first, topic.timeZone)} to ${dayOf(span.last, topic.timeZone)} (${topic.timeZone}).`
    : 'It has no posts yet: chorus import FILE stores some.';
  return new UserError(
    'not-found',
    `"${topic.key}" has no posts on ${days}; no digest was made. ${hint}`,
  );
}

function daysInWords({ from, to }: Window): string {
  return from === to ? from : `${from} to ${to}`;
}

function asJson({ report, published }: Digest & { kind: 'made' }): unknown {
  return {
    report: {
      ...report,
      window: { from: report.window.from, to: report.window.to, timeZone: report.window.timeZone },
    },
    published,
  };
}
