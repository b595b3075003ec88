import type { Duplex } from 'node:stream';
import { Agent } from 'node:https';

import { isNeverSent, UNCONNECTED } from './failures.ts';

/**
 * Connections that nobody used for so long are not used again: a message that is written to one which
 * the other side has closed is lost, and nobody knows.
 */
const IDLE_MS = 5000;

/** So long a connection may take to be made. */
const CONNECT_MS = 10_000;

/**
 * Makes connections of which one knows, when they fail, whether they were made: before that nothing was
 * sent, neither where nobody answers nor where the other side breaks off before TLS begins.
 */
export class CarefulAgent extends Agent {
  readonly #connectMs: number;

  constructor(connectMs = CONNECT_MS) {
    super({ keepAlive: true, timeout: IDLE_MS });
    this.#connectMs = connectMs;
  }

  override createConnection(...given: Parameters<Agent['createConnection']>) {
    const socket = super.createConnection(...given);
    if (socket) watch(socket, this.#connectMs);
    return socket;
  }
}

function watch(socket: Duplex, connectMs: number): void {
  const tooLong = setTimeout(() => socket.destroy(new Error('no connection in time')), connectMs);
  const tell = (error: Error & { code?: string }) => {
    if (!isNeverSent(error.code)) error.code = UNCONNECTED;
  };
  const forget = () => {
    clearTimeout(tooLong);
    socket.off('error', tell);
  };
  socket.prependListener('error', tell); // before it is told to whoever asked
  socket.once('secureConnect', forget);
  socket.once('close', forget);
}
