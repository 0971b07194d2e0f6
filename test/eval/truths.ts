import { type Dictionary, idsOf } from '../../src/sandbox/dictionaries.ts';
import { type FieldKind, fieldTable, getValue } from '../../src/sandbox/fields.ts';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import type { Expectation, Groups, NewRecord, Truth } from './question.ts';
import { letters, squeezed } from './spelling.ts';

type FieldName = keyof typeof fieldTable;
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

/** How many answer to a test. */
export function countOfThose(test: (person: SandboxPerson) => boolean): Truth {
  return people => ({ is: 'count', count: people.filter(test).length });
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

/** How many of the people who meet the conditions have each value of a field, split by a second one where given. */
export function groupsOf(conditions: Conditions, by: FieldName, within?: FieldName): Truth {
  const fieldNames = within ? [by, within] : [by];
  return groupsBy(
    people => where(people, conditions),
    ...fieldNames.map(name => (person: SandboxPerson) => labels(person, name)),
  );
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

function stored(person: SandboxPerson, name: string): readonly Value[] {
  return [getValue(person, name) ?? []].flat();
}

/** The values of a person's field by the names of their options, `Yes` and `No`; none where nothing is recorded. */
export function labels(person: SandboxPerson, name: FieldName): readonly string[] {
  const { kind, options } = fields[name];
  return stored(person, name).map(value => {
    if (kind === 'yes-no') return value === 'Y' ? 'Yes' : 'No';
    return options?.get(Number(value)) ?? String(value);
  });
}

type Choose = (people: readonly SandboxPerson[]) => readonly SandboxPerson[];
type Labeller = (person: SandboxPerson) => readonly string[];

/** How many of the people chosen are in each group, split by further labels where given. */
export function groupsBy(choose: Choose, ...by: readonly Labeller[]): Truth {
  return people => ({ is: 'groups', groups: countedBy(choose(people), by) });
}

/** The share of each group in per cent, to one decimal. */
export function shares(choose: Choose, by: Labeller): Truth {
  return people => {
    const chosen = choose(people);
    const counts = Object.entries(countedBy(chosen, [by]));
    const percent = (count: number) => Math.round((1000 * count) / chosen.length) / 10;
    return { is: 'groups', groups: Object.fromEntries(counts.map(([name, count]) => [name, percent(Number(count))])) };
  };
}

/** What is worked out of the ages of the people chosen. */
export function numbersOf(choose: Choose, work: (ages: readonly number[]) => number): Truth {
  return people => ({ is: 'count', count: work(choose(people).flatMap(person => ageToday(person) ?? [])) });
}

export function medianAge(choose: Choose): Truth {
  return numbersOf(choose, ages => {
    const sorted = ages.toSorted((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  });
}

const ukDays = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

/** The day of today in the UK, so many years ago, as YYYY-MM-DD. */
export function yearsAgo(years: number): string {
  const today = ukDays.format(new Date());
  return `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
}

/** A person's age in whole years; `undefined` without a day of birth. */
export function ageToday({ date_of_birth: born }: SandboxPerson): number | undefined {
  if (!born) return undefined;
  const today = yearsAgo(0);
  return Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0);
}

/** How many days it is to a person's next birthday, 0 today; one of 29 February is on 1 March in other years. */
export function daysToBirthday({ date_of_birth: born }: SandboxPerson): number | undefined {
  if (!born) return undefined;
  const today = yearsAgo(0);
  const [month, day] = [Number(born.slice(5, 7)), Number(born.slice(8))];
  const days = [0, 1].map(years => Date.UTC(Number(today.slice(0, 4)) + years, month - 1, day) - Date.parse(today));
  return Math.min(...days.filter(ms => ms >= 0)) / 86_400_000;
}

function countedBy(people: readonly SandboxPerson[], [by, ...inner]: readonly Labeller[]): Groups {
  const groups = new Map<string, SandboxPerson[]>();
  for (const person of people) {
    const names = by?.(person) ?? [];
    for (const name of names.length > 0 ? names : [notRecorded])
      groups.set(name, [...(groups.get(name) ?? []), person]);
  }
  const counts = [...groups].map(([name, group]) => [name, inner.length > 0 ? countedBy(group, inner) : group.length]);
  return Object.fromEntries(counts);
}
