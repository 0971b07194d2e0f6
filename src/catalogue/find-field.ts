import { foldSpelling, nearest } from '../base/spelling.ts';
import type { Field, FieldLists } from './field.ts';

/** The field with this name, or with this spelling of its name or label. */
export function findField(fields: readonly Field[], name: string): Field | undefined {
  const wanted = foldSpelling(name);
  return (
    fields.find(field => field.name === name) ??
    fields.find(field => foldSpelling(field.name) === wanted) ??
    fields.find(field => foldSpelling(field.label) === wanted)
  );
}

/** The sentence for a field that this system doesn't have, and the nearest that it has. */
export function unknownField({ selectable }: FieldLists, name: string): { text: string; near: string | undefined } {
  const near = nearest(
    name,
    selectable.map(field => field.name),
  );
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'describe_fields lists them.';
  return { text: `this system has no field ${JSON.stringify(name)}. ${hint}`, near: near[0] };
}
