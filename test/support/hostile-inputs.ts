import type { Fault } from '../../src/sandbox/sandbox.ts';

/** Something that an enemy, or bad luck, may send: as large as wanted. */
export interface HostileInput {
  /** What the API answers in place of the sandbox. */
  readonly faults?: (size: number) => readonly Fault[];
  /** What is asked for once and kept, so that a server is to be started anew. */
  readonly fresh?: true;
  readonly method?: string;
  /** `choice` is a field whose options weren't asked for yet: they are kept. */
  readonly params: (size: number, choice: string) => unknown;
  /** As large as it may come: in what `params` or `faults` count. */
  readonly largest: number;
}

export const call = (tool: string, args: unknown) => ({ name: tool, arguments: args });
export const search = (args: unknown) => call('search_people', args);
export const texts = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n));
export const named = (count: number, make: (n: number) => readonly [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => make(n)));

/** The API's answer to requests whose address has this part. */
const answer = (path: string, value: unknown): Fault => ({ kind: 'json', path, value });
const refusal = (message: string): Fault => ({ kind: 'status', status: 400, path: '/clients/field/', message });
export const people = (value: unknown) => answer('/clients/field/', value);
export const districts = (value: unknown) => answer('/dictionary/', value);
export const options = (count: number) =>
  texts(count, n => `Ward ${n} of Östwick`).map((name, id) => ({ id: id + 1, name }));

/** Marks above and below a letter by turns: each one is to be put before all others. */
const marks = (count: number) => `a${'\u0301\u0323'.repeat(count)}`;

/** From a caller: what its arguments, or other params, hold. */
export const fromCallers: Readonly<Record<string, HostileInput>> = {
  'a name with accents': { params: n => search({ name: 'é'.repeat(n) }), largest: 20_000 },
  'a name of combining marks': { params: n => search({ name: marks(n) }), largest: 200_000 },
  'a name of signs that stand for 18 letters': { params: n => search({ name: '\uFDFA'.repeat(n) }), largest: 300_000 },
  'a name of many words': { params: n => search({ name: 'é '.repeat(n) }), largest: 200_000 },
  'a name of spaces': { params: n => search({ name: `${' '.repeat(n)}.` }), largest: 1_000_000 },
  'a name of halves of signs': { params: n => search({ name: '\uD83D'.repeat(n) }), largest: 160_000 },
  'unknown arguments': { params: n => search(named(n, at => [`unknown ${at}`, 1])), largest: 35_000 },
  'one unknown argument with a long name': { params: n => search({ ['ä'.repeat(n)]: 1 }), largest: 500_000 },
  'an argument in many spellings': {
    params: n => search(named(n, at => [`na${' '.repeat(at % 9)}${'-'.repeat(at)}me`, 1])),
    largest: 1_200,
  },
  'values that are no options': { params: n => search({ district: texts(n, at => `Nowhere ${at}`) }), largest: 50_000 },
  'values of a list in one text': { params: n => search({ id: texts(n, String).join(';') }), largest: 120_000 },
  'separators alone': { params: n => search({ district: `x${';'.repeat(n)}x` }), largest: 1_000_000 },
  'a text like a list': { params: n => search({ district: `[${' '.repeat(n)}x` }), largest: 1_000_000 },
  brackets: { params: n => search({ district: '] '.repeat(n) }), largest: 500_000 },
  'a list in a list in a list': {
    params: n => search({ fields: `${'['.repeat(n)}${']'.repeat(n)}` }),
    largest: 500_000,
  },
  'further fields': { params: n => search({ more: texts(n, at => `unknown ${at}=x`) }), largest: 40_000 },
  'a further field of spaces': { params: n => search({ more: [`a${' '.repeat(n)}x`] }), largest: 1_000_000 },
  'fields to show': { params: n => search({ fields: texts(n, at => `unknown ${at}`) }), largest: 50_000 },
  'fields to show in one text': {
    params: n => search({ fields: texts(n, at => `u${at}`).join(',') }),
    largest: 120_000,
  },
  'a cursor': { params: n => search({ cursor: `1.${'a'.repeat(n)}` }), largest: 1_000_000 },
  'an id of digits': { params: n => call('get_person', { id: '9'.repeat(n) }), largest: 1_000_000 },
  'a limit of digits': { params: n => search({ limit: '9'.repeat(n) }), largest: 1_000_000 },
  'an e-mail address of dots': { params: n => search({ email: `a@${'a.'.repeat(n)}` }), largest: 500_000 },
  'a search among options': {
    params: n => call('describe_fields', { field: 'district', search: marks(n) }),
    largest: 200_000,
  },
  'a new person with long values': {
    params: n =>
      call('create_person', {
        first_name: 'Gwilym',
        surname: 'é'.repeat(n),
        email: `a@${'a.'.repeat(n)}`,
        mobile: '0 '.repeat(n),
        dry_run: true,
      }),
    largest: 160_000,
  },
  'a confirm token': {
    params: n => call('create_person', { first_name: 'Gwilym', surname: 'Tansley', confirm_token: 'a'.repeat(n) }),
    largest: 1_000_000,
  },
  'a tool with a long name': { params: n => call('a'.repeat(n), {}), largest: 1_000_000 },
  'an address of a resource': {
    method: 'resources/read',
    params: n => ({ uri: `charitylog://people/${'9'.repeat(n)}` }),
    largest: 1_000_000,
  },
  'an address of no resource': {
    method: 'resources/read',
    params: n => ({ uri: `charitylog:${'/a'.repeat(n)}` }),
    largest: 500_000,
  },
  'an argument of a prompt': {
    method: 'prompts/get',
    params: n => ({ name: 'find_person', arguments: { name: 'a'.repeat(n) } }),
    largest: 1_000_000,
  },
  'unknown arguments of a prompt': {
    method: 'prompts/get',
    params: n => ({ name: 'find_person', arguments: named(n, at => [`unknown ${at}`, 'x']) }),
    largest: 35_000,
  },
  'a text to complete': {
    method: 'completion/complete',
    params: n => ({ ref: { type: 'ref/prompt', name: 'find_person' }, argument: { name: 'type', value: marks(n) } }),
    largest: 200_000,
  },
};

