import { onTestFinished } from 'vitest';

import { type FakeDiscord, openDiscord, type Options } from './discord-server.ts';

export * from './discord-failures.ts';
export type { FakeDiscord, Options } from './discord-server.ts';

/** A strict fake of Discord on a port of this machine, until the test has finished. */
export async function startDiscord(options: Options = {}): Promise<FakeDiscord> {
  const discord = await openDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}
