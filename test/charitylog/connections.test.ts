import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CharitylogClient } from '../../src/charitylog/client.ts';

const host = 'charitylog.test';
const keys = { source: 'source-1', org: 'org-1', user: 'user-1' };
let certificate: Awaited<ReturnType<typeof generate>>;

beforeAll(async () => {
  certificate = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** An API with a certificate of its own authority, behind a proxy that leads every name to it. */
async function apiBehindProxy() {
  const tunnels: (string | undefined)[] = [];
  const api = createHttpsServer({ key: certificate.private, cert: certificate.cert }, (request, response) =>
    response.end(JSON.stringify({ org: request.headers.org })),
  );
  const apiPort = await listen(api);
  const proxy = createHttpServer().on('connect', (request, socket) => {
    tunnels.push(request.url);
    const upstream = connect(apiPort, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    upstream.pipe(socket).pipe(upstream);
    for (const end of [socket, upstream]) end.on('error', () => end.destroy());
  });
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listen(proxy)}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return { tunnels };
}

async function certificateFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charitylog-mcp-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ca.pem');
  await writeFile(file, content);
  return file;
}

function clientWith(caFile: string | undefined): CharitylogClient {
  const settings = {
    baseUrl: `https://${host}/v2`,
    keys,
    timeoutMs: 5000,
    createMethod: 'POST',
    createEncoding: 'form',
  } as const;
  const client = new CharitylogClient({ ...settings, caFile });
  onTestFinished(() => client.close());
  return client;
}

describe('over TLS through a proxy', () => {
  test('the certificates of CHARITYLOG_CA_FILE are trusted, and HTTPS_PROXY is used', async () => {
    const { tunnels } = await apiBehindProxy();
    await clientWith(await certificateFile(certificate.cert)).checkKeys(AbortSignal.timeout(5000));
    expect(tunnels).toEqual([`${host}:443`]);
  });

  test('an unknown certificate is refused, and the error names the setting', async () => {
    await apiBehindProxy();
    const error = await clientWith(undefined)
      .checkKeys(AbortSignal.timeout(5000))
      .catch(thrown => thrown);
    expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('CHARITYLOG_CA_FILE') });
  });

  test('NO_PROXY is heeded', async () => {
    const { tunnels } = await apiBehindProxy();
    vi.stubEnv('NO_PROXY', host);
    await expect(clientWith(undefined).checkKeys(AbortSignal.timeout(5000))).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(tunnels).toEqual([]);
  });
});

test.each([
  ['missing', undefined],
  ['without a certificate', 'hello'],
])('a CA file %s is a config error that names the setting', async (_, content) => {
  const file = content ? await certificateFile(content) : '/no/such/file.pem';
  const error = await clientWith(file)
    .checkKeys(AbortSignal.timeout(5000))
    .catch(thrown => thrown);
  expect(error).toMatchObject({ kind: 'config', message: expect.stringContaining('CHARITYLOG_CA_FILE') });
  expect(error.message).not.toContain(file);
});
