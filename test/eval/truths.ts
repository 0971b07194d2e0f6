import { type Dictionary, idsOf } from '../../src/sandbox/dictionaries.ts';
import { type FieldKind, fieldTable, getValue } from '../../src/sandbox/fields.ts';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import type { Expectation, Groups, NewRecord, Truth } from './question.ts';
import { letters, squeezed } from './spelling.ts';

type FieldName = keyof typeof fieldTable;

/** What people are grouped by: a field, or a group's name for a person; undefined where nothing is recorded. */
export type Key = FieldName | ((person: SandboxPerson, today: string) => string | undefined);

/** Groups within groups, the outer ones first. */
export type Keys = readonly [Key, ...Key[]];

type Value = string | number;

/** Fields and the value or values wanted, choices by the names of their options: any of several values will do. */
export type Conditions = { readonly [Name in FieldName]?: Value | readonly Value[] };

const fields: Readonly<Record<FieldName, { readonly kind: FieldKind; readonly options?: Dictionary }>> = fieldTable;

/** The label of people without a value. */
export const notRecorded = '(not recorded)';

/** Words with which a text says that something isn't there, or can't be done. */
export const negations = [
  ...['no', 'not', 'none', 'nobody', 'cannot', "can't", "couldn't", "isn't", "aren't", "doesn't", "don't", "won't"],
  ...["wasn't", "didn't", 'unable', 'unknown', 'impossible', 'unavailable'],
];

/** The people who meet all conditions. */
export function where(people: readonly SandboxPerson[], conditions: Conditions): SandboxPerson[] {
  const wanted = Object.entries(conditions).map(
    ([name, values]) => [name, valuesOf(name as FieldName, values)] as const,
  );
  return people.filter(person =>
    wanted.every(([name, values]) => stored(person, name).some(value => values.includes(value))),
  );
}

/** How many people meet the conditions. */
export function countOf(conditions: Conditions): Truth {
  return people => ({ is: 'count', count: where(people, conditions).length });
}

/** Who meets the conditions. */
export function idsWhere(conditions: Conditions): Truth {
  return people => ids(where(people, conditions));
}

/** Who answers to a test. */
export function idsOfThose(test: (person: SandboxPerson) => boolean): Truth {
  return people => ids(people.filter(test));
}

/** Whose field holds this text, whatever its spacing and case. */
export function idsWritten(field: 'email' | 'nhs_number' | 'postcode' | 'external_id', text: string): Truth {
  const wanted = squeezed(text);
  return idsOfThose(person => squeezed(person[field] ?? '') === wanted);
}

/** Who is called this, by first name or known-as, in either order, whatever the accents, apostrophes and hyphens. */
export function idsCalled(name: string): Truth {
  const wanted = letters(name);
  return idsOfThose(({ first_name = '', surname = '', known_as = '' }) =>
    [first_name + surname, surname + first_name, known_as + surname].some(known => letters(known) === wanted),
  );
}

/** How many of the people who meet the conditions are in each group, split by each further key. */
export function groupsOf(conditions: Conditions, ...by: Keys): Truth {
  return (people, { today }) => ({ is: 'groups', groups: grouped(where(people, conditions), today, by) });
}

/** The values of one person's fields as texts, each of which the answer must have. */
export function textOf(id: number, ...names: readonly FieldName[]): Truth {
  return people => {
    const person = personWith(people, id);
    return { is: 'text', all: names.flatMap(name => labels(person, name)), anyWord: [] };
  };
}

/** One of the longer words of a person's notes must be in the answer. */
export function notesOf(id: number): Truth {
  return people => ({ is: 'text', all: [], anyWord: personWith(people, id).notes?.match(/\p{L}{6,}/gu) ?? [] });
}

/** All options of a field must be in the answer. */
export function optionsOf(field: FieldName): Truth {
  return () => ({ is: 'text', all: [...optionsFor(field).values()], anyWord: [] });
}

/** The answer must say that it isn't so, and mention these. */
export function refusal(...mentioned: readonly string[]): Expectation {
  return { is: 'text', all: mentioned, anyWord: negations };
}

/** Any of these is right. */
export function either(...truths: readonly Truth[]): Truth {
  return (people, facts) => ({ is: 'either', of: truths.map(truth => truth(people, facts)) });
}

/** What a filter for names and numbers finds; where there is none, the answer may say so instead. */
export function whereFiltered(truth: Truth): Truth {
  return (people, facts) => (facts.nameFilters ? truth : either(() => refusal(), truth))(people, facts);
}

/** The person must be there afterwards, with choices given by the names of their options. */
export function created(firstName: string, surname: string, values: Conditions): Truth {
  const converted = Object.entries(values).map(([name, value]) => {
    const [first = '', ...more] = valuesOf(name as FieldName, value);
    return [name, name === 'type' ? [first, ...more] : first];
  });
  const record: NewRecord = { first_name: firstName, surname, ...Object.fromEntries(converted) };
  return () => ({ is: 'created', record });
}

function ids(people: readonly SandboxPerson[]): Expectation {
  return { is: 'ids', ids: people.map(person => person.id) };
}

/** @throws Error when there is nobody with this id */
function personWith(people: readonly SandboxPerson[], id: number): SandboxPerson {
  const person = people.find(candidate => candidate.id === id);
  if (!person) throw new Error(`nobody has the id ${id}`);
  return person;
}

/** @throws Error when the field takes no options */
function optionsFor(name: FieldName): Dictionary {
  const { options } = fields[name];
  if (!options) throw new Error(`${name} has no options`);
  return options;
}

/** @throws Error when a name isn't one of the field's options */
function valuesOf(name: FieldName, values: Value | readonly Value[] = []): readonly Value[] {
  const list = [values].flat();
  return fields[name].options ? idsOf(optionsFor(name), list.join('|')) : list;
}

/** Asked of 20,000 people for each question: it makes one list at most. */
function stored(person: SandboxPerson, name: string): readonly Value[] {
  const value = getValue(person, name);
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

function labels(person: SandboxPerson, name: FieldName): readonly string[] {
  const { kind, options } = fields[name];
  return stored(person, name).map(value => {
    if (kind === 'yes-no') return value === 'Y' ? 'Yes' : 'No';
    return options?.get(Number(value)) ?? String(value);
  });
}

/** The people in groups by the first key, split by each further one. Somebody with several values is in each group. */
export function grouped(people: readonly SandboxPerson[], today: string, [by, next, ...others]: Keys): Groups {
  const groups = new Map<string, SandboxPerson[]>();
  for (const person of people) {
    const values = typeof by === 'function' ? [by(person, today) ?? []].flat() : labels(person, by);
    for (const value of values.length > 0 ? values : [notRecorded]) {
      groups
        .set(value, groups.get(value) ?? [])
        .get(value)
        ?.push(person);
    }
  }
  const counts = [...groups].map(([value, group]) => [
    value,
    next ? grouped(group, today, [next, ...others]) : group.length,
  ]);
  return Object.fromEntries(counts);
}
