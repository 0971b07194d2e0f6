import type { ShownGroups } from './shown-groups.ts';
import { type Counts, suppressed, type Telling, type Told } from './suppression.ts';

/** A group as it is told. */
export interface ToldGroup {
  readonly value: string;
  readonly count: Told;
  /** Of the group above, to one decimal. */
  readonly percent?: Told;
  readonly groups?: readonly ToldGroup[];
}

/** The groups within a group, or within everybody. */
export function groupsAsTold(above: Counts, telling: Telling, hasPercent: boolean): readonly ToldGroup[] {
  return above.shown.map(group => {
    const count = telling.tell(group);
    const hasGroups = hasAny(group) && telling.hasGroups(group);
    return {
      value: group.value,
      count,
      ...(hasPercent && { percent: percentOf(count, telling.tell(above)) }),
      ...(hasGroups && { groups: groupsAsTold(group, telling, hasPercent) }),
    };
  });
}

function hasAny({ shown, left }: ShownGroups): boolean {
  return shown.length + left.length > 0;
}

/** A share is as telling as the two counts that it comes from. */
function percentOf(count: Told, whole: Told): Told {
  if (typeof count !== 'number' || typeof whole !== 'number') return suppressed;
  return Math.round((count / whole) * 1000) / 10;
}
