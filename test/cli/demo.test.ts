import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  chorusProcess,
  ended,
  isServing,
  startChorus,
  temporaryFolder,
} from '../support/program.ts';

describe('chorus demo', () => {
  it('shows a digest of invented posts without anything set up, and leaves nothing running', async () => {
    const folder = await temporaryFolder();
    const { code, out, err } = await chorusProcess(['demo'], folder);
    expect(code).toBe(0);
    expect(err).toContain('这里不是终端');
    expect(err).not.toContain('No terminal');
    expect(out).toContain('2026-10-13');
    expect(out).toContain('虚构');
    expect(await readdir(path.join(folder, 'out/demo/_posts'))).toHaveLength(3);
    expect(await isServing(folder)).toBe(false);
  });

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'stops at %s (Ctrl-C, a closed window), and leaves nothing running',
    async (signal) => {
      const folder = await temporaryFolder();
      const child = startChorus(['demo'], folder);
      child.stderr?.once('data', () => child.kill(signal));
      const { code } = await ended(child);
      expect(code).toBe(130);
      expect(await isServing(folder)).toBe(false);
    },
  );
});
