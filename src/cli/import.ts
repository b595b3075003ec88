import { stat } from 'node:fs/promises';

import { type App, openApp } from '../app.ts';
import { importFile, type Imported, type Skipped } from '../collect/file/import.ts';
import { topicNamed } from '../config.ts';
import { cleanText } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import type { Topic } from '../model/topic.ts';
import { type Advance, withProgress } from './progress.ts';
import type { Surroundings, Verb } from './verb.ts';

type Options = {
  topic?: string;
  author?: string;
  strict?: boolean;
  verbose?: boolean;
  json?: boolean;
};

/** What became of one file. */
type Outcome =
  | ({ readonly kind: 'imported' } & Imported)
  | { readonly kind: 'refused'; readonly file: string; readonly reason: string };

/** `chorus import FILE…` */
export const importFiles: Verb = (program, start) => {
  program
    .command('import')
    .description('store posts from files: our JSONL, X API v2 pages, an X archive’s tweets.js')
    .argument('<file...>', 'files, recognised by what is in them')
    .option('--topic <topic>', 'the topic they belong to; the first one when not given')
    .option('--author <handle>', 'whose archive it is, where tweets.js does not tell')
    .option('--strict', 'stop at the first bad row, and store nothing of its file')
    .option('--verbose', 'list every skipped row, not only the first 20')
    .option('--json', 'print the result as JSON')
    .action((files: string[], options: Options) => start((with_) => run(files, options, with_)));
};

async function run(files: string[], options: Options, with_: Surroundings): Promise<number> {
  const topic = topicNamed(with_.config, options.topic);
  const app = await openApp(with_.config, with_.log, with_.now);
  try {
    const outcomes = await withProgress('Importing', await sizeOf(files), with_.err, (advance) =>
      importAll(files, app, topic, options, { signal: with_.signal, advance }),
    );
    report(outcomes, options, with_);
    return outcomes.some((outcome) => outcome.kind === 'refused') ? 1 : 0;
  } finally {
    await app.close();
  }
}

async function importAll(
  files: readonly string[],
  app: App,
  topic: Topic,
  options: Options,
  { signal, advance }: { signal: AbortSignal; advance: Advance },
): Promise<{ result: Outcome[]; summary: string }> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const imported = importFile(app.db, topic.key, file, {
      ...(options.author !== undefined && { author: options.author }),
      strict: options.strict ?? false,
      signal,
      onBytes: (bytes) => advance(bytes, file),
    });
    outcomes.push(
      await imported.then(
        (done) => ({ kind: 'imported' as const, ...done }),
        (error: unknown) => refusal(error, file, options.strict ?? false),
      ),
    );
  }
  return { result: outcomes, summary: summary(topic, outcomes) };
}

/** A file that cannot be used does not keep the others from being read; strict, it does. */
function refusal(error: unknown, file: string, strict: boolean): Outcome {
  if (strict || !(error instanceof UserError) || error.code !== 'input') throw error;
  return { kind: 'refused', file, reason: error.message };
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function summary(topic: Topic, outcomes: readonly Outcome[]): string {
  const imported = outcomes.filter((outcome) => outcome.kind === 'imported');
  const sum = (key: 'added' | 'updated' | 'unchanged') =>
    imported.reduce((total, outcome) => total + outcome[key], 0);
  const parts = [
    `${sum('added')} new`,
    `${sum('updated')} updated`,
    `${sum('unchanged')} unchanged`,
  ];
  const skipped = skippedOf(outcomes).length;
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return `Posts of "${topic.key}": ${parts.join(', ')}.`;
}

const SHOWN = 20;

function report(outcomes: readonly Outcome[], { json, verbose }: Options, with_: Surroundings) {
  if (json) {
    with_.out.write(`${JSON.stringify({ files: outcomes })}\n`);
    return;
  }
  for (const outcome of outcomes) {
    with_.out.write(
      cleanText(
        outcome.kind === 'refused'
          ? `refused   ${outcome.reason}\n`
          : `${outcome.format.padEnd(10)}${outcome.file}: ${outcome.added} new, ${outcome.updated} updated, ${outcome.unchanged} unchanged\n`,
      ),
    );
  }
  const skipped = skippedOf(outcomes);
  for (const { file, line, reason } of verbose ? skipped : skipped.slice(0, SHOWN)) {
    with_.out.write(cleanText(`skipped   ${file}:${line}: ${reason}\n`));
  }
  if (!verbose && skipped.length > SHOWN) {
    with_.out.write(`and ${skipped.length - SHOWN} more (--verbose lists them)\n`);
  }
}

function skippedOf(outcomes: readonly Outcome[]): readonly Skipped[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'imported' ? outcome.skipped : []));
}
