import { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Ports that no system gives to connections by itself: nobody takes one while it is shut. */
const PORTS = { first: 10_240, count: 20_000 };
const MOST_ATTEMPTS = 50;

/** Where a server is reached on this machine, or is not. */
export class Door {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    // A machine that stands still for seconds finds its connections as they were.
    if (server instanceof HttpServer) server.keepAliveTimeout = 0;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Opens a door on a free port, and keeps that port. */
  static async open(server: Server): Promise<Door> {
    for (let attempts = 1; ; attempts += 1) {
      const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
      try {
        await listen(server, port);
        return new Door(server);
      } catch (error) {
        if (attempts === MOST_ATTEMPTS) throw error;
      }
    }
  }

  get isOpen(): boolean {
    return this.#server.listening;
  }

  /** As when the network fails: every connection breaks, and none is made. */
  async shut(): Promise<void> {
    if (!this.isOpen) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** It is reached again, at the same place. */
  async reopen(): Promise<void> {
    if (!this.isOpen) await listen(this.#server, this.port);
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
