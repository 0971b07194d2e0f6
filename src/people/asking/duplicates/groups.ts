import { forEachInTurns } from '../../../base/turns.ts';
import type { Pair } from './pairs.ts';

/** Somebody, and everybody who may be them; by positions. */
export interface Group {
  readonly members: readonly number[];
  readonly id: number;
  /** How sure the surest pair is. */
  readonly weight: number;
  /** Why the others may be the first one, by their positions. */
  readonly reasons: Reasons;
}

type Reasons = ReadonlyMap<number, Pick<Pair, 'why' | 'weight'>>;

/**
 * Puts pairs into groups: each is somebody, and those who may be that person. Who may be somebody of a group, but not the first
 * one, starts a group of their own: so there are no chains, and no pair is left out. Somebody may be in several groups.
 *
 * @param idOf the id at a position: people are taken in the order of their ids
 * @returns the surest first, then by id
 */
export async function groupsOf(pairs: readonly Pair[], idOf: (position: number) => number): Promise<readonly Group[]> {
  const inOrder = (a: number, b: number) => idOf(a) - idOf(b);
  const byFirst = new Map<number, Map<number, Pick<Pair, 'why' | 'weight'>>>();
  await forEachInTurns(pairs, ({ a, b, why, weight }) => {
    const [first, other] = inOrder(a, b) < 0 ? [a, b] : [b, a];
    const reasons = byFirst.get(first) ?? new Map();
    byFirst.set(first, reasons.set(other, { why, weight }));
  });
  const groups: Group[] = [];
  /** For each person, the groups that they are in. */
  const groupsWith = new Map<number, Set<number>>();
  await forEachInTurns(
    [...byFirst].sort(([a], [b]) => inOrder(a, b)),
    ([first, reasons]) => {
      const before = groupsWith.get(first);
      const isTogether = (other: number) => before !== undefined && shareOne(before, groupsWith.get(other));
      if ([...reasons.keys()].every(isTogether)) return;
      const members = [first, ...[...reasons.keys()].sort(inOrder)];
      for (const member of members) {
        groupsWith.set(member, (groupsWith.get(member) ?? new Set()).add(groups.length));
      }
      const weight = Math.max(...[...reasons.values()].map(one => one.weight));
      groups.push({ members, id: idOf(first), weight, reasons });
    },
  );
  return groups.sort(compareGroups);
}

/** The surest first, then by id. */
export function compareGroups(a: Pick<Group, 'id' | 'weight'>, b: Pick<Group, 'id' | 'weight'>): number {
  return b.weight - a.weight || a.id - b.id;
}

function shareOne(some: ReadonlySet<number>, others: ReadonlySet<number> = new Set()): boolean {
  for (const one of others) if (some.has(one)) return true;
  return false;
}

/** Why they may be one: once where it is the same for all others, else by their ids. */
export function whyIn({ members, reasons }: Group, idOf: (position: number) => number): string {
  const others = members.slice(1);
  const whyOf = (other: number) => reasons.get(other)?.why ?? '';
  const different = [...new Set(others.map(whyOf))];
  if (different.length === 1) return different[0] ?? '';
  const idsFor = (why: string) => others.filter(other => whyOf(other) === why).map(idOf);
  return different.map(why => `${idsFor(why).join(' and ')}: ${why}`).join(' | ');
}
