import { availableParallelism } from 'node:os';
import path from 'node:path';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: Math.ceil(1.5 * availableParallelism()), // many a test waits for the clock of a library
    globalSetup: 'test/support/cluster.ts',
    testTimeout: 180_000, // on a busy machine, with nothing in the caches, programs take long to start
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } }, // as above: what is waited for comes, or the test fails
    isolate: false, // tests share no state but what is computed once
    env: {
      TZ: 'UTC',
      // The programs that tests start compile our files once, not each anew: a third of a start.
      NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/compiled'),
    },
  },
});
