import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { connectV2, type TestClient } from '../support/clients.ts';
import { atEnd, startOnce } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

/** The built program with its pipes in the test's hands. */
function start(env: Record<string, string>, args: string[] = []) {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, ['dist/cli.js', ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  atEnd(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  createInterface(child.stdout).on('line', line => lines.push(line));
  return {
    child,
    lines,
    exit: once(child, 'exit'),
    send: (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
  };
}

const clientInfo = { name: 'raw', version: '1' };
const initialize = {
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
};
const create = {
  id: 2,
  method: 'tools/call',
  params: { name: 'create_person', arguments: { first_name: 'Jo', surname: 'Smith' } },
};
const search = { id: 2, method: 'tools/call', params: { name: 'search_people', arguments: {} } };
const isPost = ({ method }: { method: string }) => method === 'POST';
const isSearch = ({ url }: { url: string }) => url.startsWith('/v2/clients/field/');

type End = (child: ChildProcessWithoutNullStreams) => unknown;
const closeStdin: End = child => child.stdin.end();
const kill =
  (signal: NodeJS.Signals): End =>
  child =>
    child.kill(signal);

test.each<[string, string, End]>([
  ['2024-11-05', 'on SIGTERM', kill('SIGTERM')],
  ['2025-03-26', 'on SIGINT', kill('SIGINT')],
  ['2025-06-18', 'on SIGHUP', kill('SIGHUP')],
  ['2025-11-25', 'when stdin is closed', closeStdin],
])(
  'the handshake of %s is answered in kind, and the process ends with exit code 0 %s',
  async (protocolVersion, _, stop) => {
    const { child, lines, send, exit } = start({});
    send({ ...initialize, params: { ...initialize.params, protocolVersion } });
    await once(child.stdout, 'data');
    expect(JSON.parse(lines[0] ?? '').result).toMatchObject({
      protocolVersion,
      serverInfo: { name: 'charitylog-mcp' },
    });
    stop(child);
    expect(await exit).toEqual([0, null]);
  },
);

test('server/discover is answered with 2026-07-28', async () => {
  const { child, lines, send } = start({});
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  send({ id: 1, method: 'server/discover', params: { _meta: meta } });
  await once(child.stdout, 'data');
  expect(JSON.parse(lines[0] ?? '').result.supportedVersions).toContain('2026-07-28');
});

test('every line on stdout is JSON-RPC, whatever comes in and whatever fails', async () => {
  const sandbox = await useSandbox();
  sandbox.misbehave({ kind: 'garbage', path: '/clients/field' });
  const { child, lines, send, exit } = start(settingsFor(sandbox));
  child.stdin.write('this is not JSON\n{"jsonrpc":"2.0"}\n[]\n\n');
  send(initialize);
  send({ method: 'notifications/initialized' });
  send(search);
  send({ id: 3, method: 'tools/call', params: { name: '__proto__', arguments: {} } });
  send({ id: 4, method: 'no/such/method' });
  await expect.poll(() => lines.some(line => line.includes('"id":2')), { timeout: 20_000 }).toBe(true);
  child.stdin.end();
  await exit;
  expect(lines.length).toBeGreaterThanOrEqual(4);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
});

describe('the process ends', () => {
  test('with exit code 0 when stdin is closed, with nothing asked', async () => {
    const { child, exit } = start({});
    child.stdin.end();
    expect(await exit).toEqual([0, null]);
  });

  test('when its embedded sandbox runs, too', async () => {
    const { child, exit, send } = start({}, ['--sandbox', '--people', '10']);
    send(initialize);
    await once(child.stdout, 'data');
    child.stdin.end();
    expect(await exit).toEqual([0, null]);
  });

  test('and ends a read that is under way', async () => {
    const sandbox = await useSandbox();
    sandbox.misbehave({ kind: 'hang', path: '/clients/field' });
    const { child, exit, send } = start(settingsFor(sandbox));
    const arrived = sandbox.nextRequest(isSearch);
    send(initialize);
    send(search);
    await arrived;
    child.stdin.end();
    expect(await exit).toEqual([0, null]);
  });

  test.each<[string, End]>([
    ['stdin is closed', closeStdin],
    ['SIGTERM comes', kill('SIGTERM')],
  ])('and lets a create that was sent come to its end when %s', async (_, stop) => {
    const sandbox = await useSandbox();
    const before = sandbox.people.length;
    sandbox.misbehave({ kind: 'slow', ms: 300, method: 'POST' });
    const { child, exit, send } = start(settingsFor(sandbox));
    const arrived = sandbox.nextRequest(isPost);
    const outcomes: (number | null)[] = [];
    sandbox.onRequest(request => void (isPost(request) && outcomes.push(request.status)));
    send(initialize);
    send(create);
    await arrived;
    stop(child);
    expect(await exit).toEqual([0, null]);
    expect(outcomes).toEqual([201]);
    expect(sandbox.people.length).toBe(before + 1);
  });
});

describe.each(['modern', 'legacy'] as const)('cancelling a call in the %s era', era => {
  let sandbox: Sandbox;
  let client: TestClient;
  startOnce(async () => {
    sandbox = await useSandbox();
    client = await connectV2({ env: settingsFor(sandbox) }, era);
  });

  test('ends its read, and the next call works', async () => {
    sandbox.misbehave({ kind: 'hang', path: '/clients/field', times: 1 });
    const caller = new AbortController();
    const arrived = sandbox.nextRequest(isSearch);
    const dropped = new Promise(resolve => sandbox.onRequest(request => isSearch(request) && resolve(request.status)));
    const call = client.call('search_people', {}, caller.signal);
    const refused = expect(call).rejects.toThrow();
    await arrived;
    caller.abort();
    await refused;
    expect(await dropped).toBeNull();
    expect((await client.call('search_people')).data.total).toBe(sandbox.people.length);
  });

  test('does not cut a create that was sent', async () => {
    sandbox.misbehave({ kind: 'slow', ms: 200, method: 'POST' });
    const caller = new AbortController();
    const arrived = sandbox.nextRequest(isPost);
    const answered = new Promise(resolve => sandbox.onRequest(request => isPost(request) && resolve(request.status)));
    const refused = expect(client.call('create_person', create.params.arguments, caller.signal)).rejects.toThrow();
    await arrived;
    caller.abort();
    await refused;
    expect(await answered).toBe(201);
  });
});

test('a host that closes stderr loses the log, not the server', async () => {
  const sandbox = await useSandbox();
  const { child, lines, send } = start(settingsFor(sandbox));
  child.stderr.destroy();
  send(initialize);
  send({ id: 2, method: 'tools/call', params: { name: 'search_people', arguments: { colour: 'red' } } });
  send({ id: 3, method: 'tools/call', params: { name: 'list_client_types', arguments: {} } });
  await expect.poll(() => lines.some(line => line.includes('"id":3')), { timeout: 20_000 }).toBe(true);
  expect(child.exitCode).toBeNull();
});
