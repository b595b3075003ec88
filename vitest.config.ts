import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: '100%',
    globalSetup: 'test/support/cluster.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
