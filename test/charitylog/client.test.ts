import { describe, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../src/charitylog/api.ts';
import type { CharitylogClient, ClientSettings } from '../../src/charitylog/client.ts';
import { namedSystems } from '../support/named-systems.ts';
import { clientFor, nobodyListens, requestLines, useSandbox } from '../support/sandbox.ts';

const never = new AbortController().signal;

async function findAll(client: CharitylogClient, filters: Record<string, string[]>, fields: string[] = []) {
  const people: Person[] = [];
  await client.eachPerson(
    { filters: new Map(Object.entries(filters)), fields },
    { restart: () => void people.splice(0), add: person => void people.push(person) },
    never,
  );
  return people;
}

async function setUp(settings: Partial<ClientSettings> = {}, options = {}) {
  const sandbox = await useSandbox(options);
  return { sandbox, client: clientFor(sandbox, settings) };
}

describe('each URL form of the manual', () => {
  const forms: readonly [string, (client: CharitylogClient) => Promise<unknown>][] = [
    ['GET /clients/type/7', client => findAll(client, { type: ['7'] })],
    [
      'GET /clients/religion/1;3;10/ethnicity/1',
      client => findAll(client, { religion: ['1', '3', '10'], ethnicity: ['1'] }),
    ],
    ['GET /clients/email/jsmith@example.com', client => findAll(client, { email: ['jsmith@example.com'] })],
    [
      'GET /clients/postcode/EW1%202AB/field/id;surname',
      client => findAll(client, { postcode: ['EW1 2AB'] }, ['id', 'surname']),
    ],
    ['GET /clients/id/37/field/id;postcode;email', client => client.person(37, ['postcode', 'email'], [], never)],
    ['GET /clients/filterable_fields', client => client.fields('filterable', never)],
    ['GET /clients/selectable_fields', client => client.fields('selectable', never)],
    ['GET /dictionary/client_type', client => client.dictionary('client_type', never)],
    ['GET /dictionary/organisations/district', client => client.dictionary('organisations/district', never)],
    ['GET /business/configuration', client => client.checkKeys(never)],
    [
      'POST /clients',
      client =>
        client.createPerson(
          new Map([
            ['first_name', 'Jo'],
            ['surname', 'Smith'],
          ]),
        ),
    ],
  ];

  test.each(forms)('%s', async (line, ask) => {
    const { sandbox, client } = await setUp();
    await ask(client).catch(() => undefined);
    expect(requestLines(sandbox)).toEqual([line]);
  });

  test('PUT /clients by setting', async () => {
    const { sandbox, client } = await setUp({ createMethod: 'PUT' });
    await client.createPerson(
      new Map([
        ['first_name', 'Jo'],
        ['surname', 'Smith'],
      ]),
    );
    expect(requestLines(sandbox)).toEqual(['PUT /clients']);
  });

  test('the keys go as headers Source, Org and User', async () => {
    const { sandbox, client } = await setUp();
    await client.checkKeys(never);
    expect(sandbox.requests[0]?.headers).toMatchObject(sandbox.keys);
  });

  test.each([
    ['form', 'application/x-www-form-urlencoded', 'first_name=Zo%C3%AB&surname=O%27Brien&type=8'],
    ['json', 'application/json', '{"first_name":"Zoë","surname":"O\'Brien","type":"8"}'],
  ] as const)('a create is sent as %s', async (createEncoding, contentType, body) => {
    const { sandbox, client } = await setUp({ createEncoding });
    const values = new Map([
      ['first_name', 'Zoë'],
      ['surname', "O'Brien"],
      ['type', '8'],
    ]);
    const id = await client.createPerson(values);
    expect(sandbox.requests[0]).toMatchObject({ body, headers: { 'content-type': contentType } });
    expect(sandbox.people.at(-1)).toMatchObject({ id, first_name: 'Zoë', surname: "O'Brien", type: [8] });
  });

  test('eleven pairs are refused before anything is sent', async () => {
    const { sandbox, client } = await setUp();
    const filters = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`f${n}`, ['1']]));
    await expect(findAll(client, filters)).rejects.toMatchObject({ kind: 'invalid' });
    expect(sandbox.requests).toEqual([]);
  });
});

