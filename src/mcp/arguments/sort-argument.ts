import type { FieldLists } from '../../catalogue/field.ts';
import { type ReadSort, readSort } from '../../people/asking/sorting/read-sort.ts';
import type { ParsedArguments } from './parse.ts';
import type { Argument } from './schema.ts';

/** The order of people, by one field. A list is taken, so that it can be told what is right. */
export const sortArgument: Argument = {
  name: 'sort',
  kind: 'string',
  several: true,
  description: '"surname", "-created"',
  aliases: ['sort_by', 'sorted_by', 'order_by', 'order'],
};

/**
 * The order that a call asks for, where it does.
 *
 * @throws CharitylogError `invalid` for one that can't be read
 */
export function sortOf({ values }: ParsedArguments, fields: FieldLists): Partial<ReadSort> & Pick<ReadSort, 'notes'> {
  const texts = values.get(sortArgument.name) as readonly string[] | undefined;
  return texts ? readSort(texts, fields) : { notes: [] };
}
