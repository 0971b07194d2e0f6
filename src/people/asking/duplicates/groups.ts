import { forEachInTurns } from '../../../base/turns.ts';
import type { Pair } from './pairs.ts';

/** Somebody, and everybody who may be them; by positions. */
export interface Group {
  readonly members: readonly number[];
  readonly why: string;
}

/**
 * Puts pairs into groups: each is somebody, and those who may be that person. Who may be somebody of a group, but not the first
 * one, starts a group of their own: so there are no chains, and no pair is left out. Somebody may be in several groups.
 *
 * @param idOf the id at a position: people are taken in the order of their ids
 */
export async function groupsOf(pairs: readonly Pair[], idOf: (position: number) => number): Promise<readonly Group[]> {
  const ids = new Map(pairs.flatMap(({ a, b }) => [a, b]).map(position => [position, idOf(position)] as const));
  const inOrder = (a: number, b: number) => (ids.get(a) ?? 0) - (ids.get(b) ?? 0);
  const laterOf = new Map<number, Map<number, string>>();
  await forEachInTurns(pairs, ({ a, b, why }) => {
    const [first, second] = inOrder(a, b) < 0 ? [a, b] : [b, a];
    const later = laterOf.get(first) ?? new Map<number, string>();
    laterOf.set(first, later.set(second, why));
  });
  const groups: Group[] = [];
  /** For each person, the groups that they are in. */
  const groupsWith = new Map<number, Set<number>>();
  await forEachInTurns([...laterOf.keys()].sort(inOrder), first => {
    const later = laterOf.get(first) ?? new Map<number, string>();
    const before = groupsWith.get(first) ?? new Set<number>();
    const isTogether = (other: number) => [...(groupsWith.get(other) ?? [])].some(group => before.has(group));
    if ([...later.keys()].every(isTogether)) return;
    const members = [first, ...[...later.keys()].sort(inOrder)];
    for (const member of members) groupsWith.set(member, (groupsWith.get(member) ?? new Set()).add(groups.length));
    groups.push({ members, why: reasons(members, later, ids) });
  });
  return groups;
}

/** What speaks for the group: once where it is the same for all, else by the ids of the others. */
function reasons(
  members: readonly number[],
  later: ReadonlyMap<number, string>,
  ids: ReadonlyMap<number, number>,
): string {
  const others = members.slice(1);
  const different = [...new Set(others.map(other => later.get(other) ?? ''))];
  if (different.length === 1) return different[0] ?? '';
  return different
    .map(
      why =>
        `${others
          .filter(other => later.get(other) === why)
          .map(other => ids.get(other))
          .join(' and ')}: ${why}`,
    )
    .join(' | ');
}
