import type { CountedBy, Group } from './group-counter.ts';
import { noValue } from './labels.ts';

/** The groups that are shown, in their order, and those that are left out as there are too many. */
export interface ShownGroups {
  readonly shown: readonly ShownGroup[];
  readonly left: readonly Group[];
}

/** A count, and those of the groups within it. */
export interface Counts extends ShownGroups {
  readonly count: number;
}

export interface ShownGroup extends Counts {
  readonly value: string;
}

/** So many groups are shown in all; more than anybody reads. */
const maxShown = 700;

/** So many at most beside each other, as far as all fit. */
const limits = [100, 50, 25, 15, 8];

/**
 * Chooses the largest groups, and puts them in the order of their options, dates or bands, else of their size.
 *
 * @param hiddenBelow counts below are hidden, so neither choice nor order may tell which of them is larger
 */
export function chooseGroups(groups: readonly Group[], by: readonly CountedBy[], hiddenBelow: number): ShownGroups {
  const sizeOf = ({ count }: Group) => (count < hiddenBelow ? 0 : count);
  const chosen = limits.map(limit => choose(groups, by, limit, sizeOf));
  return chosen.find(one => numberOf(one) <= maxShown) ?? choose(groups, by, Math.min(...limits), sizeOf);
}

function choose(
  groups: readonly Group[],
  [by, ...others]: readonly CountedBy[],
  limit: number,
  sizeOf: (group: Group) => number,
): ShownGroups {
  const unknown = groups.filter(({ value }) => value === noValue);
  const bySize = groups
    .filter(({ value }) => value !== noValue)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.value < b.value ? -1 : 1));
  const room = limit - unknown.length;
  const rankOf = by?.labels.rankOf;
  const largest = bySize.slice(0, room);
  const inOrder = rankOf ? largest.sort((a, b) => rankOf(a.value) - rankOf(b.value)) : largest;
  const shown = [...inOrder, ...unknown].map(({ value, count, groups: inner }) => ({
    value,
    count,
    ...choose(inner, others, limit, sizeOf),
  }));
  return { shown, left: bySize.slice(room) };
}

function numberOf({ shown }: ShownGroups): number {
  return shown.reduce((sum, group) => sum + 1 + numberOf(group), 0);
}

/** What the caller should know of groups that are left out. */
export function notesOfLeft({ shown, left }: ShownGroups, areCountsHidden: boolean): string[] {
  const people = left.reduce((sum, group) => sum + group.count, 0);
  const inAll = areCountsHidden ? '' : ` with ${people} people in all`;
  const widest = Math.max(0, ...widthsOfCut(shown));
  return [
    ...(left.length > 0 ? [`${left.length} smaller groups${inAll} are not shown.`] : []),
    ...(widest > 0 ? [`Of each group the ${widest} largest within it are shown.`] : []),
  ];
}

function widthsOfCut(groups: readonly ShownGroups[]): number[] {
  return groups.flatMap(({ shown, left }) => [...(left.length > 0 ? [shown.length] : []), ...widthsOfCut(shown)]);
}
