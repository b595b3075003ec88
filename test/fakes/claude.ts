import { onTestFinished } from 'vitest';

import { type FakeClaude, openClaude, type Options } from './claude-server.ts';

export * from './claude-behaviours.ts';
export type { Answerer, Request } from './claude-mind.ts';
export type { FakeClaude, Options } from './claude-server.ts';

/** A strict fake of the Messages API on a port of this machine, until the test has finished. */
export async function startClaude(options: Options = {}): Promise<FakeClaude> {
  const claude = await openClaude(options);
  onTestFinished(async () => {
    await claude.close();
    const { faults } = claude;
    if (faults.length > 0) throw new Error(`mistakes of the test: ${faults.join('; ')}`);
  });
  return claude;
}
