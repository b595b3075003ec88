import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';

import { type Page, SourceFailure } from '../../../src/collect/source.ts';
import { lastIdBefore } from '../../../src/collect/x/snowflake.ts';
import { xSource } from '../../../src/collect/x/source.ts';
import { Door } from '../../fakes/door.ts';
import {
  cappedUsage,
  cut,
  garble,
  gateway,
  hang,
  limited,
  noCredits,
  reset,
  serverError,
} from '../../fakes/x.ts';
import {
  ADA,
  HOUR,
  idsIn,
  KETTLES,
  LIST,
  pagesOf,
  placeBehind,
  readOnce,
  startX,
  wishOf,
  write,
} from './reading.ts';

const SEARCH = '/2/tweets/search/recent';

/** What reading failed with. */
async function failureOf(reading: Promise<unknown>): Promise<SourceFailure> {
  const error = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SourceFailure))
    throw new Error('no failure of a source', { cause: error });
  return error;
}

async function startSearch(options: Parameters<typeof startX>[0] = {}) {
  const place = await startX(options);
  const ids = write(place.world, place.clock, 3);
  const read = (access = place.access) =>
    readOnce(xSource(KETTLES, access), null, wishOf(place.clock));
  return { ...place, ids, read };
}

describe('X that refuses', () => {
  it('is told with what there is to do, and never with the token', async () => {
    const { access, x, read } = await startSearch();
    const token = 'AAAAAAAAAAAAAAAA-secret-of-somebody';
    const wrong = await failureOf(read({ ...access, token }));
    x.next(SEARCH, noCredits);
    const poor = await failureOf(read());
    const query = { kind: 'x-search' as const, query: '(kettle' };
    const { clock } = await startX();
    const bad = await failureOf(readOnce(xSource(query, access), null, wishOf(clock)));
    expect(wrong).toMatchObject({
      kind: 'refused',
      message: 'X does not accept the bearer token; set X_BEARER_TOKEN anew: Unauthorized',
    });
    expect(JSON.stringify([wrong, wrong.cause, String(wrong.cause)])).not.toContain(token);
    expect(poor).toMatchObject({ kind: 'refused', message: expect.stringContaining('credits') });
    expect(bad).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/^X does not take the request \(status 400\): ./),
    });
    expect(x.requests.filter(({ status }) => status === 400)).toHaveLength(1);
  });

  it('is told with the account or the list that it does not show', async () => {
    const { clock, world, access } = await startX();
    const read = (spec: typeof ADA, place: object | null = null) =>
      failureOf(pagesOf(xSource(spec, access), place as null, wishOf(clock)));
    const unknown = await read(ADA);
    const user = world.addUser('ada');
    user.state = 'suspended';
    const suspended = await read(ADA);
    const later = await read(ADA, { userId: user.id, username: 'ada' });
    user.state = 'protected';
    const guarded = await read(ADA);
    world.addList('77', ['bo']).isPrivate = true;
    const secret = await read(LIST);
    const failures = [unknown, suspended, later, guarded, secret];
    expect(failures.map(({ kind }) => kind)).toEqual(Array(5).fill('refused'));
    expect(failures.map(({ message }) => message)).toEqual([
      'X does not show @ada: Could not find user with username: [ada]',
      'X does not show @ada: User has been suspended: [ada]',
      `X does not show @ada: User has been suspended: [${user.id}]`,
      `X does not show @ada: Sorry, you are not authorized to see the user with id: [${user.id}]`,
      'X does not show the list 77: Sorry, you are not authorized to see the list with id: [77]',
    ]);
  });

  it('is left alone until it allows it', async () => {
    const { clock, access, x, read } = await startSearch({ limits: { [SEARCH]: 1 } });
    await read();
    const asked = await failureOf(read());
    x.next(
      SEARCH,
      limited(clock.ago(-HOUR / 2)),
      limited(clock.ago(-100 * 24 * HOUR)),
      cappedUsage,
    );
    const [soon, late, capped] = [
      await failureOf(read()),
      await failureOf(read()),
      await failureOf(read(access)),
    ];
    expect(asked).toMatchObject({ kind: 'limited', retryAt: clock.ago(-HOUR / 4) });
    expect(soon.retryAt).toEqual(clock.ago(-HOUR / 2));
    expect(late.retryAt).toEqual(clock.ago(-24 * HOUR));
    expect(capped).toMatchObject({
      kind: 'limited',
      retryAt: null,
      message: 'the X account has read as much as its plan lets it read',
    });
  });
});

