import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Reception } from '../reception.ts';
import type { Admins } from './admins.ts';
import type { Api } from './api.ts';
import type { Inbox } from './inbox.ts';
import type { Pace } from './pace.ts';
import type { Wrap } from './payloads.ts';

/** What answering people works with. */
export type Desk = {
  readonly reception: Reception;
  readonly clock: Clock;
  readonly log: Log;
  readonly api: Api;
  readonly wrap: Wrap;
  readonly admins: Admins;
  readonly pace: Pace;
  readonly inbox: Inbox;
  /** Aborted when what is being answered is to come to its end. */
  readonly ending: AbortSignal;
  /** Aborted when nothing is waited for any more. */
  readonly closing: AbortSignal;
};
