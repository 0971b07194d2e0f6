import { expect, test } from 'vitest';
import { cast } from '../../src/sandbox/cast.ts';
import { buildFields } from '../../src/sandbox/fields.ts';
import { makePeople } from '../../src/sandbox/people.ts';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';

const people = makePeople({ count: 1500, seed: 1, extraFields: 0 });

function valuesOf(...names: (keyof SandboxPerson)[]): string[] {
  return people.flatMap(person => names.map(name => person[name])).filter(value => typeof value === 'string');
}

test('the same seed and count make the same people, another seed others', () => {
  expect(makePeople({ count: 1500, seed: 1, extraFields: 0 })).toEqual(people);
  expect(makePeople({ count: 1500, seed: 2, extraFields: 0 })).not.toEqual(people);
});

test('extra fields leave the rest of a person alone', () => {
  const [filled] = makePeople({ count: 1, seed: 1, extraFields: 30 });
  expect(filled).toMatchObject(cast[0] ?? {});
});

test('ids rise from 1, with gaps', () => {
  const ids = people.map(({ id }) => id);
  expect(ids[0]).toBe(1);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(ids.at(-1)).toBeGreaterThan(ids.length);
});

test('the cast comes first, whatever the seed', () => {
  expect(makePeople({ count: 100, seed: 99, extraFields: 0 }).slice(0, cast.length)).toEqual(cast);
  expect(makePeople({ count: 3, seed: 1, extraFields: 0 })).toEqual(cast.slice(0, 3));
});

test('every choice is one of its options, and every type one of the types', () => {
  const fields = buildFields({
    nameFilters: false,
    extraFields: 0,
    hideFilters: [],
    hideFields: [],
    optionNames: 'plain',
  });
  for (const { name, options } of fields.values()) {
    if (!options) continue;
    const used = new Set(people.flatMap(person => person[name as 'type'] ?? []));
    expect(
      [...used].filter(id => !options.has(id)),
      name,
    ).toEqual([]);
    expect(used.size, name).toBeGreaterThan(1);
  }
});

test('NHS numbers are of the range for tests and have a right check digit, with and without spaces', () => {
  const numbers = valuesOf('nhs_number');
  expect(new Set(numbers.map(number => number.length))).toEqual(new Set([10, 12]));
  for (const number of numbers) {
    const digits = [...number.replaceAll(' ', '')].map(Number);
    const sum = digits.reduce((total, digit, index) => total + digit * (10 - index), 0);
    expect(number.startsWith('999')).toBe(true);
    expect(sum % 11, number).toBe(0);
  }
});

test('e-mail addresses and phone numbers belong to nobody', () => {
  for (const email of valuesOf('email')) expect(email).toMatch(/^[a-z-]+[a-z.-]*\d*@example\.(org|com|net)$/i);
  for (const phone of valuesOf('telephone', 'mobile')) {
    expect(phone).toMatch(/^(01632 ?960|0161 496 0|020 7946 0|07700 ?900|\+44 7700 900)\d{3}$/);
  }
});

test('some people hold several types, some are inactive, some have died, and much is blank', () => {
  const shareOf = (fits: (person: SandboxPerson) => boolean) => people.filter(fits).length / people.length;
  expect(shareOf(({ type }) => type.length > 1)).toBeCloseTo(0.08, 1);
  expect(shareOf(({ active }) => active === 'N')).toBeCloseTo(0.12, 1);
  expect(shareOf(({ deceased }) => deceased === 'Y')).toBeCloseTo(0.04, 1);
  expect(shareOf(({ email }) => email === undefined)).toBeGreaterThan(0.3);
  expect(people.some(({ type }) => type.length === 3)).toBe(true);
});

test('names have accents, apostrophes and several parts', () => {
  const names = valuesOf('first_name', 'surname');
  for (const name of ['Zoë', 'Łukasz', 'García Márquez', "O'Brien", "D'Souza", 'Smith-Jones'])
    expect(names).toContain(name);
});

test('some people may be the same person, and some only share a name', () => {
  const fullName = ({ first_name, surname }: SandboxPerson) => `${first_name} ${surname}`;
  const later = people.slice(cast.length);
  const twins = later.filter(one =>
    people.some(other => other !== one && other.nhs_number?.replaceAll(' ', '') === (one.nhs_number ?? '-')),
  );
  const namesakes = later.filter(one =>
    people.some(other => fullName(other) === fullName(one) && other.date_of_birth !== one.date_of_birth),
  );
  expect(twins.length).toBeGreaterThan(2);
  expect(namesakes.length).toBeGreaterThan(2);
});
