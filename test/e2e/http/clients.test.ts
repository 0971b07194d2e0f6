import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { toAnswer } from '../../support/clients.ts';
import { atEnd, startOnce } from '../../support/lifetime.ts';
import { requestLines, settingsFor, useSandbox } from '../../support/sandbox.ts';
import { httpClients, post, type Service, startService, toolCall } from '../../support/service.ts';

const john = { first_name: 'John', surname: 'Smith' };
const agnieszka = { first_name: 'Agnieszka', surname: 'Kowalska', type: 'Volunteers' };
const toolNames = [
  'search_people',
  'count_people',
  'get_person',
  'list_client_types',
  'describe_fields',
  'find_duplicates',
  'create_person',
];
let sandbox: Sandbox;
let service: Service;
/** Another copy, which knows nothing of the first. */
let other: Service;

startOnce(async () => {
  sandbox = await useSandbox();
  [service, other] = await Promise.all([startService(settingsFor(sandbox)), startService(settingsFor(sandbox))]);
});

const types = ['Volunteers', 'Staff', 'Befrienders'];
const eachClient = Object.entries(httpClients).map(([name, connect], n) => [name, types[n], connect] as const);

describe.each(eachClient)('over HTTP, the %s', (_, type, connect) => {
  test('lists the tools and gets answers and errors as over stdio', async () => {
    const client = await connect(service.url);
    expect(client.serverName).toBe('charitylog-mcp');
    expect((await client.listTools()).map(tool => tool.name)).toEqual(toolNames);
    const found = await client.call('search_people', { type: 'volunteer', district: 'Eastwick' });
    expect(found.data.total).toBeGreaterThan(0);
    expect(JSON.parse(found.text)).toEqual(found.data);
    const wrong = await client.call('search_people', { distrikt: 'Eastwick' });
    expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('district') });
  });

  test('adds a person by the token route, once', async () => {
    const client = await connect(`${service.url}/`);
    const posts = () => requestLines(sandbox).filter(line => line.startsWith('POST')).length;
    const before = posts();
    const { data } = await client.call('create_person', { ...john, type });
    expect(data.status).toBe('possible_duplicates');
    const confirmed = { ...john, type, confirm_token: data.confirm_token };
    const [first, second] = await Promise.all([
      client.call('create_person', confirmed),
      client.call('create_person', confirmed),
    ]);
    expect(first.data.status).toBe('created');
    expect(second.data.id).toBe(first.data.id);
    expect(posts()).toBe(before + 1);
  });

  test('cancels a call by going away: nothing is left under way', async () => {
    const client = await connect(service.url);
    const undo = sandbox.misbehave({ kind: 'hang', path: '/clients/type' });
    const asked = sandbox.nextRequest(({ url }) => url.includes('/clients/type'));
    const caller = new AbortController();
    const call = client
      .call('count_people', { type: 'Clients', district: 'Eastwick' }, caller.signal)
      .catch(() => 'cancelled');
    await asked;
    caller.abort();
    expect(await call).toBe('cancelled');
    await client.close();
    await expect
      .poll(async () => (await fetch(service.at('/metrics'))).text())
      .toContain('charitylog_http_requests_in_flight 0');
    undo();
  });
});

test('a modern host is asked over HTTP, and the answer may come to another copy', async () => {
  const client = new Client(
    { name: 'host', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  const questions: string[] = [];
  let target = service;
  client.setRequestHandler('elicitation/create', ({ params }) => {
    questions.push(params.message);
    target = other;
    return { action: 'accept', content: { add: true } };
  });
  const transport = new StreamableHTTPClientTransport(new URL(service.url), {
    fetch: (_url, init) => fetch(target.url, init as RequestInit),
  });
  await client.connect(transport);
  atEnd(() => client.close());
  const answer = toAnswer(await client.callTool({ name: 'create_person', arguments: agnieszka }));
  expect(answer.data.status).toBe('created');
  expect(questions).toHaveLength(1);
  await other.logged(line => line.outcome === 'created');
});

test('a cursor and a confirm_token of one copy are good at another', async () => {
  const [first, second] = [await httpClients['v1 client'](service.url), await httpClients['v1 client'](other.url)];
  const question = { type: 'Clients', limit: 5 };
  const { data: page } = await first.call('search_people', question);
  const { data: next } = await second.call('search_people', { ...question, cursor: page.next_cursor });
  expect(next.people[0].id).toBeGreaterThan(page.people[4].id);
  const again = { ...john, type: 'Clients' };
  const { data } = await first.call('create_person', again);
  const { data: created } = await second.call('create_person', { ...again, confirm_token: data.confirm_token });
  expect(created.status).toBe('created');
});

describe('what a client accepts decides the form of the answer', () => {
  const modern = {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 'count_people',
  };
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
    progressToken: 1,
  };
  const call = toolCall('count_people', { type: 'volunteer' });
  const eras = [
    ['modern', modern, { ...call, params: { ...call.params, _meta: meta } }],
    ['legacy', {}, call],
  ] as const;
  const forms = [
    ['application/json', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['*/*', 'application/json'],
    ['', 'application/json'],
    ['application/json, text/event-stream', /json|event-stream/],
  ] as const;

  test.each(eras.flatMap(([era, headers, message]) => forms.map(form => [era, ...form, headers, message] as const)))(
    '%s era, Accept: "%s"',
    async (_, accept, form, headers, message) => {
      const response = await post(service.url, message, { ...headers, accept });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(form);
      expect(await response.text()).toContain('"total":');
    },
  );
});

test('changed lists are announced to who has an older one', async () => {
  const sandbox = await useSandbox({ extraFields: 3 });
  const { url } = await startService(settingsFor(sandbox));
  const undo = sandbox.misbehave({ kind: 'slow', ms: 2500, path: '/clients/filterable_fields' });
  const client = await httpClients['modern era, v2 client'](url);
  const changed = client.listChanged();
  const before = await client.listTools();
  undo();
  await changed;
  expect(JSON.stringify(await client.listTools())).not.toBe(JSON.stringify(before));
});
