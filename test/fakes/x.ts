import { onTestFinished } from 'vitest';

import { type FakeX, openFakeX, type Options } from './x-server.ts';

export * from './x-failures.ts';
export { EVERYBODY, makeWorld } from './x-generated.ts';
export type { FakeX, Options } from './x-server.ts';
export { World } from './x-world.ts';

/** A strict fake of the X API v2 on a port of this machine, until the test has finished. */
export async function startFakeX(options: Options = {}): Promise<FakeX> {
  const fake = await openFakeX(options);
  onTestFinished(async () => {
    await fake.close();
    const { faults } = fake;
    if (faults.length > 0) throw new Error(`mistakes of the fake: ${faults.join('; ')}`);
  });
  return fake;
}
