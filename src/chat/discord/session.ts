import {
  type Client,
  type OptionalWebSocketManagerOptions,
  type SessionInfo,
  WebSocketShardEvents,
} from 'discord.js';

type Keeping = Pick<OptionalWebSocketManagerOptions, 'retrieveSessionInfo' | 'updateSessionInfo'>;

/** The code of a connection that ended without a word from the other side. */
const WITHOUT_A_WORD = 1006;

/**
 * Lets a client go on with its session when a connection broke or could not be made, so that Discord
 * tells what was said meanwhile: the library forgets it where the network failed. Where Discord itself
 * ends a session, it is forgotten.
 *
 * @param options what the library keeps sessions with; changed
 */
export function keepSession(client: Client, options: Keeping): void {
  const retrieve = options.retrieveSessionInfo.bind(options);
  const update = options.updateSessionInfo.bind(options);
  let hasBroken = false;
  let isWatched = false;
  const watch = (shard: number) => {
    isWatched = true;
    client.ws.shards.get(shard)?.on(WebSocketShardEvents.Close, ({ code }) => {
      hasBroken = code === WITHOUT_A_WORD;
    });
  };
  options.retrieveSessionInfo = (shard) => {
    hasBroken = false; // a connection is being made, or speaks
    return retrieve(shard);
  };
  options.updateSessionInfo = (shard: number, session: SessionInfo | null) => {
    if (session && !isWatched) watch(shard);
    if (session || !hasBroken) return update(shard, session);
    return undefined;
  };
}
