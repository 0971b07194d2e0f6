import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { auditFile } from '../../support/audit-file.ts';
import { frontOf } from '../../support/front.ts';
import { startOnce } from '../../support/lifetime.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import {
  callersFile,
  httpClients,
  post,
  type Service,
  startService,
  type TestCaller,
  toolCall,
} from '../../support/service.ts';

const connect = httpClients['modern era, v2 client'];
const isReadAgain = (line: { msg?: unknown }) => String(line.msg).startsWith('callers file read again');

function callerOf(sandbox: Sandbox, name: string, more: Partial<TestCaller> = {}): TestCaller {
  return { name, token: `token-of-${name}`, org_key: sandbox.keys.org, user_key: sandbox.keys.user, ...more };
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}

async function callingService(sandbox: Sandbox, callers: readonly TestCaller[], env: Record<string, string> = {}) {
  const file = await callersFile(callers);
  const { CHARITYLOG_ORG_KEY: _, CHARITYLOG_USER_KEY: __, ...settings } = settingsFor(sandbox);
  return { file, service: await startService({ ...settings, CHARITYLOG_CALLERS: file.path, ...env }) };
}

describe('each caller has its own rights', () => {
  let sandbox: Sandbox;
  let service: Service;
  let audit: Awaited<ReturnType<typeof auditFile>>;

  startOnce(async () => {
    sandbox = await useSandbox();
    audit = await auditFile();
    ({ service } = await callingService(
      sandbox,
      [
        callerOf(sandbox, 'reception'),
        callerOf(sandbox, 'dashboard', { read_only: true }),
        callerOf(sandbox, 'one'),
        callerOf(sandbox, 'two'),
        callerOf(sandbox, 'partner', { hidden_fields: ['nhs_numbr'] }),
      ],
      { CHARITYLOG_AUDIT_LOG: audit.file },
    ));
  });

  test('one who may only read has no create_person, in neither era', async () => {
    const before = sandbox.people.length;
    for (const connectAs of Object.values(httpClients)) {
      const names = async (token: string) =>
        (await (await connectAs(service.url, token)).listTools()).map(tool => tool.name);
      expect(await names('token-of-reception')).toContain('create_person');
      expect(await names('token-of-dashboard')).not.toContain('create_person');
    }
    const refused = await post(
      service.url,
      toolCall('create_person', { first_name: 'A', surname: 'B' }),
      bearer('token-of-dashboard'),
    );
    expect(await refused.json()).toMatchObject({
      error: { message: expect.stringContaining('no tool "create_person"') },
    });
    expect(sandbox.people).toHaveLength(before);
  });

  test("the service's own limits hold for all, and a caller's come on top", async () => {
    const sandbox = await useSandbox();
    const { service } = await callingService(
      sandbox,
      [callerOf(sandbox, 'reception'), callerOf(sandbox, 'partner', { hidden_fields: ['postcode'] })],
      { CHARITYLOG_HIDDEN_FIELDS: 'religion', CHARITYLOG_READ_ONLY: 'true' },
    );
    const shown = async (name: string) => {
      const client = await connect(service.url, `token-of-${name}`);
      const { data } = await client.call('describe_fields');
      return data.fields.map((field: { name: string }) => field.name);
    };
    expect(await shown('reception')).toContain('postcode');
    expect(await shown('reception')).not.toContain('religion');
    expect(await shown('partner')).not.toContain('postcode');
    expect(await shown('partner')).not.toContain('religion');
  });

  test('20 callers with the same request ids at once get their own people, and no other caller is seen', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `caller-${index}`);
    const systems = new Map<string, Sandbox>();
    for (const [index, name] of names.entries())
      systems.set(`key-of-${name}`, await useSandbox({ people: 60, seed: index + 1 }));
    const [any] = systems.values();
    if (!any) throw new Error('no system');
    const { service } = await callingService(
      any,
      names.map(name => callerOf(any, name, { user_key: `key-of-${name}` })),
      { CHARITYLOG_BASE_URL: await frontOf(systems), CHARITYLOG_CALLS_IN_FLIGHT: '64' },
    );
    const asked = [...systems].flatMap(([key, { people }]) =>
      Array.from({ length: 8 }, (_, request) => ({
        token: key.replace('key', 'token'),
        request,
        person: people.at(-1 - request),
      })),
    );
    const answers = await Promise.all(
      asked.map(async ({ token, person, request }) => {
        const call = toolCall('get_person', { id: person?.id, fields: ['first_name', 'surname'] }, request);
        return (await post(service.url, call, bearer(token))).json();
      }),
    );
    expect(answers.length).toBe(160);
    for (const [index, { request, person }] of asked.entries()) {
      const { id, first_name, surname } = person ?? {};
      expect(answers[index]).toMatchObject({
        id: request,
        result: { structuredContent: { person: { id, first_name, surname } } },
      });
    }
  });

  test("one caller's confirm_token and cursor are no good for another", async () => {
    const [one, two] = [await connect(service.url, 'token-of-one'), await connect(service.url, 'token-of-two')];
    const john = { first_name: 'John', surname: 'Smith', type: 'Volunteers' };
    const { data } = await one.call('create_person', john);
    const taken = await two.call('create_person', { ...john, confirm_token: data.confirm_token });
    expect(taken.data).toMatchObject({
      status: 'possible_duplicates',
      next: expect.stringContaining('too old or belongs'),
    });
  });

  test('two callers who add the same person at the same moment make one record', async () => {
    const [one, two] = [await connect(service.url, 'token-of-one'), await connect(service.url, 'token-of-two')];
    const jo = { first_name: 'Jo', surname: 'Fairweather', type: 'Clients' };
    const answers = await Promise.all([one.call('create_person', jo), two.call('create_person', jo)]);
    expect(answers.map(({ data }) => data.status).sort()).toEqual(['created', 'possible_duplicates']);
    expect(sandbox.people.filter(({ surname }) => surname === 'Fairweather')).toHaveLength(1);
  });

  test('a hidden field that the system does not have is reported: it may be misspelt', async () => {
    await (await connect(service.url, 'token-of-partner')).listTools();
    await service.logged(({ msg }) => String(msg).includes('nhs_numbr; check their spelling'));
  });

  test('the audit log names the caller', async () => {
    await (await connect(service.url, 'token-of-reception')).call('list_client_types');
    expect((await audit.lines()).at(-1)).toMatchObject({
      identity: 'reception',
      tool: 'list_client_types',
      outcome: 'ok',
    });
  });
});

