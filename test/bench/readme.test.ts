import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, it } from 'vitest';

import type { Quality } from '../support/measurement.ts';
import { temporaryFolder } from '../support/program.ts';
import { writeSpeed } from '../support/readme.ts';

const aRow = (command: string, figures: string): Quality => {
  return { what: 'it works', on: 'something', figures, command };
};

it('writes a row of the table of speed once, and leaves the others and the text around it', async () => {
  const file = path.join(await temporaryFolder(), 'README.md');
  await writeFile(file, 'Before\n\n<!-- speed -->\n<!-- /speed -->\n\nAfter\n');
  await writeSpeed(file, aRow('bench a', 'slow'));
  await writeSpeed(file, aRow('bench b', 'fast'));
  await writeSpeed(file, aRow('bench a', 'slower'));
  expect(await readFile(file, 'utf8')).toBe(
    [
      'Before\n\n<!-- speed -->',
      '| what | measured on | figures | command |',
      '|---|---|---|---|',
      '| it works | something | slower | `bench a` |',
      '| it works | something | fast | `bench b` |',
      '<!-- /speed -->\n\nAfter\n',
    ].join('\n'),
  );
});

it('says which marks a file needs', async () => {
  const file = path.join(await temporaryFolder(), 'README.md');
  await writeFile(file, 'Nothing');
  await expect(writeSpeed(file, aRow('bench a', 'slow'))).rejects.toThrow('<!-- speed -->');
});
