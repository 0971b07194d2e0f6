import { defineConfig } from 'vitest/config';

/** What compares times with each other, or asks so much that a read comes near its time: nothing may run beside it. */
const alone = ['test/load/fairness.load.ts', 'test/load/loop-delay.load.ts', 'test/load/memory.load.ts'];

const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

/** What takes minutes, or needs other programs (Redis, nginx, a browser): `npm run load`. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    projects: [
      {
        test: {
          ...patience,
          name: 'beside each other',
          include: ['test/load/**/*.load.ts', 'test/mcp/views/*.browser.ts'],
          exclude: alone,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...patience, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
