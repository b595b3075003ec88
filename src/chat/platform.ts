import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { PlatformName } from '../model/channel.ts';
import type { Courier } from '../model/delivery.ts';
import type { Message } from '../model/message.ts';
import type { Reception } from './reception.ts';

/** What a platform is opened with. What it knows itself of a chat's people, it adds to the reception. */
export type Lobby = {
  readonly clock: Clock;
  readonly log: Log;
  readonly reception: Omit<Reception, 'owners' | 'isAdmin'>;
  /** Ids of the owners' accounts on the platform. */
  readonly owners: readonly string[];
};

/** A platform on which the bot is read and spoken to. */
export type Platform = {
  readonly name: PlatformName;
  readonly courier: Courier;
  /** What is wrong with it, in a sentence with what to do; `null` while all is well. */
  trouble(): string | null;
  /**
   * Listens and answers until it is stopped; then what is being answered is finished. Whatever the
   * platform does (a lost connection, a revoked token, a second poller), it is told and tried again.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Writes to a person, as far as the platform lets us. @throws {SendError} */
  tell(person: string, message: Message): Promise<void>;
};
