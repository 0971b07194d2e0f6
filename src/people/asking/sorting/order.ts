import { bounds } from '../../../base/bounds.ts';
import { memoizeFirst } from '../../../base/memoize.ts';
import type { Person } from '../../../charitylog/api.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import { dayNumber, momentNumber } from '../../values/date.ts';
import { plainNumber, plainText } from '../../values/plain.ts';
import type { Subject } from '../conditions/condition.ts';
import type { NestedValues } from '../nested-values.ts';
import { hasValue, namesOf } from '../show-person.ts';

/**
 * What somebody is sorted by: a number for what can be counted, days included, and a text for the rest; `undefined` for who
 * has no value.
 */
export type SortKey = number | string | undefined;

/** Where somebody stands among the others. */
export interface Place {
  readonly id: number;
  /** `undefined` also where people stand in order of their ids. */
  readonly key?: SortKey;
}

/** The order of people. No two people share a place: in the end their ids decide. */
export interface Order {
  placeOf(person: Person): Place;
  /** Below zero where `a` comes before `b`. */
  compare(a: Place, b: Place): number;
}

/** The order of ids. */
export const byId: Order = { placeOf: ({ id }) => ({ id }), compare: (a, b) => a.id - b.id };

/** People are told apart by so many characters of a text; a cursor holds as many at most. */
const longestKey = 200;

/**
 * The order by what the field holds: days with their times, ages and numbers by size, no before yes, options by their names, texts as in a
 * British directory: signs and case don't count, and 9 comes before 10. Who has a value that can't be read as what the
 * field holds comes after those whose can, and who has none comes last, in both directions.
 *
 * @param nested takes out what isn't shown of a value: nobody stands where they do because of that
 * @param today as 20251130
 */
export function orderBy(subject: Subject, isDown: boolean, nested: NestedValues, today: number): Order {
  const { field, options } = subject;
  const keyOf = keyReader(subject, today);
  const visible = (value: unknown) => (options ? value : nested.visible(field, value));
  const keyOfValue = (value: unknown) => {
    const shown = visible(value);
    return hasValue(shown) ? keyOf(shown) : undefined;
  };
  const keyFor = options ? memoizeFirst(bounds.rememberedValues, keyOfValue) : keyOfValue;
  const sign = isDown ? -1 : 1;
  return {
    placeOf: person => ({ id: person.id, key: keyFor(person[field.name]) }),
    compare({ key: a, id }, { key: b, id: otherId }) {
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b) || id - otherId;
      if (typeof a === 'string' && typeof b === 'string') return sign * compareTexts(a, b) || id - otherId;
      return rankOf(a) - rankOf(b) || id - otherId;
    },
  };
}

let collator: Intl.Collator | undefined;

/** Made when first used: it takes a while. */
function compareTexts(a: string, b: string): number {
  collator ??= new Intl.Collator('en-GB', { numeric: true, ignorePunctuation: true });
  return collator.compare(a, b);
}

function rankOf(key: SortKey): number {
  if (typeof key === 'number') return 0;
  return key === undefined ? 2 : 1;
}

function keyReader({ kind, options }: Subject, today: number): (value: unknown) => SortKey {
  if (options) return value => shortened(namesOf(value, options).join('; '));
  if (kind === 'age' || kind === 'birthday')
    return value => {
      const born = dayNumber(value);
      if (born === undefined) return undefined;
      if (kind === 'birthday') return born % 10_000;
      // The older of two people of one age comes after the younger, too.
      return born > today ? undefined : -born;
    };
  const numberOf = numberReaders[kind];
  return numberOf ? value => numberOf(value) ?? textOf(value) : textOf;
}

/** What has an order by size, by the kinds of subjects. */
const numberReaders: Partial<Record<Subject['kind'], (value: unknown) => number | undefined>> = {
  yes_no(value) {
    const answer = decodeYesNo(value);
    return answer === undefined ? undefined : Number(answer);
  },
  number: plainNumber,
  day: momentNumber,
  open: value => plainNumber(value) ?? momentNumber(value),
};

/** `undefined` for a text of nothing but signs that nobody sees. */
function textOf(value: unknown): string | undefined {
  return shortened(plainText(value).trim()) || undefined;
}

function shortened(text: string): string {
  // A slice would keep the whole text: this is a copy.
  return text.length <= longestKey ? text : JSON.parse(JSON.stringify(text.slice(0, longestKey)));
}
