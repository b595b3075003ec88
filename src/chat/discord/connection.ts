import { type Client, Events, Routes } from 'discord.js';

import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { noteOf, troubleOf } from './failures.ts';

/** How a connection ended; `trouble` says what is wrong and what to do about it. */
export type Ending =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'lost'; readonly trouble: string };

/** What a connection is followed with. */
export type Following = {
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called once the bot may be spoken to. */
  readonly onReady: (client: Client<true>) => void;
  /** Called as the connection is lost and (with `null`) found again. */
  readonly onTrouble: (trouble: string | null) => void;
};

const LOST =
  'The connection to Discord is lost and being made again; if it stays so, look at the network.';

/** A connection that is lost for so long is given up for a new one, where one could be made. */
const PATIENCE_MS = 120_000;

/** Logs in and stays until the connection has ended for good, or is to end. Never throws. */
export async function follow(client: Client, following: Following): Promise<Ending> {
  const { token, log, signal, onReady, onTrouble } = following;
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const stop = () => resolve({ kind: 'stopped' });
  let state: 'opening' | 'there' | 'away' | 'over' = 'opening';
  const patience = new Patience(following.clock, async () => {
    // Where Discord is not reached another is no better, and is not told what was said meanwhile.
    const mayReturn = state === 'away' && !(await isReachable(client));
    if (state === 'there' || state === 'over') return;
    if (mayReturn) patience.begin();
    else resolve({ kind: 'lost', trouble: LOST });
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  // Without a listener an error would end the program.
  client.on(Events.Error, (error) => log.error(noteOf(error), 'client failed'));
  client.on(Events.ShardError, (error) => log.warn(noteOf(error), 'gateway failed'));
  client.on(Events.Warn, (words) => log.warn({ words }, 'client warned'));
  client.once(Events.ClientReady, onReady);
  client.on(Events.ShardReconnecting, () => {
    if (patience.begin()) log.warn('gateway lost');
    if (state === 'there') state = 'away';
    onTrouble(LOST);
  });
  const found = () => {
    log.info('gateway connected');
    onTrouble(null);
    state = 'there';
    patience.end();
  };
  client.on(Events.ShardReady, found);
  client.on(Events.ShardResume, found);
  client.on(Events.ShardDisconnect, ({ code }) => {
    resolve({ kind: 'lost', trouble: troubleOfClosing(code) });
  });
  patience.begin();
  client.login(token).catch((error: unknown) => {
    resolve({ kind: 'lost', trouble: troubleOfLogin(error) });
  });
  const ending = await promise;
  state = 'over';
  // Leaving looks like losing the gateway.
  for (const event of [Events.ShardReconnecting, Events.ShardReady, Events.ShardResume] as const) {
    client.removeAllListeners(event);
  }
  patience.end();
  signal.removeEventListener('abort', stop);
  return ending;
}

/** Whether Discord would tell a new client where to connect. */
async function isReachable({ rest }: Client): Promise<boolean> {
  return rest.get(Routes.gatewayBot()).then(
    () => true,
    () => false,
  );
}

/** Waits for something that should not take long. */
class Patience {
  readonly #clock: Clock;
  readonly #onOver: () => Promise<void>;
  #waiting: AbortController | null = null;

  constructor(clock: Clock, onOver: () => Promise<void>) {
    this.#clock = clock;
    this.#onOver = onOver;
  }

  /** @returns Whether it was not waited for before. */
  begin(): boolean {
    if (this.#waiting) return false;
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#clock.wait(PATIENCE_MS, waiting.signal).then(
      () => {
        this.#waiting = null;
        return this.#onOver();
      },
      () => undefined, // it ended before
    );
    return true;
  }

  end(): void {
    this.#waiting?.abort();
    this.#waiting = null;
  }
}

const BAD_TOKEN =
  'Discord does not accept the bot’s token: take a new one from its developer portal and set DISCORD_TOKEN.';

/** Why Discord closed a connection for good, by the code of its gateway. */
function troubleOfClosing(code: number): string {
  if (code === 4004) return BAD_TOKEN;
  if (code === 4013 || code === 4014) {
    return `Discord refuses the intents of the bot (${code}): enable them for it under “Bot” in the developer portal.`;
  }
  return `Discord closed the connection for good (${code}): a newer version of this program may be needed.`;
}

/** Why logging in failed. */
function troubleOfLogin(error: unknown): string {
  const isToken = error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
  const trouble = troubleOf(error);
  if (isToken || trouble.kind === 'bad-token') return BAD_TOKEN;
  const reason = 'reason' in trouble ? trouble.reason : trouble.kind;
  return `Discord cannot be reached (${reason}): look at the network and at DISCORD_API_ROOT.`;
}
