import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { clients, type TestClient } from '../support/clients.ts';
import { startOnce } from '../support/lifetime.ts';
import { requestLines, settingsFor, useSandbox } from '../support/sandbox.ts';

/** What every client must be able to do with the built program over real stdio. */
describe.each(Object.entries(clients))('%s', (_, connect) => {
  let sandbox: Sandbox;
  let client: TestClient;

  startOnce(async () => {
    sandbox = await useSandbox({ people: 120 });
    client = await connect({ env: settingsFor(sandbox) });
  });

  test('is told who the server is and how to use it', () => {
    expect(client.serverName).toBe('charitylog-mcp');
    expect(client.instructions).toContain('search_people');
  });

  test('lists the tools with a filter for each live filterable field', async () => {
    const tools = await client.listTools();
    expect(tools.map(tool => tool.name)).toEqual([
      'search_people',
      'count_people',
      'get_person',
      'list_client_types',
      'describe_fields',
      'find_duplicates',
      'create_person',
    ]);
    expect(tools[0]?.inputSchema.properties).toMatchObject({
      type: { type: 'string' },
      religion: { type: 'string' },
      registered_disabled: { type: 'boolean' },
      people_in_household: { type: 'integer' },
      website_photo_consent: { type: 'string' },
      limit: { type: 'integer' },
    });
  });

  test('searches by type, by name', async () => {
    const { data, text } = await client.call('search_people', { type: 'volunteer', fields: ['email'], limit: 3 });
    const volunteers = sandbox.people.filter(person => person.type.includes(7));
    expect(data.total).toBe(volunteers.length);
    expect(data.people.map((person: { id: number }) => person.id)).toEqual(volunteers.slice(0, 3).map(({ id }) => id));
    expect(data.applied_filters).toEqual({ type: 'Volunteers' });
    expect(JSON.parse(text)).toEqual(data);
  });

  test('pages through everybody without a gap or an overlap', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { data } = await client.call('search_people', { limit: 50, ...(cursor && { cursor }) });
      expect(data.total).toBe(120);
      seen.push(...data.people.map((person: { id: number }) => person.id));
      cursor = data.next_cursor;
    } while (cursor);
    expect(seen).toEqual(sandbox.people.map(person => person.id));
  });

  test('creates a person once and shows what was stored', async () => {
    const { data } = await client.call('create_person', { first_name: 'Zoë', surname: "O'Brien", type: 'Befrienders' });
    const created = sandbox.people.at(-1);
    expect(data).toEqual({
      status: 'created',
      id: created?.id,
      stored_fields: { first_name: 'Zoë', surname: "O'Brien", type: 'Befrienders' },
    });
    expect(requestLines(sandbox).filter(line => line.startsWith('POST'))).toEqual(['POST /clients']);
  });

  test('lists the client types', async () => {
    const { data } = await client.call('list_client_types');
    expect(data.types).toContainEqual({ id: 7, name: 'Volunteers' });
  });

  test('meets an error that says what is right, and the next call works', async () => {
    const wrong = await client.call('search_people', { type: 'Volonteers' });
    expect(wrong.isError).toBe(true);
    expect(wrong.text).toContain('Did you mean Volunteers (7)?');
    expect(wrong.data).toBeUndefined();
    const right = await client.call('search_people', { type: 'Volunteers' });
    expect(right.isError).toBe(false);
  });
});
