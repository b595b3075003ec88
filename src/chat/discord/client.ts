import {
  Client,
  GatewayIntentBits,
  type IShardingStrategy,
  Options,
  Partials,
  SimpleShardingStrategy,
  WebSocketShardStatus,
} from 'discord.js';

import type { Clock } from '../../lib/clock.ts';
import type { Access } from './api.ts';
import { makeRequest } from './requesting.ts';
import { keepSession } from './session.ts';

/** None of these is privileged. */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];

/** Where people wait for an answer, the library may wait for its limits so long. */
const LONGEST_WAIT_MS = 30_000;

/** A socket that has not opened after so long is given up. */
const TO_OPEN_MS = 10_000;

/** A client that has not logged in yet, and how it is left. */
export type OpenClient = {
  readonly client: Client;
  readonly leave: (clock: Clock) => Promise<void>;
};

/** Opens a client. It does nothing before it logs in. */
export function openClient({ apiRoot }: Access): OpenClient {
  const left = new AbortController();
  const strategies: IShardingStrategy[] = [];
  const client: Client = new Client({
    intents: INTENTS,
    // Without channels there are no direct messages, without messages nobody hears of their edits.
    partials: [Partials.Channel, Partials.Message],
    rest: {
      version: '10',
      makeRequest,
      retries: 0,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS,
      ...(apiRoot === null ? {} : { api: apiRoot }),
    },
    ws: {
      buildStrategy(manager) {
        const { options } = manager;
        keepSession(client, options);
        const retrieve = options.retrieveSessionInfo.bind(options);
        options.handshakeTimeout = TO_OPEN_MS;
        // The library connects anew after a pause in which it cannot be ended: then it stops here.
        options.retrieveSessionInfo = (shard) =>
          left.signal.aborted ? new Promise(() => undefined) : retrieve(shard);
        const strategy = new SimpleShardingStrategy(manager);
        strategies.push(strategy);
        return strategy;
      },
    },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
    }),
  });
  return {
    client,
    async leave(clock) {
      left.abort();
      await untilOpened(strategies, clock);
      await client.destroy();
    },
  };
}

/** How often it is looked whether a socket has opened. */
const LOOK_EVERY_MS = 50;

/**
 * Waits while a socket is being opened: the library would end it without hearing of its error any
 * more, which would end the program.
 */
async function untilOpened(strategies: readonly IShardingStrategy[], clock: Clock): Promise<void> {
  for (let waited = 0; waited <= TO_OPEN_MS; waited += LOOK_EVERY_MS) {
    const statuses = await Promise.all(strategies.map(async (strategy) => strategy.fetchStatus()));
    const isOpening = statuses.some((shards) =>
      shards.some((status) => status === WebSocketShardStatus.Connecting),
    );
    if (!isOpening) return;
    await clock.wait(LOOK_EVERY_MS);
  }
}
