import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { tryAll } from '../../src/cli/doctor/trials.ts';
import { loadConfig } from '../../src/config.ts';
import { sourcesOf } from '../../src/store/sources.ts';
import { rss, startFeeds } from '../fakes/feeds.ts';
import { startFakeX } from '../fakes/x.ts';
import { databaseOf, place } from '../support/place.ts';
import { chorus } from '../support/program.ts';

/** A folder with a topic of a feed that answers, one that is not there, and one of X. */
async function aPlaceWithSources() {
  const [{ folder, env }, feeds, fake] = await Promise.all([
    place(),
    startFeeds(),
    startFakeX({ bearer: `bearer-${randomUUID()}` }),
  ]);
  const well = feeds.put('/well.xml', rss([]));
  const gone = `${feeds.url}/gone.xml`;
  const write = (...urls: readonly string[]) =>
    writeFile(
      path.join(folder, 'chorus.yaml'),
      [
        'collect: { private_addresses: true }',
        'topics:',
        '  ai:',
        '    sources:',
        '      - x_user: ada',
        ...urls.map((url) => `      - feed: ${url}`),
        '',
      ].join('\n'),
    );
  await write(well, gone);
  const ours = { ...env, X_BEARER_TOKEN: fake.bearer, X_API_ROOT: fake.url };
  const run = (args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) =>
    chorus(['doctor', ...args], folder, { ...ours, ...more });
  return { folder, env: ours, feeds, fake, well, gone, write, run };
}

describe('chorus doctor', () => {
  it('tries the sources and the token of X, and says what came of each', async () => {
    const { gone, run } = await aPlaceWithSources();
    const { out, code } = await run();
    expect(code).toBe(1);
    expect(out).toContain('✓ network: is asked, for 10 seconds at most; --offline leaves it out');
    expect(out).toContain('✓ X: accepts the token');
    expect(out).toContain('✓ sources now: 1 source answers');
    expect(out).toMatch(new RegExp(`✗ feed:${gone} now: .*404.*\\n  → Correct it in chorus.yaml`));
    expect(out).toContain('· sources of X: 1 source of X is not tried: reading costs money');
    expect(out).toContain('· posts of ai: there are none yet\n  → chorus collect --topic ai reads');
    expect(out).not.toContain('chorus import');
  });

  it('asks X for nothing that it charges for, and stores nothing', async () => {
    const { fake, env, run } = await aPlaceWithSources();
    await run();
    expect(fake.requests.map(({ path: asked }) => asked)).toEqual(['/2/usage/tweets']);
    expect(fake.bill.charged()).toEqual({ posts: 0, users: 0 });
    expect((await sourcesOf(await databaseOf({ env }), 'ai')).size).toBe(0);
  });

  it('finds a token that X does not accept, and does not show it', async () => {
    const { run } = await aPlaceWithSources();
    const { out } = await run([], { X_BEARER_TOKEN: 'wrong-bearer-of-x' });
    expect(out).toMatch(
      /✗ X: X does not accept the bearer token; .*\n {2}→ Write the bearer token/,
    );
    expect(out).not.toContain('wrong-bearer-of-x');
  });

  it('asks nobody with --offline, and says what it did not look at', async () => {
    const { fake, feeds, run } = await aPlaceWithSources();
    const { out } = await run(['--offline']);
    expect(out).toMatch(
      /· network: not asked \(--offline\), so not looked at: .*model, sources now/,
    );
    expect(out).toContain('✓ database');
    expect([...fake.requests, ...feeds.requests]).toEqual([]);
  });
});

describe('the trial of sources', () => {
  it('does not wait for one that does not answer, and names it', async () => {
    const { folder, env, feeds, well, write } = await aPlaceWithSources();
    const silent = feeds.put('/silent.xml', { trouble: 'silent' });
    await write(silent, well);
    const config = loadConfig(env, folder);
    const now = () => new Date();
    const found = await tryAll({ config, now }, new AbortController().signal, 4000);
    expect(found.map(({ name, state, says }) => [name, state, says])).toEqual([
      ['X', 'good', 'accepts the token'],
      ['sources now', 'good', '1 source answers'],
      [`feed:${silent} now`, 'unknown', 'no answer in time'],
      ['sources of X', 'unknown', '1 source of X is not tried: reading costs money'],
    ]);
  });
});
