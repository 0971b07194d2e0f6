import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { freshForMs } from '../../src/catalogue/cached.ts';
import { clients, connectV2 } from '../support/clients.ts';
import { startOnce, testBeside } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { httpClients, type Service, startService } from '../support/service.ts';
import { useTools } from '../support/tools.ts';

const leafKeys = ['type', 'description', 'items'];
const leafTypes = ['string', 'integer', 'number', 'boolean', 'array'];

describe('every published tool', () => {
  let service: Service;
  startOnce(async () => {
    service = await startService(settingsFor(await useSandbox({ nameFilters: true, extraFields: 150 })));
  });

  test.each(Object.entries(httpClients))(
    'as the %s sees it, keeps to the schema subset that every host accepts, and has all four annotations',
    async (_, connect) => {
      const client = await connect(service.url);
      for (const tool of await client.listTools()) {
        const { type, properties = {}, required, ...rest } = tool.inputSchema;
        expect({ type, rest }).toEqual({ type: 'object', rest: {} });
        expect(Object.keys(properties)).toEqual(expect.arrayContaining(required as string[]));
        for (const [name, leaf] of Object.entries(properties as Record<string, Record<string, unknown>>)) {
          expect(name).toMatch(/^[a-zA-Z0-9_.-]{1,64}$/);
          expect(leafTypes).toContain(leaf.type);
          expect(leafKeys).toEqual(expect.arrayContaining(Object.keys(leaf)));
          expect(leaf.type === 'array' ? leaf.items : undefined).toEqual(
            leaf.type === 'array' ? { type: 'string' } : undefined,
          );
        }
        expect(Object.keys(tool.annotations ?? {}).sort()).toEqual([
          'destructiveHint',
          'idempotentHint',
          'openWorldHint',
          'readOnlyHint',
        ]);
        const sentences = tool.description?.match(/[.!?](\s|$)/g)?.length;
        expect([3, 4, 5]).toContain(sentences);
      }
    },
  );
});

describe('fields of a large system', () => {
  test('are arguments of their own up to 60; the others are taken in `more` and by their names', async () => {
    const tools = await useTools({ extraFields: 150, system: { fields: 'map-object' } });
    const { tools: listed } = await tools.client.listTools();
    const properties = Object.keys(listed[0]?.inputSchema.properties ?? {});
    expect(properties).not.toContain('extra_150');
    expect(properties).toContain('more');
    expect(properties.length).toBeLessThanOrEqual(68);
    const more = await tools.call('search_people', { more: ['extra_150=Y'] });
    const named = await tools.call('search_people', { extra_150: true });
    expect(more.data.applied_filters).toEqual({ extra_150: true });
    expect(named.data).toEqual(more.data);
    expect((await tools.call('search_people', { more: ['extra_150'] })).text).toContain('more takes "name=value"');
  });

  test('with names that hosts refuse or that are taken have safe names', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({
      kind: 'json',
      path: 'filterable_fields',
      value: ['religion', 'limit', 'größe (cm)', 'grösse (cm)'],
    });
    const { tools: listed } = await tools.client.listTools();
    const properties = listed[0]?.inputSchema.properties ?? {};
    expect(Object.keys(properties)).toEqual(
      expect.arrayContaining(['religion', 'field_limit', 'field_gr__e__cm_', 'field_gr_sse__cm_', 'limit']),
    );
    await tools.call('search_people', { field_limit: '3' });
    expect(tools.newRequests().at(-1)).toMatch(/^GET \/clients\/limit\/3\/field\//);
  });
});

describe('tools/list', () => {
  test('without keys answers at once with the documented fields, and sends nothing', async () => {
    const client = await clients['v1 client']({});
    const [search] = await client.listTools();
    expect(Object.keys(search?.inputSchema.properties ?? {})).toEqual(
      expect.arrayContaining(['nhs_number', 'email', 'religion']),
    );
  });

  testBeside(
    'while the live lists take too long answers with the documented fields, and announces the live ones',
    async () => {
      const sandbox = await useSandbox();
      const release = sandbox.misbehave({ kind: 'slow', ms: 2500, path: '_fields' });
      const client = await clients['legacy era, v2 client']({ env: settingsFor(sandbox) });
      const changed = client.listChanged();
      const [before] = await client.listTools();
      expect(before?.inputSchema.properties).not.toHaveProperty('website_photo_consent');
      release();
      await changed;
      const [after] = await client.listTools();
      expect(after?.inputSchema.properties).toHaveProperty('website_photo_consent');
    },
  );

  testBeside('announces a change to the modern era, too', async () => {
    const sandbox = await useSandbox();
    sandbox.misbehave({ kind: 'slow', ms: 2500, path: '_fields', times: 2 });
    const client = await connectV2({ env: settingsFor(sandbox) }, 'modern');
    const changed = client.listChanged();
    await client.listTools();
    await changed;
  });

  test('with refused keys does not wait', async () => {
    const sandbox = await useSandbox();
    const client = await clients['v1 client']({ env: { ...settingsFor(sandbox), CHARITYLOG_USER_KEY: 'wrong' } });
    const [search] = await client.listTools();
    expect(search?.inputSchema.properties).not.toHaveProperty('website_photo_consent');
    expect(sandbox.requests.every(request => request.status === 401)).toBe(true);
  });
});

describe('the live lists', () => {
  test('are fetched once for many calls at the same time, and again after ten minutes', async () => {
    let now = 0;
    const tools = await useTools({}, { now: () => now });
    await Promise.all(Array.from({ length: 10 }, () => tools.call('search_people', { id: '1' })));
    const lists = (lines: string[]) => lines.filter(line => /_fields|dictionary/.test(line)).sort();
    const each = ['GET /clients/filterable_fields', 'GET /clients/selectable_fields', 'GET /dictionary/client_type'];
    expect(lists(tools.newRequests())).toEqual(each);
    now += freshForMs;
    await tools.call('search_people', { id: '1' });
    expect(lists(tools.newRequests())).toEqual(each);
  });

  test('that cannot be had now are replaced by the last ones', async () => {
    let now = 0;
    const tools = await useTools({}, { now: () => now });
    await tools.call('search_people', { website_photo_consent: '109' });
    now += freshForMs;
    tools.sandbox.misbehave({ kind: 'status', status: 503, retryAfter: '0', path: '_fields' });
    tools.sandbox.misbehave({ kind: 'status', status: 503, retryAfter: '0', path: 'dictionary' });
    const { data } = await tools.call('search_people', { type: 'Staff', website_photo_consent: '109' });
    expect(data.applied_filters).toMatchObject({ website_photo_consent: 'Photos on the website' });
  });

  test('that this system does not have are replaced by the documented ones', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'status', status: 404, path: '_fields' });
    const { data } = await tools.call('search_people', { district: '21' });
    expect(data.total).toBe(tools.sandbox.people.filter(person => String(person.district) === '21').length);
  });
});

test('an unknown tool is a protocol error that names the tools', async () => {
  const tools = await useTools();
  await expect(tools.call('delete_person')).rejects.toThrow(
    'There is no tool "delete_person" here. Tools: search_people, count_people, get_person, list_client_types, describe_fields, find_duplicates, create_person.',
  );
});

test('the server tells its name and version', async () => {
  const tools = await useTools();
  expect(tools.client.getServerVersion()).toMatchObject({ name: manifest.name, version: manifest.version });
});
