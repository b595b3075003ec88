import process from 'node:process';

import { Command } from 'commander';

import { print, run } from '../support/measurement.ts';
import { measureCloud } from './cloud.ts';
import { measureCurate, parseSizes } from './curate.ts';
import { measureTokens } from './tokens.ts';

type Options = { size?: string; data?: string[]; json?: boolean };

/** The `bench` program: measures speed and memory, a suite a command. */
function buildBench(): Command {
  const program = new Command('bench')
    .description('Measures how fast the program is, and what it needs.')
    .showHelpAfterError()
    .exitOverride()
    .helpCommand(false);
  program
    .command('curate')
    .description('posts to stories and themes: time, memory, standing still')
    .option('--size <sizes>', 'numbers of posts, with commas between')
    .option(
      '--data <file...>',
      'posts to make them from, our JSON Lines; the sample when not given',
    )
    .option('--json', 'print one JSON object')
    .action(async ({ size, data, json }: Options) => {
      const sizes = parseSizes(size);
      print(await measureCurate({ sizes, ...(data && { files: data }) }), { json: json ?? false });
    });
  program
    .command('tokens')
    .description('what a report reads, beside all posts of its day in one prompt')
    .requiredOption('--data <file>', 'the posts of one or more days, our JSON Lines')
    .option('--json', 'print one JSON object')
    .action(async (options: { data: string; json?: boolean }) =>
      print(await measureTokens(options), options),
    );
  program
    .command('cloud')
    .description('the layout of the word cloud, beside d3-cloud and wordcloud')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => print(await measureCloud(), options));
  return program;
}

process.exitCode = await run(buildBench());
