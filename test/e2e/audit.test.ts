import { execFile } from 'node:child_process';
import { readFile, stat, symlink, truncate } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditFile } from '../support/audit-file.ts';
import { clients } from '../support/clients.ts';
import { atEnd } from '../support/lifetime.ts';
import { handshake, startRaw } from '../support/raw-stdio.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { useTools } from '../support/tools.ts';

test.each(Object.entries(clients))('every call of the %s is a line without values', async (_, connect) => {
  const sandbox = await useSandbox();
  const { file, lines } = await auditFile();
  const client = await connect({ env: { ...settingsFor(sandbox), CHARITYLOG_AUDIT_LOG: file } });
  await client.call('search_people', { type: 'Volunteers', district: 'Eastwick', main_language: 'Polish' });
  await client.call('create_person', { first_name: 'Jo', surname: 'Fairweather', type: 'Befrienders' });
  await client.call('create_person', { first_name: 'John', surname: 'Smith' });
  await client.call('search_people', { type: 'Wizards', 'Jane Doe': 1 });
  expect(await lines()).toMatchObject([
    {
      tool: 'search_people',
      client: 'test-client/1.0.0',
      arguments: ['district', 'main_language', 'type'],
      outcome: 'ok',
      ids: [5, 6, 8],
      count: 3,
    },
    { tool: 'create_person', arguments: ['first_name', 'surname', 'type'], outcome: 'sending' },
    {
      tool: 'create_person',
      arguments: ['first_name', 'surname', 'type'],
      outcome: 'created',
      ids: [sandbox.people.at(-1)?.id],
    },
    { tool: 'create_person', outcome: 'possible_duplicates', ids: expect.arrayContaining([1, 3]) },
    { tool: 'search_people', arguments: ['(unknown)', 'type'], outcome: 'invalid' },
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).not.toMatch(/Eastwick|Polish|Fairweather|Smith|Wizard|Jane|sandbox-/);
});

test('nobody is added while a required audit log cannot be written; reading goes on', async () => {
  const sandbox = await useSandbox();
  const env = {
    ...settingsFor(sandbox),
    CHARITYLOG_AUDIT_LOG: '/dev/null/audit.jsonl',
    CHARITYLOG_AUDIT_REQUIRED: 'yes',
  };
  const client = await clients['v1 client']({ env });
  const { isError, text } = await client.call('create_person', { first_name: 'Jo', surname: 'Fairweather' });
  expect(isError).toBe(true);
  expect(text).toMatch(/audit/);
  expect(sandbox.requests.every(request => request.method === 'GET')).toBe(true);
  expect((await client.call('list_client_types')).isError).toBe(false);
  await expect.poll(() => client.stderr()).toMatch(/audit/);
});

test('while the disk is full, nobody is added where the audit log is required; reading goes on', async () => {
  const sandbox = await useSandbox({ people: 30 });
  const { file, lines } = await auditFile();
  // A file of this process and its children can't grow beyond four blocks then.
  const command = ['-c', 'ulimit -f 4 && exec "$@"', 'sh', process.execPath, 'dist/cli.js'];
  const env = { ...settingsFor(sandbox), CHARITYLOG_AUDIT_LOG: file, CHARITYLOG_AUDIT_REQUIRED: 'yes' };
  const client = new Client({ name: 'test-client', version: '1.0.0' });
  const transport = new StdioClientTransport({ command: 'sh', args: command, env, stderr: 'ignore' });
  await client.connect(transport);
  atEnd(() => client.close());
  const call = (name: string, args: object) => client.callTool({ name, arguments: { ...args } });
  const person = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
  const sent = () => sandbox.requests.filter(({ method }) => method === 'POST').length;
  expect(await call('create_person', person)).not.toHaveProperty('isError', true);
  for (let n = 0; n < 20; n++) await call('search_people', { name: 'Smith', fields: ['email'] });
  const refused = await call('create_person', { ...person, surname: 'Merryweather' });
  expect(refused).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('Nothing was done') }] });
  expect(sent()).toBe(1);
  expect(await call('search_people', { name: 'Smith' })).not.toHaveProperty('isError', true);
  await truncate(file, 0);
  expect(await call('create_person', { ...person, surname: 'Merryweather' })).not.toHaveProperty('isError', true);
  expect(sent()).toBe(2);
  expect((await lines()).slice(-2)).toMatchObject([{ outcome: 'sending' }, { outcome: 'created' }]);
});

