import { invalid } from '../../base/errors.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import { maxPairs } from '../../charitylog/path.ts';
import type { Call, Given } from '../call.ts';
import { nameMatcher } from '../values/name.ts';
import type { Condition } from './conditions/condition.ts';
import { readConditions } from './conditions/conditions.ts';
import { nameMeantOtherwise } from './conditions/meant-otherwise.ts';
import { subjectOf } from './conditions/subject.ts';
import { appliedOf, type Filter, readFilters } from './filters.ts';

/** Who is asked for: filters, and names, which are compared here because spelling may matter to the API. */
export interface Question {
  /** The filters that the API applies, conditions among them. */
  readonly filters: readonly Filter[];
  /** The conditions that are decided here. */
  readonly conditions: readonly Condition[];
  /** What is applied here, as the caller is told of it. */
  readonly appliedHere: Readonly<Record<string, unknown>>;
  /** Whether a person has the names asked for; `undefined` where none is. */
  readonly hasName: ((person: Person) => boolean) | undefined;
  /** What the caller should know of how the question was read. */
  readonly notes: readonly string[];
  /** The question as text: equal for equal questions. */
  readonly key: string;
}

/**
 * Reads who is asked for.
 *
 * @param name words of a name, in any order
 * @param where conditions
 * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
 * @throws CharitylogError `invalid` saying what is wrong
 */
export async function readQuestion(
  {
    given: values,
    name,
    where,
    otherPairs,
  }: { given: readonly Given[]; name: string | undefined; where: readonly string[]; otherPairs: number },
  call: Call,
): Promise<Question> {
  const all = await readFilters(values, otherPairs, call);
  const otherwise = name === undefined ? undefined : await nameMeantOtherwise(name, call);
  if (otherwise) throw invalid(otherwise);
  if (name !== undefined && foldSpelling(name) === '') throw invalid('name has no letters.');
  const isName = ({ field }: Filter) => nameFields.includes(field.name);
  const names = all.filter(isName);
  const unlisted = all.filter(({ isUnlisted }) => isUnlisted);
  const given = all.filter(filter => !isName(filter) && !filter.isUnlisted);
  const taken = all.map(({ field }) => field.name);
  const room = { pairs: maxPairs - otherPairs - given.length, taken: [...taken, ...nameFields] };
  const { printed, asked, here } = await readConditions(where, room, call);
  const filters = [...given, ...asked];
  const pairs = (list: readonly Filter[]) => list.map(({ field, values }) => [field.name, values] as const);
  const sorted = pairs(filters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    filters,
    conditions: [...here, ...unlisted.map(conditionOfFilter)],
    appliedHere: {
      ...appliedOf([...names, ...unlisted]),
      ...(name !== undefined && { name }),
      ...(printed.length > 0 && { where: printed }),
    },
    hasName: name === undefined && names.length === 0 ? undefined : nameTest(name, names),
    notes: all.flatMap(({ notes = [] }) => notes),
    key: JSON.stringify([
      sorted,
      pairs([...names, ...unlisted]),
      name ?? null,
      ...(printed.length > 0 ? [printed.toSorted()] : []),
    ]),
  };
}

/** Records hold the names, or words such as `Y`. */
function conditionOfFilter({ field, values }: Filter): Condition {
  const sought = values.map(value => ({ value, shown: value }));
  return { subject: subjectOf(field, undefined), isNegated: false, test: { form: 'any', values: sought } };
}

/** The test for a name, and for single name fields, each of which may have one of several values. */
function nameTest(name: string | undefined, names: readonly Filter[]) {
  const tests = names.map(({ field, values }) => nameMatcher(values, [field.name]));
  if (name !== undefined) tests.push(nameMatcher(name));
  return (person: Person) => tests.every(matches => matches(person));
}

/** True where a filter or a condition asks for a value of this field. */
export function isAskedFor({ filters, conditions }: Question, { name }: Pick<Field, 'name'>): boolean {
  return [...filters, ...conditions.map(({ subject }) => subject)].some(({ field }) => field.name === name);
}

/** Nobody is left out unasked; a caller who may not expect that is told. */
export function inactiveNotes(question: Question, fields: FieldLists, total: number): string[] {
  const active = fields.filterable.find(({ name }) => name === 'active');
  return total === 0 || !active || isAskedFor(question, active) ? [] : ['Inactive people included.'];
}
