import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { withFileLock } from '../../src/lib/file-lock.ts';
import { temporaryFolder } from '../support/program.ts';

describe('a file lock', () => {
  it('lets one work at a time, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await readdir(folder);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withFileLock(file, work)));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const file = path.join(await temporaryFolder(), 'lock');
    await expect(withFileLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withFileLock(file, () => Promise.resolve('mine'))).toBe('mine');
  });

  it.each([
    ['is empty', ''],
    ['is garbage', 'nobody'],
    ['names an earlier process that had our number', String(process.pid)],
  ])('is taken over when it %s', async (_, content) => {
    const file = path.join(await temporaryFolder(), 'lock');
    await writeFile(file, content);
    expect(await withFileLock(file, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('is taken over from a process that no longer lives', async () => {
    const file = path.join(await temporaryFolder(), 'lock');
    await writeFile(file, '4194305'); // above the highest process number of Linux
    expect(await withFileLock(file, () => Promise.resolve('mine'))).toBe('mine');
  });
});
