import { Command } from 'commander';

import description from '../../package.json' with { type: 'json' };

import { chat } from './chat.ts';
import { collect } from './collect.ts';
import { curate } from './curate.ts';
import { demo } from './demo.ts';
import { digest } from './digest.ts';
import { doctor } from './doctor.ts';
import { dropped } from './dropped.ts';
import { exportReports } from './export.ts';
import { importFiles } from './import.ts';
import { init } from './init.ts';
import { startBot } from './start.ts';
import { topic } from './topic.ts';
import { usage } from './usage.ts';
import type { Beginning, Start, Verb } from './verb.ts';

const VERBS: readonly Verb[] = [
  demo,
  init,
  doctor,
  importFiles,
  collect,
  digest,
  curate,
  dropped,
  chat,
  startBot,
  exportReports,
  usage,
  topic,
];

/** The `chorus` program: every verb with its help. Wrong use throws commander's error. */
export function buildProgram(start: Start, { out, err }: Pick<Beginning, 'out' | 'err'>): Command {
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
  for (const verb of VERBS) verb(program, start);
  return program;
}
