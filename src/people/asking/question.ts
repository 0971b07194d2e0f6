import { invalid } from '../../base/errors.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import { maxPairs } from '../../charitylog/path.ts';
import type { Call, Given } from '../call.ts';
import { type SoughtName, soughtNames } from '../values/name.ts';
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
  /** How far somebody's names are from those asked for; `undefined` for somebody whose aren't near. */
  readonly distanceToName: (person: Person) => number | undefined;
  /** What the caller should know of how the question was read. */
  readonly notes: readonly string[];
  /** The question as text: equal for equal questions. */
  readonly key: string;
}

/**
 * Reads who is asked for.
 *
 * @param names words of names, in any order; any of the names may match
 * @param where conditions
 * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
 * @throws CharitylogError `invalid` saying what is wrong
 */
export async function readQuestion(
  {
    given: values,
    names: texts,
    where,
    otherPairs,
  }: { given: readonly Given[]; names: readonly string[]; where: readonly string[]; otherPairs: number },
  call: Call,
): Promise<Question> {
  const all = await readFilters(values, otherPairs, call);
  const otherwise = await nameMeantOtherwise(texts, call);
  if (otherwise) throw invalid(otherwise);
  if (texts.some(text => foldSpelling(text) === '')) throw invalid('name has no letters.');
  const isName = ({ field }: Filter) => nameFields.includes(field.name);
  const names = all.filter(isName);
  const isHere = ({ isUnlisted, isPart }: Filter) => isUnlisted === true || isPart === true;
  const decidedHere = all.filter(isHere);
  const given = all.filter(filter => !isName(filter) && !isHere(filter));
  const taken = all.map(({ field }) => field.name);
  const room = { pairs: maxPairs - otherPairs - given.length, taken: [...taken, ...nameFields] };
  const { printed, asked, here } = await readConditions(where, room, call);
  const filters = [...given, ...asked];
  const pairs = (list: readonly Filter[]) => list.map(({ field, values }) => [field.name, values] as const);
  const sought = namesSought(texts, names);
  const sorted = pairs(filters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    filters,
    conditions: [...here, ...decidedHere.map(conditionOfFilter)],
    appliedHere: {
      ...appliedOf([...names, ...decidedHere]),
      ...(texts.length > 0 && { name: texts.join('; ') }),
      ...(printed.length > 0 && { where: printed }),
    },
    hasName: sought.length === 0 ? undefined : person => sought.every(anyOf => anyOf.some(one => one.isNameOf(person))),
    distanceToName: person => distanceTo(sought, person),
    notes: all.flatMap(({ notes = [] }) => notes),
    key: JSON.stringify([
      sorted,
      pairs([...names, ...decidedHere]),
      texts.length > 0 ? texts.join('; ') : null,
      ...(printed.length > 0 ? [printed.toSorted()] : []),
    ]),
  };
}

/** A filter that is decided here: by a part of a text, or by the names that records hold, or words such as `Y`. */
export function conditionOfFilter({ field, values, isUnlisted }: Filter): Condition {
  if (!isUnlisted)
    return { subject: subjectOf(field, undefined), isNegated: false, test: { form: 'found by', texts: values } };
  const sought = values.map(value => ({ value, shown: value }));
  return { subject: subjectOf(field, undefined), isNegated: false, test: { form: 'any', values: sought } };
}

/** The name, and single name fields, all of which must match; each may have one of several values. */
function namesSought(texts: readonly string[], filters: readonly Filter[]): readonly (readonly SoughtName[])[] {
  const single = filters.map(({ field, values }) => soughtNames(values, [field.name]));
  return texts.length > 0 ? [...single, soughtNames(texts)] : single;
}

function distanceTo(sought: readonly (readonly SoughtName[])[], person: Person): number | undefined {
  let sum = 0;
  // Called for each of very many people: loops make no lists.
  for (const anyOf of sought) {
    let least: number | undefined;
    for (const one of anyOf) {
      const distance = one.distanceTo(person);
      if (distance !== undefined && (least === undefined || distance < least)) least = distance;
    }
    if (least === undefined) return undefined;
    sum += least;
  }
  return sum;
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

/** Where nobody was found: what else may have been meant. */
export function nobodyNotes({ filters, conditions }: Question, { selectable }: FieldLists, total: number): string[] {
  if (total > 0) return [];
  const sought = conditions.filter(
    ({ isNegated, test }) => !isNegated && test.form !== 'blank' && test.form !== 'within',
  );
  const whole = sought.filter(({ subject: { kind, field }, test }) => test.form === 'any' && isFreeText(kind, field));
  const phones = [...filters, ...sought.map(({ subject }) => subject)].filter(({ field }) => field.meaning === 'phone');
  const asked = new Set(phones.map(({ field }) => field.name));
  const others = selectable.filter(({ name, meaning }) => meaning === 'phone' && !asked.has(name));
  return [
    ...whole.map(({ subject: { name } }) => `"${name} is" compares whole values; "${name} contains" finds a part.`),
    ...(asked.size > 0 && others.length > 0
      ? [`A number may also be in ${others.map(({ name }) => name).join(', ')}: ask for each.`]
      : []),
  ];
}

function isFreeText(kind: Condition['subject']['kind'], { meaning }: Field): boolean {
  return (
    (kind === 'text' || kind === 'open') && (meaning === undefined || ['address', 'note', 'text'].includes(meaning))
  );
}
