import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { ended, temporaryFolder } from '../support/program.ts';

/** A checkout with nothing in it yet, and programs in place of those that would install something. */
async function aCheckout(npm: string): Promise<{ folder: string; tools: string }> {
  const folder = await temporaryFolder();
  const tools = path.join(folder, 'tools');
  await mkdir(tools);
  await copyFile('setup', path.join(folder, 'setup'));
  for (const name of ['package.json', 'package-lock.json']) {
    await writeFile(path.join(folder, name), '{}');
  }
  const scripts = { npm: npm, 'pkg-config': '', make: '', 'c++': 'cat >/dev/null', python3: '' };
  for (const [name, script] of Object.entries(scripts)) {
    const file = path.join(tools, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  return { folder, tools };
}

function setUp({ folder, tools }: { folder: string; tools: string }) {
  const PATH = [tools, path.dirname(process.execPath), '/usr/bin', '/bin'].join(':');
  return ended(spawn('sh', ['setup'], { cwd: folder, env: { PATH } }));
}

const INSTALLS = 'mkdir -p node_modules/canvas && echo > node_modules/canvas/index.js';

describe('./setup', () => {
  it('tells what it does, and shows that it is at work while npm installs', async () => {
    const { code, out } = await setUp(await aCheckout(`sleep 3; ${INSTALLS}`));
    expect(code).toBe(0);
    expect(out).toMatch(
      /setup: looking for the system libraries.*\nsetup: installing the npm pack/,
    );
    expect(out).toMatch(/\n\.+\nsetup: the npm packages are installed, and canvas loads\n/);
    expect(out).toMatch(/setup: done\. Next: npm run demo\n$/);
  });

  it('is soon done where all is in place', async () => {
    const checkout = await aCheckout(INSTALLS);
    await setUp(checkout);
    const { code, out } = await setUp(checkout);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^setup: the packages are in place\nsetup: Node .*\nsetup: done/),
    });
  });

  it('says that npm failed, below what npm said, and shows no more dots', async () => {
    const { code, out, err } = await setUp(await aCheckout('echo no space >&2; exit 1'));
    expect(code).toBe(1);
    expect(err).toBe('no space\nsetup: npm ci failed. Its words stand above.\n');
    expect(out).toMatch(/\(about a minute; canvas is compiled\)\n\n$/);
  });
});
