import { expect, test } from 'vitest';
import { type SandboxPerson, startSandbox } from '../../src/sandbox/sandbox.ts';
import { formBody, openSandbox } from './helpers.ts';

test('the default sandbox has 500 people on a free port of 127.0.0.1', async () => {
  const { sandbox } = await openSandbox();
  expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2$/);
  expect(sandbox.people).toHaveLength(500);
});

test('two sandboxes of the same people share none of them', async () => {
  const [{ sandbox: one }, { sandbox: other, read }] = [await openSandbox(), await openSandbox()];
  expect(one.people).toEqual(other.people);
  Object.assign(one.people[0] as object, { surname: 'Renamed' });
  (one.people as SandboxPerson[]).pop();
  expect((await read('/clients/1')).surname).toBe('Smith');
  expect(other.people).toHaveLength(500);
});

test('a taken port is an error', async () => {
  const { sandbox } = await openSandbox({ people: 0 });
  await expect(startSandbox({ people: 0, port: Number(new URL(sandbox.url).port) })).rejects.toThrow('EADDRINUSE');
});

test('requests are kept in order, with raw URL, headers, body and status', async () => {
  const { sandbox, call } = await openSandbox();
  await call('/clients/email/nobody%40example.com/?resolveIds[]=ALL', { headers: { 'x-note': 'kept' } });
  await call('/clients', formBody('POST', { first_name: 'Ada', surname: '' }));
  expect(sandbox.requests).toMatchObject([
    {
      method: 'GET',
      url: '/v2/clients/email/nobody%40example.com/?resolveIds[]=ALL',
      headers: { 'x-note': 'kept', source: sandbox.keys.source },
      body: '',
      status: 200,
    },
    { method: 'POST', url: '/v2/clients', body: 'first_name=Ada&surname=', status: 422 },
  ]);
});

test('nextRequest resolves with the next request that matches, before it is handled', async () => {
  const { sandbox, call } = await openSandbox();
  const write = sandbox.nextRequest(({ method }) => method === 'POST');
  await call('/clients/37');
  sandbox.misbehave({ kind: 'hang', method: 'POST' });
  call('/clients', formBody('POST', { first_name: 'Ada', surname: 'King' })).catch(() => undefined);
  expect(await write).toMatchObject({ url: '/v2/clients', body: 'first_name=Ada&surname=King', status: null });
});

test('listeners hear of answered requests until they stop listening', async () => {
  const { sandbox, call } = await openSandbox();
  const heard: unknown[] = [];
  const stop = sandbox.onRequest(({ url, status }) => heard.push([url, status]));
  await call('/clients/37');
  await call('/clients/4');
  stop();
  await call('/clients/1');
  expect(heard).toEqual([
    ['/v2/clients/37', 200],
    ['/v2/clients/4', 404],
  ]);
});

test('close ends idle, hanging and slow requests and leaves no socket', async () => {
  const { sandbox, call } = await openSandbox();
  await call('/clients/37');
  sandbox.misbehave({ kind: 'hang', path: '/clients/1' });
  sandbox.misbehave({ kind: 'slow', ms: 3_600_000, path: '/clients/2' });
  const arrivals = [1, 2].map(id => sandbox.nextRequest(({ url }) => url === `/v2/clients/${id}`));
  const answers = [1, 2].map(id => call(`/clients/${id}`));
  const ends = Promise.allSettled(answers);
  await Promise.all(arrivals);
  expect(sandbox.connections).toBeGreaterThanOrEqual(2);
  await sandbox.close();
  expect(sandbox.connections).toBe(0);
  expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(call('/clients/37')).rejects.toThrow();
  await sandbox.close();
});

test('100,000 people come as a stream of parts', async () => {
  const { sandbox, call } = await openSandbox({ people: 100_000 });
  const response = await call('/clients/field/id;surname', { headers: { 'accept-encoding': 'identity' } });
  expect(response.headers.get('content-length')).toBeNull();
  const people = (await response.json()) as { id: number }[];
  expect(people).toHaveLength(100_000);
  expect(people.at(-1)?.id).toBe(sandbox.people.at(-1)?.id);
});

test('a client that stops reading a large answer stops the sandbox from writing it', async () => {
  const { sandbox, call } = await openSandbox({ people: 20_000 });
  const ended = new Promise(resolve => sandbox.onRequest(resolve));
  const response = await call('/clients');
  await response.body?.cancel();
  expect(await ended).toMatchObject({ status: null });
});
