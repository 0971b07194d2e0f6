import { expect, test } from 'vitest';
import { formBody, openSandbox } from './helpers.ts';

const ada = formBody('POST', { first_name: 'Ada', surname: 'King' });

test('a status comes as JSON with a message, as an error page, or with no body', async () => {
  const { sandbox, call } = await openSandbox();
  sandbox.misbehave({ kind: 'status', status: 429, retryAfter: '2', message: 'slow down', times: 1 });
  sandbox.misbehave({ kind: 'status', status: 500, body: 'html', times: 1 });
  sandbox.misbehave({ kind: 'status', status: 503, body: 'empty', times: 1 });
  const limited = await call('/clients');
  expect([limited.status, limited.headers.get('retry-after'), await limited.json()]).toEqual([
    429,
    '2',
    { error: 'slow down' },
  ]);
  const failed = await call('/clients');
  expect([failed.status, failed.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
  expect(await failed.text()).toContain('/var/www/');
  const away = await call('/clients');
  expect([away.status, await away.text()]).toEqual([503, '']);
  expect((await call('/clients')).status).toBe(200);
});

test('errors may come with status 200', async () => {
  const { sandbox, read } = await openSandbox();
  sandbox.misbehave({ kind: 'success-false', message: 'no access', times: 1 });
  sandbox.misbehave({ kind: 'error-200', message: 'no such user', times: 1 });
  expect(await read('/clients')).toEqual({ success: false, message: 'no access' });
  expect(await read('/clients')).toEqual({ error: 'no such user' });
});

test('an answered fault keeps a create from taking effect', async () => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  sandbox.misbehave({ kind: 'status', status: 500 });
  await call('/clients', ada);
  expect(sandbox.people.length).toBe(before);
});

test('garbage, any JSON and redirects come instead of the answer', async () => {
  const { sandbox, call } = await openSandbox();
  const stop = sandbox.misbehave({ kind: 'garbage' });
  const login = await call('/clients');
  expect([login.status, login.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  stop();
  sandbox.misbehave({ kind: 'json', value: [null, 7], times: 1 });
  expect(await (await call('/clients')).json()).toEqual([null, 7]);
  sandbox.misbehave({ kind: 'redirect', location: 'https://example.org/' });
  const moved = await call('/clients');
  expect([moved.status, moved.headers.get('location')]).toEqual([302, 'https://example.org/']);
});

test('a huge answer has exactly so many bytes', async () => {
  const { sandbox, call } = await openSandbox();
  sandbox.misbehave({ kind: 'huge', bytes: 1_000_003 });
  const text = await (await call('/clients')).text();
  expect(text).toHaveLength(1_000_003);
  expect(JSON.parse(`${text.slice(0, text.lastIndexOf('},') + 1)}]`).length).toBeGreaterThan(10_000);
});

test('a fault concerns a method, a part of the URL, so many requests, and lets some pass first', async () => {
  const { sandbox, call } = await openSandbox();
  sandbox.misbehave({ kind: 'status', status: 500, method: 'GET', path: '/dictionary', skip: 1, times: 2 });
  const statuses: number[] = [];
  for (const path of ['/dictionary', '/clients/37', '/dictionary', '/dictionary/branch', '/dictionary']) {
    statuses.push((await call(path)).status);
  }
  expect(statuses).toEqual([200, 200, 500, 500, 200]);
});

test('behave takes every fault away', async () => {
  const { sandbox, call } = await openSandbox();
  sandbox.misbehave({ kind: 'status', status: 500 });
  sandbox.misbehave({ kind: 'hang' });
  sandbox.behave();
  expect((await call('/clients/37')).status).toBe(200);
});

test('a slow create takes effect even if the client has left', async () => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  sandbox.misbehave({ kind: 'slow', ms: 150 });
  const leaving = new AbortController();
  const arrival = sandbox.nextRequest();
  const ended = new Promise(resolve => sandbox.onRequest(resolve));
  const answer = call('/clients', { ...ada, signal: leaving.signal });
  await arrival;
  leaving.abort();
  await expect(answer).rejects.toThrow();
  expect(await ended).toMatchObject({ method: 'POST', status: null });
  expect(sandbox.people.length).toBe(before + 1);
});

test('slowness adds to another fault', async () => {
  const { sandbox, call } = await openSandbox();
  sandbox.misbehave({ kind: 'slow', ms: 5 });
  sandbox.misbehave({ kind: 'status', status: 503 });
  expect((await call('/clients')).status).toBe(503);
});

test('a hanging request is never handled, and its connection stays open', async () => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  sandbox.misbehave({ kind: 'hang', times: 1 });
  const leaving = new AbortController();
  const arrival = sandbox.nextRequest();
  const answer = call('/clients', { ...ada, signal: leaving.signal });
  await arrival;
  expect((await call('/clients/37')).status).toBe(200);
  expect(sandbox.connections).toBe(2);
  leaving.abort();
  await expect(answer).rejects.toThrow();
  expect(sandbox.people.length).toBe(before);
});

test('a stalled answer begins, stops half-way, and has taken effect', async () => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  sandbox.misbehave({ kind: 'stall', times: 1 });
  const leaving = new AbortController();
  const response = await call('/clients', { ...ada, signal: leaving.signal });
  expect(response.status).toBe(201);
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"id"');
  expect(sandbox.people.length).toBe(before + 1);
  const silence = reader?.read();
  leaving.abort();
  await expect(silence).rejects.toThrow();
});

test.each(['/clients', '/clients/37', '/clients/email/nobody@example.com'])(
  'a cut answer to %s ends too early',
  async path => {
    const { sandbox, call } = await openSandbox({ system: { none: 'empty-body' } });
    sandbox.misbehave({ kind: 'cut' });
    const response = await call(path);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  },
);

test.each([
  ['before-body', 0, ''],
  ['before-handling', 0, 'first_name=Ada&surname=King'],
  ['after-handling', 1, 'first_name=Ada&surname=King'],
] as const)('a reset %s leaves %i records', async (stage, created, body) => {
  const { sandbox, call } = await openSandbox();
  const before = sandbox.people.length;
  sandbox.misbehave({ kind: 'reset', stage, times: 1 });
  const ended = new Promise(resolve => sandbox.onRequest(resolve));
  await expect(call('/clients', ada)).rejects.toThrow();
  expect(await ended).toMatchObject({ url: '/v2/clients', body, status: null });
  expect(sandbox.people.length).toBe(before + created);
});
