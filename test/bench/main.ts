import process from 'node:process';

import { Command } from 'commander';

import { type Measurement, print, run } from '../support/measurement.ts';
import { README, writeSpeed } from '../support/readme.ts';
import { measureCurate, parseSizes } from './curate.ts';

type Options = { size?: string; data?: string[]; json?: boolean; readme?: boolean };

/** A suite that is told how much of something it works with. */
type Suite = {
  readonly name: string;
  readonly does: string;
  /** What its size counts, and how large it is when nothing is said. */
  readonly counts: string;
  readonly size: number;
  readonly measure: (size: number) => Promise<Measurement>;
};

const SUITES: readonly Suite[] = [
  {
    name: 'deliver',
    does: 'posting a digest to many chats: time beside the platforms’ limits, what is lost',
    counts: 'how many chats on Telegram; a fifth as many channels on Discord',
    size: 1000,
    measure: async (size) => (await import('./deliver.ts')).measureDeliver(size),
  },
  {
    name: 'respond',
    does: 'how soon people are acknowledged while a digest is made',
    counts: 'of how many posts the digest is made',
    size: 10_000,
    measure: async (size) => (await import('./respond.ts')).measureRespond(size),
  },
  {
    name: 'answer',
    does: 'questions to a model at a real one’s pace: time to the first words, and to the last',
    counts: 'how many',
    size: 24,
    measure: async (size) => (await import('./answer.ts')).measureAnswer(size),
  },
  {
    name: 'render',
    does: 'generated messages on both platforms: what is refused, what comes back otherwise',
    counts: 'how many',
    size: 2000,
    measure: async (size) => (await import('./render.ts')).measureRender(size),
  },
  {
    name: 'crash',
    does: 'deaths of the bot while it makes and posts a digest: what is sent twice or lost',
    counts: 'at how many points it dies',
    size: 60,
    measure: async (size) => (await import('./crash.ts')).measureCrash(size),
  },
  {
    name: 'storm',
    does: 'failing platforms, clock and database while a digest is posted: what is lost',
    counts: 'how many chats on Telegram; a fifth as many channels on Discord',
    size: 200,
    measure: async (size) => (await import('./storm.ts')).measureStorm(size),
  },
  {
    name: 'search',
    does: 'candidates among stored posts by the terms of a question: how soon they are there',
    counts: 'how many posts, in two topics, over a year',
    size: 1_000_000,
    measure: async (size) => (await import('./search.ts')).measureSearch(size),
  },
  {
    name: 'collect',
    does: 'posts from a fake X into the database: how many a second, and how much memory',
    counts: 'how many posts',
    size: 100_000,
    measure: async (size) => (await import('./collect.ts')).measureCollect(size),
  },
  {
    name: 'collect-crash',
    does: 'deaths of the collecting process at random moments: what is lost or paid for twice',
    counts: 'how often it dies',
    size: 30,
    measure: async (size) => (await import('./collect-crash.ts')).measureCollectCrash(size),
  },
];

function addSuite(program: Command, { name, does, counts, size: usual, measure }: Suite): void {
  program
    .command(name)
    .description(does)
    .option('--size <number>', `${counts}; ${usual} when not given`)
    .option('--json', 'print one JSON object')
    .option('--readme', 'write what was found into the README’s table of speed')
    .action(async ({ size, json, readme }: Options) => {
      const [wanted = usual] = parseSizes(size ?? String(usual));
      const measured = await measure(wanted);
      print(measured, { json: json ?? false });
      if (readme) await writeSpeed(README, measured.quality);
    });
}

/** The `bench` program: measures speed and memory, a suite a command, which alone is loaded. */
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
    .action(async (options: { data: string; json?: boolean }) => {
      const { measureTokens } = await import('./tokens.ts');
      print(await measureTokens(options), options);
    });
  program
    .command('cloud')
    .description('the layout of the word cloud, beside d3-cloud and wordcloud')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      const { measureCloud } = await import('./cloud.ts');
      print(await measureCloud(), options);
    });
  for (const suite of SUITES) addSuite(program, suite);
  return program;
}

process.exitCode = await run(buildBench());