describe.each(Object.entries(namedSystems))('answers of the system "%s"', (_, system) => {
  test('give the same people, lists, dictionaries and created id', async () => {
    const { sandbox, client } = await setUp({}, { system });
    const carers = sandbox.people.filter(person => person.type.includes(3));
    const ids = (people: readonly { id: number }[]) => people.map(({ id }) => id).sort((a, b) => a - b);
    expect(ids(await findAll(client, { type: ['3'] }))).toEqual(ids(carers));
    expect(await findAll(client, { email: ['nobody@example.org'] })).toEqual([]);
    expect(await client.person(carers[0]?.id ?? 0, ['surname'], [], never)).toMatchObject({
      surname: carers[0]?.surname,
    });
    expect(await client.person(999_999, ['surname'], [], never)).toBeUndefined();
    expect((await client.fields('filterable', never)).map(field => field.name)).toContain('religion');
    expect(await client.dictionary('client_type', never)).toContainEqual({ id: '7', name: 'Volunteers' });
    const id = await client.createPerson(
      new Map([
        ['first_name', 'Jo'],
        ['surname', 'Smith'],
      ]),
    );
    expect(id).toBe(sandbox.people.at(-1)?.id);
  });
});

describe('a read that fails', () => {
  const secretsAndPaths = /sandbox-|<|\/var\/|\/v2|html/i;

  test.each([
    ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: '0', times: 2 }],
    ['503', { kind: 'status', status: 503, retryAfter: '0', times: 2 }],
    ['408', { kind: 'status', status: 408, retryAfter: '0', times: 1 }],
    ['a reset connection', { kind: 'reset', stage: 'before-handling', times: 1 }],
    ['a cut-off answer', { kind: 'cut', times: 1 }],
  ] as const)('once by %s is tried again', async (_, fault) => {
    const { sandbox, client } = await setUp();
    sandbox.misbehave(fault);
    expect(await client.dictionary('client_type', never)).toHaveLength(8);
    expect(sandbox.requests).toHaveLength(1 + fault.times);
  });

  test.each([
    ['401', { kind: 'status', status: 401 }, 'auth', 1],
    ['403', { kind: 'status', status: 403 }, 'forbidden', 1],
    ['404 on a dictionary', { kind: 'status', status: 404 }, 'not_found', 1],
    ['400', { kind: 'status', status: 400 }, 'invalid', 1],
    ['429 for ever', { kind: 'status', status: 429, retryAfter: '0' }, 'rate_limited', 3],
    ['429 with a long Retry-After', { kind: 'status', status: 429, retryAfter: '3600' }, 'rate_limited', 1],
    ['500 with HTML', { kind: 'status', status: 500, body: 'html', retryAfter: '0' }, 'unavailable', 3],
    ['404 with HTML', { kind: 'status', status: 404, body: 'html' }, 'unreadable', 1],
    ['a login page with status 200', { kind: 'garbage' }, 'unreadable', 1],
    ['success: false', { kind: 'success-false', message: 'Not for you' }, 'invalid', 1],
    ['an error with status 200', { kind: 'error-200', message: 'Not for you' }, 'invalid', 1],
    ['a strange shape', { kind: 'json', value: [{ surname: 'Secret-Name' }] }, 'unreadable', 1],
    ['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/' }, 'unavailable', 1],
    ['silence', { kind: 'hang' }, 'timeout', 1],
    ['an answer that stalls', { kind: 'stall' }, 'timeout', 1],
  ] as const)('by %s is a clear error of one kind, after as many tries as help', async (_, fault, kind, tries) => {
    const { sandbox, client } = await setUp({ timeoutMs: 300 });
    sandbox.misbehave(fault);
    const error = await client.dictionary('client_type', never).catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'CharitylogError', kind });
    expect(error.message).not.toMatch(secretsAndPaths);
    expect(error.message).not.toContain('Secret-Name');
    expect(sandbox.requests).toHaveLength(tries);
    sandbox.behave();
    expect(await client.dictionary('client_type', never)).toHaveLength(8);
  });

  test('by wrong keys names the three settings and no key', async () => {
    const { client } = await setUp({ keys: { source: 'wrong-source', org: 'wrong-org', user: 'wrong-user' } });
    const error = await client.checkKeys(never).catch(thrown => thrown);
    expect(error).toMatchObject({ kind: 'auth' });
    expect(error.message).toMatch(/CHARITYLOG_SOURCE_KEY.*CHARITYLOG_ORG_KEY.*CHARITYLOG_USER_KEY/s);
    expect(error.message).not.toMatch(/wrong-/);
  });

  test('without keys names the missing settings, and nothing is sent', async () => {
    const { sandbox, client } = await setUp({ keys: { source: 'x', org: '', user: '' } });
    const error = await client.checkKeys(never).catch(thrown => thrown);
    expect(error).toMatchObject({
      kind: 'config',
      message: expect.stringMatching(/CHARITYLOG_ORG_KEY, CHARITYLOG_USER_KEY are not set/),
    });
    expect(sandbox.requests).toEqual([]);
  });

  test('with nobody listening is "unavailable"', async () => {
    const { client } = await setUp({ baseUrl: nobodyListens });
    await expect(client.checkKeys(never)).rejects.toMatchObject({ kind: 'unavailable', logText: 'ECONNREFUSED' });
  });

  test("quotes the API's own words without markup, addresses, paths and keys", async () => {
    const { sandbox, client } = await setUp();
    const message = `<b>Bad</b> field in /var/www/api/clients.php at https://api.example.org/x for ${sandbox.keys.org} ${'x'.repeat(400)}`;
    sandbox.misbehave({ kind: 'status', status: 400, message });
    const error = await client.checkKeys(never).catch(thrown => thrown);
    expect(error.message).toMatch(/"Bad field in \[path\] at \[address\] for \[key\] x+…"/);
    expect(error.message.length).toBeLessThan(400);
  });

  test('grows past the limit and is stopped; a list of people has none, and ends', async () => {
    const { sandbox, client } = await setUp();
    const heal = sandbox.misbehave({ kind: 'huge', bytes: 18 * 1_048_576 });
    await expect(client.dictionary('client_type', never)).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/larger than 16 MB/),
    });
    heal();
    sandbox.misbehave({ kind: 'huge', bytes: 1_048_576 });
    await expect(findAll(client, {})).rejects.toMatchObject({ kind: 'unreadable' });
  });
});

