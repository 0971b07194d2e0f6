import { type Field, getValue, type SandboxPerson } from './fields.ts';

/** How many people have each value of one field; key `''` for people without a value. */
export type Counts = ReadonlyMap<string, number>;

/** How many people have each value of one field, split by the values of a second one. */
export type SplitCounts = ReadonlyMap<string, Counts>;

/** Gives a value of a field the key that it is counted under: an id as text, or its name; `''` stays as it is. */
export type ValueNamer = (field: Field, value: string | number) => string;

/** Counts people by a field. Somebody with several types counts in each of them. */
export function countBy(people: readonly SandboxPerson[], field: Field, nameOf: ValueNamer): Counts {
  return new Map([...groupBy(people, field, nameOf)].map(([key, group]) => [key, group.length]));
}

/** Counts people by a field and splits each count by a second one. */
export function countByBoth(
  people: readonly SandboxPerson[],
  dimension: Field,
  metric: Field,
  nameOf: ValueNamer,
): SplitCounts {
  return new Map([...groupBy(people, dimension, nameOf)].map(([key, group]) => [key, countBy(group, metric, nameOf)]));
}

function groupBy(people: readonly SandboxPerson[], field: Field, nameOf: ValueNamer): Map<string, SandboxPerson[]> {
  const groups = new Map<string, SandboxPerson[]>();
  for (const person of people) {
    const values = [getValue(person, field.name) ?? ''].flat();
    for (const value of values) addTo(groups, nameOf(field, value), person);
  }
  return groups;
}

function addTo(groups: Map<string, SandboxPerson[]>, key: string, person: SandboxPerson): void {
  const group = groups.get(key);
  if (group) group.push(person);
  else groups.set(key, [person]);
}
