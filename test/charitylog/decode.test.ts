import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCharitylogError } from '../../src/base/errors.ts';
import { decodeCreatedId, decodeDictionary, decodeFieldList, decodePeople } from '../../src/charitylog/decode.ts';
import { describeShape } from '../../src/charitylog/shape.ts';
import { messageOf, statedFailure } from '../../src/charitylog/stated-failure.ts';
import { decodeTypes } from '../../src/charitylog/values.ts';

const runs = { numRuns: 1000 };
const wrappers = ['data', 'clients', 'results', 'records'];
type Row = Record<string, unknown> & { id: number };

/** Each way in which the API may write a list of records. */
const peopleShapes: Record<string, (rows: Row[]) => unknown> = {
  list: rows => rows,
  'list with text ids': rows => rows.map(row => ({ ...row, id: String(row.id) })),
  'map by id': rows => Object.fromEntries(rows.map(row => [row.id, row])),
  'map by id, ids not repeated': rows => Object.fromEntries(rows.map(({ id, ...row }) => [id, row])),
};

const rows = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1, max: 1e9 }), surname: fc.string(), email: fc.option(fc.string()) }),
  { selector: row => row.id },
);

describe('decodePeople', () => {
  const byId = (list: readonly { id: number }[]) => [...list].sort((a, b) => a.id - b.id);

  test.each(Object.entries(peopleShapes))('%s, bare and wrapped, gives the same people', (_, encode) => {
    fc.assert(
      fc.property(rows, fc.constantFrom(undefined, ...wrappers), (people, wrapper) => {
        const body = wrapper ? { [wrapper]: encode(people), total: 3 } : encode(people);
        expect(byId(decodePeople(JSON.parse(JSON.stringify(body))))).toEqual(byId(people));
      }),
      runs,
    );
  });

  test.each([
    [{ id: 7, surname: 'Smith' }],
    [{ data: { id: '7', surname: 'Smith' } }],
    [[{ id: 7, surname: 'Smith' }]],
  ])('a single record: %j', body => {
    expect(decodePeople(body)).toEqual([{ id: 7, surname: 'Smith' }]);
  });

  test.each([undefined, null, '', [], {}, { data: [] }, { results: {} }, { records: null }])('nobody: %j', body => {
    expect(decodePeople(body)).toEqual([]);
  });

  test('a record that comes twice is one person', () => {
    expect(decodePeople([{ id: 7 }, { id: '7' }])).toEqual([{ id: 7 }]);
  });

  test.each([
    [[{ surname: 'Smith' }], 'list of 1 ({surname: string}, ...)'],
    [{ smith: { surname: 'Smith' } }, '{smith: {surname: string}}'],
    [[{ id: 1 }, 'Smith'], 'list of 2 ({id: number}, ...)'],
    [[{ id: -1 }], 'list of 1 ({id: number}, ...)'],
    ['Smith', 'string'],
    [12, 'number'],
  ])('no person without an id: %j is an error that shows the shape and no value', (body, shape) => {
    expect(() => decodePeople(body)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
    expect(describeShape(body)).toBe(shape);
  });
});

test.each([
  [7, ['7']],
  ['7', ['7']],
  ['7;1', ['7', '1']],
  ['7, 1', ['7', '1']],
  [
    [7, '1'],
    ['7', '1'],
  ],
  [{ id: 7, name: 'Volunteers' }, ['7']],
  [{ 7: 'Volunteers', 1: 'Clients' }, ['1', '7']],
  ['', []],
  [null, []],
  [{ 0: 1, 2: 7 }, ['1', '7']],
  [{ 1: 1, 2: 7 }, ['1', '7']],
  [{ 1: 'Y', 3: 'N', 7: 'Y' }, ['1', '7']],
  [{ 1: true, 3: false }, ['1']],
  [{ 1: 1, 3: 0, 7: 1 }, ['1', '7']],
  [{ 3: 1, 7: 1 }, ['3', '7']],
])('decodeTypes reads %j', (value, types) => {
  expect(decodeTypes(value)).toEqual(types);
});

test.each([
  [['id', 'email']],
  [[{ name: 'id' }, { name: 'email' }]],
  [[{ field: 'id' }, { field: 'email' }]],
  [[{ key: 'id' }, { key: 'email' }]],
  [{ id: 'Id', email: 'E-mail' }],
  [{ id: { label: 'Id' }, email: { label: 'E-mail', type: 'text' } }],
  [{ 0: 'id', 3: 'email' }],
  ['id,email'],
  ['id; email'],
  [{ data: ['id', 'email'] }],
  [{ filterable_fields: ['id', 'email'] }],
])('decodeFieldList reads %j', async body => {
  expect((await decodeFieldList(body)).map(field => field.name)).toEqual(['id', 'email']);
});

test('decodeFieldList keeps labels and kinds', async () => {
  expect(
    await decodeFieldList({ shoe: { label: 'Shoe size', type: 'dropdown' }, dbs: { label: 'DBS', type: 'date' } }),
  ).toEqual([
    { name: 'shoe', label: 'Shoe size', kind: 'choice' },
    { name: 'dbs', label: 'DBS', kind: 'date' },
  ]);
});

test.each([
  [[{ id: 7, name: 'Volunteers' }]],
  [[{ id: '7', value: 'Volunteers' }]],
  [[{ id: 7, label: 'Volunteers' }]],
  [[{ id: 7, description: 'Volunteers' }]],
  [{ 7: 'Volunteers' }],
  [{ 7: { name: 'Volunteers' } }],
  [{ results: { 7: 'Volunteers' } }],
  [{ client_type: [{ id: 7, name: 'Volunteers' }] }],
  [{ Volunteers: 7 }],
  [{ '': '-- Please select --', 7: 'Volunteers' }],
])('decodeDictionary reads %j', async body => {
  expect(await decodeDictionary(body)).toEqual([{ id: '7', name: 'Volunteers' }]);
});

test('decodeDictionary reads a tree of options as a list', async () => {
  const drivers = { id: 8, name: 'Drivers', children: [{ id: 9, name: 'At night' }] };
  const names = (await decodeDictionary([{ id: 7, name: 'Volunteers', children: [drivers] }])).map(({ name }) => name);
  expect(names).toEqual(['Volunteers', 'Drivers', 'At night']);
});

test.each([
  12,
  '12',
  { id: 12 },
  { client_id: '12' },
  [{ id: 12 }],
  [12],
  { data: { id: 12 } },
  { success: true, id: 12 },
])('decodeCreatedId reads %j', body => {
  expect(decodeCreatedId(body)).toBe(12);
});

test.each([undefined, null, '', 'created', {}, [], { data: {} }, [{ id: 1 }, { id: 2 }], -1, 1.5])(
  'decodeCreatedId finds no id in %j',
  body => {
    expect(decodeCreatedId(body)).toBeUndefined();
  },
);

test('random JSON crashes nothing: it is read, or refused as unreadable', async () => {
  const decoders = [
    decodePeople,
    decodeFieldList,
    decodeDictionary,
    decodeTypes,
    decodeCreatedId,
    statedFailure,
    messageOf,
    describeShape,
  ];
  const key = fc.oneof(fc.string(), fc.constantFrom('id', 'data', 'name', 'type', 'error', '__proto__', '7'));
  const { json } = fc.letrec(tie => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(json, async value => {
      for (const decode of decoders) {
        try {
          await decode(value);
        } catch (error) {
          expect(isCharitylogError(error, 'unreadable')).toBe(true);
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test('an unreadable answer is described without any value', () => {
  const secret = 'Jane Doe 943 476 5919';
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.constantFrom('a', 'b', secret), fc.constantFrom(secret, [secret], { a: secret }))),
      body => {
        expect(describeShape(body)).not.toContain('Jane');
      },
    ),
    runs,
  );
});
