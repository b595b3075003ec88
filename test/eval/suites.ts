import type { Writable } from 'node:stream';

import { Command } from 'commander';

import { type Measurement, print } from '../support/measurement.ts';
import { measureAds } from './ads.ts';
import { measureAnswers } from './answers.ts';
import { measureClaims } from './claims.ts';
import { measureDays } from './days.ts';
import { measureDuplicates } from './duplicates.ts';
import { measureParaphrase } from './paraphrase.ts';
import { README } from '../support/readme.ts';
import { type QualityOptions, writeQuality } from './readme.ts';
import { measureRetrieval } from './retrieval.ts';
import { measureThemes } from './themes.ts';

/** The files that a suite reads; only one that asks for posts is given them. */
type Files = { data: string; posts: string };

const FOLDER = '--data <folder>';

/** Where a program says what it found, and what is wrong. */
type Output = { readonly out: Writable; readonly err: Writable };

/** The `eval` program: measures the program on labelled data, a suite a command. */
export function buildEval({ out, err }: Output): Command {
  const program = new Command('eval')
    .description('Measures the program on labelled data.')
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (words) => void out.write(words),
      writeErr: (words) => void err.write(words),
    })
    .helpCommand(false);
  const suite = (
    name: string,
    description: string,
    measure: (files: Files) => Promise<Measurement>,
    data = '--data <file>',
  ) =>
    program
      .command(name)
      .description(description)
      .requiredOption(
        data,
        data === FOLDER ? 'a folder of labelled data' : 'the labelled rows, JSON Lines',
      )
      .option('--json', 'print one JSON object')
      .action(async (options: Files & { json?: boolean }) =>
        print(await measure(options), options, out),
      );

  suite('ads', 'advertising: precision, recall, F1', measureAds);
  suite('duplicates', 'copies: B-cubed precision, recall, F1', measureDuplicates);
  suite('paraphrase', 'retellings: precision, recall, average precision', measureParaphrase);
  suite('retrieval', 'documents of a collection: nDCG@10, recall@100', measureRetrieval, FOLDER);
  suite('answers', 'questions about posts: recall@10, nDCG@10, declined', measureAnswers, FOLDER);
  suite('themes', 'themes of texts: NMI, beside k-means', measureThemes);
  suite('days', 'reports of days: coverage, purity, NMI', measureDays).requiredOption(
    '--posts <file>',
    'the posts of those days, our JSON Lines',
  );
  suite(
    'claims',
    'lines about posts: wrong ones caught, false alarms',
    measureClaims,
  ).requiredOption('--posts <file>', 'the posts that they cite, our JSON Lines');
  program
    .command('readme')
    .description('all of them and the benchmark, into the table of the README')
    .requiredOption('--data <folder>', 'a folder laid out like the project’s data')
    .option('--size <sizes>', 'sizes of the benchmark, with commas between')
    .option('--readme <file>', 'the file that holds the table', README)
    .option('--json', 'print one JSON object')
    .action((options: QualityOptions) => writeQuality(options, out));
  return program;
}
