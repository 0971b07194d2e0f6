/**
 * Hides small counts, and as many more as it takes that none can be worked out from the others. The rule is told in
 * docs/counts.md.
 *
 * Counts make a tree: the groups within a group add up to it, or to more where one person has several types. Whoever reads
 * the answer can narrow each hidden count down to a range, from the range that its kind gives, the groups within it, and
 * those beside it. A count is safe when two numbers or more are left.
 */
import type { ShownGroups } from './shown-groups.ts';

/** A count as it is told: a number, `<5`, or `suppressed`. */
export type Told = number | string;

export const suppressed = 'suppressed';

/** Below 3, `<n` would say 1. */
export const lowestThreshold = 3;

/** The whole of an answer's counts. */
export interface Counts extends ShownGroups {
  readonly count: number;
}

/** How the counts of an answer are told. */
export interface Telling {
  tell(group: Counts): Told;
  /** True where the groups within this one would give away counts, however few are shown. */
  hasGroups(group: Counts): boolean;
  /** True where a count is hidden. */
  readonly isHidden: boolean;
}

/** All counts as they are. */
export const tellAll: Telling = { tell: ({ count }) => count, hasGroups: () => true, isHidden: false };

/** Counts from 1 to `below - 1` are hidden, and others that would give them away. */
export function tellFrom(below: number, counts: Counts): Telling {
  const top = cellOf(counts, below);
  for (let cell = exposedIn(top, below); cell; cell = exposedIn(top, below)) hideMore(cell);
  const cells: ReadonlyMap<Counts, Cell> = new Map(
    [...all(top)].flatMap(cell => (cell.group ? [[cell.group, cell] as const] : [])),
  );
  return {
    tell(group) {
      const state = cells.get(group)?.state ?? 'hidden';
      return state === 'shown' ? group.count : state === 'small' ? `<${below}` : suppressed;
    },
    hasGroups: group => cells.get(group)?.isCut === false,
    isHidden: [...all(top)].some(({ state }) => state !== 'shown'),
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A count, as a reader of the answer knows it. */
interface Cell {
  /** Nothing for the groups beside these that aren't shown, taken together. */
  readonly group: Counts | undefined;
  readonly count: number;
  readonly parent: Cell | undefined;
  parts: readonly Cell[];
  /** False where one person may belong to several parts. */
  readonly isSum: boolean;
  state: 'shown' | 'small' | 'hidden';
  /** True when the parts aren't told at all. */
  isCut: boolean;
  /** What is known of groups that aren't shown. */
  readonly rest: Range | undefined;
  /** What its kind and its parts say. */
  fromBelow: Range;
  /** What all the answer says. */
  range: Range;
}

const nothing: Range = { from: 0, to: Number.POSITIVE_INFINITY };

function cellOf(group: Counts, below: number, parent?: Cell): Cell {
  const cell = emptyCell(group, group.count, parent);
  const isSmall = group.count > 0 && group.count < below;
  cell.state = isSmall ? 'small' : 'shown';
  const parts = group.shown.map(inner => cellOf(inner, below, cell));
  cell.parts = group.left.length > 0 ? [...parts, restOf(group, below, cell)] : parts;
  return Object.assign(cell, { isSum: sumOf(cell.parts) === group.count });
}

function emptyCell(group: Counts | undefined, count: number, parent: Cell | undefined): Cell {
  return {
    group,
    count,
    parent,
    parts: [],
    isSum: true,
    state: 'shown',
    isCut: false,
    rest: undefined,
    fromBelow: nothing,
    range: nothing,
  };
}

/** Of groups that aren't shown, each has somebody. */
function restOf({ left }: ShownGroups, below: number, parent: Cell): Cell {
  const cell = emptyCell(undefined, sumOf(left), parent);
  const largest = Math.max(below - 1, ...left.map(({ count }) => count));
  cell.state = left.some(({ count }) => count < below) ? 'hidden' : 'shown';
  return Object.assign(cell, { rest: { from: left.length, to: left.length * largest } });
}

function sumOf(parts: readonly { readonly count: number }[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

function* all(cell: Cell): Generator<Cell> {
  yield cell;
  for (const part of cell.parts) yield* all(part);
}

/** The first hidden count that can be worked out, from the total downwards. */
function exposedIn(top: Cell, below: number): Cell | undefined {
  narrowFromBelow(top, below);
  top.range = top.fromBelow;
  narrowFromAbove(top);
  return [...all(top)].find(({ state, range }) => state !== 'shown' && range.from === range.to);
}

function narrowFromBelow(cell: Cell, below: number): void {
  for (const part of cell.parts) narrowFromBelow(part, below);
  const own = ownRange(cell, below);
  const ranges = cell.parts.map(part => part.fromBelow);
  const from = cell.isSum ? total(ranges, 'from') : Math.max(...ranges.map(range => range.from));
  cell.fromBelow = ranges.length === 0 ? own : common(own, { from, to: total(ranges, 'to') });
}

/** What a count's kind says of it. */
function ownRange({ state, count, rest, parent }: Cell, below: number): Range {
  if (state === 'shown') return { from: count, to: count };
  if (rest) return rest;
  if (state === 'small') return { from: 1, to: below - 1 };
  // The rule is known: of the counts that are large enough, the smallest is hidden.
  const shown = parent?.parts.filter(part => part.state === 'shown').map(part => part.count) ?? [];
  return { from: below, to: Math.max(count, Math.min(...shown)) };
}

function narrowFromAbove(cell: Cell): void {
  const { from, to } = cell.range;
  const sum = { from: total(ranges(cell.parts), 'from'), to: total(ranges(cell.parts), 'to') };
  for (const part of cell.parts) {
    const { fromBelow } = part;
    const others = cell.parts.filter(other => other !== part);
    part.range = cell.isSum
      ? common(fromBelow, { from: from - total(ranges(others), 'to'), to: to - (sum.from - fromBelow.from) })
      : common(fromBelow, { from: from - total(ranges(others), 'to', from), to });
  }
  for (const part of cell.parts) narrowFromAbove(part);
}

function ranges(cells: readonly Cell[]): readonly Range[] {
  return cells.map(({ fromBelow }) => fromBelow);
}

/** The sum of the ends of ranges, none of which counts for more than `most`. */
function total(list: readonly Range[], end: keyof Range, most = Number.POSITIVE_INFINITY): number {
  return list.reduce((sum, range) => sum + Math.min(range[end], most), 0);
}

function common(a: Range, b: Range): Range {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}

/** Hides one count more, near one that can be worked out: beside it, or within it where its parts say what it is. */
function hideMore(cell: Cell): void {
  const isToldByParts = cell.parts.length > 0 && cell.fromBelow.from === cell.fromBelow.to;
  const owner = isToldByParts || !cell.parent ? cell : cell.parent;
  const [smallest] = owner.parts.filter(({ state }) => state === 'shown').sort((a, b) => a.count - b.count);
  if (smallest) smallest.state = 'hidden';
  else if (owner.state === 'shown') owner.state = 'hidden';
  else {
    owner.parts = [];
    owner.isCut = true;
  }
}
