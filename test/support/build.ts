import { execFileSync } from 'node:child_process';

/** Builds the program once before any test runs: the end-to-end tests use what users run. */
export default function build(): void {
  execFileSync(process.execPath, ['build/build.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
}
