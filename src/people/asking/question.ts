import { invalid } from '../../base/errors.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { FieldLists } from '../../catalogue/field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import type { Call, Given } from '../call.ts';
import { nameMatcher } from '../values/name.ts';
import { appliedOf, type Filter, readFilters } from './filters.ts';

/** Who is asked for: filters, and names, which are compared here because spelling may matter to the API. */
export interface Question {
  /** The filters that the API applies. */
  readonly filters: readonly Filter[];
  /** What is applied here, as the caller is told of it. */
  readonly appliedHere: Readonly<Record<string, unknown>>;
  /** Whether a person has the names asked for; `undefined` where none is. */
  readonly hasName: ((person: Person) => boolean) | undefined;
  /** The question as text: equal for equal questions. */
  readonly key: string;
}

/**
 * Reads who is asked for.
 *
 * @param name words of a name, in any order
 * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
 * @throws CharitylogError `invalid` saying what is wrong
 */
export async function readQuestion(
  { given, name, otherPairs }: { given: readonly Given[]; name: string | undefined; otherPairs: number },
  call: Call,
): Promise<Question> {
  const all = await readFilters(given, otherPairs, call);
  if (name !== undefined && foldSpelling(name) === '') throw invalid('name has no letters.');
  const isName = ({ field }: Filter) => nameFields.includes(field.name);
  const names = all.filter(isName);
  const filters = all.filter(filter => !isName(filter));
  const pairs = (list: readonly Filter[]) => list.map(({ field, values }) => [field.name, values] as const);
  const sorted = pairs(filters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    filters,
    appliedHere: { ...appliedOf(names), ...(name !== undefined && { name }) },
    hasName: name === undefined && names.length === 0 ? undefined : nameTest(name, names),
    key: JSON.stringify([sorted, pairs(names), name ?? null]),
  };
}

/** The test for a name, and for single name fields, each of which may have one of several values. */
function nameTest(name: string | undefined, names: readonly Filter[]) {
  const tests = names.map(({ field, values }) => nameMatcher(values, [field.name]));
  if (name !== undefined) tests.push(nameMatcher(name));
  return (person: Person) => tests.every(matches => matches(person));
}

/** Nobody is left out unasked; a caller who may not expect that is told. */
export function inactiveNotes({ filters }: Question, fields: FieldLists, total: number): string[] {
  const isActive = ({ name }: { name: string }) => name === 'active';
  if (total === 0 || !fields.filterable.some(isActive) || filters.some(({ field }) => isActive(field))) return [];
  return ['Inactive people included.'];
}
