import { expect, test } from 'vitest';
import { formBody, openSandbox, refusal } from './helpers.ts';

test('the three keys open the API', async () => {
  const { call } = await openSandbox();
  const response = await call('/business/configuration');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ name: expect.stringContaining('made up') });
});

test.each(['source', 'org', 'user'])('a wrong or missing %s key is refused without repeating any key', async header => {
  const { sandbox, call } = await openSandbox();
  const wrong = await call('/clients', { headers: { [header]: 'not-the-key' } });
  expect(wrong.status).toBe(401);
  const text = await wrong.text();
  expect(JSON.parse(text)).toHaveProperty('error');
  for (const key of [...Object.values(sandbox.keys), 'not-the-key']) expect(text).not.toContain(key);
});

test('without keys even an unknown path is refused with 401', async () => {
  const { sandbox } = await openSandbox();
  expect((await fetch(`${sandbox.url}/nothing`)).status).toBe(401);
});

test.each([
  '/',
  '/people',
  '/clients/external_id/7/x',
  '/business',
  '/dictionary/organisations/shoe',
  '/external_referral',
])('%s is no endpoint that can be read', async path => {
  const { call } = await openSandbox();
  expect([400, 404]).toContain((await refusal(call(path))).status);
});

test('paths outside /v2 are unknown', async () => {
  const { sandbox, call } = await openSandbox();
  expect((await refusal(call('/../clients'))).status).toBe(404);
  expect(sandbox.requests.at(-1)?.url).toBe('/clients');
});

test('methods other than GET, POST and PUT are refused', async () => {
  const { call } = await openSandbox();
  expect(await refusal(call('/clients/37', { method: 'DELETE' }))).toEqual({
    status: 405,
    error: 'DELETE is not supported',
  });
});

test('a read-only licence reads and writes nothing', async () => {
  const { sandbox, call } = await openSandbox({ readOnlyLicence: true });
  const before = sandbox.people.length;
  const person = formBody('POST', { first_name: 'Ada', surname: 'King' });
  expect((await refusal(call('/clients', person))).status).toBe(403);
  expect(sandbox.people.length).toBe(before);
  expect((await call('/clients/37')).status).toBe(200);
});

test('long answers are compressed for those who take gzip, short ones never', async () => {
  const { call } = await openSandbox();
  const encodingOf = async (path: string, accepted: string) => {
    const response = await call(path, { headers: { 'accept-encoding': accepted } });
    await response.json();
    return response.headers.get('content-encoding');
  };
  expect(await encodingOf('/clients', 'gzip, br')).toBe('gzip');
  expect(await encodingOf('/clients/type/15', 'gzip')).toBe('gzip');
  expect(await encodingOf('/clients', 'identity')).toBeNull();
  expect(await encodingOf('/clients/37/field/email', 'gzip')).toBeNull();
});
