import { defineConfig } from 'vitest/config';

/** What takes minutes: `npm run load`. */
export default defineConfig({
  test: { globalSetup: ['test/support/build.ts'], include: ['test/load/**/*.load.ts'], fileParallelism: false },
});
