import { Client, type ClientOptions, GatewayIntentBits as Intent, Partials } from 'discord.js';
import { onTestFinished } from 'vitest';

import { makeRequest } from '../../src/chat/discord/requesting.ts';
import type { FakeDiscord } from './discord.ts';

const INTENTS = [Intent.Guilds, Intent.GuildMessages, Intent.DirectMessages];

/** A client of discord.js for a fake, not yet logged in, until the test has finished. */
export function clientFor({ url }: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  const rest = {
    api: `${url}/api`,
    cdn: `${url}/cdn`,
    version: '10',
    makeRequest,
    ...options.rest,
  };
  // Its own throttler waits five seconds between two identifications.
  const ws = { buildIdentifyThrottler: () => ({ waitForIdentify: () => Promise.resolve() }) };
  const client = new Client({
    intents: INTENTS,
    partials: [Partials.Channel],
    ws,
    ...options,
    rest,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** A client that has logged in and is ready. */
export async function connect(
  discord: FakeDiscord,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = clientFor(discord, options);
  const ready = new Promise<void>((resolve) => {
    client.once('clientReady', () => resolve());
  });
  await client.login(discord.token);
  await ready;
  if (!client.isReady()) throw new Error('the client is not ready');
  return client;
}