describe('the callers file is read again when it changes', () => {
  let sandbox: Sandbox;
  let service: Service;
  let write: (callers: readonly TestCaller[]) => Promise<void>;
  let writeText: (text: string) => Promise<void>;
  const named = (...names: string[]) => names.map(name => callerOf(sandbox, name));

  startOnce(async () => {
    sandbox = await useSandbox();
    const calling = await callingService(sandbox, named('kept', 'gone', 'adding'));
    service = calling.service;
    writeText = calling.file.writeText;
    write = async callers => {
      const before = service.log.length;
      await calling.file.write(callers);
      await service.logged(line => isReadAgain(line) && service.log.indexOf(line) >= before);
    };
  });

  const callAs = async (name: string) =>
    (await post(service.url, toolCall('list_client_types'), bearer(`token-of-${name}`))).status;

  test('a broken change is reported, and those who were there stay; a right one lets a new caller in', async () => {
    await writeText('{"callers": [{"name": "kept", "token": "secret-in-the-wrong-place"}]}');
    const line = await service.logged(({ msg }) => String(msg).includes('stay in force'));
    expect(JSON.stringify(line)).not.toContain('secret-in-the-wrong-place');
    expect([await callAs('kept'), await callAs('new')]).toEqual([200, 401]);
    await write(named('kept', 'gone', 'adding', 'new'));
    expect(await callAs('new')).toBe(200);
  });

  test('a token that was taken out is refused, what it has open is ended, and others go on', async () => {
    expect(await callAs('gone')).toBe(200);
    const undo = sandbox.misbehave({ kind: 'hang', path: '/clients/type' });
    const asked = sandbox.nextRequest(({ url }) => url.includes('/clients/type'));
    const open = post(
      service.url,
      toolCall('count_people', { type: 'Clients', district: 'Eastwick' }),
      bearer('token-of-gone'),
    );
    await asked;
    await write(named('kept', 'adding'));
    expect([await callAs('gone'), await callAs('kept')]).toEqual([401, 200]);
    expect((await open).status).toBe(503);
    undo();
  });

  test('a person whose adding is under way is waited for although their caller was taken out', async () => {
    sandbox.misbehave({ kind: 'slow', ms: 2000, method: 'POST' });
    const sent = sandbox.nextRequest(({ method }) => method === 'POST');
    const jo = { first_name: 'Jo', surname: 'Fairweather', type: 'Clients' };
    const cut = post(service.url, toolCall('create_person', jo), bearer('token-of-adding'));
    await sent;
    await write(named('kept'));
    expect((await cut).status).toBe(503);
    // The last test of this service: it ends here.
    expect(await service.stop()).toBe(0);
    expect(sandbox.people.filter(({ surname }) => surname === 'Fairweather')).toHaveLength(1);
    expect(service.log.map(({ msg }) => msg)).not.toContainEqual(expect.stringContaining('being added'));
  });

  test('what is not known of a create stays so when the rights of its caller change, and for other callers', async () => {
    const sandbox = await useSandbox();
    const [one, two] = [callerOf(sandbox, 'one'), callerOf(sandbox, 'two')];
    const { file, service } = await callingService(sandbox, [one, two], { CHARITYLOG_TIMEOUT_MS: '1000' });
    sandbox.misbehave({ kind: 'hang', method: 'POST', times: 1 });
    const jo = toolCall('create_person', { first_name: 'Jo', surname: 'Fairweather', type: 'Clients' });
    const add = async (name: string) => (await post(service.url, jo, bearer(`token-of-${name}`))).json();
    expect(await add('one')).toMatchObject({ result: { structuredContent: { status: 'unknown' } } });
    expect(await add('two')).toMatchObject({ result: { structuredContent: { status: 'needs_confirmation' } } });
    await file.write([{ ...one, hidden_fields: ['postcode'] }, two]);
    await service.logged(isReadAgain);
    expect(await add('one')).toMatchObject({ result: { structuredContent: { status: 'unknown' } } });
    expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('limits of a caller', () => {
  let sandbox: Sandbox;
  let service: Service;
  startOnce(async () => {
    sandbox = await useSandbox();
    const names = ['eager', 'calm', 'lister', 'subscriber', 'busy'];
    const callers = names.map(name => callerOf(sandbox, name));
    const limits = { CHARITYLOG_CALLS_PER_MINUTE: '3', CHARITYLOG_CALLS_IN_FLIGHT: '1' };
    ({ service } = await callingService(sandbox, callers, limits));
  });

  test('calls a minute: the answer says when to try again, and others are not held up', async () => {
    const eager = await connect(service.url, 'token-of-eager');
    for (let call = 0; call < 3; call++) expect((await eager.call('list_client_types')).isError).toBe(false);
    expect(await eager.call('list_client_types')).toMatchObject({
      isError: true,
      text: expect.stringMatching(/3 calls in a minute.*Wait \d+ s, then try again; nothing was done/),
    });
    expect((await (await connect(service.url, 'token-of-calm')).call('list_client_types')).isError).toBe(false);
  });

  test('subscriptions, and requests of any kind', async () => {
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
    for (let asked = 0; asked < 30; asked++) {
      expect((await post(service.url, list, bearer('token-of-lister'))).status).toBe(200);
    }
    const refused = await post(service.url, list, bearer('token-of-lister'));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const clients = await Promise.all(Array.from({ length: 3 }, () => connect(service.url, 'token-of-subscriber')));
    expect((await clients[0]?.listTools())?.length).toBe(7);
  });

  test('calls at once', async () => {
    const client = await connect(service.url, 'token-of-busy');
    sandbox.misbehave({ kind: 'hang', path: '/clients/type' });
    const asked = sandbox.nextRequest(({ url }) => url.includes('/clients/type'));
    const caller = new AbortController();
    const held = client
      .call('count_people', { type: 'Clients', district: 'Eastwick' }, caller.signal)
      .catch(() => 'cancelled');
    await asked;
    expect(await client.call('list_client_types')).toMatchObject({
      isError: true,
      text: expect.stringContaining('the most at once'),
    });
    caller.abort();
    await held;
    await service.logged(line => line.tool === 'count_people');
    expect((await client.call('list_client_types')).isError).toBe(false);
  });
});
