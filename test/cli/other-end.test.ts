import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { isLeft } from '../../src/cli/other-end.ts';
import { isServing, temporaryFolder } from '../support/program.ts';

const failed = (code: string) => Object.assign(new Error(code), { code });

describe('a stream at whose other end nobody is', () => {
  it('is a pipe whose reader has gone, or a terminal that was closed', () => {
    expect(isLeft({}, failed('EPIPE'))).toBe(true);
    expect(isLeft({ isTTY: true }, failed('EIO'))).toBe(true);
  });

  it('is no file that cannot be written', () => {
    expect(isLeft({ isTTY: false }, failed('EIO'))).toBe(false);
    expect(isLeft({ isTTY: true }, failed('ENOSPC'))).toBe(false);
    expect(isLeft({ isTTY: true }, new Error('of ours'))).toBe(false);
  });
});

/** util-linux lays a terminal out, and takes the program out of its session so that no signal tells it. */
const SCRIPT = '/usr/bin/script';
const TOOLS = [SCRIPT, '/usr/bin/setsid'];

describe.skipIf(!TOOLS.every((tool) => existsSync(tool)))('a terminal that is closed', () => {
  it('ends the demo’s chat, and is no failure', async () => {
    const folder = await temporaryFolder();
    const program = `${process.execPath} ${path.resolve('src/main.ts')} demo; echo $? > code`;
    const { PATH } = process.env;
    const terminal = spawn(SCRIPT, ['-qec', `setsid -w sh -c '${program}'`, '/dev/null'], {
      cwd: folder,
      env: { PATH, SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let shown = '';
    terminal.stdout.setEncoding('utf8').on('data', (chunk: string) => (shown += chunk));
    await vi.waitFor(() => expect(shown).toContain('/quit'), { timeout: 60_000 });
    terminal.kill('SIGKILL');
    const code = path.join(folder, 'code');
    await vi.waitFor(async () => expect(await readFile(code, 'utf8')).toBe('130\n'), {
      timeout: 30_000,
    });
    const log = await readFile(path.join(folder, '.data/chorus.log'), 'utf8').catch(() => '');
    expect(log).not.toContain('unexpected failure');
  }, 120_000);

  it('leaves no database running, nor does the shell that the program was called in', async () => {
    const folder = await temporaryFolder();
    const program = `${process.execPath} ${path.resolve('src/main.ts')} demo`;
    const { PATH } = process.env;
    const terminal = spawn(SCRIPT, ['-qec', `${program}; true`, '/dev/null'], {
      cwd: folder,
      env: { PATH, SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let shown = '';
    terminal.stdout.setEncoding('utf8').on('data', (chunk: string) => (shown += chunk));
    await vi.waitFor(() => expect(shown).toContain('/quit'), { timeout: 60_000 });
    expect(await isServing(folder)).toBe(true);
    terminal.kill('SIGKILL');
    await vi.waitFor(async () => expect(await isServing(folder)).toBe(false), { timeout: 30_000 });
  }, 120_000);
});
