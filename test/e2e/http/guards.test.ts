import { setMaxListeners } from 'node:events';
import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startOnce } from '../../support/lifetime.ts';
import { head, speak } from '../../support/raw-http.ts';
import { run } from '../../support/run.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { callersFile, post, type Service, startService, type TestCaller, toolCall } from '../../support/service.ts';

const call = toolCall('list_client_types');
const token = 'a-token-that-is-let-in';
const otherToken = 'the-token-of-another';
const good = { authorization: `Bearer ${token}` };
let sandbox: Sandbox;
let service: Service;

startOnce(async () => {
  sandbox = await useSandbox({ people: 40 });
  const keys = { org_key: sandbox.keys.org, user_key: sandbox.keys.user };
  const callers: TestCaller[] = [
    { name: 'reception', token, ...keys },
    { name: 'outreach', token: otherToken, ...keys },
  ];
  const file = await callersFile(callers);
  service = await startService({ ...settingsFor(sandbox), CHARITYLOG_CALLERS: file.path });
});

/** The service is as good as before: it serves, nothing is left under way, and no secret was written. */
async function expectUnharmed(): Promise<void> {
  expect((await post(service.url, call, good)).status).toBe(200);
  expect(JSON.stringify(service.log)).not.toContain(token);
  expect(JSON.stringify(service.log)).not.toContain(sandbox.keys.user);
}

describe('tokens', () => {
  test.each([
    ['none', {}],
    ['an unknown one', { authorization: 'Bearer wrong' }],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${btoa(`reception:${token}`)}` }],
    ['its hash', { authorization: `Bearer ${'0'.repeat(64)}` }],
    ['an unsigned JWT', { authorization: `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"reception"}')}.` }],
  ])('%s is refused with 401 and a challenge', async (_, headers) => {
    const response = await post(service.url, call, headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
    await expectUnharmed();
  });

  test('one in the address is refused, also beside a good one', async () => {
    for (const query of [`?access_token=${token}`, `?token=${token}`]) {
      expect((await post(service.url + query, call)).status).toBe(400);
      const response = await post(service.url + query, call, good);
      expect(await response.json()).toMatchObject({
        error: { message: expect.stringContaining('have this one replaced') },
      });
    }
    await expectUnharmed();
  });

  test('the token never goes on to Charitylog', async () => {
    await post(service.url, call, good);
    expect(sandbox.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(sandbox.requests)).not.toContain(token);
  });
});

describe('where a request comes from', () => {
  test.each([
    ['a name that a page led to this address (DNS rebinding)', { host: 'attacker.example' }],
    ['a name that begins as an allowed one', { host: 'localhost.attacker.example' }],
  ])('%s is refused with 403', async (_, headers) => {
    expect(await statusWith(headers)).toBe(403);
    await expectUnharmed();
  });

  test('no name is refused', async () => {
    const lines = ['POST /mcp HTTP/1.1', `Authorization: Bearer ${token}`, 'Connection: close', 'Content-Length: 0'];
    expect(await speak(service.url, [...lines, '', ''].join('\r\n'))).toMatch(/^HTTP\/1\.1 400/);
    expect(await speak(service.url, [...lines, 'Host:', '', ''].join('\r\n'))).toMatch(/^HTTP\/1\.1 403/);
    await expectUnharmed();
  });

  test.each(['https://attacker.example', 'http://localhost.attacker.example', 'null', 'file://'])(
    'a page of %s is refused with 403',
    async origin => {
      expect((await post(service.url, call, { ...good, origin })).status).toBe(403);
      await expectUnharmed();
    },
  );

  test('a page of an allowed origin may call, after asking', async () => {
    const origin = 'http://localhost:6274';
    const asked = await fetch(service.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
    const answer = await post(service.url, call, { ...good, origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });

  /** The built-in `fetch` sets Host itself. */
  function statusWith(headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers: { ...good, 'content-type': 'application/json', ...headers } };
      const sent = httpRequest(service.url, options, answer => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(call));
    });
  }
});

