import { describe, expect, test } from 'vitest';
import { plainShape, type Shape, shapes } from '../../src/sandbox/sandbox.ts';
import { formBody, openSandbox } from './helpers.ts';

// biome-ignore lint/suspicious/noExplicitAny: what JSON holds here is what the tests are about
type Json = any;

/** The records of an answer, with their ids as text, told from the shape alone. */
function readRecords(shape: Shape, body: Json): Json[] {
  const people = shape.wrap === 'none' ? body : body[shape.wrap];
  if (shape.people === 'array') return people.map((person: Json) => ({ ...person, id: String(person.id) }));
  return Object.entries<Json>(people).map(([id, person]) => ({ id, ...person }));
}

describe.each(Object.entries(shapes))('the shape %s', (_, shape) => {
  test('carries the same people', async () => {
    const { sandbox, read } = await openSandbox({ shape });
    const records = readRecords(shape, await read('/clients/type/7/field/surname'));
    const expected = sandbox.people.filter(person => person.type.includes(7));
    expect(records).toEqual(expected.map(({ id, surname }) => ({ id: String(id), surname })));
  });

  test('carries one record read by its id', async () => {
    const { read } = await openSandbox({ shape });
    const body = await read('/clients/37/field/surname');
    const record = {
      object: () => body,
      wrapped: () => body[shape.wrap],
      list: () => readRecords(shape, body)[0],
    }[shape.single]();
    expect({ ...record, id: String(record.id) }).toEqual({ id: '37', surname: 'Barraclough' });
  });

  test('answers a question that matches nobody as it says', async () => {
    const { call } = await openSandbox({ shape });
    const response = await call('/clients/email/nobody@example.com');
    expect(response.status).toBe(shape.none === '404' ? 404 : 200);
    const text = await response.text();
    if (shape.none === 'empty-body') expect(text).toBe('');
    if (shape.none === 'null') expect(text).toContain('null');
    if (shape.none === 'list') expect(text).toContain('[]');
  });
});

test('the named shapes have every option at least once', () => {
  const used = (name: keyof Shape) => new Set(Object.values(shapes).map(shape => shape[name])).size;
  const counts = Object.fromEntries(Object.keys(plainShape).map(name => [name, used(name as keyof Shape)]));
  expect(counts).toEqual({
    ...{ people: 2, wrap: 5, single: 3, ids: 2, type: 4, blanks: 3 },
    ...{ dictionary: 6, fields: 6, created: 6, none: 4, counts: 2 },
  });
});

test.each<[Shape['type'], unknown, unknown]>([
  ['id', 7, '3;7'],
  ['list', [7], [3, 7]],
  ['semicolon', '7', '3;7'],
  ['comma', '7', '3,7'],
])('types as %s', async (type, one, two) => {
  const { read } = await openSandbox({ shape: { type } });
  expect(await read('/clients/id/5;6/field/type')).toEqual([
    { id: 5, type: one },
    { id: 6, type: two },
  ]);
});

test.each<[Shape['blanks'], object]>([
  ['omit', { id: 37 }],
  ['null', { id: 37, school: null }],
  ['empty', { id: 37, school: '' }],
])('blanks as %s', async (blanks, expected) => {
  const { read } = await openSandbox({ shape: { blanks } });
  expect(await read('/clients/37/field/school')).toEqual(expected);
});

test('ids as strings are strings for people and options alike', async () => {
  const { read } = await openSandbox({ shape: { ids: 'string' } });
  const expected = { id: '37', type: '1', religion: '1', people_in_household: 1 };
  expect(await read('/clients/37/field/type;religion;people_in_household')).toEqual(expected);
  expect((await read('/dictionary/branch'))[0]).toEqual({ id: '1', name: 'Head Office' });
});

test.each<[Shape['dictionary'], unknown]>([
  ['name', [{ id: 7, name: 'Volunteers' }]],
  ['value', [{ id: 7, value: 'Volunteers' }]],
  ['label', [{ id: 7, label: 'Volunteers' }]],
  ['description', [{ id: 7, description: 'Volunteers' }]],
  ['map', { 7: 'Volunteers' }],
  ['map-object', { 7: { name: 'Volunteers' } }],
])('dictionaries as %s', async (dictionary, expected) => {
  const { read } = await openSandbox({ shape: { dictionary } });
  expect(await read('/dictionary/search/client_type/volunteers')).toEqual(expected);
});

test.each<[Shape['fields'], (list: Json) => unknown, unknown]>([
  ['strings', list => list[2], 'title'],
  ['name', list => list[2], { name: 'title', label: 'Title' }],
  ['field', list => list[2], { field: 'title', label: 'Title' }],
  ['key', list => list[2], { key: 'title', label: 'Title' }],
  ['map', list => list.title, 'Title'],
  ['map-object', list => list.title, { label: 'Title', type: 'text' }],
])('field lists as %s', async (fields, pick, expected) => {
  const { read } = await openSandbox({ shape: { fields } });
  expect(pick(await read('/clients/selectable_fields'))).toEqual(expected);
});

test.each<[Shape['created'], (id: number) => unknown]>([
  ['number', id => id],
  ['string', id => String(id)],
  ['id', id => ({ id })],
  ['client_id', id => ({ client_id: id })],
  ['list', id => [{ id }]],
  ['data', id => ({ data: { id } })],
])('a created id as %s', async (created, expected) => {
  const { sandbox, call } = await openSandbox({ shape: { created } });
  const response = await call('/clients', formBody('POST', { first_name: 'Ada', surname: 'King' }));
  expect(await response.json()).toEqual(expected(sandbox.people.at(-1)?.id ?? 0));
});

test('counts as a list say the same as counts as a map', async () => {
  const { sandbox, read } = await openSandbox();
  const counts: Record<string, number> = await read('/clients/dimension/active');
  const split = await read('/clients/dimension/active/metric/deceased');
  sandbox.setShape({ counts: 'list' });
  const list = Object.entries(counts).map(([value, count]) => ({ value, count }));
  expect(await read('/clients/dimension/active')).toEqual(list);
  const splitList: Json[] = await read('/clients/dimension/active/metric/deceased');
  for (const { value, metric, count } of splitList) expect(split[value][metric]).toBe(count);
});

test.each<[Shape['ids'], unknown]>([
  ['number', 7],
  ['string', '7'],
])('counts as a list have ids as a %s', async (ids, value) => {
  const { sandbox, read } = await openSandbox({ shape: { counts: 'list', ids } });
  const count = sandbox.people.filter(({ type }) => type.includes(7)).length;
  expect(await read('/clients/dimension/type')).toContainEqual({ value, count });
});
