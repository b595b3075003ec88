import path from 'node:path';

import { type App, openApp } from '../app.ts';
import { topicNamed } from '../config.ts';
import { type Digest, makeDigest } from '../deliver/digest.ts';
import { UserError } from '../model/errors.ts';
import type { Language, Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import { languageOption } from './language.ts';
import { withProgress } from './progress.ts';
import { showReport } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';
import {
  daysInWords,
  noPosts,
  readWindow,
  windowJson,
  type WindowOptions,
  withWindowOptions,
} from './window.ts';

type Options = WindowOptions & {
  language?: Language;
  out?: string;
  json?: boolean;
};

/** `chorus digest` */
export const digest: Verb = (program, start) => {
  withWindowOptions(program.command('digest'))
    .description('make the digest of a stored day, or of several days in one')
    .addOption(languageOption('the topic’s when not given'))
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
      office: app.office,
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

async function nothingToTell(
  app: App,
  collected: number,
  topic: Topic,
  window: Window,
): Promise<UserError> {
  if (collected === 0) return noPosts(app, topic, window);
  return new UserError(
    'not-found',
    `The ${collected} posts of "${topic.key}" on ${daysInWords(window)} hold nothing that could be told; no digest was made.`,
  );
}

function asJson({ report, published }: Digest & { kind: 'made' }): unknown {
  return {
    report: { ...report, window: windowJson(report.window) },
    published,
  };
}
