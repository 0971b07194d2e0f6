import { bounds } from '../../../base/bounds.ts';
import { memoizeFirst } from '../../../base/memoize.ts';
import type { Option } from '../../../charitylog/api.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import { ageOn, dayNumber, dayText } from '../../values/date.ts';
import { postcodePart } from '../../values/postcode.ts';
import type { NestedValues } from '../nested-values.ts';
import { hasValue, namesOf } from '../show-person.ts';
import { bandOf, rankOfBand } from './age-bands.ts';
import type { DateUnit, Grouping } from './grouping.ts';

/** The group of those who have no value. */
export const noValue = '(not recorded)';

/** The group of those whose value isn't a date, a birthday or a postcode. */
const unreadable = '(cannot be read)';

/** The group of those whose value is too long to be one of a group. */
const tooLong = '(a long text)';

/** The names of the groups that people belong to, and their order. */
export interface Labels {
  /** One, or several for a person of several types. */
  readonly of: (value: unknown) => readonly string[];
  /** The place of a group among the others; `undefined` where they stand in order of size. */
  readonly rankOf: ((label: string) => number) | undefined;
}

/** What the labels of all groupings depend on. */
export interface Shown {
  /** As 20251130. */
  readonly today: number;
  readonly nested: NestedValues;
}

/** @param options the options of the field, where it has any */
export function labelsFor(grouping: Grouping, options: readonly Option[] | undefined, shown: Shown): Labels {
  const label = labeller(grouping, options, shown.today);
  const labelsOf = (value: unknown) => {
    const visible = options ? value : shown.nested.visible(grouping.field, value);
    return hasValue(visible, options)
      ? label(visible).map(text => (text.length > bounds.name ? tooLong : text))
      : [noValue];
  };
  return { of: memoizeFirst(bounds.rememberedValues, labelsOf), rankOf: rankOf(grouping, options) };
}

function labeller({ field, part }: Grouping, options: readonly Option[] | undefined, today: number) {
  switch (part.of) {
    case 'value':
      return (value: unknown) => (options ? namesOf(value, options) : [plainLabel(field.kind, value)]);
    case 'date':
      return (value: unknown) => [readable(dayNumber(value), day => dateLabel(day, part.unit))];
    case 'age':
      return (value: unknown) => [readable(ageOn(today, value), age => bandOf(age, part.bands))];
    case 'postcode':
      return (value: unknown) => [postcodePart(String(value), part.unit) ?? unreadable];
  }
}

function readable(value: number | undefined, label: (value: number) => string): string {
  return value === undefined ? unreadable : label(value);
}

function plainLabel(kind: Grouping['field']['kind'], value: unknown): string {
  const isYesNo = kind === 'yes_no' || (kind === 'unknown' && /^[YN]$/.test(String(value)));
  const answer = isYesNo ? decodeYesNo(value) : undefined;
  return answer === undefined ? String(value) : answer ? 'Yes' : 'No';
}

/** `2026`, `2026-Q1`, `2026-03` or `2026-03-31`. */
function dateLabel(day: number, unit: DateUnit): string {
  const [year, month] = dayText(day).split('-');
  if (unit === 'day') return dayText(day);
  if (unit === 'quarter') return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  return unit === 'year' ? `${year}` : `${year}-${month}`;
}

function rankOf({ part }: Grouping, options: readonly Option[] | undefined): Labels['rankOf'] {
  const rank = rankOfReadable(part.of, options);
  return rank && (label => (label === unreadable ? Number.MAX_VALUE : rank(label)));
}

function rankOfReadable(of: Grouping['part']['of'], options: readonly Option[] | undefined): Labels['rankOf'] {
  if (of === 'date') return label => Number(label.replace(/\D/g, ''));
  if (of === 'age') return rankOfBand;
  if (of === 'postcode' || !options) return undefined;
  const places = new Map(options.map(({ name }, place) => [name, place]));
  return label => places.get(label) ?? options.length;
}
