import { randomBytes } from 'node:crypto';

import { type Client, Events } from 'discord.js';

import type { Courier } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import type { Lobby, Platform } from '../platform.ts';
import { Admins } from './admins.ts';
import { type Access, openApi } from './api.ts';
import { openClient } from './client.ts';
import { type Ending, follow } from './connection.ts';
import { openCourier } from './courier.ts';
import type { Desk } from './desk.ts';
import { noteOf, sendErrorOf } from './failures.ts';
import { GrowingReply } from './growing.ts';
import { Inbox } from './inbox.ts';
import { serveInteraction } from './interactions.ts';
import { serveEdit, serveMessage } from './messages.ts';
import { Pace } from './pace.ts';
import { wrapper } from './payloads.ts';
import { register } from './registration.ts';
import { channelSheet } from './sheets.ts';
import { Threads } from './threads.ts';

/** Opens Discord. It can be written to at once; it listens as long as it runs. */
export function openDiscord(access: Access, lobby: Lobby): Platform {
  return new Discord(access, lobby);
}

/** What is being answered when the bot stops has so long to be finished, and so long until it is cut short. */
const TO_FINISH_MS = 8000;
const TO_CUT_SHORT_MS = 5000;

/** A connection that lasted so long was a good one. */
const LASTING_MS = 600_000;

/** Pauses between attempts to connect: 2 s, 4 s, 8 s … up to 5 minutes. */
const pauseAfter = (attempts: number) => Math.min(1000 * 2 ** Math.min(attempts, 10), 300_000);

class Discord implements Platform {
  readonly name = 'discord';
  readonly courier: Courier;
  readonly #access: Access;
  readonly #lobby: Lobby;
  readonly #desk: Desk;
  readonly #threads: Threads;
  readonly #answering = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  readonly #closing = new AbortController();
  #client: Client | null = null;
  #trouble: string | null = NOT_CONNECTED;

  constructor(access: Access, lobby: Lobby) {
    const { clock, log, owners } = lobby;
    const api = openApi(access);
    const wrap = wrapper();
    const admins = new Admins(() => this.#client, clock, log);
    const reception = {
      ...lobby.reception,
      owners: new Set(owners),
      isAdmin: (...asked: Parameters<Admins['isAdmin']>) => admins.isAdmin(...asked),
    };
    this.#access = access;
    this.#lobby = lobby;
    this.#threads = new Threads(api, clock, log);
    const closing = this.#closing.signal;
    this.#desk = {
      reception,
      clock,
      log,
      api,
      wrap,
      admins,
      pace: new Pace(clock, closing),
      inbox: new Inbox(),
      ending: this.#ending.signal,
      closing,
    };
    this.courier = openCourier(api, wrap, this.#threads);
  }

  trouble(): string | null {
    return this.#trouble;
  }

  async tell(person: string, message: Message): Promise<void> {
    const { api } = this.#desk;
    const channelId = await api.openDirect(person);
    const sheet = channelSheet(api, { channelId, nonce: randomBytes(8).toString('hex') });
    try {
      await new GrowingReply(this.#desk, sheet).finish(message);
    } catch (error) {
      throw sendErrorOf(error);
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#lobby;
    let attempts = 0;
    while (!signal.aborted) {
      const begun = clock.now().getTime();
      const ending = await this.#connect(signal);
      if (ending.kind === 'stopped') break;
      const lasted = clock.now().getTime() - begun;
      attempts = lasted > LASTING_MS ? 1 : attempts + 1;
      log.warn({ trouble: ending.trouble, attempts }, 'discord left');
      await clock.wait(pauseAfter(attempts), signal).catch(() => undefined); // stopped meanwhile
    }
    this.#closing.abort();
    await this.#threads.close();
    this.#trouble = NOT_CONNECTED;
  }

  /** One client, from its login to its end. */
  async #connect(signal: AbortSignal): Promise<Ending> {
    const { clock, log } = this.#lobby;
    const { client, leave } = openClient(this.#access);
    this.#client = client;
    const ended = new AbortController();
    const during = AbortSignal.any([signal, ended.signal]);
    this.#listen(client, during);
    const ending = await follow(client, {
      token: this.#access.token,
      clock,
      log,
      signal,
      onReady: (ready) => {
        this.#trouble = null;
        log.info({ bot: ready.user.id, guilds: ready.guilds.cache.size }, 'discord ready');
        this.#track(this.#register(ready, during));
      },
      onTrouble: (trouble) => {
        this.#trouble = trouble;
      },
    });
    ended.abort();
    if (ending.kind === 'lost') this.#trouble = ending.trouble;
    await this.#finish(ending);
    await leave(clock).catch((error: unknown) => {
      log.warn(noteOf(error), 'client not left');
    });
    return ending;
  }

  #listen(client: Client, during: AbortSignal): void {
    client.on(Events.InteractionCreate, (interaction) => {
      if (!during.aborted) this.#track(serveInteraction(this.#desk, interaction));
    });
    client.on(Events.MessageCreate, (message) => {
      if (!during.aborted) this.#track(serveMessage(this.#desk, message));
    });
    client.on(Events.MessageUpdate, (_, message) => {
      if (!during.aborted) this.#track(serveEdit(this.#desk, message));
    });
  }

  #track(answering: Promise<void>): void {
    const tracked = answering
      .catch((error: unknown) => {
        this.#lobby.log.error(noteOf(error), 'discord: answering failed');
      })
      .finally(() => this.#answering.delete(tracked));
    this.#answering.add(tracked);
  }

  /** Lets what is being answered be finished; where nothing goes on after it, with what has come by then. */
  async #finish({ kind }: Ending): Promise<void> {
    if (this.#answering.size === 0) return;
    const { clock } = this.#lobby;
    const enough = new AbortController();
    const never = () => undefined; // all was finished before
    const tooLong = clock.wait(TO_FINISH_MS, enough.signal).catch(never);
    if (kind === 'stopped') {
      clock.wait(TO_CUT_SHORT_MS, enough.signal).then(() => this.#ending.abort(), never);
    }
    await Promise.race([Promise.all(this.#answering), tooLong]);
    enough.abort();
  }

  /** Registers the commands, however often it takes. */
  async #register({ rest, application }: Client<true>, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#lobby;
    for (let attempts = 1; !signal.aborted; attempts += 1) {
      try {
        const outcome = await register(rest, application.id, this.#desk.reception.commands);
        log.info({ outcome }, 'commands registered');
        return;
      } catch (error) {
        log.warn({ ...noteOf(error), attempts }, 'commands not registered');
        await clock.wait(pauseAfter(attempts), signal).catch(() => undefined); // stopped meanwhile
      }
    }
  }
}

const NOT_CONNECTED = 'It is not connected to Discord.';
