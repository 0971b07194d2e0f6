import type { Call } from '../../call.ts';
import { todayInUk } from '../../values/date.ts';
import { subjectOf } from '../conditions/subject.ts';
import { NestedValues } from '../nested-values.ts';
import { type Order, orderBy } from './order.ts';
import { printSort, type Sort } from './read-sort.ts';

/** The order that was asked for, with what it takes. */
export interface Sorting extends Pick<Sort, 'field'> {
  readonly order: Order;
  /** The sort as text: equal for equal orders. */
  readonly key: string;
}

/** The order of a sort, by the options that this system has. */
export async function openSorting(sort: Sort, { catalogue, waiting }: Call): Promise<Sorting> {
  const { field, name } = sort;
  const options = name === field.name ? await catalogue.optionsToShow(field, waiting) : undefined;
  const nested = new NestedValues(catalogue.nestedKeys, [field]);
  const order = orderBy(subjectOf(field, options, name), sort.isDown, nested, todayInUk());
  return { field, order, key: printSort(sort) };
}
