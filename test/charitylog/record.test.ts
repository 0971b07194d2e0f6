import { describe, expect, test } from 'vitest';
import { decodePeople, decodeRecord } from '../../src/charitylog/decode.ts';
import { RecordReader } from '../../src/charitylog/record.ts';

const asked = ['id', 'first_name', 'surname', 'type', 'date_of_birth'];
const ines = { id: 7, first_name: 'Ines', surname: 'Quarmby' };
const read = (row: unknown, key?: string) => new RecordReader(asked).read(key, row);

describe('a record is read', () => {
  test.each<[string, unknown]>([
    ['as it was asked for', ines],
    ['with an id as text', { ...ines, id: ' 7 ' }],
    ['in capitals', { Id: 7, First_Name: 'Ines', SURNAME: 'Quarmby' }],
    ['in camel case', { ID: '7', FirstName: 'Ines', surName: 'Quarmby' }],
    ['with spaces', { Id: 7, 'First Name': 'Ines', Surname: 'Quarmby' }],
    ['with one prefix', { client_id: 7, client_first_name: 'Ines', client_surname: 'Quarmby' }],
    ['with a prefix in camel case', { clientId: 7, clientFirstName: 'Ines', clientSurname: 'Quarmby' }],
    ['with a prefix but on its id', { id: 7, person_first_name: 'Ines', person_surname: 'Quarmby' }],
    [
      'with a prefixed id beside the same id',
      { id: 7, client_id: '7', client_first_name: 'Ines', client_surname: 'Quarmby' },
    ],
    ['with a prefix on its id alone', { client_id: 7, first_name: 'Ines', surname: 'Quarmby' }],
    ['with attributes', { id: '7', type: 'clients', attributes: { first_name: 'Ines', surname: 'Quarmby' } }],
    ['with everything in attributes', { attributes: ines, links: { self: '/7' } }],
    ['with fields', { id: 7, fields: { FirstName: 'Ines', Surname: 'Quarmby' } }],
    [
      'with fields in a list',
      {
        id: 7,
        fields: [
          { name: 'first_name', value: 'Ines' },
          { name: 'surname', value: 'Quarmby' },
        ],
      },
    ],
    ['in a wrapper of its own', { Client: { id: 7, first_name: 'Ines', surname: 'Quarmby' }, Address: { id: 9 } }],
    ['without what was not asked for', { ...ines, nhs_number: '9434765919', client: { id: 9, surname: 'Tansley' } }],
    ['without ids of others', { ...ines, person_id: 9, record_id: 12 }],
    ['as written where two keys are alike', { ...ines, First_Name: 'Gwilym', client_surname: 'Tansley' }],
  ])('%s', (_, row) => {
    expect(read(row)).toEqual(ines);
  });

  test('with its type from where its fields are', () => {
    const row = { id: 7, type: 'clients', attributes: { type: [7, 8], surname: 'Quarmby' } };
    expect(read(row)).toEqual({ id: 7, type: [7, 8], surname: 'Quarmby' });
    expect(read({ id: 7, type: 3, attributes: { surname: 'Quarmby' } })).toEqual({
      id: 7,
      type: 3,
      surname: 'Quarmby',
    });
  });

  test('under its key in a map', () => {
    expect(read({ FirstName: 'Ines' }, '7')).toEqual({ id: 7, first_name: 'Ines' });
  });
});

describe('a record is refused', () => {
  test.each<[string, unknown]>([
    ['without an id', { first_name: 'Ines' }],
    ['with two ids in one notation', { id: 1, client_id: 7, client_first_name: 'Ines' }],
    ['with two ids and none that was asked for', { client_id: 7, person_id: 9, first_name: 'Ines' }],
    ['with another id inside', { id: 1, attributes: { id: 7, first_name: 'Ines' } }],
    ['with two values of one field', { id: 7, FirstName: 'Ines', FIRST_NAME: 'Gwilym' }],
    ['that is a text', 'Ines'],
    ['that is a list', [7, 'Ines']],
    ['whose id is nested', { id: JSON.parse(`${'['.repeat(50_000)}7${']'.repeat(50_000)}`), surname: 'Quarmby' }],
  ])('%s', (_, row) => {
    expect(read(row)).toBeUndefined();
  });
});

test.each([
  '0000-00-00',
  '0000-00-00 00:00:00',
  '0000-00-00T00:00:00Z',
  '0000-00-00T00:00:00.000+00:00',
  '00/00/0000',
  '00-00-0000',
  '0000/00/00',
  '-0001-11-30',
  '-0001-11-30T00:00:00+00:00',
  '30/11/-0001',
  '0001-01-01 00:00:00',
])('%s is no value', date => {
  expect(read({ ...ines, date_of_birth: date })).toEqual({ ...ines, date_of_birth: null });
});

test.each(['1900-01-01', '1960-00-00', '2000-10-10', '01632 960000', '000000000000', '00:00:00', '0'])(
  '%s is a value',
  text => {
    expect(read({ ...ines, date_of_birth: text })).toMatchObject({ date_of_birth: text });
  },
);

test('fields that came with nobody are known by the end', () => {
  const reader = new RecordReader(asked);
  expect(
    decodePeople(
      [
        { id: 1, forename: 'Ines' },
        { id: 2, Surname: null },
      ],
      reader,
    ),
  ).toHaveLength(2);
  expect(reader.neverCame).toEqual(['first_name', 'type', 'date_of_birth']);
});

describe('a record that was asked for by its id', () => {
  test.each<[unknown]>([
    [{ first_name: 'Ines', surname: 'Quarmby' }],
    [[{ first_name: 'Ines', surname: 'Quarmby' }]],
    [{ data: { first_name: 'Ines', surname: 'Quarmby' } }],
    [{ data: [{ first_name: 'Ines', surname: 'Quarmby' }], total: 1 }],
    [{ 7: { first_name: 'Ines', surname: 'Quarmby' } }],
    [{ data: { attributes: { FirstName: 'Ines', Surname: 'Quarmby' } } }],
    [{ client: { first_name: 'Ines', surname: 'Quarmby' } }],
    [
      [
        { id: 6, surname: 'Tansley' },
        { ...ines, id: '7' },
      ],
    ],
    [{ ...ines, status: 'Rejected' }],
  ])('is it, though it has no id: %j', json => {
    expect(decodeRecord(json, 7, asked)).toEqual(ines);
  });

  test.each<[unknown]>([
    [{ ...ines, id: 8 }],
    [[{ ...ines, id: 8 }]],
    [{ client_id: 8, client_first_name: 'Ines' }],
    [{ 8: { first_name: 'Ines' } }],
    [[]],
    [{}],
    [{ data: [] }],
    [undefined],
  ])('is not another, and not nobody: %j', json => {
    expect(decodeRecord(json, 7, asked)).toBeUndefined();
  });

  test.each<[unknown]>([
    [[{ first_name: 'Ines' }, { first_name: 'Gwilym' }]],
    [{ forename: 'Ines' }],
    [[{ note: 'nothing that was asked for' }]],
    ['Ines'],
    [{ id: 77, data: [{ id: 7, surname: 'Quarmby' }] }],
  ])('is not guessed: %j', json => {
    expect(() => decodeRecord(json, 7, asked)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  });
});
