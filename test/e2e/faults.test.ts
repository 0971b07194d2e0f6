import { describe, expect, test } from 'vitest';
import type { Fault, Sandbox } from '../../src/sandbox/sandbox.ts';
import { connectV2, type TestClient } from '../support/clients.ts';
import { startOnce, testBeside } from '../support/lifetime.ts';
import { nobodyListens, settingsFor, useSandbox } from '../support/sandbox.ts';
import { useTools } from '../support/tools.ts';

const faults: readonly (readonly [string, Fault, RegExp])[] = [
  ['a slow answer', { kind: 'slow', ms: 60_000 }, /did not answer in time/],
  ['no answer', { kind: 'hang' }, /did not answer in time/],
  ['an answer that stalls', { kind: 'stall' }, /did not answer in time/],
  ['429', { kind: 'status', status: 429, retryAfter: '0' }, /fewer requests/],
  ['500 with HTML', { kind: 'status', status: 500, body: 'html', retryAfter: '0' }, /could not answer \(HTTP 500\)/],
  ['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/v2/' }, /redirect/],
  ['a cut-off body', { kind: 'cut' }, /cannot be reached|cut off/],
  ['a body that is not JSON', { kind: 'garbage' }, /a web page instead of data/],
  ['a reset connection', { kind: 'reset', stage: 'before-handling' }, /cannot be reached/],
  [
    'a person without an id',
    { kind: 'json', value: [{ surname: 'Hidden-Name' }] },
    /its people have a form that this program does not know/,
  ],
];

const timeoutMs = 400;

interface Server {
  readonly sandbox: Sandbox;
  readonly client: Pick<TestClient, 'call' | 'stderr'>;
}

async function startServer(): Promise<Server> {
  const sandbox = await useSandbox();
  return {
    sandbox,
    client: await connectV2({ env: { ...settingsFor(sandbox), CHARITYLOG_TIMEOUT_MS: String(timeoutMs) } }),
  };
}

async function expectClearError({ sandbox, client }: Server, fault: Fault, problem: RegExp): Promise<void> {
  sandbox.misbehave(fault);
  const { isError, text } = await client.call('search_people', { type: 'Staff' });
  expect(isError).toBe(true);
  expect(text).toMatch(problem);
  expect(text).not.toMatch(/sandbox-|<\w|\/var\/|\/v2|Hidden-Name/);
  expect(client.stderr()).not.toMatch(/sandbox-|\/v2|Hidden-Name/);
  sandbox.behave();
  expect((await client.call('search_people', { type: 'Staff' })).isError).toBe(false);
}

describe('when the API fails on people', () => {
  let server: Server;
  startOnce(async () => {
    server = await startServer();
  });

  test.each(faults)('by %s, the caller gets a clear error, and the next call works', async (_, fault, problem) => {
    await expectClearError(server, { ...fault, path: '/clients/type' }, problem);
  });
});

describe('when the API fails on lists', () => {
  // A list that was had once is kept: each test has a server that knows none, in this process.
  for (const [name, fault, problem] of faults) {
    testBeside(`by ${name}, the caller gets a clear error, and the next call works`, async () => {
      const isMapped = fault.kind === 'json';
      const expected = isMapped ? /its options have a form that this program does not know/ : problem;
      const { sandbox, call, log } = await useTools({ people: 40 }, { timeoutMs });
      const server = { sandbox, client: { call, stderr: () => log.join() } };
      await expectClearError(server, { ...fault, path: 'client_type' }, expected);
    });
  }
});

test('when nobody listens, the caller is told so', async () => {
  const env = { ...settingsFor(await useSandbox()), CHARITYLOG_BASE_URL: nobodyListens };
  const client = await connectV2({ env });
  const { isError, text } = await client.call('search_people', { type: 'Staff' });
  expect(isError).toBe(true);
  expect(text).toMatch(/cannot be reached \(ECONNREFUSED\)/);
});

test('wrong keys are told as such, and as what to check', async () => {
  const sandbox = await useSandbox();
  const client = await connectV2({ env: { ...settingsFor(sandbox), CHARITYLOG_ORG_KEY: 'not-the-key' } });
  const { isError, text } = await client.call('create_person', { first_name: 'Jo', surname: 'Smith' });
  expect(isError).toBe(true);
  expect(text).toMatch(/refused the API keys.*CHARITYLOG_ORG_KEY/s);
  expect(text + client.stderr()).not.toContain('not-the-key');
  expect(sandbox.requests.every(request => request.method === 'GET')).toBe(true);
});
