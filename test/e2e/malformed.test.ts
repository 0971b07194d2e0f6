import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startOnce } from '../support/lifetime.ts';
import { handshake, type RawStdio, startRaw } from '../support/raw-stdio.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { post, type Service, startService } from '../support/service.ts';

let stdio: RawStdio;
let service: Service;

startOnce(async () => {
  const sandbox = await useSandbox({ people: 40 });
  service = await startService(settingsFor(sandbox));
  stdio = startRaw(settingsFor(sandbox));
  stdio.say(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(handshake())]));
  expect(await stdio.next()).toMatchObject({ id: 0, result: { protocolVersion: '2025-06-18' } });
});

/** The two ways of asking: each resolves with the answer to what is sent. */
const ways = {
  stdio: async (message: string | Uint8Array) => {
    stdio.say(message);
    return stdio.next();
  },
  http: async (message: string | Uint8Array) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    return (await fetch(service.url, { method: 'POST', headers, body: Buffer.from(message) })).json();
  },
};

/** A request as it goes over the line. */
function ask(method: string, params?: unknown, id: unknown = 1): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
}

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const clientInfo = { name: 'x', version: '1' };
const types = 'list_client_types';

describe.each(Object.entries(ways))('over %s', (_, send) => {
  test.each<[string, string | Uint8Array, number, id?: unknown]>([
    ['a line that is not JSON', 'hello', -32700],
    ['half of a message', '{"jsonrpc":"2.0","id":1,', -32700],
    ['two messages in one', ask('ping') + ask('ping'), -32700],
    ['broken UTF-8', bytes('{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"', [0xff, 0xc3], '"}}'), -32700],
    ['a message in UTF-16', Buffer.from(ask('ping'), 'utf16le'), -32700],
    ['a comment in the JSON', `${ask('ping').slice(0, -1)}/* hello */}`, -32700],
    ['a number', '5', -32600],
    ['null', 'null', -32600],
    ['a text', '"ping"', -32600],
    ['an empty object', '{}', -32600],
    ['an empty batch', '[]', -32600],
    ['no method', '{"jsonrpc":"2.0","id":1}', -32600, 1],
    ['no version', '{"id":1,"method":"ping"}', -32600, 1],
    ['another version', '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600, 1],
    ['a version that is a number', '{"jsonrpc":2.0,"id":1,"method":"ping"}', -32600, 1],
    ['an id of null', ask('ping', {}, null), -32600],
    ['an id that is an object', ask('ping', {}, {}), -32600],
    ['an id that is true', ask('ping', {}, true), -32600],
    ['a fractional id', ask('ping', {}, 1.5), -32600, 1.5],
    ['an id too large for a number', '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', -32600],
    ['an infinite id', '{"jsonrpc":"2.0","id":1e400,"method":"ping"}', -32600],
    ['a method that is a number', '{"jsonrpc":"2.0","id":1,"method":5}', -32600, 1],
    ['a method of null', '{"jsonrpc":"2.0","id":1,"method":null}', -32600, 1],
    ['a key __proto__', '{"jsonrpc":"2.0","id":1,"method":"ping","__proto__":{}}', -32600, 1],
    [
      'a key __proto__ deep inside',
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${types}","arguments":{"a":[{"__proto__":1}]}}}`,
      -32600,
      1,
    ],
    ['a message nested 100 deep', ask('ping', { a: JSON.parse('['.repeat(100) + ']'.repeat(100)) }), -32600, 1],
    ['a message over 1 MiB', ask('ping', { a: 'x'.repeat(1_048_576) }), -32600],
    ['a message of 30,000 values', ask('ping', { a: Array.from({ length: 30_000 }, (_, n) => n) }), -32600],
    ['params that are a list', ask('ping', []), -32602, 1],
    ['params that are a text', ask('tools/list', 'all'), -32602, 1],
    ['params that are a number', ask('tools/list', 0), -32602, 1],
    ['_meta that is a text', ask('ping', { _meta: 'x' }), -32602, 1],
    ['a progress token that is a list', ask('tools/call', { name: types, _meta: { progressToken: [] } }), -32602, 1],
    ['a handshake without params', ask('initialize'), -32602, 1],
    [
      'a handshake without clientInfo',
      ask('initialize', { protocolVersion: '2025-06-18', capabilities: {} }),
      -32602,
      1,
    ],
    [
      'a handshake with a capability that is true',
      ask('initialize', { protocolVersion: '2025-06-18', capabilities: { roots: true }, clientInfo }),
      -32602,
      1,
    ],
    ['a call without a name', ask('tools/call', {}), -32602, 1],
    ['a call whose name is a number', ask('tools/call', { name: 5 }), -32602, 1],
    ['a call whose arguments are a list', ask('tools/call', { name: types, arguments: [] }), -32602, 1],
    ['a call whose arguments are a text', ask('tools/call', { name: types, arguments: '{}' }), -32602, 1],
    ['a call of no tool', ask('tools/call', { name: 'toString' }), -32602, 1],
    ['a made-up cursor of tools', ask('tools/list', { cursor: 'abc' }), -32602, 1],
    ['an empty cursor of prompts', ask('prompts/list', { cursor: '' }), -32602, 1],
    ['a made-up cursor of resources', ask('resources/list', { cursor: 'abc' }), -32602, 1],
    ['a made-up cursor of templates', ask('resources/templates/list', { cursor: 'abc' }), -32602, 1],
    ['a cursor that is a number', ask('tools/list', { cursor: 5 }), -32602, 1],
    ['a prompt without a name', ask('prompts/get', {}), -32602, 1],
    ['a prompt with a number', ask('prompts/get', { name: 'find_person', arguments: { name: 5 } }), -32602, 1],
    ['a completion of nothing', ask('completion/complete', {}), -32602, 1],
    [
      'a completion of a new kind',
      ask('completion/complete', { ref: { type: 'x' }, argument: { name: 'a', value: 'b' } }),
      -32602,
      1,
    ],
    ['a resource without an address', ask('resources/read', {}), -32602, 1],
    ['a resource whose address is none', ask('resources/read', { uri: 'people' }), -32602, 1],
    ['a method that is not there', ask('no/such/method'), -32601, 1],
    ['a method called like a member of objects', ask('constructor'), -32601, 1],
    ['an empty method', ask(''), -32601, 1],
  ])('%s is answered, and the session lives on', async (_, message, code, id = null) => {
    const answer = await send(message);
    expect(answer).toMatchObject({ jsonrpc: '2.0', id, error: { code } });
    expect(answer.error.message).toMatch(/^[^\n[{]{10,250}$/);
    expect(await send(ask('ping', {}, 'next'))).toMatchObject({ id: 'next', result: {} });
  });

  test.each([
    ['params', ask('tools/list', null)],
    ['a cursor', ask('tools/list', { cursor: null })],
    ['arguments', ask('tools/call', { name: types, arguments: null })],
    ['_meta', ask('tools/call', { name: types, _meta: null })],
    ['a progress token', ask('tools/call', { name: types, _meta: { progressToken: null } })],
    ['an argument of a prompt', ask('prompts/get', { name: 'find_person', arguments: { name: null } })],
    [
      'a capability',
      ask('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: { roots: null, sampling: null },
        clientInfo: { ...clientInfo, title: null },
      }),
    ],
  ])('%s of null counts as not given', async (_, message) => {
    expect(await send(message)).toMatchObject({ id: 1, result: {} });
  });

  test('a value in the address of a resource may be percent-encoded', async () => {
    const plain = await send(ask('resources/read', { uri: 'charitylog://people/33' }));
    const encoded = await send(ask('resources/read', { uri: 'charitylog://people/%33%33' }));
    expect(JSON.parse(encoded.result.contents[0].text)).toEqual(JSON.parse(plain.result.contents[0].text));
    expect((await send(ask('resources/read', { uri: 'charitylog://people/%E0%A4%A' }))).error.code).toBe(-32602);
  });
});

test('a byte order mark before a message is no part of it, over HTTP too', async () => {
  expect((await post(service.url, `\uFEFF${ask('ping')}`)).status).toBe(200);
});

test('a malformed notification or answer gets no answer over stdio', async () => {
  const unanswered = [
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":5}',
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}}',
    '{"jsonrpc":"2.0","method":"notifications/nothing"}',
    '{"jsonrpc":"2.0","id":4,"result":5}',
    '{"jsonrpc":"2.0","id":4,"result":{},"error":{"code":1,"message":"x"}}',
    '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}',
    '{"jsonrpc":"2.0","id":4,"result":{}}',
    '',
    ' \t\r',
  ];
  for (const line of unanswered) stdio.say(line);
  stdio.say(ask('ping', {}, 'after'));
  expect(await stdio.next()).toMatchObject({ id: 'after', result: {} });
});

