import { closest, plain } from '../base/spelling.ts';
import { type ArgumentHelp, type ParsedArguments, wrongArguments } from '../mcp/arguments/parse.ts';
import type { Field, FieldLists } from './catalogue.ts';

/**
 * The fields that an argument names, without regard to case and separators.
 *
 * @param argument `fields` or `by`
 * @throws CharitylogError `invalid` naming each that this system doesn't have, and the nearest
 */
export function namedFields(
  parsed: ParsedArguments,
  argument: string,
  lists: FieldLists,
  help: ArgumentHelp,
): readonly Field[] {
  const names = (parsed.values.get(argument) ?? []) as readonly string[];
  const found = names.map(name => ({ name, field: findField(lists.selectable, name) }));
  const problems = found.filter(({ field }) => !field).map(({ name }) => `${argument}: ${unknownField(lists, name)}`);
  if (problems.length > 0) throw wrongArguments(problems, help);
  return [...new Set(found.flatMap(({ field }) => field ?? []))];
}

/** The field with this name, or with this spelling of its name or label. */
export function findField(fields: readonly Field[], name: string): Field | undefined {
  const wanted = plain(name);
  return (
    fields.find(field => field.name === name) ??
    fields.find(field => plain(field.name) === wanted) ??
    fields.find(field => plain(field.label) === wanted)
  );
}

/** The sentence for a field that this system doesn't have. */
export function unknownField(lists: FieldLists, name: string): string {
  const names = lists.selectable.map(field => field.name);
  const near = closest(name, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'describe_fields lists them.';
  return `this system has no field ${JSON.stringify(name)}. ${hint}`;
}
