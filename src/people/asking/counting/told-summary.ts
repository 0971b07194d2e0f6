import type { Grouping } from './grouping.ts';
import type { SummaryOf } from './read-summary.ts';
import type { Summary } from './summary.ts';
import { suppressed, type Told } from './suppression.ts';

interface Threshold {
  readonly below: number;
  /** The total, as it is told. */
  readonly total: Told;
  /** True where the numbers would tell more of groups that are hidden. */
  readonly isRevealing: boolean;
}

/** A summary is told whole, or not at all: from its numbers and the total the others can be worked out. */
export function summaryAsTold(
  summary: Summary,
  { below, total, isRevealing }: Threshold,
): Readonly<Record<string, Told>> {
  const isSmall = (count: number) => count > 0 && count < below;
  const isHidden = typeof total !== 'number' || isSmall(summary.count) || isSmall(summary.not_recorded) || isRevealing;
  if (!isHidden) return { ...summary };
  const hidden = Object.fromEntries(Object.keys(summary).map(name => [name, suppressed]));
  return { ...hidden, ...smallOne(summary, isSmall, { below, total }) };
}

/** The number that is small reads so, where the total leaves two possible values to it. */
function smallOne(
  { count, not_recorded }: Summary,
  isSmall: (count: number) => boolean,
  { below, total }: Pick<Threshold, 'below' | 'total'>,
): Readonly<Record<string, Told>> {
  if (isSmall(count) && isSmall(not_recorded)) return {};
  if (typeof total === 'number' && total - below < 2) return {};
  if (isSmall(count)) return { count: `<${below}` };
  return isSmall(not_recorded) ? { not_recorded: `<${below}` } : {};
}

/** True where groups are made of the numbers themselves, as bands of age are of ages. */
export function hasSharedNumbers({ name, field }: SummaryOf, by: readonly Grouping[]): boolean {
  const isAge = name !== field.name;
  return by.some(one => one.field === field || (isAge && /(?:^|_)age(?:_|$)/i.test(one.field.name)));
}
