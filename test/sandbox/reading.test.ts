import { expect, test } from 'vitest';
import { idsWhere, openSandbox, refusal } from './helpers.ts';

test('people of one type, as the manual reads volunteers', async () => {
  const { sandbox, readIds } = await openSandbox();
  expect(await readIds('/clients/type/7')).toEqual(idsWhere(sandbox, person => person.type.includes(7)));
});

test('several values mean any of them, and different filters must all hold', async () => {
  const { sandbox, readIds } = await openSandbox();
  const religions = [1, 3, 10];
  expect(await readIds('/clients/religion/1;3;10/ethnicity/1')).toEqual(
    idsWhere(sandbox, ({ religion, ethnicity }) => religions.includes(religion ?? 0) && ethnicity === 1),
  );
});

test('a person is found by e-mail address, regardless of case', async () => {
  const { readIds } = await openSandbox();
  expect(await readIds('/clients/email/jsmith@example.com')).toEqual([1]);
  expect(await readIds('/clients/email/JSmith%40EXAMPLE.com')).toEqual([1]);
});

test('NHS numbers and postcodes are compared as stored, space by space', async () => {
  const { readIds } = await openSandbox();
  expect(await readIds('/clients/nhs_number/999%20123%204578')).toEqual([1]);
  expect(await readIds('/clients/nhs_number/9991234578')).toEqual([2]);
  expect(await readIds('/clients/postcode/QE1%204AB;QE14AB')).toEqual([1, 2]);
  expect(await readIds('/clients/postcode/qe1%204ab')).toEqual([]);
});

test('an extension field is a filter too', async () => {
  const { readIds } = await openSandbox();
  expect(await readIds('/clients/website_photo_consent/109')).toContain(5);
});

test('both forms of reading one record give the same object', async () => {
  const { read } = await openSandbox();
  const edith = await read('/clients/37');
  expect(edith).toMatchObject({ id: 37, type: 1, first_name: 'Edith', nhs_number: '999 765 4323' });
  expect(edith).not.toHaveProperty('ethnicity');
  expect(await read('/clients/id/37')).toEqual(edith);
  expect(await read('/clients/id/37/')).toEqual(edith);
});

test('only the chosen fields come back, so the id when it is chosen', async () => {
  const { read } = await openSandbox();
  expect(await read('/clients/id/37/field/postcode;email')).toEqual({ postcode: 'QM2 5JW', email: 'edie@example.org' });
  expect(await read('/clients/id/1;2/field/known_as;id')).toEqual([{ id: 1 }, { id: 2, known_as: 'John' }]);
});

test('an address of more than 8 kB is refused', async () => {
  const { call } = await openSandbox();
  const path = (length: number) => `/clients/email/${'a'.repeat(length - '/v2/clients/email/'.length)}`;
  expect((await call(path(8192))).status).toBe(200);
  expect((await refusal(call(path(8193)))).status).toBe(414);
});

test('resolveIds gives names for the fields it lists, or for all', async () => {
  const { read } = await openSandbox();
  const path = '/clients/id/37/field/type;ethnicity;religion;shoe_size/';
  const british = 'English, Welsh, Scottish, Northern Irish or British';
  expect(await read(path)).toEqual({ type: 1, ethnicity: 1, religion: 1, shoe_size: '5' });
  expect(await read(`${path}?resolveIds[]=ethnicity&resolveIds[]=type`)).toEqual({
    type: 'Clients',
    ethnicity: british,
    religion: 1,
    shoe_size: '5',
  });
  expect(await read(`${path}?resolveIds%5B%5D=ALL`)).toMatchObject({ ethnicity: british, religion: 'Christian' });
});

test('several ids give the records that exist', async () => {
  const { readIds } = await openSandbox();
  expect(await readIds('/clients/id/3;1;2;4')).toEqual([1, 2, 3]);
});

test('an unknown record is 404, a filter that matches nobody an empty list', async () => {
  const { call, readIds } = await openSandbox();
  expect((await refusal(call('/clients/4'))).status).toBe(404);
  expect((await refusal(call('/clients/id/999999/field/email'))).status).toBe(404);
  expect(await readIds('/clients/email/nobody@example.com')).toEqual([]);
});

test('ten pairs are accepted and eleven are not', async () => {
  const { call } = await openSandbox();
  const pairs = (count: number) => `/clients${'/active/Y'.repeat(count)}`;
  expect((await call(pairs(10))).status).toBe(200);
  expect((await refusal(call(pairs(11)))).error).toContain('10');
});

test.each([
  ['/clients/shirt_size/5', 'shirt_size'],
  ['/clients/surname/Smith', 'surname'],
  ['/clients/type/7/district', 'district'],
  ['/clients/field/email;nickname', 'nickname'],
  ['/clients/religion/Christian', 'religion'],
  ['/clients/type/7?resolveIds[]=colour', 'colour'],
  ['/clients/type//7', 'type'],
  ['/clients/email/%E0%A4%A', 'percent-encoding'],
])('%s is refused with a message that names %s', async (path, name) => {
  const { call } = await openSandbox();
  const { status, error } = await refusal(call(path));
  expect(status).toBe(400);
  expect(error).toContain(name);
});

test('names, birth dates and phones are filters where the system has them so', async () => {
  const { readIds } = await openSandbox({ nameFilters: true });
  expect(await readIds('/clients/surname/smith/date_of_birth/1948-05-17')).toEqual([1]);
  expect(await readIds('/clients/telephone/01632%20960142')).toEqual([10, 11]);
});

test('hidden filters and fields are neither listed nor accepted', async () => {
  const { call, read } = await openSandbox({ hideFilters: ['email'], hideFields: ['postcode'] });
  expect(await read('/clients/filterable_fields')).not.toContain('email');
  expect(await read('/clients/selectable_fields')).not.toContain('postcode');
  expect((await refusal(call('/clients/email/jsmith@example.com'))).status).toBe(400);
  expect((await refusal(call('/clients/37/field/postcode'))).status).toBe(400);
  expect(await read('/clients/37')).not.toHaveProperty('postcode');
});
