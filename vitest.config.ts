import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/support/properties.ts'],
    globalSetup: ['test/support/build.ts'],
    include: ['test/**/*.test.ts'],
    // No test changes a module: the files of a worker share what they import, which is most of their time.
    isolate: false,
    // One more than the cores, as many files wait for most of their time; each worker imports everything anew.
    maxWorkers: availableParallelism() + 1,
    // Less garbage collection: tests make much that is gone at once.
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