describe('bodies', () => {
  test('one over 1 MB is refused with 413', async () => {
    const big = toolCall('search_people', { name: 'x'.repeat(1_100_000) });
    expect((await post(service.url, big, good)).status).toBe(413);
    await expectUnharmed();
  });

  test('one that never ends is refused at 1 MB', async () => {
    function* endless() {
      yield head(`Authorization: Bearer ${token}`, 'Transfer-Encoding: chunked');
      for (let chunk = 0; chunk < 10_000; chunk++) yield `10000\r\n${' '.repeat(65_536)}\r\n`;
    }
    const answer = await speak(service.url, endless());
    expect(answer === '' || answer.startsWith('HTTP/1.1 413')).toBe(true);
    await expectUnharmed();
  });

  /** Begins so many bodies of 1 MB, of which so many bytes come and then nothing, until `leave` is called. */
  function beginBodies(count: number, bytes: number) {
    const leaving = new AbortController();
    setMaxListeners(count + 1, leaving.signal);
    const half = `${head(`Authorization: Bearer ${token}`, 'Content-Length: 1000000')}${' '.repeat(bytes)}`;
    const answers = Array.from({ length: count }, () => speak(service.url, half, leaving.signal));
    const leave = async () => {
      leaving.abort();
      await Promise.all(answers);
    };
    return { answers, leave };
  }

  test('many that are never finished are refused to their caller alone, before they take the memory of all', async () => {
    const { answers, leave } = beginBodies(40, 900_000);
    expect(await Promise.race(answers)).toMatch(/^HTTP\/1\.1 503.*too much data of this caller/s);
    const others = { authorization: `Bearer ${otherToken}` };
    for (let n = 0; n < 5; n++) expect((await post(service.url, call, others)).status).toBe(200);
    expect((await fetch(service.at('/healthz'))).status).toBe(200);
    await leave();
    await expect.poll(async () => (await post(service.url, call, good)).status).toBe(200);
    await expectUnharmed();
  });

  test('many that trickle in take what came of them, and keep nobody back', async () => {
    const { leave } = beginBodies(40, 1000);
    const inFlight = async () => {
      const metrics = await (await fetch(service.at('/metrics'))).text();
      return Number(/^charitylog_http_requests_in_flight (\d+)/m.exec(metrics)?.[1]);
    };
    await expect.poll(inFlight).toBe(40);
    for (const one of [token, otherToken]) {
      expect((await post(service.url, call, { authorization: `Bearer ${one}` })).status).toBe(200);
    }
    await leave();
    await expectUnharmed();
  });

  test.each([
    ['broken JSON', '{"jsonrpc":', -32700],
    ['no JSON', 'hello', -32700],
    ['nothing', '', -32700],
    ['a batch of two requests with one id', [call, call], -32600],
    ['an empty batch', [], -32600],
    ['one nested 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, -32600],
    ['lists nested 400,000 deep', `{"params":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, -32600],
  ])('%s is refused with 400', async (_, body, code) => {
    const response = await post(service.url, body, good);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code } });
    await expectUnharmed();
  });

  test('keys that name the prototype are arguments like others, and reach nothing', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString']) {
      const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_people","arguments":{"${key}":{"limit":1,"polluted":"yes"}}}}`;
      const answer = await (await post(service.url, body, good)).json();
      expect(JSON.stringify(answer)).toMatch(/isError":true|-32600/);
      expect(JSON.stringify(answer)).toContain(key);
      const outside = body.replace('"params":', `"${key}":{"isAdmin":true},"params":`);
      await (await post(service.url, outside, good)).text();
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    await expectUnharmed();
  });

  test('whatever JSON comes, the answer is one of the protocol', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({
        jsonrpc: fc.constantFrom('2.0', '1.0'),
        id: fc.jsonValue(),
        method: fc.string(),
        params: fc.jsonValue(),
      }),
      fc.record({
        jsonrpc: fc.constant('2.0'),
        id: fc.nat(),
        method: fc.constantFrom(
          'tools/call',
          'tools/list',
          'initialize',
          'resources/read',
          'prompts/get',
          'completion/complete',
          'subscriptions/listen',
          'server/discover',
        ),
        params: fc.oneof(
          fc.jsonValue(),
          fc.record({ name: fc.constantFrom('search_people', 'x'), arguments: fc.jsonValue(), _meta: fc.jsonValue() }),
        ),
      }),
    );
    const seen = fc.asyncProperty(anything, async message => {
      const response = await post(service.url, message, good);
      expect([200, 202, 400, 404]).toContain(response.status);
      const text = await response.text();
      const answers = text === '' ? [] : [JSON.parse(text)].flat();
      for (const answer of answers) {
        expect(answer).toMatchObject({ jsonrpc: '2.0' });
        expect(answer.error?.message ?? '').not.toMatch(/invalid_type|invalid_union|"path"/);
      }
    });
    await fc.assert(seen, { numRuns: 300 });
    await expectUnharmed();
  });
});

describe('connections', () => {
  test('a flood of headers is refused', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `X-H${index}: ${index}`);
    // The end of the connection may overtake the answer.
    expect(await speak(service.url, head(...many))).toMatch(/^(HTTP\/1\.1 431|$)/);
    expect(await speak(service.url, head(`X-Long: ${'a'.repeat(100_000)}`))).toMatch(/^(HTTP\/1\.1 431|$)/);
    await expectUnharmed();
  });

  test('what is not HTTP is refused', async () => {
    expect(await speak(service.url, '\u0000\u0001 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    await expectUnharmed();
  });

  test('a method and a name that no client sends are refused', async () => {
    const line = (text: string) => head('Connection: close').replace('POST', text);
    expect(await speak(service.url, line('TRACE'))).toMatch(/^HTTP\/1\.1 405/);
    expect(await speak(service.url, head('Connection: close').replace('localhost', 'a@localhost'))).toMatch(
      /^HTTP\/1\.1 403/,
    );
    await expectUnharmed();
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is answered with what is allowed', async method => {
    const response = await fetch(service.url, { method, headers: good });
    expect(response.status).toBe(405);
  });
});

describe('starting where others could call', () => {
  const serve = (...args: string[]) => run(['http', '--port', '0', ...args]);

  test('without callers is refused', async () => {
    const { code, stderr } = await serve('--host', '0.0.0.0');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--callers.*127\.0\.0\.1/s);
  });

  test('without the names it is called by is refused', async () => {
    const file = await callersFile([{ name: 'a', token, org_key: 'o', user_key: 'u' }]);
    const { code, stderr } = await serve('--host', '::', '--callers', file.path);
    expect(code).toBe(2);
    expect(stderr).toContain('--allowed-hosts');
  });

  test('on a port that is taken is refused', async () => {
    const { code, stderr } = await serve('--port', new URL(service.url).port);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('EADDRINUSE') });
  });
});
