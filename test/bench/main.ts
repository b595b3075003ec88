import process from 'node:process';

import { Command } from 'commander';

import { print, run } from '../support/measurement.ts';
import { measureCurate, parseSizes } from './curate.ts';

type Options = { size?: string; data?: string[]; json?: boolean };

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
  program
    .command('deliver')
    .description('posting a digest to many chats: time beside the platforms’ limits, what is lost')
    .option('--size <chats>', 'how many chats on Telegram; a fifth as many channels on Discord')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [chats] = parseSizes(size ?? '1000');
      const { measureDeliver } = await import('./deliver.ts');
      print(await measureDeliver(chats), { json: json ?? false });
    });
  program
    .command('respond')
    .description('how soon people are acknowledged while a digest is made')
    .option('--size <posts>', 'of how many posts the digest is made')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [posts] = parseSizes(size ?? '10000');
      const { measureRespond } = await import('./respond.ts');
      print(await measureRespond(posts), { json: json ?? false });
    });
  program
    .command('answer')
    .description(
      'questions to a model at a real one’s pace: time to the first words, and to the last',
    )
    .option('--size <questions>', 'how many')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [questions] = parseSizes(size ?? '24');
      const { measureAnswer } = await import('./answer.ts');
      print(await measureAnswer(questions), { json: json ?? false });
    });
  program
    .command('render')
    .description('generated messages on both platforms: what is refused, what comes back otherwise')
    .option('--size <trees>', 'how many')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [trees] = parseSizes(size ?? '2000');
      const { measureRender } = await import('./render.ts');
      print(await measureRender(trees), { json: json ?? false });
    });
  program
    .command('crash')
    .description('deaths of the bot while it makes and posts a digest: what is sent twice or lost')
    .option('--size <points>', 'at how many points it dies')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [points] = parseSizes(size ?? '60');
      const { measureCrash } = await import('./crash.ts');
      print(await measureCrash(points), { json: json ?? false });
    });
  program
    .command('storm')
    .description('failing platforms, clock and database while a digest is posted: what is lost')
    .option('--size <chats>', 'how many chats on Telegram; a fifth as many channels on Discord')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [chats] = parseSizes(size ?? '200');
      const { measureStorm } = await import('./storm.ts');
      print(await measureStorm(chats), { json: json ?? false });
    });
  program
    .command('search')
    .description(
      'candidates among stored posts by the terms of a question: how soon they are there',
    )
    .option('--size <posts>', 'how many posts, in two topics, over a year')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [posts] = parseSizes(size ?? '1000000');
      const { measureSearch } = await import('./search.ts');
      print(await measureSearch(posts), { json: json ?? false });
    });
  program
    .command('collect')
    .description('posts from a fake X into the database: how many a second, and how much memory')
    .option('--size <posts>', 'how many posts')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [posts] = parseSizes(size ?? '100000');
      const { measureCollect } = await import('./collect.ts');
      print(await measureCollect(posts), { json: json ?? false });
    });
  program
    .command('collect-crash')
    .description(
      'deaths of the collecting process at random moments: what is lost or paid for twice',
    )
    .option('--size <deaths>', 'how often it dies')
    .option('--json', 'print one JSON object')
    .action(async ({ size, json }: Options) => {
      const [deaths] = parseSizes(size ?? '30');
      const { measureCollectCrash } = await import('./collect-crash.ts');
      print(await measureCollectCrash(deaths), { json: json ?? false });
    });
  return program;
}

process.exitCode = await run(buildBench());
