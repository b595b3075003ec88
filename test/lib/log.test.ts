import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openLog } from '../../src/lib/log.ts';
import { temporaryFolder } from '../support/program.ts';

describe('the log', () => {
  it('never shows a secret, wherever it turns up, and is for the owner only', async () => {
    const file = path.join(await temporaryFolder(), 'deep', 'chorus.log');
    const log = openLog({ file, level: 'info', secrets: ['hush"hush'] });
    log.info({ url: 'postgres://me:hush"hush@host' }, 'opened with hush"hush');
    log.error({ err: new Error('refused hush"hush') }, 'failed');
    const written = await readFile(file, 'utf8');
    expect(written).not.toContain('hush');
    expect(written.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(4);
    for (const line of written.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect((await stat(file)).mode & 0o077).toBe(0);
  });
});