describe('a create', () => {
  const jo = new Map([
    ['first_name', 'Jo'],
    ['surname', 'Smith'],
  ]);

  test.each([
    ['500', { kind: 'status', status: 500, body: 'html' }],
    ['408', { kind: 'status', status: 408 }],
    ['a redirect', { kind: 'redirect', location: '/v2/clients' }],
    ['a reset after the record was made', { kind: 'reset', stage: 'after-handling' }],
    ['a reset before', { kind: 'reset', stage: 'before-handling' }],
    ['an answer without an id', { kind: 'json', value: { message: 'created' } }],
    ['a web page', { kind: 'garbage' }],
    ['silence', { kind: 'hang' }],
    ['a cut-off answer', { kind: 'cut' }],
  ] as const)('answered by %s has an unknown outcome and is sent once', async (_, fault) => {
    const { sandbox, client } = await setUp({ timeoutMs: 300 });
    sandbox.misbehave({ ...fault, method: 'POST' });
    await expect(client.createPerson(jo)).rejects.toMatchObject({ kind: 'unknown_outcome' });
    expect(requestLines(sandbox)).toEqual(['POST /clients']);
  });

  test.each([
    ['401', 401, 'auth'],
    ['403', 403, 'forbidden'],
    ['422', 422, 'invalid'],
    ['429', 429, 'rate_limited'],
  ] as const)('refused by %s was not made, and is sent once', async (_, status, kind) => {
    const { sandbox, client } = await setUp();
    sandbox.misbehave({ kind: 'status', status, retryAfter: '0' });
    const before = sandbox.people.length;
    await expect(client.createPerson(jo)).rejects.toMatchObject({ kind });
    expect([sandbox.requests.length, sandbox.people.length]).toEqual([1, before]);
  });

  test('that never left is "unavailable", not unknown', async () => {
    const { client } = await setUp({ baseUrl: nobodyListens });
    await expect(client.createPerson(jo)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('under way is waited for by settleWrites', async () => {
    const { sandbox, client } = await setUp();
    const before = sandbox.people.length;
    sandbox.misbehave({ kind: 'slow', ms: 200, method: 'POST' });
    const arrived = sandbox.nextRequest();
    const created = client.createPerson(jo);
    await arrived;
    await client.settleWrites(10_000);
    expect(sandbox.people.length).toBe(before + 1);
    expect(await created).toBe(sandbox.people.at(-1)?.id);
  });
});

test('a cancelled read ends its request', async () => {
  const { sandbox, client } = await setUp();
  sandbox.misbehave({ kind: 'hang' });
  const caller = new AbortController();
  const arrived = sandbox.nextRequest();
  const dropped = new Promise(resolve => sandbox.onRequest(resolve));
  const read = client.checkKeys(caller.signal);
  await arrived;
  caller.abort();
  await expect(read).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(await dropped).toMatchObject({ status: null });
});

test('at most three reads are under way at once, so that a write never waits', async () => {
  const { sandbox, client } = await setUp();
  sandbox.misbehave({ kind: 'slow', ms: 20 });
  let most = 0;
  onTestFinished(
    sandbox.onRequest(() => {
      most = Math.max(most, sandbox.connections);
    }),
  );
  await Promise.all(Array.from({ length: 16 }, () => client.checkKeys(new AbortController().signal)));
  expect(most).toBe(3);
});

test('compressed answers are read', async () => {
  const { sandbox, client } = await setUp();
  expect(await findAll(client, {})).toHaveLength(sandbox.people.length);
  expect(sandbox.requests[0]?.headers['accept-encoding']).toContain('gzip');
});
