import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { checkService } from '../../../src/checking/service/check-service.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { Issuer } from '../../support/issuer.ts';
import { atEnd, startOnce } from '../../support/lifetime.ts';
import { aud, startOAuthService } from '../../support/oauth-service.ts';
import { certificateFor } from '../../support/proxy.ts';
import { freePort } from '../../support/redis.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { type Service, startService } from '../../support/service.ts';

const token = 'a-token-of-the-file';
let issuer: Issuer;
let service: Service;
let sandbox: Sandbox;
/** A service that asks for no token. */
let open: Service;

startOnce(async () => {
  sandbox = await useSandbox({ people: 40 });
  open = await startService(settingsFor(sandbox));
  ({ issuer, service } = await startOAuthService(keys => [{ name: 'reception', token, ...keys }]));
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  return (server.address() as AddressInfo).port;
}

const answering = async (listener: RequestListener) => `http://127.0.0.1:${await listen(createServer(listener))}/mcp`;

/** A proxy before the service, which changes what goes through it. */
function proxy(change: {
  readonly request?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
  readonly answer?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
}) {
  return answering((incoming, outgoing) => {
    const headers = change.request?.(incoming.headers) ?? incoming.headers;
    const target = new URL(incoming.url ?? '/', service.url);
    const forwarded = request(target, { method: incoming.method, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 500, change.answer?.(answer.headers) ?? answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
}

/** The step that failed first, and what it says. */
async function brokenStep(address: string, withToken = token): Promise<string> {
  const { steps } = await checkService(address, withToken);
  const { name, detail } = steps.find(step => step.result === 'failed') ?? {};
  return `${name}: ${detail}`;
}

describe('check --url names the step that keeps a client from connecting', () => {
  test('DNS', async () => {
    expect(await brokenStep('https://nowhere.invalid/mcp')).toMatch(/^DNS: no address is known for nowhere.invalid/);
  });

  test('connection', async () => {
    const port = await freePort();
    expect(await brokenStep(`http://127.0.0.1:${port}/mcp`)).toMatch(
      /^connection: no answer on port \d+ \(ECONNREFUSED\)/,
    );
  });

  test('TLS: a certificate that is signed by itself, and a port without TLS', async () => {
    const { private: key, cert } = await certificateFor('localhost');
    const port = await listen(createHttpsServer({ key, cert }));
    expect(await brokenStep(`https://localhost:${port}/mcp`)).toMatch(/^TLS: the certificate is signed by itself/);
    const plain = await answering((_, answer) => answer.end());
    expect(await brokenStep(plain.replace('http:', 'https:'))).toMatch(/^TLS: this port does not speak TLS/);
  });

  test.each([
    [502, {}, /^proxy: the proxy answers 502: it does not reach the service/],
    [
      301,
      { location: 'https://mcp.example.org/mcp' },
      /^proxy: .*redirection \(301\) to https:\/\/mcp\.example\.org\/mcp/,
    ],
    [404, {}, /^proxy: the answer is 404.*Is this the MCP endpoint/],
    [200, {}, /^proxy: the answer is 200 without JSON/],
  ])('proxy: it answers %i itself', async (status, headers, problem) => {
    const address = await answering((_, answer) => answer.writeHead(status, headers).end('<html></html>'));
    expect(await brokenStep(address)).toMatch(problem);
  });

  test('host name: one that the service is not called by, and a proxy that refuses', async () => {
    const address = await proxy({ request: headers => ({ ...headers, host: 'people.example.org' }) });
    expect(await brokenStep(address)).toMatch(/^host name: .*CHARITYLOG_ALLOWED_HOSTS/);
    const refusing = await answering((_, answer) => answer.writeHead(403).end());
    expect(await brokenStep(refusing)).toMatch(/^host name: .*a proxy or a firewall/);
  });

  test('challenge: a proxy drops it, or wants a login of its own', async () => {
    const address = await proxy({ answer: ({ 'www-authenticate': _, ...headers }) => headers });
    expect(await brokenStep(address)).toMatch(/^challenge: .*without a Bearer challenge/);
  });

  test('metadata: it is not let through, or names another address', async () => {
    const address = await proxy({});
    expect(await brokenStep(address)).toMatch(/^metadata: /);
  });

  test('token: none, a wrong one, and one that a proxy drops', async () => {
    const report = async (address: string, withToken: string) => {
      const { steps } = await checkService(address, withToken);
      const { name, detail } = steps.findLast(step => step.result === 'failed') ?? {};
      return `${name}: ${detail}`;
    };
    expect(await report(service.url, '')).toMatch(/^token: .*set CHARITYLOG_TOKEN/);
    expect(await report(service.url, 'wrong')).toMatch(/^token: the token is refused: /);
    const dropping = await proxy({ request: ({ authorization: _, ...headers }) => headers });
    expect(await report(dropping, token)).toMatch(/^token: the service saw no token/);
  });

  test('caller: the token is good, and its subject in no entry of the callers file', async () => {
    const stranger = await issuer.token({ sub: 'nobody', aud, scope: 'people:read' });
    const { steps } = await checkService(service.url, stranger);
    expect(steps.at(-2)).toMatchObject({ name: 'token', result: 'ok' });
    expect(steps.at(-1)).toMatchObject({
      name: 'caller',
      result: 'failed',
      detail: expect.stringContaining('callers file'),
    });
  });

  test('tool: the API refuses what a caller asks', async () => {
    // Before the test where all is well: a list that was had once is kept.
    const undo = sandbox.misbehave({ kind: 'status', status: 403, path: '/dictionary/client_type' });
    const { steps } = await checkService(open.url, '');
    undo();
    expect(steps.at(-1)).toMatchObject({
      name: 'tool',
      result: 'failed',
      detail: expect.stringContaining('list_client_types answers'),
    });
  });

  test('none, where all is well', async () => {
    const { ok, steps } = await checkService(open.url, '');
    expect(steps.map(({ name }) => name)).toEqual([
      ...['connection', 'proxy', 'host name', 'challenge', '2026-07-28', 'older revisions', 'tool'],
    ]);
    expect(ok).toBe(true);
  });
});
