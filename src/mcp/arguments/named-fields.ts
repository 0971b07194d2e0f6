import { bounds } from '../../base/bounds.ts';
import { invalidInAll, type Mend } from '../../base/errors.ts';
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
  const found = names.map(name => findField(fields.selectable, name));
  const missing = [...new Set(names.filter((_, n) => !found[n]))];
  // A hint takes long, so only what is told has one.
  const unknown = new Map(missing.slice(0, bounds.problems).map(name => [name, unknownField(fields, name)]));
  // One mend for all: each is handed the others' work.
  const mend: Mend = args => ({ ...args, [argument]: names.map(name => unknown.get(name)?.meant ?? name) });
  const problems = [...unknown.values()].map(({ text, meant }) => ({
    text: `${argument}: ${text}`,
    mend: meant === undefined ? undefined : mend,
  }));
  if (problems.length > 0) throw invalidInAll(problems, missing.length);
  return [...new Set(found.flatMap(field => field ?? []))];
}
