import { bounds } from '../base/bounds.ts';
import { memoizeByObject } from '../base/memoize.ts';
import { quote } from '../base/quote.ts';
import { foldSpelling, meantBy, nearest } from '../base/spelling.ts';
import type { Field, FieldLists } from './field.ts';

/** The field with this name, or with this spelling of its name or label. */
export function findField(fields: readonly Field[], name: string): Field | undefined {
  if (name.length > bounds.name) return undefined;
  const { byName, byFolded } = indexOf(fields);
  return byName.get(name) ?? byFolded.get(foldSpelling(name));
}

/** Names before labels, and the first field before others. */
const indexOf = memoizeByObject((fields: readonly Field[]) => {
  const reversed = fields.toReversed();
  return {
    byName: new Map(reversed.map(field => [field.name, field])),
    byFolded: new Map(
      [
        ...reversed.map(field => [field.label, field] as const),
        ...reversed.map(field => [field.name, field] as const),
      ].map(([spelling, field]) => [foldSpelling(spelling), field]),
    ),
  };
});

/** The sentence for a field that this system doesn't have, and the one that is meant. */
export function unknownField({ selectable }: FieldLists, name: string): { text: string; meant: string | undefined } {
  const near = nearest(name, namesOf(selectable));
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'describe_fields lists them.';
  return { text: `this system has no field ${quote(name)}. ${hint}`, meant: meantBy(name, near) };
}

const namesOf = memoizeByObject((fields: readonly Field[]) => fields.map(field => field.name));
