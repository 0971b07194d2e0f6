/**
 * Hides small counts, and as many more as it takes that none can be worked out from the others. The rule is told in
 * docs/counts.md.
 *
 * Counts make a tree: the groups within a group add up to it, or to more where one person has several types. Whoever reads
 * the answer can narrow each hidden count down to a range, from the range that its kind gives, the groups within it, and
 * those beside it. A count is safe when two numbers or more are left.
 */
import type { Counts, ShownGroups } from './shown-groups.ts';

/** A count as it is told: a number, `<5`, or `suppressed`. */
export type Told = number | string;

export const suppressed = 'suppressed';

/** Below 3, `<n` would say 1. */
export const lowestThreshold = 3;

/** How the counts of an answer are told. */
export interface Telling {
  tell(group: Counts): Told;
  /** True where the groups within this one would give away counts, however few are shown. */
  hasGroups(group: Counts): boolean;
  /** True where a count is hidden. */
  readonly isHidden: boolean;
}

export const tellAll: Telling = { tell: ({ count }) => count, hasGroups: () => true, isHidden: false };

/** Counts from 1 to `below - 1` are hidden, and others that would give them away. */
export function tellFrom(below: number, counts: Counts): Telling {
  const top = cellOf(counts, below);
  for (let cell = exposedIn(top, below); cell; cell = exposedIn(top, below)) hideMore(cell);
  const cells = new Map([...all(top)].map(cell => [cell.group, cell]));
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

const anything: Range = { from: 0, to: Number.POSITIVE_INFINITY };

/** A count, as a reader of the answer knows it. */
class Cell {
  /** Nothing for the groups beside these that aren't shown, taken together. */
  readonly group: Counts | undefined;
  readonly count: number;
  readonly parent: Cell | undefined;
  state: 'shown' | 'small' | 'hidden';
  parts: readonly Cell[] = [];
  /** True when the parts aren't told at all. */
  isCut = false;
  /** What is known of groups that aren't shown. */
  rest: Range | undefined;
  /** What its kind and its parts say. */
  fromBelow = anything;
  /** What all the answer says. */
  range = anything;

  constructor(group: Counts | undefined, count: number, state: Cell['state'], parent: Cell | undefined) {
    this.group = group;
    this.count = count;
    this.state = state;
    this.parent = parent;
  }

  /** False where one person may belong to several parts. */
  get isSum(): boolean {
    return sumOf(this.parts) === this.count;
  }
}

function cellOf(group: Counts, below: number, parent?: Cell): Cell {
  const isSmall = group.count > 0 && group.count < below;
  const cell = new Cell(group, group.count, isSmall ? 'small' : 'shown', parent);
  const parts = group.shown.map(inner => cellOf(inner, below, cell));
  cell.parts = group.left.length > 0 ? [...parts, restOf(group, below, cell)] : parts;
  return cell;
}

/** Of groups that aren't shown, each has somebody. */
function restOf({ left }: ShownGroups, below: number, parent: Cell): Cell {
  const hasSmall = left.some(({ count }) => count < below);
  const cell = new Cell(undefined, sumOf(left), hasSmall ? 'hidden' : 'shown', parent);
  const largest = Math.max(below - 1, ...left.map(({ count }) => count));
  cell.rest = { from: left.length, to: left.length * largest };
  return cell;
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
  const inner = ranges(cell.parts);
  const from = cell.isSum ? total(inner, 'from') : Math.max(...inner.map(range => range.from));
  cell.fromBelow = inner.length === 0 ? own : common(own, { from, to: total(inner, 'to') });
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

function narrowFromAbove({ parts, range: { from, to }, isSum }: Cell): void {
  const least = total(ranges(parts), 'from');
  for (const part of parts) {
    const others = ranges(parts.filter(other => other !== part));
    part.range = common(part.fromBelow, {
      from: from - (isSum ? total(others, 'to') : total(others, 'to', from)),
      to: isSum ? to - (least - part.fromBelow.from) : to,
    });
  }
  for (const part of parts) narrowFromAbove(part);
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
