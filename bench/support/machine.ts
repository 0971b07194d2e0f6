import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A Node that everything is measured with. */
export interface Node {
  readonly version: string;
  readonly path: string;
}

const bench = fileURLToPath(new URL('..', import.meta.url));

/** The Node that runs this, and the newest LTS, which bench/package.json brings for Linux. */
export function nodes(): Node[] {
  const newest = `${bench}node_modules/node-${platform()}-${process.arch}/bin/node`;
  return [process.execPath, ...(existsSync(newest) ? [newest] : [])].map(path => ({
    path,
    version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim(),
  }));
}

/** The machine, in a line. */
export function machine(): string {
  const gib = totalmem() / 2 ** 30;
  const model = cpus()[0]?.model ?? 'unknown CPU';
  return `${model}, ${availableParallelism()} cores, ${gib.toFixed(0)} GiB of memory, ${platform()} ${release()}`;
}

/** The commit that is measured. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: bench, encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`;
}

/** The packages that bench/ installs, as `name 1.2.3`. */
export function packages(): string[] {
  const { dependencies } = JSON.parse(readFileSync(`${bench}package.json`, 'utf8'));
  return Object.keys(dependencies).map(name => {
    const { version } = JSON.parse(readFileSync(`${bench}node_modules/${name}/package.json`, 'utf8'));
    return `${name} ${version}`;
  });
}
