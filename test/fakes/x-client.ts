import { Agent, type ClientRequestArgs } from 'node:http';
import { connect } from 'node:net';

import { TwitterApi, type TwitterApiReadOnly } from 'twitter-api-v2';

import type { FakeX } from './x-server.ts';

/** Sends what is meant for X to a port of this machine, without TLS. */
class Detour extends Agent {
  readonly protocol = 'https:';
  readonly #port: number;

  constructor(port: number) {
    super();
    this.#port = port;
  }

  override createConnection(_: ClientRequestArgs) {
    return connect(this.#port, '127.0.0.1');
  }
}

/** The real client, which speaks to the fake. */
export function clientOf(fake: FakeX, bearer: string = fake.bearer): TwitterApiReadOnly['v2'] {
  const httpAgent = new Detour(fake.door.port);
  return new TwitterApi(bearer, { httpAgent, compression: 'gzip' }).readOnly.v2;
}
