import { renderTerminal } from '../chat/terminal/render.ts';
import { withCurated } from './curated.ts';
import { funnelTree } from './funnel-tree.ts';
import { funnelJson } from './funnel.ts';
import { lookOf } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';
import { type WindowOptions, withWindowOptions } from './window.ts';

type Options = WindowOptions & { json?: boolean };

/** `chorus curate` */
export const curate: Verb = (program, start) => {
  withWindowOptions(program.command('curate'))
    .description('show what curating makes of a stored window, step by step; stores nothing')
    .option('--json', 'print everything as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

function run(options: Options, with_: Surroundings): Promise<number> {
  return withCurated(options, with_, (curated) => {
    with_.out.write(
      options.json
        ? `${JSON.stringify(funnelJson(curated))}\n`
        : renderTerminal(funnelTree(curated), lookOf(with_.out)),
    );
  });
}
