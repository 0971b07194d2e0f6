import { describe, expect, test } from 'vitest';
import { startOnce } from '../../support/lifetime.ts';
import { speak } from '../../support/raw-http.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { callersFile, post, type Service, startService, toolCall } from '../../support/service.ts';

const call = toolCall('list_client_types');
const token = 'a-token-that-is-let-in';
let open: Service;
let guarded: Service;

startOnce(async () => {
  const sandbox = await useSandbox({ people: 40 });
  const { org, user } = sandbox.keys;
  const file = await callersFile([{ name: 'reception', token, org_key: org, user_key: user }]);
  open = await startService(settingsFor(sandbox), ['--allowed-hosts', 'mcp.example.org;[2001:db8::1]']);
  guarded = await startService({ ...settingsFor(sandbox), CHARITYLOG_CALLERS: file.path });
});

/** Sends a call by hand; the status that it is answered with. */
async function statusOf(target: string, ...headers: string[]): Promise<number> {
  const body = JSON.stringify(call);
  const fixed = ['Content-Type: application/json', `Content-Length: ${body.length}`, 'Connection: close'];
  const answer = await speak(open.url, [`POST ${target} HTTP/1.1`, ...headers, ...fixed, '', body].join('\r\n'));
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

describe('a host name', () => {
  test.each([
    ...['localhost', 'LOCALHOST', 'localhost.', 'localhost:', 'localhost:80', 'LocalHost.:3000'],
    ...['127.0.0.1', '127.0.0.1:1', '[::1]', '[::1]:3000', '[0:0:0:0:0:0:0:1]', '[::0001]'],
    ...['mcp.example.org', 'MCP.Example.ORG.:443', '[2001:DB8:0::1]'],
  ])('%s is one of the allowed', async host => {
    expect(await statusOf('/mcp', `Host: ${host}`)).toBe(200);
  });

  test.each([
    ...[
      'attacker.example',
      'localhost.attacker.example',
      'localhost..',
      '.localhost',
      'localhost:80:80',
      'localhost:x',
    ],
    ...['localhost:65536', 'localhost@attacker.example', 'attacker.example@localhost', 'localhost/x', 'localhost#x'],
    ...['127.1', '2130706433', '0x7f000001', '0177.0.0.1', '127.0.0.2', '::1', '[::1', '[::2]', '[::ffff:127.0.0.1]'],
    ...['loc%61lhost', 'localhost, attacker.example', 'local host', '*', '[::1]attacker.example', 'ｌocalhost'],
  ])('%s is none of them', async host => {
    expect(await statusOf('/mcp', `Host: ${host}`)).toBe(403);
  });

  test('given twice is refused', async () => {
    expect(await statusOf('/mcp', 'Host: localhost', 'Host: localhost')).toBe(400);
    expect(await statusOf('/mcp', 'Host: localhost', 'Host: attacker.example')).toBe(400);
  });
});

describe('a request for a whole address', () => {
  test.each([
    'http://localhost/mcp',
    'http://LOCALHOST:3000/mcp',
    'HTTP://mcp.example.org./mcp/',
    'https://mcp.example.org/mcp?x=1',
    'http://[::1]:3000/mcp',
  ])('%s is served as one for its path', async target => {
    expect(await statusOf(target, 'Host: localhost')).toBe(200);
    expect(await statusOf(target, 'Host: attacker.example')).toBe(200);
  });

  test('counts by its own host', async () => {
    expect(await statusOf('http://attacker.example/mcp', 'Host: localhost')).toBe(403);
    expect(await statusOf('http://localhost@attacker.example/mcp', 'Host: localhost')).toBe(403);
    expect(await statusOf('http:///mcp', 'Host: localhost')).toBe(403);
    expect(await statusOf('http://localhost', 'Host: localhost')).toBe(404);
  });
});

test.each(['null', 'localhost', 'http://', 'http://localhost/', 'http://localhost@attacker.example', 'javascript:1'])(
  'a page of the origin %s is refused',
  async origin => {
    expect(await statusOf('/mcp', 'Host: localhost', `Origin: ${origin}`)).toBe(403);
  },
);

test('a body that is compressed is refused, and told so', async () => {
  const refused = await post(open.url, call, { 'content-encoding': 'gzip' });
  expect(refused.status).toBe(415);
  expect(refused.headers.get('accept-encoding')).toBe('identity');
});

test('a chunked body over 1 MiB is refused with an answer that its sender sees', async () => {
  const chunk = 'x'.repeat(65_536);
  function* parts() {
    yield 'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    for (let count = 0; count < 40; count++) yield `10000\r\n${chunk}\r\n`;
    yield '0\r\n\r\n';
  }
  expect(await speak(open.url, parts())).toMatch(/^HTTP\/1\.1 413.*-32600/s);
});

describe('a protocol revision', () => {
  test.each(['2099-01-01', '2025-06-19', 'latest', ''])('"%s" is refused with those that are spoken', async version => {
    const refused = await post(open.url, call, { 'mcp-protocol-version': version });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      id: 1,
      error: {
        message: expect.stringMatching(/Spoken: 2026-07-28, 2025-11-25/),
        data: { supported: expect.arrayContaining(['2026-07-28', '2025-06-18']), requested: version },
      },
    });
  });

  test.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])('%s is spoken', async version => {
    expect((await post(open.url, call, { 'mcp-protocol-version': version })).status).toBe(200);
  });

  test('is agreed on by the handshake, whatever its header says', async () => {
    const params = { protocolVersion: '2099-01-01', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
    const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params };
    const answer = await post(open.url, message, { 'mcp-protocol-version': '2099-01-01' });
    expect(await answer.json()).toMatchObject({ result: { protocolVersion: '2025-11-25' } });
  });
});