test('lines that come in pieces, and several at once, are answered each', async () => {
  stdio.say(`${ask('ping', {}, 'a')}\r\n\n${ask('ping', {}, 'b')}`);
  expect(await stdio.next()).toMatchObject({ id: 'a' });
  expect(await stdio.next()).toMatchObject({ id: 'b' });
});

test('no request of any shape is answered with the report of a validator', async () => {
  const method = fc.constantFrom(
    ...['initialize', 'ping', 'tools/call', 'tools/list', 'prompts/get', 'resources/read', 'completion/complete'],
  );
  const known = fc.constantFrom('find_person', types, 'charitylog://fields', 'ref/prompt', '2025-06-18');
  const leaf = fc.oneof(known, fc.jsonValue({ maxDepth: 2 }));
  const keys = ['name', 'arguments', 'uri', 'ref', 'argument', 'context', '_meta', 'cursor', 'protocolVersion'];
  const params = fc.dictionary(
    fc.constantFrom(...keys, 'capabilities', 'clientInfo'),
    fc.oneof(leaf, fc.dictionary(fc.constantFrom('type', 'name', 'value', 'version', 'roots', 'progressToken'), leaf)),
  );
  await fc.assert(
    fc.asyncProperty(method, params, async (method, params) => {
      stdio.say(ask(method, params));
      const answer = await stdio.next();
      expect(answer).toMatchObject({ jsonrpc: '2.0', id: 1 });
      expect(answer.error?.message ?? '').not.toMatch(/\[\s*\{|invalid_|"path"/);
    }),
    { numRuns: 300 },
  );
});

describe('a batch', () => {
  const batch = [
    ask('ping', {}, 'a'),
    ask('tools/call', { name: types }, 'b'),
    '{"jsonrpc":"2.0","method":"notifications/initialized"}',
    '5',
    ask('no/such/method', {}, 'c'),
    handshake('2025-03-26', 'd'),
    ask('tools/list', { cursor: 'abc' }, 'e'),
  ].join();
  const answers = [
    { id: 'a', result: {} },
    { id: 'b', result: { structuredContent: { types: expect.anything() } } },
    { id: 'c', error: { code: -32601 } },
    { id: 'd', error: { code: -32600 } },
    { id: 'e', error: { code: -32602 } },
    { id: null, error: { code: -32600 } },
  ];
  const sorted = (list: { id: string | null }[]) => list.sort((a, b) => (a.id ?? 'z').localeCompare(b.id ?? 'z'));

  test('is answered with the list of answers over stdio, in the revision that has batches', async () => {
    const raw = startRaw(settingsFor(await useSandbox({ people: 40 })));
    raw.say(handshake('2025-03-26'));
    await raw.next();
    raw.say(`[${batch}]`);
    expect(sorted(await raw.next())).toMatchObject(answers);
    raw.say('[{"jsonrpc":"2.0","method":"notifications/initialized"}]');
    raw.say(`[${ask('tools/call', { name: 'search_people' }, 'f')},${ask('ping', {}, 'g')}]`);
    raw.say('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"f"}}');
    expect(await raw.next()).toMatchObject([{ id: 'g', result: {} }]);
    raw.say(`[${Array.from({ length: 33 }, (_, id) => ask('ping', {}, id)).join()}]`);
    expect(await raw.next()).toMatchObject({ id: null, error: { code: -32600 } });
  });

  test('is refused in every other revision', async () => {
    stdio.say(`[${batch}]`);
    expect(await stdio.next()).toMatchObject({ id: null, error: { code: -32600 } });
    const refused = await post(service.url, `[${batch}]`, { 'mcp-protocol-version': '2025-06-18' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: -32600 } });
  });

  test('is answered over HTTP, whose clients name that revision or none', async () => {
    for (const headers of [{}, { 'mcp-protocol-version': '2025-03-26' }]) {
      const answered = await post(service.url, `[${batch}]`, headers);
      expect(answered.status).toBe(200);
      expect(sorted((await answered.json()) as never)).toMatchObject(answers);
    }
    const notified = await post(service.url, '[{"jsonrpc":"2.0","method":"notifications/initialized"}]');
    expect(notified.status).toBe(202);
  });
});
