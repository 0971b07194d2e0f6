import { expect, test } from 'vitest';
import { formBody, jsonBody, openSandbox, refusal } from './helpers.ts';

const alice = { first_name: 'Alice', surname: 'Smith', org_type_id: 1 };
const bob = { first_name: 'Bob', surname: 'Ngata', org_type_id: 7, ethnicity: 1 };
const rows = [
  { id: 1, ...alice },
  { id: 2, ...bob },
];
const text = JSON.stringify([alice, bob]);
const phpStyle = Object.fromEntries(
  [alice, bob].flatMap((row, index) => Object.entries(row).map(([key, value]) => [`${index}[${key}]`, String(value)])),
);

test.each([
  ['JSON', jsonBody('PUT', [alice, bob])],
  ['a PHP-style form', formBody('PUT', phpStyle)],
])('people sent as %s wait in the staging area, and are nobody yet', async (_, request) => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  const response = await call('/external_referral', request);
  expect([response.status, await response.json()]).toEqual([200, { id: 1 }]);
  expect(sandbox.staged).toEqual(rows);
  expect(sandbox.people.length).toBe(before);
});

test.each([
  ['a form with the JSON as its only key', formBody('PUT', { [text]: '' }), 422],
  ['a form with the JSON as its only value', formBody('PUT', { data: text }), 422],
  [
    'JSON that calls itself a form',
    { method: 'PUT', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: text },
    400,
  ],
])('people sent as %s are refused', async (_, request, status) => {
  const { sandbox, call } = await openSandbox();
  expect((await refusal(call('/external_referral', request))).status).toBe(status);
  expect(sandbox.staged).toEqual([]);
});

test('nested form keys keep the relationships of a row', async () => {
  const { sandbox, call } = await openSandbox();
  await call('/external_referral', formBody('PUT', { ...phpStyle, '0[relationships][1]': '12' }));
  expect(sandbox.staged[0]).toMatchObject({ relationships: { 1: '12' } });
});

test.each([
  [[{ first_name: 'Alice', surname: 'Smith' }], 'org_type_id'],
  [[{ ...alice, org_type_id: 99 }], '99'],
  [[{ ...alice, surname: '' }], 'surname'],
  [[{ ...alice, source: '1' }], 'referral_role'],
  [[alice, { ...bob, nickname: 'B' }], 'nickname'],
  [alice, 'array'],
  [[], 'array'],
])('%j is refused as a whole with a message that names %s', async (body, name) => {
  const { sandbox, call } = await openSandbox();
  const { status, error } = await refusal(call('/external_referral', jsonBody('PUT', body)));
  expect(status).toBe(422);
  expect(error).toContain(name);
  expect(sandbox.staged).toEqual([]);
});

test('a row of a named source with its role is taken', async () => {
  const { sandbox, call } = await openSandbox();
  const row = { ...alice, source: '1', referral_role: 'client', description: 'Came by our form' };
  expect((await call('/external_referral', jsonBody('PUT', [row]))).status).toBe(200);
  expect(sandbox.staged).toEqual([{ id: 1, ...row }]);
});

test('the staging area is only written with PUT', async () => {
  const { call } = await openSandbox();
  expect((await refusal(call('/external_referral', jsonBody('POST', [alice])))).status).toBe(404);
});
