import { getValue } from '../../src/sandbox/fields.ts';
import type { Truth } from './question.ts';
import { type Conditions, where } from './truths.ts';

type DayField = 'date_of_birth' | 'created' | 'dbs_check_date';

/** The first of the people who meet the conditions, by a day, or with `-` from the latest on. Who has none is left out. */
export function inOrder(conditions: Conditions, sort: DayField | `-${DayField}`, count: number): Truth {
  const field = sort.replace('-', '');
  return people => {
    const dated = where(people, conditions).filter(person => getValue(person, field) !== undefined);
    const days = dated.map(person => String(getValue(person, field))).sort();
    const first = (sort.startsWith('-') ? days.reverse() : days).slice(0, count);
    const onDay = (day: string) => dated.filter(person => getValue(person, field) === day).map(({ id }) => id);
    return { is: 'list', places: first.map(onDay) };
  };
}
