import type { ToldGroup } from '../../../../src/people/asking/counting/told.ts';

/** What a reader of an answer knows of it. */
export interface Seen {
  readonly total: number | string;
  readonly groups: readonly ToldGroup[];
  readonly below: number;
  /** By level: true where one person may be in several groups. */
  readonly mayOverlap: readonly boolean[];
  /** How many more groups there are beside those of the first level. */
  readonly left?: number;
}

/** A hidden count, and the values that it may have. */
export interface Guess {
  readonly path: string;
  readonly values: readonly number[];
}

/** A larger number is looked at only where a total is told. */
const largestUntold = 160;

interface Count {
  readonly path: string;
  readonly isHidden: boolean;
  readonly inner: readonly Count[];
  readonly mayOverlap: boolean;
  values: Set<number>;
}

/**
 * Works out what each hidden count may be: by trying all numbers against all that is shown, upwards and downwards, until
 * nothing changes. It knows nothing of how counts are hidden, but for what the two words say.
 */
export function guesses(seen: Seen): readonly Guess[] {
  const top = read({ value: 'total', count: seen.total, groups: seen.groups }, seen, 0, '');
  const counts = [top, ...innerOf(top)];
  for (let before = -1, now = size(counts); before !== now; before = now, now = size(counts)) {
    for (const count of counts.toReversed()) narrow(count);
    for (const count of counts) narrow(count);
  }
  return counts.filter(({ isHidden }) => isHidden).map(({ path, values }) => ({ path, values: [...values] }));
}

function read({ value, count, groups = [] }: ToldGroup, seen: Seen, level: number, above: string): Count {
  const path = `${above}/${value}`;
  const inner = groups.map(group => read(group, seen, level + 1, path));
  const rest = level === 0 && seen.left ? [restOf(seen.left, largestIn(seen))] : [];
  const isHidden = typeof count === 'string';
  return {
    path,
    isHidden,
    inner: [...inner, ...rest],
    mayOverlap: seen.mayOverlap[level] ?? false,
    values: new Set(isHidden ? saidBy(count, seen) : [count]),
  };
}

function restOf(left: number, largest: number): Count {
  return { path: 'the rest', isHidden: true, inner: [], mayOverlap: false, values: new Set(between(left, largest)) };
}

function largestIn({ total }: Seen): number {
  return typeof total === 'number' ? total : largestUntold;
}

function saidBy(word: string, { below, ...seen }: Seen): number[] {
  if (word === `<${below}`) return between(1, below - 1);
  if (word === 'suppressed') return between(below, largestIn({ below, ...seen }));
  throw new Error(`no count: ${word}`);
}

function between(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
}

function innerOf({ inner }: Count): Count[] {
  return inner.flatMap(count => [count, ...innerOf(count)]);
}

function size(counts: readonly Count[]): number {
  return counts.reduce((sum, { values }) => sum + values.size, 0);
}

/** Leaves the values of a count and of those within it that go together. */
function narrow(count: Count): void {
  if (count.inner.length === 0) return;
  if (count.mayOverlap) narrowOverlapping(count);
  else narrowSum(count);
}

/** Sums of the first hidden counts, and of the last ones, say what is left for each. */
function narrowSum(count: Count): void {
  const hidden = count.inner.filter(({ isHidden }) => isHidden);
  const shown = count.inner.filter(({ isHidden }) => !isHidden).flatMap(({ values }) => [...values]);
  const before = [new Set([shown.reduce((a, b) => a + b, 0)])];
  for (const { values } of hidden) before.push(sums(before.at(-1) ?? new Set(), values));
  const after = [new Set([0])];
  for (const { values } of hidden.toReversed()) after.unshift(sums(after[0] ?? new Set(), values));
  const wholes = count.values;
  hidden.forEach((one, n) => {
    const others = sums(before[n] ?? new Set(), after[n + 1] ?? new Set());
    one.values = keep(one.values, value => [...others].some(other => wholes.has(value + other)));
  });
  const possible = before.at(-1);
  count.values = keep(wholes, whole => possible?.has(whole) ?? false);
}

/** A whole is at least its largest part, and at most the sum of the parts. */
function narrowOverlapping(count: Count): void {
  const wholes = [...count.values];
  const mostOf = (one: Count, whole: number) => Math.max(...[...one.values].filter(value => value <= whole));
  const canBe = (whole: number, one?: Count, value = 0) => {
    const most = count.inner.map(other => (other === one ? value : mostOf(other, whole)));
    return value <= whole && most.every(Number.isFinite) && most.reduce((a, b) => a + b, 0) >= whole;
  };
  const fitting = count.inner.map(one => keep(one.values, value => wholes.some(whole => canBe(whole, one, value))));
  count.values = keep(count.values, whole => canBe(whole));
  count.inner.forEach((one, n) => {
    one.values = fitting[n] ?? one.values;
  });
}

function sums(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  const all = new Set<number>();
  for (const one of a) for (const other of b) all.add(one + other);
  return all;
}

function keep(values: ReadonlySet<number>, isKept: (value: number) => boolean): Set<number> {
  return new Set([...values].filter(isKept));
}
