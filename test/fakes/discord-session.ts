import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

import type { WorldEvent } from './discord-world.ts';

type Sent = { readonly sequence: number; readonly name: Event; readonly data: object };

/** What the gateway remembers of a bot that has identified, whether its socket is open or not. */
export class Session {
  readonly id: string;
  readonly intents: number;
  socket: WebSocket | null;
  readonly #log: Sent[] = [];

  constructor(id: string, intents: number, socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.socket = socket;
  }

  get sequence(): number {
    return this.#log.length;
  }

  /** Tells of an event where the session's intents cover it; kept for a later resume. */
  tell({ name, intent, data }: WorldEvent): void {
    if (intent !== 0 && (this.intents & intent) === 0) return;
    // As JSON at once: what is told later must not change what was told before.
    this.dispatch(name, JSON.parse(JSON.stringify(data(this.intents))) as object);
  }

  dispatch(name: Event, data: object): void {
    const sent = { sequence: this.sequence + 1, name, data };
    this.#log.push(sent);
    this.#send(sent);
  }

  /** Goes on with another socket, with all that the bot has missed since. */
  resume(socket: WebSocket, since: number): void {
    this.socket = socket;
    for (const sent of this.#log.slice(since)) this.#send(sent);
    this.dispatch(Event.Resumed, {});
  }

  /** Sends the last events once more. */
  repeat(events: number): void {
    for (const sent of this.#log.slice(-events)) this.#send(sent);
  }

  #send({ sequence, name, data }: Sent): void {
    if (this.socket) sendPacket(this.socket, { op: Op.Dispatch, s: sequence, t: name, d: data });
  }
}

export function sendPacket(socket: WebSocket, packet: { op: Op; [key: string]: unknown }): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(JSON.stringify({ s: null, t: null, d: null, ...packet }));
}
