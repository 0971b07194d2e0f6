// Tells whether dist/ is what a build would write: a stamp has the hash of all that the last one read and wrote.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const stamp = `node_modules/.cache/charitylog-mcp-build-${process.env.BUILD ?? 'whole'}`;

export const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOfBuild();

export function noteBuilt() {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, stateOfBuild());
}

function stateOfBuild() {
  const hash = createHash('sha256').update(process.version);
  const names = top => (existsSync(top) ? readdirSync(top, { recursive: true }) : []).map(name => join(top, name));
  const all = ['package.json', 'node_modules/.package-lock.json', ...['src', 'build', 'dist'].flatMap(names).sort()];
  for (const path of all)
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}
