import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Has the state of the last build of this kind that said nothing. */
const stamp = `node_modules/.cache/charitylog-mcp-build-${process.env.BUILD ?? 'whole'}`;

/**
 * Builds the program once before any test runs, unless all that a build reads and writes is as it was after the last: the
 * end-to-end tests use what users run. What an install only warns of, a plugin that no longer fits a package, fails here.
 */
export default function build(): void {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOfBuild()) return;
  const { status, stderr } = spawnSync(process.execPath, ['build/build.mjs'], { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`the build says: ${stderr}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, stateOfBuild());
}

/** A hash of what a build reads, the installed packages by their list, and of what it has written. */
function stateOfBuild(): string {
  const hash = createHash('sha256').update(process.version);
  const files = ['src', 'build', 'dist'].filter(folder => existsSync(folder)).flatMap(filesIn);
  for (const file of ['package.json', 'node_modules/.package-lock.json', ...files])
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