test.each(['a pipe that nobody reads', 'a full device'])(
  '%s as the required audit log stops creates alone',
  async what => {
    const sandbox = await useSandbox({ people: 30 });
    const { file, audit } = await auditFile();
    if (what.startsWith('a pipe')) await promisify(execFile)('mkfifo', ['-m', '600', file]);
    else await symlink('/dev/full', file);
    const tools = await useTools(sandbox, { audit, config: { auditRequired: true } });
    const { isError, text } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather' });
    expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('not a regular file') });
    expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect((await tools.call('search_people', { name: 'Smith' })).isError).toBe(false);
  },
);

test('a create that ended after its call was cancelled has a line of its own', async () => {
  const sandbox = await useSandbox();
  const { file, lines } = await auditFile();
  const client = await clients['legacy era, v2 client']({
    env: { ...settingsFor(sandbox), CHARITYLOG_AUDIT_LOG: file },
  });
  sandbox.misbehave({ kind: 'slow', ms: 200, method: 'POST' });
  const caller = new AbortController();
  const arrived = sandbox.nextRequest(({ method }) => method === 'POST');
  const cancelled = client
    .call('create_person', { first_name: 'Jo', surname: 'Fairweather', type: '1' }, caller.signal)
    .catch(() => undefined);
  await arrived;
  caller.abort();
  await cancelled;
  await expect.poll(async () => (await lines()).length, { timeout: 10_000 }).toBe(3);
  expect((await lines()).at(-1)).toMatchObject({
    tool: 'create_person',
    late: true,
    outcome: 'created',
    ids: [sandbox.people.at(-1)?.id],
  });
});

test('a stop waits for the line about a record that was sent', async () => {
  const sandbox = await useSandbox({ people: 30 });
  const { file, lines } = await auditFile();
  const raw = startRaw({ ...settingsFor(sandbox), CHARITYLOG_AUDIT_LOG: file });
  raw.say(handshake());
  await raw.next();
  sandbox.misbehave({ kind: 'slow', ms: 300, method: 'POST' });
  const arrived = sandbox.nextRequest(({ method }) => method === 'POST');
  const params = { name: 'create_person', arguments: { first_name: 'Jo', surname: 'Fairweather', type: '1' } };
  raw.say(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }));
  await arrived;
  await raw.end();
  const created = (await lines()).find(({ outcome }) => outcome === 'created');
  expect(created).toMatchObject({ late: true, ids: [sandbox.people.at(-1)?.id] });
});

test("neither the audit log nor stderr ever holds an argument's value", async () => {
  const sandbox = await useSandbox({ people: 30 });
  const { file } = await auditFile();
  const client = await clients['v1 client']({ env: { ...settingsFor(sandbox), CHARITYLOG_AUDIT_LOG: file } });
  const secret = 'Zq7Secret';
  const name = fc.constantFrom(
    'name',
    'postcode',
    'email',
    'district',
    'type',
    'fields',
    'cursor',
    'more',
    'id',
    'first_name',
    'surname',
    secret,
  );
  const value = fc.constantFrom(
    secret,
    `${secret}@example.org`,
    [secret],
    `${secret}/..`,
    { a: secret },
    `x=${secret}`,
  );
  const tool = fc.constantFrom(
    'search_people',
    'count_people',
    'get_person',
    'describe_fields',
    'find_duplicates',
    'create_person',
  );
  await fc.assert(
    fc.asyncProperty(tool, fc.dictionary(name, value, { maxKeys: 3 }), async (tool, args) => {
      await client.call(tool, args);
    }),
    { numRuns: 120 },
  );
  expect(await readFile(file, 'utf8')).not.toContain('Zq7');
  expect(client.stderr()).not.toContain('Zq7');
});