describe('X that fails', () => {
  it('is asked again a few times', async () => {
    const { ids, x, read } = await startSearch();
    x.next(SEARCH, serverError(), reset);
    expect((await read()).ids).toEqual(ids);
    x.next(SEARCH, serverError(500), gateway(502), serverError());
    const failure = await failureOf(read());
    expect(failure).toMatchObject({
      kind: 'unreachable',
      message: 'X’s API fails (status 503)',
    });
    expect(x.requests).toHaveLength(6);
  });

  it('is unreachable where nobody is there', async () => {
    const { x, read } = await startSearch();
    await x.door.shut();
    expect(await failureOf(read())).toMatchObject({
      kind: 'unreachable',
      message: 'X’s API is not reached',
    });
  });

  it('is not asked again for an answer that broke off, which may be charged', async () => {
    const { x, ids, read } = await startSearch();
    x.next(SEARCH, cut(0.5), cut(0));
    for (const _ of [1, 2]) {
      const failure = await failureOf(read());
      expect(failure.kind).toBe('unreachable');
      expect(failure.message).toBe('the answer of X’s API broke off');
    }
    expect(x.requests).toHaveLength(2);
    expect((await read()).ids).toEqual(ids);
  });

  it('is given up when it is slow', async () => {
    const { access, x, read } = await startSearch();
    x.next(SEARCH, hang);
    expect(await failureOf(read({ ...access, timeoutMs: 100 } as typeof access))).toMatchObject({
      kind: 'unreachable',
      message: 'X’s API did not answer within 0.1 seconds',
    });
    expect(x.requests).toHaveLength(1);
  });

  it('is left at once when reading is stopped', async () => {
    const { clock, access, x } = await startSearch();
    x.next(SEARCH, hang);
    const stop = new AbortController();
    const reading = pagesOf(xSource(KETTLES, access), null, wishOf(clock, { signal: stop.signal }));
    while (x.requests.length === 0) await new Promise(setImmediate);
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
  });

  it('is unreadable where it answers with something else', async () => {
    const { x, read } = await startSearch();
    const bodies = ['<html></html>', '"text"', 'null', '[1]', '{"data":[{"id":"no number"}]}', ''];
    x.next(SEARCH, ...bodies.map(garble));
    for (const _ of bodies) {
      expect((await failureOf(read())).kind).toBe('unreadable');
    }
  });

  it('is unreadable where it gives the same page again and again', async () => {
    const { clock } = await startX();
    const id = lastIdBefore(clock.ago(HOUR));
    const access = await serve(() => ({
      data: [{ id, text: 'a', author_id: '1', created_at: clock.now().toISOString() }],
      meta: { result_count: 1, next_token: 'again' },
    }));
    for (const spec of [KETTLES, LIST]) {
      const failure = await failureOf(pagesOf(xSource(spec, access), null, wishOf(clock)));
      expect(failure.kind).toBe('unreadable');
      expect(failure.message).toContain('it gives the same posts again');
    }
  });

  it('is unreadable where its pages go round in a circle, whose posts are kept', async () => {
    const { clock } = await startX();
    const next = new Map([
      [null, 'a'],
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ]);
    const asked: (string | null)[] = [];
    const access = await serve((url) => {
      const token = url.searchParams.get('pagination_token');
      asked.push(token);
      const at = clock.ago((4 - asked.length) * 60_000);
      const post = { id: lastIdBefore(at), text: 'a', author_id: '1', created_at: at };
      return { data: [post], meta: { result_count: 1, next_token: next.get(token) } };
    });
    const pages: Page[] = [];
    const reading = async () => {
      for await (const page of xSource(LIST, access).read(null, wishOf(clock))) pages.push(page);
    };
    expect(await failureOf(reading())).toMatchObject({
      kind: 'unreadable',
      message: 'the pages of X’s API go round in a circle',
      mayBeCharged: false,
    });
    expect(asked).toEqual([null, 'a', 'b', 'c']);
    expect(idsIn(pages)).toHaveLength(4);
    // Whoever goes on from there goes round once more, and no further.
    await failureOf(pagesOf(xSource(LIST, access), placeBehind(pages), wishOf(clock)));
    expect(asked.slice(4)).toEqual(['a', 'b', 'c']);
  });

  it('is not followed through pages without end', async () => {
    const { clock } = await startX();
    let requests = 0;
    const access = await serve(() => {
      requests += 1;
      return { meta: { result_count: 0, next_token: `t${requests}` } };
    });
    for (const spec of [KETTLES, LIST]) {
      await pagesOf(xSource(spec, access), null, wishOf(clock));
    }
    expect(requests).toBe(40);
  });

  it('is not read from the beginning again and again where it does not take its own tokens', async () => {
    const { clock } = await startX();
    let requests = 0;
    const access = await serve((url) => {
      requests += 1;
      const id = lastIdBefore(clock.ago(HOUR));
      const refusal = {
        errors: [{ parameters: { pagination_token: ['t'] }, message: 'bad token' }],
      };
      return url.searchParams.has('pagination_token')
        ? { ...refusal, status: 400 }
        : { data: [{ id, text: 'a' }], meta: { result_count: 1, next_token: 't' } };
    });
    const failure = await failureOf(pagesOf(xSource(LIST, access), null, wishOf(clock)));
    expect(failure.message).toBe('X does not take the request (status 400): bad token');
    expect(requests).toBe(4);
  });

  it('is cut off where its answer has no end', async () => {
    const { clock } = await startX();
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pour);
      pour();
    });
    const door = await Door.open(server);
    onTestFinished(() => door.shut());
    const access = { token: 'any', apiRoot: `http://127.0.0.1:${door.port}` };
    const reading = pagesOf(xSource(KETTLES, access), null, wishOf(clock));
    expect(await failureOf(reading)).toMatchObject({
      kind: 'unreadable',
      message: 'the answer of X’s API cannot be read: it answered with more than 32 MB',
    });
  });

  it('is heard out whatever it says', async () => {
    const { clock } = await startX();
    const bodies: readonly object[] = [
      { errors: [null] },
      { errors: 'none' },
      { title: 7 },
      { errors: [{ message: 7 }] },
    ];
    let turn = 0;
    const access = await serve(() => {
      turn += 1;
      return { status: 403, ...bodies[turn % bodies.length] };
    });
    for (const _ of bodies) {
      const failure = await failureOf(pagesOf(xSource(KETTLES, access), null, wishOf(clock)));
      expect(failure).toMatchObject({
        kind: 'refused',
        message: 'X does not let this app read it',
      });
    }
  });

  it('does not get the token into what is told when it says it back', async () => {
    const { clock } = await startX();
    const token = 'AAAAAAAAAAAAAAAA-secret-of-somebody';
    const access = await serve(
      () => ({ status: 403, detail: `no right for ${token} here` }),
      token,
    );
    const failure = await failureOf(pagesOf(xSource(KETTLES, access), null, wishOf(clock)));
    expect(failure.message).toBe('X does not let this app read it: no right for … here');
    expect(String(failure.cause)).not.toContain(token);
  });
});

/** A server that answers each request with an object, under the status that stands in it. */
async function serve(answer: (url: URL) => object, token = 'any') {
  const server = createServer((request, response) => {
    const body = answer(new URL(request.url ?? '/', 'http://localhost'));
    const status = 'status' in body ? Number(body.status) : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const door = await Door.open(server);
  onTestFinished(() => door.shut());
  return { token, apiRoot: `http://127.0.0.1:${door.port}` };
}
