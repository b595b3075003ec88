import { connect, createServer } from 'node:net';

import { Door } from './door.ts';

/** What happens at a statement: it is passed on, or the program that made it dies before or after it. */
export type Fate = 'pass' | 'die before' | 'die after';

/** Stands between a program and its PostgreSQL, and counts what the program asks. */
export type PostgresProxy = {
  readonly port: number;
  /** Where the program reaches it; shut, its connections break and it gets none. */
  readonly door: Door;
  /** How many times the program asked something: a batch of messages in one piece counts once. */
  readonly asked: () => number;
  close(): Promise<void>;
};

/**
 * Opens a proxy. `decide` hears the number of each question, from 1, and says what becomes of it;
 * `kill` ends the program at once.
 */
export async function openPostgresProxy(
  target: { readonly host: string; readonly port: number },
  {
    decide = () => 'pass',
    kill = () => undefined,
  }: { decide?: (number: number) => Fate; kill?: () => void } = {},
): Promise<PostgresProxy> {
  let asked = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const database = connect({ ...target, noDelay: true });
    for (const socket of [client, database]) socket.on('error', () => socket.destroy());
    client.once('close', () => database.destroy());
    database.once('close', () => client.destroy());
    client.on('data', (bytes) => {
      asked += 1;
      const fate = decide(asked);
      if (fate === 'die before') return kill();
      database.write(bytes, () => {
        if (fate === 'die after') kill();
      });
    });
    database.on('data', (bytes) => client.write(bytes));
  });
  const door = await Door.open(server);
  return { port: door.port, door, asked: () => asked, close: () => door.shut() };
}
