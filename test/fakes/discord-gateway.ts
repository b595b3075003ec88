import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import {
  GatewayCloseCodes as Close,
  GatewayDispatchEvents as Event,
  type GatewayIdentifyData,
  GatewayIntentBits as Intent,
  GatewayOpcodes as Op,
  type GatewayResumeData,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';

import type { ApiSchema } from './discord-schema.ts';
import { sendPacket, Session } from './discord-session.ts';
import { guildView } from './discord-views.ts';
import type { World, WorldEvent } from './discord-world.ts';

const PRIVILEGED = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;
const KNOWN = Object.values(Intent).reduce<number>(
  (sum, bit) => (typeof bit === 'number' ? sum | bit : sum),
  0,
);
/** Packets that a client may send in a minute. */
const MOST_PACKETS = 120;
const MINUTE = 60_000;

type GatewayOptions = {
  /** @default 41250 */
  readonly heartbeatMs: number;
  /** Privileged intents that the application has. @default 0 */
  readonly privilegedIntents: number;
};

export type GatewayContext = GatewayOptions & {
  readonly world: World;
  readonly schema: ApiSchema;
  readonly isToken: (token: string) => boolean;
  readonly url: () => string;
  /** Called when a bot has come or gone. */
  readonly changed: () => void;
};

type Connection = { readonly socket: WebSocket; session: Session | null; packets: number[] };
type Packet = { readonly op: Op; readonly d: unknown };

/** The gateway: sessions, their events, and everything that a test may break about them. */
export class Gateway {
  /** Codes with which the gateway has closed connections. */
  readonly closed: number[] = [];
  /** How many heartbeats came, how many bots identified and resumed. */
  readonly counts = { heartbeats: 0, identified: 0, resumed: 0 };
  readonly #context: GatewayContext;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  #isAcking = true;

  constructor(context: GatewayContext) {
    this.#context = context;
  }

  /** Takes a connection over from the HTTP server. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      this.#open(webSocket, searchParams);
    });
  }

  tell(event: WorldEvent): void {
    for (const session of this.#sessions.values()) session.tell(event);
  }

  /** Intents of the bot that is connected; 0 where none is. */
  get intents(): number {
    return [...this.#sessions.values()].reduce((all, { intents }) => all | intents, 0);
  }

  /** Whether a bot has identified and its socket is open. */
  get isConnected(): boolean {
    return [...this.#sessions.values()].some(({ socket }) => socket !== null);
  }

  /** Breaks every socket without a closing word; sessions can be resumed. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Closes every socket with a code. */
  close(code: number): void {
    for (const connection of this.#connections) this.#close(connection, code);
  }

  /** Asks every bot to connect anew (op 7). */
  reconnect(): void {
    for (const { socket } of this.#connections) sendPacket(socket, { op: Op.Reconnect });
  }

  /** Tells every bot that its session is invalid (op 9). */
  invalidate(isResumable: boolean): void {
    if (!isResumable) this.forget();
    for (const { socket } of this.#connections) {
      sendPacket(socket, { op: Op.InvalidSession, d: isResumable });
    }
  }

  /** Sends the last events once more, as after a resume from before them. */
  repeat(events = 1): void {
    for (const session of this.#sessions.values()) session.repeat(events);
  }

  /** Sessions end while nobody looks: the next resume is refused. */
  forget(): void {
    this.#sessions.clear();
  }

  /** Heartbeats are answered, or no longer. */
  acknowledgeHeartbeats(isAcking: boolean): void {
    this.#isAcking = isAcking;
  }

  stop(): void {
    this.drop();
    this.#server.close();
  }

  #open(socket: WebSocket, params: URLSearchParams): void {
    const connection: Connection = { socket, session: null, packets: [] };
    this.#connections.add(connection);
    socket.on('error', () => socket.terminate());
    socket.on('close', (code: number) => this.#gone(connection, code));
    socket.on('message', (data: Buffer) => this.#receive(connection, data));
    if (params.get('v') !== '10') return this.#close(connection, Close.InvalidAPIVersion);
    if (params.get('encoding') !== 'json') return this.#close(connection, Close.DecodeError);
    const d = { heartbeat_interval: this.#context.heartbeatMs };
    return sendPacket(socket, { op: Op.Hello, d });
  }

  #gone(connection: Connection, code: number): void {
    this.#connections.delete(connection);
    const { session, socket } = connection;
    if (session?.socket !== socket) return;
    session.socket = null;
    // A client that leaves with these says that it will not come back.
    if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
    this.#context.changed();
  }

  #close(connection: Connection, code: number): void {
    this.closed.push(code);
    const { session, socket } = connection;
    if (session) session.socket = null;
    connection.session = null;
    socket.close(code);
  }

  #receive(connection: Connection, data: Buffer): void {
    const packet = parse(data);
    if (!packet) return this.#close(connection, Close.DecodeError);
    if (this.#isFlood(connection)) return this.#close(connection, Close.RateLimited);
    switch (packet.op) {
      case Op.Heartbeat:
        return this.#heartbeat(connection, packet.d);
      case Op.Identify:
        return this.#identify(connection, packet.d);
      case Op.Resume:
        return this.#resume(connection, packet.d);
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
      case Op.RequestGuildMembers:
        if (!connection.session) this.#close(connection, Close.NotAuthenticated);
        return undefined;
      default:
        return this.#close(connection, Close.UnknownOpcode);
    }
  }

  #isFlood(connection: Connection): boolean {
    const now = this.#context.world.now();
    connection.packets = [...connection.packets.filter((at) => at > now - MINUTE), now];
    return connection.packets.length > MOST_PACKETS;
  }

  #heartbeat(connection: Connection, sequence: unknown): void {
    this.counts.heartbeats += 1;
    if (typeof sequence === 'number' && sequence > (connection.session?.sequence ?? Infinity)) {
      return this.#close(connection, Close.InvalidSeq);
    }
    return this.#isAcking ? sendPacket(connection.socket, { op: Op.HeartbeatAck }) : undefined;
  }

  #identify(connection: Connection, data: unknown): void {
    const { world, schema, isToken } = this.#context;
    if (connection.session) return this.#close(connection, Close.AlreadyAuthenticated);
    if (schema.check('GatewayIdentifyData', data).length > 0) {
      return this.#close(connection, Close.DecodeError);
    }
    const { token, intents, shard } = data as GatewayIdentifyData;
    const refusal = isToken(token) ? this.#refusalOf(intents, shard) : Close.AuthenticationFailed;
    if (refusal !== undefined) return this.#close(connection, refusal);
    this.counts.identified += 1;
    const session = new Session(`session-${world.ids.next()}`, intents, connection.socket);
    this.#sessions.set(session.id, session);
    connection.session = session;
    this.#greet(session, shard);
    return this.#context.changed();
  }

  #refusalOf(intents: number, shard: GatewayIdentifyData['shard']): Close | undefined {
    if (!Number.isInteger(intents) || intents < 0 || (intents & ~KNOWN) !== 0) {
      return Close.InvalidIntents;
    }
    if (intents & PRIVILEGED & ~this.#context.privilegedIntents) return Close.DisallowedIntents;
    return shard && shard[0] >= shard[1] ? Close.InvalidShard : undefined;
  }

  #greet(session: Session, shard: GatewayIdentifyData['shard']): void {
    const { world, url } = this.#context;
    const guilds = [...world.guilds.values()].filter((guild) => guild.members.has(world.bot.id));
    session.dispatch(Event.Ready, {
      v: 10,
      user: world.bot,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      ...(shard ? { shard } : {}),
      application: { id: world.bot.id, flags: 0 },
    });
    for (const guild of guilds) {
      const data = () => guildView(world, guild);
      session.tell({ name: Event.GuildCreate, intent: Intent.Guilds, data });
    }
  }

  #resume(connection: Connection, data: unknown): void {
    const { schema, isToken } = this.#context;
    if (connection.session) return this.#close(connection, Close.AlreadyAuthenticated);
    if (schema.check('GatewayResumeData', data).length > 0) {
      return this.#close(connection, Close.DecodeError);
    }
    const { token, session_id, seq } = data as GatewayResumeData;
    if (!isToken(token)) return this.#close(connection, Close.AuthenticationFailed);
    const session = this.#sessions.get(session_id);
    if (!session) return sendPacket(connection.socket, { op: Op.InvalidSession, d: false });
    if (seq > session.sequence) return this.#close(connection, Close.InvalidSeq);
    this.counts.resumed += 1;
    connection.session = session;
    session.resume(connection.socket, seq);
    return this.#context.changed();
  }
}

function parse(data: Buffer): Packet | null {
  try {
    const packet: unknown = JSON.parse(data.toString('utf8'));
    return typeof Object(packet).op === 'number' ? (packet as Packet) : null;
  } catch {
    return null;
  }
}
