import { EventEmitter, once } from 'node:events';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CharitylogClient } from '../../../src/charitylog/client.ts';
import { type Certificate, certificateFile, certificateFor, serveBehindProxy } from '../../support/proxy.ts';

const host = 'charitylog.test';
const keys = { source: 'source-1', org: 'org-1', user: 'user-1' };
let certificate: Certificate;

beforeAll(async () => {
  certificate = await certificateFor(host);
});

function apiBehindProxy() {
  return serveBehindProxy(certificate, (request, response) =>
    response.end(JSON.stringify({ org: request.headers.org })),
  );
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

test('a long answer in short parts leaves others their turns, however much of it is there', async () => {
  const rowOf = (id: number) => JSON.stringify({ id, surname: 'Quarmby' });
  const answers = new EventEmitter();
  const sent = once(answers, 'sent');
  await serveBehindProxy(certificate, (_, response) => {
    response.setHeader('content-type', 'application/json').once('finish', () => answers.emit('sent'));
    response.write('[');
    for (let id = 1; id < 20_000; id++) response.write(`${rowOf(id)},`);
    response.end(`${rowOf(20_000)}]`);
  });
  const passes: number[] = [];
  let inPass = 0;
  const countPass = () => {
    passes.push(inPass);
    inPass = 0;
    counting = setImmediate(countPass);
  };
  let counting = setImmediate(countPass);
  const collector = { restart() {}, add: () => void inPass++, ready: () => sent.then(() => undefined) };
  const client = clientWith(await certificateFile(certificate.cert));
  const query = { filters: new Map(), fields: ['surname'], resolve: [] };
  const { people } = await client.eachPerson(query, collector, AbortSignal.timeout(20_000));
  clearImmediate(counting);
  expect(people).toBe(20_000);
  expect(Math.max(...passes) * rowOf(20_000).length).toBeLessThan(100_000);
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
