import { spawnSync } from 'node:child_process';

/**
 * Builds the program once before any test runs: the end-to-end tests use what users run. What an install only warns of, a
 * plugin that no longer fits a package, fails here.
 */
export default function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ['build/build.mjs'], { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`the build says: ${stderr}`);
}
