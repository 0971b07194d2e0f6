import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { atEnd } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { callersFile, post, startService, toolCall } from '../support/service.ts';

/** A collector of OpenTelemetry: what it was sent, as text. */
async function useCollector() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    bodies.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

async function callsOf(variables: Record<string, string>) {
  const sandbox = await useSandbox({ people: 40 });
  const { org, user } = sandbox.keys;
  const file = await callersFile([{ name: 'reception', token: 'a-token', org_key: org, user_key: user }]);
  const service = await startService({ ...settingsFor(sandbox), CHARITYLOG_CALLERS: file.path, ...variables });
  const call = toolCall('search_people', { name: 'Gwilym Tansley', postcode: 'ZZ9 9ZZ' });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const message = { ...call, params: { ...call.params, _meta: { traceparent } } };
  const authorization = { authorization: 'Bearer a-token' };
  await (await post(service.url, message, authorization)).text();
  await (await post(service.url, toolCall('get_person', { id: 'none' }), authorization)).text();
  expect(await service.stop()).toBe(0);
}

test('calls, and the API requests within them, are spans of their callers’ traces, where the variables of OpenTelemetry name a collector; no value is in them', async () => {
  const collector = await useCollector();
  await callsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'people' });
  const text = collector.bodies.join();
  const [{ resource, scopeSpans }] = JSON.parse(collector.bodies[0] ?? '').resourceSpans;
  expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'people' } });
  const { spans } = scopeSpans[0];
  const calls = spans.filter(({ name }: { name: string }) => name.startsWith('tools/call'));
  expect(calls).toMatchObject([
    {
      name: 'tools/call search_people',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      attributes: expect.arrayContaining([{ key: 'charitylog.outcome', value: { stringValue: 'ok' } }]),
    },
    {
      name: 'tools/call get_person',
      attributes: expect.arrayContaining([{ key: 'error.type', value: { stringValue: 'invalid' } }]),
    },
  ]);
  expect(spans.filter(({ parentSpanId }: { parentSpanId: string }) => parentSpanId === calls[0].spanId)).toContainEqual(
    expect.objectContaining({
      name: 'GET',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      attributes: expect.arrayContaining([{ key: 'http.response.status_code', value: { intValue: 200 } }]),
    }),
  );
  expect(text).not.toMatch(/Gwilym|Tansley|ZZ9|reception|a-token|postcode/);
});

test.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }])(
  'nothing is sent with %j',
  async variables => {
    const collector = await useCollector();
    await callsOf({ ...variables, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    expect(collector.bodies).toEqual([]);
  },
);

test('a collector that is away holds up neither calls nor the stop', async () => {
  await callsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
});
