import { Command } from 'commander';

import description from '../../package.json' with { type: 'json' };

import type { Beginning, Start, Verb } from './verb.ts';

/** By name, in the order of the help. */
const VERBS: readonly (readonly [name: string, load: () => Promise<Verb>])[] = [
  ['demo', async () => (await import('./demo.ts')).demo],
  ['init', async () => (await import('./init.ts')).init],
  ['doctor', async () => (await import('./doctor.ts')).doctor],
  ['import', async () => (await import('./import.ts')).importFiles],
  ['collect', async () => (await import('./collect.ts')).collect],
  ['topic', async () => (await import('./topic.ts')).topic],
  ['digest', async () => (await import('./digest.ts')).digest],
  ['curate', async () => (await import('./curate.ts')).curate],
  ['dropped', async () => (await import('./dropped.ts')).dropped],
  ['chat', async () => (await import('./chat.ts')).chat],
  ['start', async () => (await import('./start.ts')).startBot],
  ['export', async () => (await import('./export.ts')).exportReports],
  ['usage', async () => (await import('./usage.ts')).usage],
];

/**
 * The `chorus` program for the words of a command line: with the verb that they begin with, which alone is
 * loaded, or else with every verb, for the help. Wrong use throws commander's error.
 */
export async function buildProgram(
  [asked]: readonly string[],
  start: Start,
  { out, err }: Pick<Beginning, 'out' | 'err'>,
): Promise<Command> {
  const program = new Command('chorus')
    .description('Reads what is posted on a topic and tells it every day, with its sources.')
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (words) => void out.write(words),
      writeErr: (words) => void err.write(words),
    })
    .helpCommand(false)
    .version(description.version);
  const named = VERBS.filter(([name]) => name === asked);
  const loaded = (named.length > 0 ? named : VERBS).map(([, load]) => load());
  for (const verb of await Promise.all(loaded)) verb(program, start);
  return program;
}