test('an answer is plain JSON, and an event stream where nothing else is taken', async () => {
  const asked = async (accept: string, message: object) =>
    (await post(open.url, message, { accept })).headers.get('content-type');
  const wanted = withProgress(call);
  expect(await asked('application/json, text/event-stream', call)).toBe('application/json');
  expect(await asked('text/event-stream', call)).toBe('text/event-stream');
  expect(await asked('application/json, text/event-stream', wanted)).toBe('application/json');
  expect(await asked('text/event-stream', wanted)).toBe('text/event-stream');
  expect(await asked('application/json', wanted)).toBe('application/json');
});

test('a long read tells its progress in a stream of events that ends with the answer, unless JSON alone is taken', async () => {
  const { url } = await startService(settingsFor(await useSandbox({ people: 1500 })));
  const long = withProgress(toolCall('count_people', { name: 'Smith' }));
  const told = await post(url, long, { accept: 'application/json, text/event-stream' });
  expect(told.headers.get('content-type')).toBe('text/event-stream');
  const events = (await told.text()).split('\n').filter(line => line.startsWith('data: '));
  expect(events.map(event => JSON.parse(event.slice('data: '.length)))).toMatchObject([
    { method: 'notifications/progress', params: { progressToken: 1, progress: 1000 } },
    { id: 1, result: { structuredContent: { total: expect.any(Number) } } },
  ]);
  const whole = await post(url, long, { accept: 'application/json' });
  expect(await whole.json()).toMatchObject({ id: 1, result: { structuredContent: { total: expect.any(Number) } } });
});

function withProgress(message: ReturnType<typeof toolCall>) {
  return { ...message, params: { ...message.params, _meta: { progressToken: 1 } } };
}

describe('a service with a callers file and without OAuth', () => {
  test('says what it needs where no token comes, and names no error, scope or metadata', async () => {
    const refused = await post(guarded.url, call);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+"$/);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining('token of its callers') } });
  });

  test('says of a wrong token that it is not known, and where to get another', async () => {
    const refused = await post(guarded.url, call, { authorization: 'Bearer wrong' });
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(refused.headers.get('www-authenticate')).not.toMatch(/scope|metadata/);
    expect(await refused.json()).toMatchObject({ error_description: expect.stringContaining('callers file') });
  });

  test.each([
    ['GET', '/.well-known/oauth-protected-resource/mcp'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/.well-known/openid-configuration'],
    ['POST', '/register'],
  ])('tells a client that looks for OAuth by %s %s what it needs instead', async (method, path) => {
    const answer = await fetch(guarded.at(path), { method });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error_description: expect.stringContaining('callers file') });
  });
});
