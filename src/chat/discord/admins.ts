import { type Client, PermissionFlagsBits } from 'discord.js';

import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Channel } from '../../model/channel.ts';
import { troubleOf } from './failures.ts';

/** So long nobody is asked again. */
const KEPT_MS = 5 * 60_000;

/** So many answers are kept at most. */
const MOST_KEPT = 5000;

type Answer = { readonly isAdmin: boolean; readonly until: number };

/** Who may decide what a channel gets: who may manage its server. */
export class Admins {
  readonly #client: () => Client | null;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #answers = new Map<string, Answer>();

  constructor(client: () => Client | null, clock: Clock, log: Log) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
  }

  /** Takes down what Discord has told of itself. */
  note({ chat }: Channel, person: string, isAdmin: boolean): void {
    const until = this.#clock.now().getTime() + KEPT_MS;
    const key = `${chat} ${person}`;
    this.#answers.delete(key);
    this.#answers.set(key, { isAdmin, until });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST_KEPT && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** Where Discord does not tell, nobody is. */
  async isAdmin(channel: Channel, person: string): Promise<boolean> {
    const known = this.#answers.get(`${channel.chat} ${person}`);
    if (known && known.until > this.#clock.now().getTime()) return known.isAdmin;
    try {
      const isAdmin = await this.#ask(channel, person);
      this.note(channel, person, isAdmin);
      return isAdmin;
    } catch (error) {
      const trouble = troubleOf(error);
      this.#log.warn({ channel: channel.chat, person, trouble }, 'permissions not read');
      return false;
    }
  }

  async #ask({ chat }: Channel, person: string): Promise<boolean> {
    const spot = await this.#client()?.channels.fetch(chat);
    if (!spot || !('guild' in spot)) return false;
    const member = await spot.guild.members.fetch({ user: person, force: true });
    return member.permissions.has(PermissionFlagsBits.ManageGuild); // administrators have it too
  }
}
