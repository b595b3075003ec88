import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../../src/store/database.ts';
import { openEmbedded } from '../../src/store/embedded.ts';

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

describe('the embedded PostgreSQL', () => {
  // One place for all: to make a cluster is most of the work.
  let place: string;
  beforeAll(async () => {
    place = await mkdtemp(path.join(tmpdir(), 'chorus-embedded-'));
    await chmod(place, 0o711); // PostgreSQL of a test that root runs must reach its own folder
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  it('keeps what is stored over a stop and a start, and leaves nothing running', async () => {
    const first = await openEmbedded(place);
    await first.ensureDatabase('kept');
    const url = first.url('kept');
    await first.close();
    expect(await answers(url)).toBe(false);

    const second = await openEmbedded(place);
    expect(await answers(second.url('kept'))).toBe(true);
    await second.close();
  });

  it('serves a second opener, and stops only with the last one', async () => {
    const [first, second] = await Promise.all([openEmbedded(place), openEmbedded(place)]);
    expect(second.url('postgres')).toBe(first.url('postgres'));
    await first.close();
    expect(await answers(second.url('postgres'))).toBe(true);
    await second.close();
    expect(await answers(second.url('postgres'))).toBe(false);
  });

  it('takes over a server whose process was killed', async () => {
    const program = `
      import { openEmbedded } from ${JSON.stringify(path.resolve('src/store/embedded.ts'))};
      const server = await openEmbedded(${JSON.stringify(place)});
      console.log(server.url('postgres'));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.setEncoding('utf8');
    const [line]: string[] = await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const url = String(line).trim();
    expect(await answers(url)).toBe(true);

    const heir = await openEmbedded(place);
    expect(heir.url('postgres')).toBe(url);
    await heir.close();
    expect(await answers(url)).toBe(false);
  });

  it('keeps its password to the owner, and listens on loopback only', async () => {
    const server = await openEmbedded(place);
    onTestFinished(() => server.close());
    expect((await stat(path.join(place, 'password'))).mode & 0o777).toBe(0o600);
    const data = await realpath(path.join(place, 'postgres'));
    expect((await stat(data)).mode & 0o077).toBe(0);
    const client = new Client({ connectionString: server.url('postgres') });
    await client.connect();
    const { rows } = await client.query('show listen_addresses');
    await client.end();
    expect(rows).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const password = (await readFile(path.join(place, 'password'), 'utf8')).trim();
    expect(await answers(server.url('postgres').replace(password, 'guessed'))).toBe(false);
  });

  // The last one: nothing can be opened there any more.
  it('says so when its password was lost', async () => {
    const first = await openEmbedded(place);
    await first.close();
    await rm(path.join(place, 'password'));
    await expect(openEmbedded(place)).rejects.toMatchObject({
      code: 'database',
      message: expect.stringContaining('belong together'),
    });
    await expect(stat(path.join(place, 'postgres/data/postmaster.pid'))).rejects.toThrow('ENOENT');
  });
});

describe('opening a server that cannot be used', () => {
  it('says in a sentence what is wrong, without the password', async () => {
    const url = 'postgresql://me:hush-hush@127.0.0.1:9/none';
    const failure = openDatabase({ kind: 'server', url });
    await expect(failure).rejects.toMatchObject({
      name: 'UserError',
      code: 'database',
      message: 'No PostgreSQL answers at 127.0.0.1:9. Look at DATABASE_URL.',
    });
  });
});
