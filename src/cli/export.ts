import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { type App, openApp } from '../app.ts';
import { toJsonRow } from '../collect/file/jsonl.ts';
import { topicNamed } from '../config.ts';
import { publish } from '../deliver/digest.ts';
import { UserError } from '../model/errors.ts';
import type { Topic } from '../model/topic.ts';
import { dayOf, daysOf, windowOf } from '../model/window.ts';
import { postsInWindow, spanOfTopic } from '../store/posts.ts';
import { reportsBetween } from '../store/reports.ts';
import { readDay } from './day.ts';
import { withProgress } from './progress.ts';
import type { Surroundings, Verb } from './verb.ts';

type Options = {
  topic?: string;
  from?: string;
  to?: string;
  out?: string;
  posts?: boolean;
  json?: boolean;
};

/** `chorus export` */
export const exportReports: Verb = (program, start) => {
  program
    .command('export')
    .description('write stored reports as a Jekyll site again, or stored posts as JSONL')
    .option('--topic <topic>', 'the topic; the first one when not given')
    .option('--from <day>', 'first day; the very first when not given')
    .option('--to <day>', 'last day; the very last when not given')
    .option('--out <folder>', 'where to write; CHORUS_OUT when not given')
    .option('--posts', 'posts instead of reports: posts_TOPIC.jsonl, which import reads')
    .option('--json', 'print the written files as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const topic = topicNamed(with_.config, options.topic);
  const app = await openApp(with_.config, with_.log, with_.now);
  try {
    const folder = path.resolve(with_.folder, options.out ?? with_.config.outFolder);
    const [from, to] = await spanAsked(app, topic, options);
    const files = options.posts
      ? [await writePosts(app, topic, from, to, folder, with_)]
      : await writeReports(app, topic, from, to, folder, with_.signal);
    if (files.length === 0) {
      throw new UserError(
        'not-found',
        `"${topic.key}" has no reports from ${from} to ${to}. Make one: chorus digest --date ${to}`,
      );
    }
    with_.out.write(options.json ? `${JSON.stringify({ files })}\n` : `${files.join('\n')}\n`);
    return 0;
  } finally {
    await app.close();
  }
}

/** The days asked for, by default all that the topic has posts of. */
async function spanAsked(
  app: App,
  topic: Topic,
  { from, to }: Options,
): Promise<[from: string, to: string]> {
  const read = (option: string, words: string) => readDay(option, words, app.now(), topic.timeZone);
  const span = await spanOfTopic(app.db, topic.key);
  if (!span) {
    throw new UserError(
      'not-found',
      `"${topic.key}" has nothing stored yet: chorus import FILE stores posts.`,
    );
  }
  const window = windowOf(
    from === undefined ? dayOf(span.first, topic.timeZone) : read('--from', from),
    to === undefined ? dayOf(span.last, topic.timeZone) : read('--to', to),
    topic.timeZone,
  );
  return [window.from, window.to];
}

async function writeReports(
  app: App,
  topic: Topic,
  from: string,
  to: string,
  outFolder: string,
  signal: AbortSignal,
): Promise<string[]> {
  const files: string[] = [];
  for (const report of await reportsBetween(app.db, topic.key, from, to)) {
    signal.throwIfAborted();
    const { post, pictures } = await publish({ db: app.db, outFolder }, report, topic);
    files.push(post, ...pictures.map(({ file }) => file));
  }
  return files;
}

/** Day by day, so that memory holds one day of posts however many are stored. */
async function writePosts(
  app: App,
  topic: Topic,
  from: string,
  to: string,
  folder: string,
  { err, signal }: Surroundings,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `posts_${topic.key}.jsonl`);
  const half = `${file}.${process.pid}.part`;
  const days = daysOf({ from, to });
  await withProgress('Exporting posts', days.length, err, async (advance) => {
    let count = 0;
    await pipeline(async function* lines() {
      for (const day of days) {
        signal.throwIfAborted();
        const posts = await postsInWindow(app.db, topic.key, windowOf(day, day, topic.timeZone));
        for (const post of posts) yield `${JSON.stringify(toJsonRow(post))}\n`;
        count += posts.length;
        advance(1, day);
      }
    }, createWriteStream(half));
    await rename(half, file);
    return { result: undefined, summary: `Posts: ${count} exported.` };
  });
  return file;
}
