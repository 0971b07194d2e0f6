import { describe, expect, test } from 'vitest';
import { type Switches, switches, usualSystem } from '../../src/sandbox/sandbox.ts';
import { formBody, jsonBody, openSandbox } from './helpers.ts';

// biome-ignore lint/suspicious/noExplicitAny: what JSON holds here is what the tests are about
type Json = any;

/** What one GET gives on a system of these switches. */
async function get(system: Partial<Switches>, path: string, options = {}): Promise<Json> {
  return (await openSandbox({ ...options, system })).read(path);
}

async function answer(system: Partial<Switches>, path: string, init?: RequestInit) {
  const { call } = await openSandbox({ system });
  const response = await call(path, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('the usual system has the first value of each switch', () => {
  expect(usualSystem).toMatchObject({ people: 'array', paging: 'none', refusal: 'status' });
  expect(Object.keys(usualSystem)).toEqual(Object.keys(switches));
});

test('a system can change while it runs', async () => {
  const { sandbox, read } = await openSandbox();
  sandbox.change({ ids: 'string' });
  sandbox.change({ blanks: 'null' });
  expect(await read('/clients/37/field/id;school')).toEqual({ id: '37', school: null });
});

describe('people', () => {
  const surnames = '/clients/id/1;2/field/id;surname';
  const [smith, smyth] = [
    { id: 1, surname: 'Smith' },
    { id: 2, surname: 'Smyth' },
  ];

  test.each<[Partial<Switches>, unknown]>([
    [{}, [smith, smyth]],
    [{ people: 'map' }, { 1: { surname: 'Smith' }, 2: { surname: 'Smyth' } }],
    [{ wrap: 'clients' }, { clients: [smith, smyth] }],
    [
      { nesting: 'attributes' },
      [
        { id: 1, attributes: { surname: 'Smith' } },
        { id: 2, attributes: { surname: 'Smyth' } },
      ],
    ],
    [
      { keys: 'prefixed' },
      [
        { client_id: 1, client_surname: 'Smith' },
        { client_id: 2, client_surname: 'Smyth' },
      ],
    ],
    [{ idField: 'never' }, [{ surname: 'Smith' }, { surname: 'Smyth' }]],
    [{ idField: 'not-of-one' }, [smith, smyth]],
    [
      { idField: 'never', people: 'map' },
      { 1: { surname: 'Smith' }, 2: { surname: 'Smyth' } },
    ],
  ])('%j', async (system, expected) => {
    expect(await get(system, surnames)).toEqual(expected);
  });

  test('keys are capitalised word by word', async () => {
    expect(await get({ keys: 'capitalised' }, '/clients/37/field/first_name;address_line_1')).toEqual({
      First_Name: 'Edith',
      Address_Line_1: '3 The Green',
    });
  });
});

test.each<[Partial<Switches>, unknown]>([
  [{}, { surname: 'Barraclough' }],
  [{ idField: 'always' }, { id: 37, surname: 'Barraclough' }],
  [{ single: 'list' }, [{ surname: 'Barraclough' }]],
  [{ single: 'wrapped', wrap: 'data' }, { data: { surname: 'Barraclough' } }],
  [{ single: 'list', people: 'map' }, { 37: { surname: 'Barraclough' } }],
  [{ nesting: 'fields' }, { fields: { surname: 'Barraclough' } }],
])('one record read by its id, with %j', async (system, expected) => {
  expect(await get(system, '/clients/37/field/surname')).toEqual(expected);
});

test('an id that is asked for is left out of one record alone', async () => {
  expect(await get({ idField: 'not-of-one' }, '/clients/37/field/id;surname')).toEqual({ surname: 'Barraclough' });
});

test.each<[Switches['none'], number, string]>([
  ['list', 200, '{"data":[]}'],
  ['null', 200, '{"data":null}'],
  ['empty-body', 200, ''],
  ['404', 404, '{"error":"no records found"}'],
  ['204', 204, ''],
])('nobody as %s', async (none, status, text) => {
  const system = { none, wrap: 'data' } as const;
  expect(await answer(system, '/clients/email/nobody@example.com')).toMatchObject({ status, text });
});

test.each<[Switches['type'], unknown, unknown]>([
  ['id', 7, '3;7'],
  ['list', [7], [3, 7]],
  ['semicolon', '7', '3;7'],
  ['comma', '7', '3,7'],
])('types as %s', async (type, one, two) => {
  expect(await get({ type }, '/clients/id/5;6/field/type')).toEqual([{ type: one }, { type: two }]);
});

test.each<[Partial<Switches>, object]>([
  [{ blanks: 'omit' }, { school: undefined, dbs_check_date: undefined }],
  [{ blanks: 'null' }, { school: null, dbs_check_date: null }],
  [{ blanks: 'empty' }, { school: '', dbs_check_date: '' }],
  [{ noDate: 'zeros' }, { dbs_check_date: '0000-00-00' }],
  [
    { noDate: 'zeros-time', blanks: 'null' },
    { school: null, dbs_check_date: '0000-00-00 00:00:00' },
  ],
])('blanks with %j', async (system, expected) => {
  expect(await get(system, '/clients/37/field/school;dbs_check_date')).toEqual(expected);
});

test.each<[Switches['dates'], string, string]>([
  ['iso', '1935-03-08', '2019-03-04 09:15:00'],
  ['iso-time', '1935-03-08 00:00:00', '2019-03-04 09:15:00'],
  ['dmy', '08/03/1935', '04/03/2019 09:15:00'],
])('dates as %s', async (dates, date_of_birth, created) => {
  const { sandbox, call, read } = await openSandbox({ system: { dates } });
  expect(await read('/clients/37/field/date_of_birth;created')).toEqual({ date_of_birth, created });
  await call('/clients', formBody('POST', { first_name: 'Ada', surname: 'King', date_of_birth }));
  expect(sandbox.people.at(-1)).toMatchObject({ first_name: 'Ada', date_of_birth: '1935-03-08' });
});

test('a date in another form than the system has is refused', async () => {
  const ada = { first_name: 'Ada', surname: 'King', date_of_birth: '1935-03-08' };
  expect(await answer({ dates: 'dmy' }, '/clients', formBody('POST', ada))).toMatchObject({ status: 422 });
});

test.each<[Switches['yesNo'], unknown, unknown]>([
  ['Y/N', 'Y', 'N'],
  ['1/0', 1, 0],
  ['"1"/"0"', '1', '0'],
  ['Yes/No', 'Yes', 'No'],
  ['true/false', true, false],
  ['"true"/"false"', 'true', 'false'],
  ['on/off', 'on', 'off'],
])('yes and no as %s, in answers, filters, counts and creates', async (yesNo, yes, no) => {
  const { sandbox, call, read } = await openSandbox({ system: { yesNo } });
  expect(await read('/clients/id/1;2/field/active')).toEqual([{ active: yes }, { active: no }]);
  const inactive = sandbox.people.filter(({ active }) => active === 'N').length;
  expect(await read(`/clients/active/${no}/field/id`)).toHaveLength(inactive);
  expect(await read('/clients/dimension/active')).toMatchObject({ [String(no)]: inactive });
  if (yesNo !== 'Y/N') expect(await read('/clients/active/N')).toEqual([]);
  const response = await call('/clients', formBody('POST', { first_name: 'A', surname: 'K', active: String(no) }));
  expect([response.status, sandbox.people.at(-1)?.active]).toEqual([201, 'N']);
});

test('no may be blank, and then nobody is found by it', async () => {
  const { read } = await openSandbox({ system: { no: 'blank', blanks: 'empty' } });
  expect(await read('/clients/id/1;2/field/active')).toEqual([{ active: 'Y' }, { active: '' }]);
  expect(await read('/clients/active/N')).toEqual([]);
});

test.each<[Switches['entities'], string, string]>([
  ['special', 'Siobhán', 'O&#039;Brien'],
  ['named', 'Siobh&aacute;n', 'O&#039;Brien'],
  ['numeric', 'Siobh&#225;n', 'O&#039;Brien'],
])('texts escaped for HTML: %s', async (entities, first_name, surname) => {
  const { read } = await openSandbox({ system: { entities } });
  expect(await read('/clients/10/field/first_name;surname')).toEqual({ first_name, surname });
  expect(await read('/dictionary/organisations/district')).toContainEqual({ id: 52, name: 'St Aldan&#039;s' });
});

test.each<[Switches['charset'], string, string]>([
  ['ascii', 'utf-8', 'application/json; charset=utf-8'],
  ['iso-8859-1', 'iso-8859-1', 'application/json; charset=iso-8859-1'],
  ['windows-1252', 'windows-1252', 'application/json; charset=windows-1252'],
  ['undeclared', 'windows-1252', 'application/json'],
])('the charset %s', async (charset, decoder, contentType) => {
  const { sandbox, call } = await openSandbox({ people: 400, system: { charset } });
  for (const path of ['/clients/id/10;13;27;31/field/first_name;surname;notes', '/clients/field/surname']) {
    const response = await call(path);
    const bytes = await response.arrayBuffer();
    expect(response.headers.get('content-type')).toBe(contentType);
    const people: Json[] = JSON.parse(new TextDecoder(decoder, { fatal: true }).decode(bytes));
    const ids = path.includes('id') ? [10, 13, 27, 31] : sandbox.people.map(({ id }) => id);
    const byId = new Map(sandbox.people.map(person => [person.id, person]));
    expect(people.map(({ surname }) => surname)).toEqual(ids.map(id => byId.get(id)?.surname));
  }
});

test('ids as strings are strings for people and options alike', async () => {
  const { read } = await openSandbox({ system: { ids: 'string' } });
  const expected = { id: '37', type: '1', religion: '1', people_in_household: 1 };
  expect(await read('/clients/37/field/id;type;religion;people_in_household')).toEqual(expected);
  expect((await read('/dictionary/branch'))[0]).toEqual({ id: '1', name: 'Head Office' });
});

describe('pages', () => {
  /** Follows the way to the next page as far as there is one, in the body or in a header. */
  async function readPages(paging: Switches['paging']) {
    const { sandbox, call } = await openSandbox({ people: 60, system: { paging } });
    const ids: number[] = [];
    let path: string | undefined = '/clients/field/id;surname';
    const signs: Json[] = [];
    while (path) {
      const response: Response = await call(path);
      const body = (await response.json()) as Json;
      const { data = body, ...rest } = Array.isArray(body) ? { data: body } : body;
      ids.push(...data.map(({ id }: { id: number }) => id));
      signs.push({ status: response.status, range: response.headers.get('content-range'), ...rest });
      const header = /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      const next = rest.links?.next ?? rest._links?.next?.href ?? rest.paging?.next ?? rest.next_page_url ?? header;
      path = next && new URL(next, sandbox.url).href.split('/v2')[1];
    }
    return { ids, signs, everybody: sandbox.people.map(({ id }) => id) };
  }

  test.each(['meta', 'links', 'hal', 'paging', 'laravel', 'link-header'] as const)(
    'of the kind %s lead to everybody',
    async paging => {
      const { ids, signs, everybody } = await readPages(paging);
      expect(signs).toHaveLength(3);
      expect(ids).toEqual(everybody);
    },
  );

  test.each<[Switches['paging'], object]>([
    ['pages', { pagination: { page: 1, pages: 3 } }],
    ['total', { total: 60 }],
    ['total-text', { total: '60' }],
    ['206', { status: 206, range: 'clients 0-24/60' }],
  ])('of the kind %s show that more people are there, and no way to them', async (paging, sign) => {
    const { ids, signs } = await readPages(paging);
    expect(signs).toMatchObject([sign]);
    expect(ids).toHaveLength(25);
  });

  test('may lead to another host', async () => {
    expect(await get({ paging: 'foreign' }, '/clients')).toMatchObject({
      links: { next: 'http://elsewhere.example.org/v2/clients?page=2' },
    });
  });

  test('are of no use to few people', async () => {
    expect(await get({ paging: 'total' }, '/clients/id/1;2/field/id')).toEqual([{ id: 1 }, { id: 2 }]);
  });
});

test.each<[Switches['dictionary'], unknown]>([
  ['name', [{ id: 7, name: 'Volunteers' }]],
  ['value', [{ id: 7, value: 'Volunteers' }]],
  ['label', [{ id: 7, label: 'Volunteers' }]],
  ['description', [{ id: 7, description: 'Volunteers' }]],
  ['map', { 7: 'Volunteers' }],
  ['map-object', { 7: { name: 'Volunteers' } }],
])('dictionaries as %s', async (dictionary, expected) => {
  expect(await get({ dictionary }, '/dictionary/search/client_type/volunteers')).toEqual(expected);
});

test.each<[Switches['dictionaries'], number, string]>([
  ['missing', 404, '{"error":"there is nothing at this path"}'],
  ['empty', 200, '[]'],
  ['failing', 500, '{"error":"internal error"}'],
])('dictionaries that are %s', async (state, status, text) => {
  const district = await answer({ dictionaries: state }, '/dictionary/organisations/district');
  const types = await answer({ clientTypes: state }, '/dictionary/client_type');
  expect([district, types]).toMatchObject([
    { status, text },
    { status, text },
  ]);
  expect((await answer({ clientTypes: state }, '/dictionary/organisations/district')).status).toBe(200);
});

test('names of options may hold separators, and resolveIds may be ignored', async () => {
  const path = '/clients/id/5;6/field/type;district?resolveIds[]=ALL';
  expect(await get({ optionNames: 'with-separators' }, path)).toEqual([
    { type: 'Volunteers', district: 'Stow, North' },
    { type: 'Carers, Young;Volunteers', district: 'Stow, North' },
  ]);
  expect(await get({ resolveIds: 'ignored' }, path)).toEqual([
    { type: 7, district: 21 },
    { type: '3;7', district: 21 },
  ]);
});

test.each<[Switches['fields'], (list: Json) => unknown, unknown]>([
  ['strings', list => list[2], 'title'],
  ['name', list => list[2], { name: 'title', label: 'Title' }],
  ['field', list => list[2], { field: 'title', label: 'Title' }],
  ['key', list => list[2], { key: 'title', label: 'Title' }],
  ['map', list => list.title, 'Title'],
  ['map-object', list => list.title, { label: 'Title', type: 'text' }],
])('field lists as %s', async (fields, pick, expected) => {
  expect(pick(await get({ fields }, '/clients/selectable_fields'))).toEqual(expected);
});

describe('filters', () => {
  test.each<[Switches['ignores'], string, string]>([
    ['everything', '/type/7/active/N/email/a@example.org', ''],
    ['type', '/type/7/active/N', '/active/N'],
    ['type-beside-others', '/type/7/active/N', '/active/N'],
    ['type-beside-others', '/type/7', '/type/7'],
    ['email', '/type/7/email/a@example.org', '/type/7'],
    ['choices', '/type/7/district/21', '/type/7'],
    ['yes-no', '/type/7/active/N', '/type/7'],
    ['id', '/id/37', ''],
  ])('where %s is ignored, %s means %s', async (ignores, asked, meant) => {
    const { sandbox, readIds } = await openSandbox({ system: { ignores } });
    const told = await readIds(`/clients${asked}`);
    sandbox.change({ ignores: 'nothing' });
    expect(told).toEqual(await readIds(`/clients${meant}`));
  });

  test('an ignored filter is still checked', async () => {
    expect((await answer({ ignores: 'everything' }, '/clients/surname/Smith')).status).toBe(400);
  });

  test.each<[Switches['values'], number[]]>([
    ['any', [1, 2, 3]],
    ['first', [3]],
    ['last', [2]],
    ['literal', []],
  ])('several values mean %s', async (values, expected) => {
    const { readIds } = await openSandbox({ system: { values } });
    expect(await readIds('/clients/id/3;1;2')).toEqual(expected);
    expect(await readIds('/clients/email/jsmith@example.com')).toEqual([1]);
  });

  test.each<[Switches['texts'], Record<string, number[]>]>([
    ['folded', { 'email/JSmith@EXAMPLE.com': [1], 'postcode/qe1%204ab': [], 'email/jsmith': [] }],
    ['exact', { 'email/JSmith@EXAMPLE.com': [], 'email/jsmith@example.com': [1], 'email/jsmith': [] }],
    ['contains', { 'email/JSmith@EXAMPLE.com': [1], 'postcode/qe1': [1, 2], 'email/jsmith@': [1], 'active/x': [] }],
  ])('texts are compared %s', async (texts, cases) => {
    const { readIds } = await openSandbox({ people: 27, system: { texts } });
    for (const [filter, expected] of Object.entries(cases)) {
      expect(await readIds(`/clients/${filter}`), filter).toEqual(expected);
    }
  });

  test.each<[Switches['everybody'], number, string]>([
    ['refused', 403, '{"error":"everybody can not be read at once"}'],
    ['404', 404, '{"error":"no records found"}'],
    ['list', 200, '[]'],
    ['204', 204, ''],
    ['empty-body', 200, ''],
  ])('everybody at once may be answered with %s, while filters work', async (everybody, status, text) => {
    expect(await answer({ everybody }, '/clients/field/id')).toMatchObject({ status, text });
    expect(await get({ everybody }, '/clients/type/7/active/Y/field/surname')).toContainEqual({ surname: 'Kowalska' });
  });
});

describe('reports', () => {
  test('as a list say the same as counts as a map', async () => {
    const { sandbox, read } = await openSandbox();
    const counts: Record<string, number> = await read('/clients/dimension/active');
    const split = await read('/clients/dimension/active/metric/deceased');
    sandbox.change({ counts: 'list' });
    const list = Object.entries(counts).map(([value, count]) => ({ value, count }));
    expect(await read('/clients/dimension/active')).toEqual(list);
    const splitList: Json[] = await read('/clients/dimension/active/metric/deceased');
    for (const { value, metric, count } of splitList) expect(split[value][metric]).toBe(count);
  });

  test('as a list have ids as the system writes them', async () => {
    const [first] = await get({ counts: 'list', ids: 'string' }, '/clients/type/7/active/N/dimension/type');
    expect(first.value).toBe('7');
  });

  test('may ignore filters, count active people alone, or be refused', async () => {
    const { sandbox, call, read } = await openSandbox();
    const path = '/clients/type/7/dimension/active';
    const [ofVolunteers, ofAll] = [await read(path), await read('/clients/dimension/active')];
    sandbox.change({ reports: 'ignore-filters' });
    expect(await read(path)).toEqual(ofAll);
    sandbox.change({ reports: 'active-only' });
    expect(await read(path)).toEqual({ Y: ofVolunteers.Y });
    sandbox.change({ reports: 'refused' });
    expect((await call(path)).status).toBe(403);
  });
});

test.each<[Switches['refusal'], number, string]>([
  ['status', 404, '{"error":"there is no record with this id"}'],
  ['success', 200, '{"success":false,"message":"there is no record with this id"}'],
  ['status-word', 200, '{"status":"error","message":"there is no record with this id","data":[]}'],
  ['status-false', 200, '{"status":false,"message":"there is no record with this id"}'],
  ['code', 200, '{"code":404,"message":"there is no record with this id","data":null}'],
  ['ok', 200, '{"ok":0,"message":"there is no record with this id"}'],
  ['error', 200, '{"error":"there is no record with this id"}'],
  ['errors', 200, '{"errors":[{"message":"there is no record with this id"}]}'],
  ['wrapped', 200, '{"response":{"status":"failed","message":"there is no record with this id"}}'],
  ['text', 200, 'there is no record with this id'],
])('a refusal as %s', async (refusal, status, text) => {
  expect(await answer({ refusal }, '/clients/4')).toMatchObject({ status, text });
});

describe('a new record', () => {
  const anne = { first_name: 'Anne', surname: 'Barraclough' };

  test.each<[Switches['created'], (id: number) => unknown]>([
    ['id', id => ({ id })],
    ['number', id => id],
    ['string', id => String(id)],
    ['client_id', id => ({ client_id: id })],
    ['list', id => [{ id }]],
    ['data', id => ({ data: { id } })],
    ['success', id => ({ status: 'success', id })],
    ['true', () => true],
    ['one', () => 1],
    ['other', () => ({ id: 37 })],
  ])('is answered with %s', async (created, expected) => {
    const { sandbox, call } = await openSandbox({ people: 27, system: { created } });
    const response = await call('/clients', jsonBody('POST', anne));
    expect(await response.json()).toEqual(expected(sandbox.people.at(-1)?.id ?? 0));
    expect(sandbox.people.at(-1)).toMatchObject(anne);
  });

  test('may be answered with a page or nothing', async () => {
    const page = await answer({ created: 'page' }, '/clients', jsonBody('POST', anne));
    expect([page.status, page.headers.get('content-type'), page.text]).toMatchObject([
      200,
      'text/html; charset=utf-8',
      expect.stringContaining('Saved'),
    ]);
    expect(await answer({ created: 'empty-body' }, '/clients', jsonBody('POST', anne))).toMatchObject({ text: '' });
  });

  test('may be readable after two reads, or never', async () => {
    const { sandbox, call } = await openSandbox({ system: { settling: 'later' } });
    await call('/clients', jsonBody('POST', anne));
    const path = () => `/clients/${sandbox.people.at(-1)?.id}`;
    expect((await call(path())).status).toBe(404);
    expect((await call(path())).status).toBe(404);
    expect((await call(path())).status).toBe(200);
    sandbox.change({ settling: 'never' });
    await call('/clients', jsonBody('POST', anne));
    for (let times = 0; times < 5; times++) expect((await call(path())).status).toBe(404);
    expect((await call('/clients/37')).status).toBe(200);
  });
});
