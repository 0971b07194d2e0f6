import { bounds } from '../../base/bounds.ts';
import { invalidInAll } from '../../base/errors.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import { findField, unknownField } from '../../catalogue/find-field.ts';
import type { ParsedArguments } from './parse.ts';

/**
 * The fields that an argument names, without regard to case and separators.
 *
 * @param argument `fields` or `by`
 * @throws CharitylogError `invalid` naming each that this system doesn't have, and the nearest
 */
export function namedFields({ values }: ParsedArguments, argument: string, fields: FieldLists): readonly Field[] {
  const names = (values.get(argument) ?? []) as readonly string[];
  const found = names.map(name => ({ name, field: findField(fields.selectable, name) }));
  const unknown = found.filter(({ field }) => !field).map(({ name }) => name);
  const problems = unknown.slice(0, bounds.problems).map(name => `${argument}: ${unknownField(fields, name)}`);
  if (unknown.length > 0) throw invalidInAll(problems, unknown.length);
  return [...new Set(found.flatMap(({ field }) => field ?? []))];
}
