import { spawnSync } from 'node:child_process';

/**
 * Builds the program once before any test runs, unless it is built: the end-to-end tests use what users run. What an install
 * only warns of, a plugin that no longer fits a package, fails here.
 */
export default async function build(): Promise<void> {
  const { isBuilt }: { isBuilt(): boolean } = await import('../../build/state.mjs' as string);
  if (isBuilt()) return;
  const { status, stderr } = spawnSync(process.execPath, ['build/build.mjs'], { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`the build says: ${stderr}`);
}
