import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { AccessTokens } from '../../src/serving/callers/access-tokens.ts';
import { type Document, outboundReach, outboundRead } from '../../src/serving/outbound.ts';
import { type Certificate, certificateFile, certificateFor, serveBehindProxy } from '../support/proxy.ts';

const host = 'id.test';
let certificate: Certificate;

beforeAll(async () => {
  certificate = await certificateFor(host);
});

function get(caFile: string | undefined): Promise<Document> {
  return outboundRead(caFile)(`https://${host}/keys`, AbortSignal.timeout(5000));
}

function useServer() {
  return serveBehindProxy(certificate, (_, response) => response.writeHead(302, { location: '/other' }).end('moved'));
}

test('HTTPS_PROXY is used, the certificates of CHARITYLOG_CA_FILE are trusted, and redirects are not followed', async () => {
  const { tunnels } = await useServer();
  expect(await get(await certificateFile(certificate.cert))).toEqual({ status: 302, text: 'moved' });
  expect(tunnels).toEqual([`${host}:443`]);
});

test('an unknown certificate is refused', async () => {
  await useServer();
  await expect(get(undefined)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('NO_PROXY is heeded', async () => {
  const { tunnels } = await useServer();
  vi.stubEnv('NO_PROXY', host);
  await expect(get(undefined)).rejects.toThrow();
  expect(tunnels).toEqual([]);
});

test('a CA file that cannot be used is told as such, and not as a fault of the token or the provider', async () => {
  const tokens = new AccessTokens({
    issuer: 'http://127.0.0.1:1',
    audiences: ['https://mcp.example.org/mcp'],
    read: outboundRead('/no/such/file.pem'),
  });
  const header = Buffer.from('{"alg":"ES256"}').toString('base64url');
  await expect(tokens.verify(`${header}.e30.c2ln`)).rejects.toMatchObject({
    kind: 'config',
    message: expect.stringContaining('CHARITYLOG_CA_FILE'),
  });
});

test('a server is reached when it answers, whatever it says and however long that is', async () => {
  await serveBehindProxy(certificate, (_, response) => response.writeHead(500).write('x'));
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const caFile = await certificateFile(certificate.cert);
  await outboundReach(caFile)(`https://${host}/`, gone.signal);
  await expect(outboundReach(undefined)(`https://${host}/`, gone.signal)).rejects.toThrow();
});

test('a document of more than 1 MB is refused', async () => {
  await serveBehindProxy(certificate, (_, response) => response.end('x'.repeat(1_000_001)));
  await expect(get(await certificateFile(certificate.cert))).rejects.toThrow('more than 1000000 bytes');
});
