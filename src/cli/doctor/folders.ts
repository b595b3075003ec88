import * as fs from 'node:fs/promises';
import path from 'node:path';

import { bad, type Check, type Finding, good } from './finding.ts';

/** Whether reports and pictures can be written. */
export const folders: Check = {
  name: 'folders',
  look({ config: { outFolder, dataFolder } }) {
    return Promise.all([
      lookAtFolder('out folder', outFolder),
      lookAtFolder('data folder', dataFolder),
    ]);
  },
};

/** Looks whether a folder can be written to, or made; makes nothing. */
async function lookAtFolder(name: string, folder: string): Promise<Finding> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await stateOf(at);
    if (found === 'missing' && at !== path.dirname(at)) continue;
    if (found === 'writable') {
      return good(name, at === folder ? folder : `${folder}, which will be made`);
    }
    const why = found === 'file' ? 'is no folder' : 'cannot be written to';
    return bad(name, `${at} ${why}`, 'Change its permissions, or set CHORUS_OUT or CHORUS_DATA.');
  }
}

async function stateOf(place: string): Promise<'writable' | 'closed' | 'file' | 'missing'> {
  try {
    if (!(await fs.stat(place)).isDirectory()) return 'file';
    await fs.access(place, fs.constants.W_OK | fs.constants.X_OK);
    return 'writable';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'closed';
  }
}
