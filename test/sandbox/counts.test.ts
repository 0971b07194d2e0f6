import { expect, test } from 'vitest';
import { idsWhere, openSandbox, refusal } from './helpers.ts';

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

test('the counts of a dimension add up to the people, blanks under an empty key', async () => {
  const { sandbox, read } = await openSandbox();
  const counts = await read('/clients/dimension/district');
  expect(sum(counts)).toBe(sandbox.people.length);
  expect(counts['21']).toBe(idsWhere(sandbox, person => person.district === 21).length);
  expect(counts['']).toBe(idsWhere(sandbox, person => person.district === undefined).length);
});

test('a metric splits every count of the dimension', async () => {
  const { read } = await openSandbox();
  const counts: Record<string, number> = await read('/clients/dimension/district');
  const split: Record<string, Record<string, number>> = await read('/clients/dimension/district/metric/gender');
  expect(Object.fromEntries(Object.entries(split).map(([key, part]) => [key, sum(part)]))).toEqual(counts);
});

test('filters narrow the people who are counted', async () => {
  const { sandbox, read } = await openSandbox();
  const volunteers = idsWhere(sandbox, person => person.type.includes(7));
  expect(sum(await read('/clients/type/7/dimension/active'))).toBe(volunteers.length);
});

test('resolveIds counts under names', async () => {
  const { read } = await openSandbox();
  const ids = await read('/clients/dimension/district/metric/active');
  const names = await read('/clients/dimension/district/metric/active?resolveIds[]=district');
  expect(names.Eastwick).toEqual(ids['21']);
  expect(names['']).toEqual(ids['']);
});

test('somebody of several types counts in each', async () => {
  const { sandbox, read } = await openSandbox();
  const held = sandbox.people.reduce((total, person) => total + person.type.length, 0);
  expect(held).toBeGreaterThan(sandbox.people.length);
  expect(sum(await read('/clients/dimension/type'))).toBe(held);
});

test.each([
  'dimension/email',
  'dimension/nhs_number',
  'dimension/people_in_household',
  'dimension/colour',
  'metric/gender',
])('people can not be counted by %s', async path => {
  const { call } = await openSandbox();
  expect((await refusal(call(`/clients/${path}`))).status).toBe(400);
});
