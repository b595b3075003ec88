import { fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

import description from '../../package.json' with { type: 'json' };
import { UserError } from '../../src/model/errors.ts';

/** The flags with which `npm run chorus` starts the program: what is measured is to run as it does. */
const FLAGS = description.scripts.chorus.split(' ').filter((word) => word.startsWith('--'));

/**
 * Runs a module in a process of its own, whose memory is its own, and gives what it tells.
 *
 * @throws UserError `input` when it ends without telling anything; `what` says what it was to do.
 */
export async function runForked<T>(
  module: string,
  args: readonly string[],
  what: string,
): Promise<T> {
  const child = fork(module, args, {
    execArgv: ['--expose-gc', ...FLAGS],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'close');
  let told: T | undefined;
  child.on('message', (message) => (told = message as T));
  const [code, signal] = (await gone) as [number | null, NodeJS.Signals | null];
  if (told !== undefined) return told;
  const how = signal === null ? `with the code ${code}` : `by ${signal}`;
  throw new UserError('input', `${what} ended early, ${how}: out of memory?`);
}

/** In such a process: does the work, tells what came of it, and ends; also when nobody is left to be told. */
export async function tellParent(
  work: (args: readonly string[]) => Promise<object>,
): Promise<void> {
  const stop = () => process.exit(1);
  process.on('disconnect', stop);
  process.send?.(await work(process.argv.slice(2)), () => {
    process.off('disconnect', stop);
    process.disconnect();
  });
}
