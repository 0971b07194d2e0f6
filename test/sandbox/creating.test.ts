import { expect, test } from 'vitest';
import { formBody, jsonBody, openSandbox, refusal } from './helpers.ts';

const john = { first_name: 'John', surname: 'Smith', type: '8' };

test.each([
  ['POST', 'form', 201],
  ['POST', 'json', 201],
  ['PUT', 'form', 200],
  ['PUT', 'json', 200],
] as const)('%s /clients takes a %s body and answers %i with the id', async (method, encoding, status) => {
  const { sandbox, call, read } = await openSandbox();
  const highest = sandbox.people.at(-1)?.id ?? 0;
  const response = await call('/clients', encoding === 'form' ? formBody(method, john) : jsonBody(method, john));
  expect(response.status).toBe(status);
  const { id } = (await response.json()) as { id: number };
  expect(id).toBeGreaterThan(highest);
  expect(await read(`/clients/${id}`)).toMatchObject({
    id,
    type: 8,
    first_name: 'John',
    surname: 'Smith',
    active: 'Y',
  });
});

test('without a type the record has type 1', async () => {
  const { sandbox, call } = await openSandbox();
  await call('/clients', formBody('POST', { first_name: 'Ada', surname: 'King' }));
  expect(sandbox.people.at(-1)).toMatchObject({ first_name: 'Ada', type: [1] });
});

test('values are stored as their kind, and the age range follows from the date of birth', async () => {
  const { sandbox, call } = await openSandbox();
  const fields = {
    district: '21',
    people_in_household: '2',
    date_of_birth: '1950-01-31',
    blue_badge_holder: 'Y',
    email: '',
  };
  await call('/clients', formBody('POST', { ...john, ...fields }));
  const stored = sandbox.people.at(-1);
  expect(stored).toMatchObject({ district: 21, people_in_household: 2, date_of_birth: '1950-01-31', age_range: 610 });
  expect(stored).not.toHaveProperty('email');
});

test('nobody checks for duplicates', async () => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  await call('/clients', formBody('POST', john));
  await call('/clients', formBody('POST', john));
  expect(sandbox.people.length).toBe(before + 2);
});

test.each([
  [{ surname: 'Smith' }, 'first_name'],
  [{ first_name: 'John', surname: '  ' }, 'surname'],
  [{ ...john, type: '99' }, 'type'],
  [{ ...john, type: 'Staff' }, 'type'],
  [{ ...john, ethnicity: '99' }, 'ethnicity'],
  [{ ...john, district: 'Eastwick' }, 'district'],
  [{ ...john, date_of_birth: '31/01/1950' }, 'date_of_birth'],
  [{ ...john, date_of_birth: '1950-02-30' }, 'date_of_birth'],
  [{ ...john, date_of_birth: '1950-02-28 00:00:00' }, 'date_of_birth'],
  [{ ...john, active: 'yes' }, 'active'],
  [{ ...john, last_name: 'Smith' }, 'last_name'],
  [{ ...john, age_range: '610' }, 'age_range'],
  [{ ...john, id: '5000' }, 'id'],
  [{ ...john, 'notes[0]': 'a list' }, 'notes'],
  [{ ...john, 'first_name[x]': 'John' }, 'first_name'],
])('%j is refused with a message that names %s', async (fields, name) => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  const { status, error } = await refusal(call('/clients', formBody('POST', fields)));
  expect(status).toBe(422);
  expect(error).toContain(name);
  expect(sandbox.people.length).toBe(before);
});

test('a body that is not what its type says is refused', async () => {
  const { call } = await openSandbox();
  const post = (type: string, body: string) =>
    refusal(call('/clients', { method: 'POST', headers: { 'content-type': type }, body }));
  expect((await post('application/json; charset=utf-8', '{"first_name":')).status).toBe(400);
  expect((await post('text/plain', 'first_name=A&surname=B')).status).toBe(415);
  expect((await post('application/json', '[]')).status).toBe(422);
  expect((await post('application/json; charset=iso-8859-1', JSON.stringify(john))).status).toBe(415);
  const form = 'application/x-www-form-urlencoded';
  expect((await post(`${form}; charset=windows-1252`, 'first_name=A&surname=B')).status).toBe(415);
  for (const body of [
    JSON.stringify(john),
    '',
    'first_name=Zo%EB&surname=B',
    'first_name=Zoë&surname=B',
    'first_name=A&surname=B&surname=C',
    'first_name',
  ]) {
    expect((await post(form, body)).status, body).toBe(400);
  }
});

test('PUT by external id adds a record, then changes the same one', async () => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  const path = '/clients/external_id/our%2Fid%207';
  const first = await call(path, formBody('PUT', { ...john, email: 'john@example.org' }));
  const second = await call(path, jsonBody('PUT', { surname: 'Smythe' }));
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await second.json()).toEqual(await first.json());
  expect(sandbox.people.length).toBe(before + 1);
  expect(sandbox.people.at(-1)).toMatchObject({
    external_id: 'our/id 7',
    surname: 'Smythe',
    email: 'john@example.org',
    type: [8],
  });
});

test('PUT by a new external id needs the names, and POST has no such form', async () => {
  const { call } = await openSandbox();
  expect((await refusal(call('/clients/external_id/X1', formBody('PUT', { surname: 'Smith' })))).status).toBe(422);
  expect((await refusal(call('/clients/external_id/X1', formBody('POST', john)))).status).toBe(404);
});
