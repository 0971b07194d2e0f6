import { defineConfig } from 'vitest/config';

/** What takes minutes, or needs other programs (Redis, nginx, a browser): `npm run load`. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    include: ['test/load/**/*.load.ts', 'test/mcp/views/*.browser.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
