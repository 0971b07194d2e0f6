import { Pool } from 'undici';
import { describe, expect, vi } from 'vitest';
import { testBeside } from '../support/lifetime.ts';
import { head, speak } from '../support/raw-http.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { httpClients, post, startService, toolCall } from '../support/service.ts';

const slowCount = toolCall('count_people', { type: 'Clients', district: 'Eastwick' });
const newPerson = toolCall('create_person', { first_name: 'Jo', surname: 'Fairweather', type: 'Clients' });
const isCount = ({ url }: { url: string }) => url.includes('/clients/type');
const isWrite = ({ method }: { method: string }) => method === 'POST';

testBeside('slow senders of headers and of bodies are ended, and others are served meanwhile', async () => {
  const { url } = await startService(settingsFor(await useSandbox({ people: 40 })));
  const slowly = [
    speak(url, 'POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
    speak(url, ''),
    speak(url, `${head('Content-Length: 1000')}{"jsonrpc"`),
  ];
  const call = toolCall('list_client_types');
  expect((await post(url, call)).status).toBe(200);
  for (const answer of await Promise.all(slowly)) expect(answer).not.toContain(' 200 ');
  expect((await post(url, call)).status).toBe(200);
});

describe.concurrent('a stop', () => {
  testBeside('lets calls under way end, takes no new connections, and ends the process', async () => {
    const sandbox = await useSandbox();
    const service = await startService(settingsFor(sandbox));
    await post(service.url, toolCall('list_client_types'));
    sandbox.misbehave({ kind: 'slow', ms: 700, path: '/clients/type' });
    const asked = sandbox.nextRequest(isCount);
    const underWay = post(service.url, slowCount);
    await asked;
    const stopped = service.stop();
    await service.logged(({ msg }) => msg === 'stopping');
    await expect(speak(service.url, 'GET /healthz HTTP/1.1\r\n\r\n')).rejects.toThrow('ECONNREFUSED');
    expect(await (await underWay).json()).toMatchObject({
      result: { structuredContent: { total: expect.any(Number) } },
    });
    expect(await stopped).toBe(0);
  });

  testBeside(
    'answers for a moment what arrives on a connection that is open, and ends that with the answer',
    async () => {
      const service = await startService(settingsFor(await useSandbox()));
      const pool = new Pool(new URL(service.url).origin, { connections: 1 });
      const ask = async () => {
        const body = JSON.stringify(toolCall('list_client_types'));
        const headers = { 'content-type': 'application/json' };
        const answer = await pool.request({ path: '/mcp', method: 'POST', headers, body });
        await answer.body.dump();
        return { status: answer.statusCode, connection: answer.headers.connection };
      };
      expect(await ask()).toEqual({ status: 200, connection: 'keep-alive' });
      const stopped = service.stop();
      await service.logged(({ msg }) => msg === 'stopping');
      expect(await ask()).toEqual({ status: 200, connection: 'close' });
      await expect(ask()).rejects.toThrow('ECONNREFUSED');
      expect(await stopped).toBe(0);
      await pool.close();
    },
  );

  testBeside('ends calls that take too long', async () => {
    const sandbox = await useSandbox();
    const service = await startService({ ...settingsFor(sandbox), CHARITYLOG_TIMEOUT_MS: '45000' });
    sandbox.misbehave({ kind: 'hang', path: '/clients/type' });
    const asked = sandbox.nextRequest(isCount);
    const underWay = post(service.url, slowCount);
    await asked;
    const stopped = service.stop();
    expect((await underWay).status).toBe(503);
    expect(await stopped).toBe(0);
  });

  testBeside(
    'never cuts a person who is being added: longer than reads are let go on, and the answer is told',
    async () => {
      const sandbox = await useSandbox();
      const service = await startService(settingsFor(sandbox));
      sandbox.misbehave({ kind: 'slow', ms: 13_000, method: 'POST' });
      const sent = sandbox.nextRequest(isWrite);
      const underWay = post(service.url, newPerson);
      await sent;
      const stopped = service.stop();
      expect(await (await underWay).json()).toMatchObject({ result: { structuredContent: { status: 'created' } } });
      expect(await stopped).toBe(0);
      expect(sandbox.people.filter(({ surname }) => surname === 'Fairweather')).toHaveLength(1);
    },
  );

  testBeside('waits for the answer to who added somebody, and being told to stop again changes nothing', async () => {
    const sandbox = await useSandbox();
    const service = await startService(settingsFor(sandbox));
    await post(service.url, toolCall('list_client_types'));
    sandbox.misbehave({ kind: 'slow', ms: 13_000, method: 'POST' });
    sandbox.misbehave({ kind: 'slow', ms: 400, path: '/clients/id/' });
    const sent = sandbox.nextRequest(isWrite);
    const underWay = post(service.url, newPerson);
    await sent;
    const stopped = service.stop();
    await service.logged(({ msg }) => msg === 'stopping');
    service.child.kill('SIGTERM');
    service.child.kill('SIGINT');
    expect(await (await underWay).json()).toMatchObject({ result: { structuredContent: { status: 'created' } } });
    expect(await stopped).toBe(0);
  });

  testBeside('sends nobody who was still waiting to be added', async () => {
    const sandbox = await useSandbox();
    const service = await startService(settingsFor(sandbox));
    await post(service.url, toolCall('list_client_types'));
    sandbox.misbehave({ kind: 'slow', ms: 14_000, method: 'POST', times: 1 });
    const sent = sandbox.nextRequest(isWrite);
    const first = post(service.url, newPerson);
    await sent;
    const other = toolCall('create_person', { first_name: 'Ann', surname: 'Waiting', type: 'Clients' });
    const second = post(service.url, other);
    const metrics = async () => (await fetch(service.at('/metrics'))).text();
    await vi.waitUntil(async () => (await metrics()).includes('charitylog_http_requests_in_flight 2'), {
      timeout: 10_000,
    });
    const stopped = service.stop();
    expect(await (await first).json()).toMatchObject({ result: { structuredContent: { status: 'created' } } });
    expect(await (await second).text()).toMatch(/Nothing was written|stopping/);
    expect(await stopped).toBe(0);
    expect(sandbox.requests.filter(isWrite)).toHaveLength(1);
  });

  testBeside('ends open subscriptions at once', async () => {
    const service = await startService(settingsFor(await useSandbox()));
    const client = await httpClients['modern era, v2 client'](service.url);
    await client.listTools();
    expect(await service.stop()).toBe(0);
  });
});