/** From the API: what it answers. */
export const fromApi: Readonly<Record<string, HostileInput>> = {
  'an error of one word': { faults: n => [refusal('a'.repeat(n))], params: () => search({}), largest: 1_000_000 },
  'an error of dots': { faults: n => [refusal('a.'.repeat(n))], params: () => search({}), largest: 500_000 },
  'an error of tags': { faults: n => [refusal('<'.repeat(n))], params: () => search({}), largest: 1_000_000 },
  'an error of paths': { faults: n => [refusal('/a'.repeat(n))], params: () => search({}), largest: 500_000 },
  'an error of digits': { faults: n => [refusal('1 '.repeat(n))], params: () => search({}), largest: 500_000 },
  'an error of many parts': {
    faults: n => [people({ error: named(n, at => [`e${at}`, { code: 0 }]) })],
    params: () => search({}),
    largest: 100_000,
  },
  'a text that is no JSON': {
    faults: n => [{ kind: 'garbage', path: '/clients/field/', body: ' '.repeat(n) }],
    params: () => search({}),
    largest: 8_000_000,
  },
  'a head without people': {
    faults: n => [people({ a: texts(n, () => 'x'), data: [] })],
    params: () => search({}),
    largest: 1_000_000,
  },
  'options, and a wrong one asked for': {
    faults: n => [districts(options(n))],
    params: (_, choice) => search({ [choice]: 'Nowhere at all' }),
    largest: 19_000,
  },
  'options, and many wrong ones asked for': {
    faults: n => [districts(options(n))],
    params: (_, choice) => search({ [choice]: texts(190, at => `Nowhere ${at}`) }),
    largest: 19_000,
  },
  'options in a map': {
    faults: n => [districts(named(n, at => [`w${at}`, `Ward ${at}`]))],
    params: (_, choice) => search({ [choice]: 'Nowhere' }),
    largest: 19_000,
  },
  'options with long names': {
    faults: n => [districts(options(20).map(one => ({ ...one, name: one.name + marks(n) })))],
    params: (_, choice) => search({ [choice]: 'Nowhere' }),
    largest: 60_000,
  },
  'options to complete': {
    faults: n => [districts(options(n))],
    method: 'completion/complete',
    params: (_, choice) => ({
      ref: { type: 'ref/prompt', name: 'find_person' },
      argument: { name: 'value', value: 'ward' },
      context: { arguments: { field: choice } },
    }),
    largest: 19_000,
  },
  'options to describe': {
    faults: n => [districts(options(n))],
    params: (_, choice) => call('describe_fields', { field: choice, search: '9' }),
    largest: 19_000,
  },
  types: {
    fresh: true,
    faults: n => [districts(options(n))],
    params: () => call('list_client_types', {}),
    largest: 19_000,
  },
  'a dictionary of empty lists': {
    faults: n => [districts(texts(n, () => '').map(() => []))],
    params: (_, choice) => search({ [choice]: 'Nowhere' }),
    largest: 2_000_000,
  },
  'fields of the system': {
    fresh: true,
    faults: n => [
      answer(
        '_fields',
        texts(n, at => `field_${at}`),
      ),
    ],
    params: () => call('describe_fields', { field: 'feld 9999x' }),
    largest: 100_000,
  },
  'fields of the system with long names': {
    fresh: true,
    faults: n => [
      answer(
        '_fields',
        texts(200, at => `${at}${marks(n)}`),
      ),
    ],
    params: () => call('describe_fields', { field: 'nowhere' }),
    largest: 5_000,
  },
  'many people': {
    faults: n => [
      people(texts(n, at => `Ínes ${at}`).map((first_name, at) => ({ id: at + 1, first_name, surname: 'Quarmby' }))),
    ],
    params: () => search({ name: 'Ines Nowhere' }),
    largest: 50_000,
  },
  'people with long names': {
    faults: n => [
      people(texts(20, at => `${at}`).map((surname, at) => ({ id: at + 1, first_name: marks(n), surname }))),
    ],
    params: () => search({ name: 'Ines Quarmby' }),
    largest: 60_000,
  },
  'people with long notes': {
    faults: n => [
      people(
        texts(50, () => 'n\u202E'.repeat(n)).map((notes, at) => ({
          id: at + 1,
          first_name: 'Ines',
          surname: 'Quarmby',
          gp_name: notes,
        })),
      ),
    ],
    params: () => search({ fields: ['gp_name'], limit: 50 }),
    largest: 60_000,
  },
  'people of very many types': {
    faults: n => [people([{ id: 1, first_name: 'Ines', surname: 'Quarmby', type: texts(n, String).join(';') }])],
    params: () => search({}),
    largest: 500_000,
  },
  'a person with very many keys': {
    faults: n => [people([{ id: 1, first_name: 'Ines', ...named(n, at => [`Key ${at}`, at]) }])],
    params: () => search({}),
    largest: 100_000,
  },
  'a record with very many keys': {
    faults: n => [answer('/clients/id/', { id: 7, first_name: 'Ines', ...named(n, at => [`Key ${at}`, at]) })],
    params: () => call('get_person', { id: 7 }),
    largest: 100_000,
  },
  'a record with a list in a list in a list': {
    faults: n => [
      {
        kind: 'garbage',
        path: '/clients/id/',
        body: `{"id":7,"first_name":"Ines","gp_name":${'['.repeat(n)}${']'.repeat(n)}}`,
      },
    ],
    params: () => call('get_person', { id: 7 }),
    largest: 500_000,
  },
  'a record with a long list': {
    faults: n => [answer('/clients/id/', { id: 7, first_name: 'Ines', gp_name: texts(n, String) })],
    params: () => call('get_person', { id: 7 }),
    largest: 200_000,
  },
  groups: {
    faults: n => [
      people(texts(n, at => `Dr ${at}`).map((gp_surgery, at) => ({ id: at + 1, gp_surgery, district: `${at % 999}` }))),
    ],
    params: () => call('count_people', { by: ['gp_surgery', 'district'] }),
    largest: 50_000,
  },
  'people to compare with': {
    faults: n => [
      people(
        texts(20, () => marks(n)).map((surname, at) => ({
          id: at + 1,
          first_name: 'Ines',
          surname,
          email: surname,
          mobile: '0 '.repeat(n),
        })),
      ),
    ],
    params: () =>
      call('create_person', {
        first_name: 'Ines',
        surname: 'Quarmby',
        mobile: '07700 900123',
        email: 'ines@example.org',
        dry_run: true,
      }),
    largest: 60_000,
  },
};
