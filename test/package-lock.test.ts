import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Entry {
  readonly optionalDependencies?: Record<string, string>;
  readonly resolved?: string;
}

const lockFiles = ['package-lock.json', 'bench/package-lock.json', 'test/conformance/package-lock.json'];

describe.each(lockFiles)('%s', path => {
  const { packages }: { packages: Record<string, Entry> } = JSON.parse(readFileSync(path, 'utf8'));

  test('has every package of every platform, without which npm ci fails', () => {
    const wanted = Object.values(packages).flatMap(entry => Object.keys(entry.optionalDependencies ?? {}));
    const known = Object.keys(packages).map(path => path.split('node_modules/').at(-1));
    expect(known).toEqual(expect.arrayContaining(wanted));
  });

  test('names no host', () => {
    expect(Object.values(packages).filter(entry => entry.resolved)).toEqual([]);
  });
});
