/** Counts and numbers as the caller is told of them. */
import type { NamedField } from '../conditions/condition.ts';
import type { Grouping } from './grouping.ts';
import type { Counts } from './shown-groups.ts';
import type { Summary } from './summary.ts';
import { suppressed, type Telling, type Told } from './suppression.ts';

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
    const hasGroups = group.shown.length + group.left.length > 0 && telling.hasGroups(group);
    return {
      value: group.value,
      count,
      ...(hasPercent && { percent: percentOf(count, telling.tell(above)) }),
      ...(hasGroups && { groups: groupsAsTold(group, telling, hasPercent) }),
    };
  });
}

/** A share is as telling as the two counts that it comes from. */
function percentOf(count: Told, whole: Told): Told {
  if (typeof count !== 'number' || typeof whole !== 'number') return suppressed;
  return Math.round((count / whole) * 1000) / 10;
}

/**
 * A summary is told whole, or not at all: from its numbers and the total the others can be worked out.
 *
 * @param total as it is told
 * @param isRevealing true where the numbers would tell more of groups that are hidden
 */
export function summaryAsTold(
  summary: Summary,
  { below, total, isRevealing }: { below: number; total: Told; isRevealing: boolean },
): Readonly<Record<string, Told>> {
  const isSmall = (count: number) => count > 0 && count < below;
  const small = (['count', 'not_recorded'] as const).filter(name => isSmall(summary[name]));
  if (typeof total === 'number' && small.length === 0 && !isRevealing) return { ...summary };
  const hidden: Record<string, Told> = Object.fromEntries(Object.keys(summary).map(name => [name, suppressed]));
  // One number that is small reads so, where the total leaves two possible values to it.
  const [only, ...others] = small;
  const isTold = only !== undefined && others.length === 0 && (typeof total !== 'number' || total - below >= 2);
  if (isTold) hidden[only] = `<${below}`;
  return hidden;
}

/** True where groups are made of the numbers themselves, as bands of age are of ages. */
export function hasSharedNumbers({ name, field }: NamedField, by: readonly Grouping[]): boolean {
  const isAge = name !== field.name;
  return by.some(one => one.field === field || (isAge && /(?:^|_)age(?:_|$)/i.test(one.field.name)));
}
