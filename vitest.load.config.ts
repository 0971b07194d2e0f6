import { defineConfig } from 'vitest/config';

/** What compares times with each other: nothing may run beside it. */
const timed = ['test/load/fairness.load.ts', 'test/load/loop-delay.load.ts'];

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
          exclude: timed,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...patience, name: 'alone', include: timed, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
