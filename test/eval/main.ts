import process from 'node:process';

import { run } from '../support/measurement.ts';
import { buildEval } from './suites.ts';

const { stdout: out, stderr: err } = process;
process.exitCode = await run(buildEval({ out, err }));
