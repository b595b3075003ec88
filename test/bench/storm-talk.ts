import { setTimeout as sleep } from 'node:timers/promises';

import type { Channel } from '../../src/model/channel.ts';
import type { FakeDiscord } from '../fakes/discord-server.ts';
import type { TelegramServer } from '../fakes/telegram-server.ts';

/** What was asked of the bot by people, and how much of it was answered. */
export type Talk = { readonly asked: number; readonly answered: number };

const LOOK_MS = 50;

/** People who say a command, each in a chat of their own on Telegram, together in one on Discord. */
export class Talkers {
  /** Where they talk: nothing is posted there by itself. */
  readonly channels: readonly Channel[];
  readonly #telegram: TelegramServer;
  readonly #discord: FakeDiscord;
  readonly #people: ReturnType<TelegramServer['addUser']>[];
  readonly #answers: (() => boolean)[] = [];

  constructor(telegram: TelegramServer, discord: FakeDiscord, people: number) {
    this.#telegram = telegram;
    this.#discord = discord;
    this.#people = Array.from({ length: people }, () => telegram.addUser());
    this.channels = [
      ...this.#people.map((person) => {
        const chat = String(telegram.openPrivate(person).id);
        return { platform: 'telegram', chat, thread: null } as const;
      }),
      { platform: 'discord', chat: discord.channel.id, thread: null },
    ];
  }

  /** The next of them says a command on either platform. */
  ask(): void {
    this.#sayOnTelegram();
    const act = this.#discord.command(this.#discord.user, this.#discord.channel, 'help');
    this.#await(act.reply());
  }

  /**
   * The same while the bot may be away: on Discord a command is refused to people then, so the bot is
   * mentioned.
   */
  mention(): void {
    this.#sayOnTelegram();
    const { user, channel } = this.#discord;
    this.#await(this.#discord.say(user, channel, '/help', { mention: true }).reply());
  }

  /** Counts the answers, once all are there or so long was waited for them. */
  async settle(withinMs: number): Promise<Talk> {
    const until = performance.now() + withinMs;
    const count = () => this.#answers.filter((isAnswered) => isAnswered()).length;
    while (count() < this.#answers.length && performance.now() < until) await sleep(LOOK_MS);
    return { asked: this.#answers.length, answered: count() };
  }

  #sayOnTelegram(): void {
    const person = this.#people.pop();
    if (!person) throw new Error('everybody has spoken');
    const chat = this.#telegram.openPrivate(person);
    this.#telegram.say(person, chat, '/help');
    this.#answers.push(() => this.#telegram.sent(chat).length > 0);
  }

  #await(reply: Promise<unknown>): void {
    let isAnswered = false;
    reply.then(
      () => (isAnswered = true),
      () => undefined, // acknowledged too late
    );
    this.#answers.push(() => isAnswered);
  }
}
