import { bounds } from '../base/bounds.ts';
import { memoizeByObject } from '../base/memoize.ts';
import { quote } from '../base/quote.ts';
import { foldSpelling, meantBy, nearest } from '../base/spelling.ts';
import { calledBy } from './called.ts';
import type { Field, FieldLists } from './field.ts';

/** The field with exactly this name. */
export function fieldNamed(fields: readonly Field[], name: string): Field | undefined {
  return indexOf(fields).byName.get(name);
}

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
  const called = calledFields(selectable, name);
  const near = called.length > 0 ? called : nearest(name, namesOf(selectable));
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'describe_fields lists them.';
  const meant = called.length > 1 ? undefined : (called[0] ?? meantBy(name, near));
  return { text: `this system has no field ${quote(name)}. ${hint}`, meant };
}

/** So many fields may be meant by one calling; more are a list. */
const mostCalled = 4;

/** The names of the fields that people call so; none where that may be very many. */
export function calledFields(fields: readonly Field[], text: string): readonly string[] {
  const called = text.length > bounds.name ? [] : fields.filter(calledBy(text)).map(({ name }) => name);
  return called.length > mostCalled ? [] : called;
}

const namesOf = memoizeByObject((fields: readonly Field[]) => fields.map(field => field.name));
