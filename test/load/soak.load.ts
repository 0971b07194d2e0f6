import { readdir, readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { callersFile, type Service, startService, type TestCaller, toolCall } from '../support/service.ts';

const calls = 100_000;
const atOnce = 16;

test('100,000 calls leave memory flat, and no socket or request open', async () => {
  const sandbox = await useSandbox();
  const keys = { org_key: sandbox.keys.org, user_key: sandbox.keys.user };
  const callers = Array.from(
    { length: 20 },
    (_, index): TestCaller => ({ name: `c${index}`, token: `token-${index}`, ...keys }),
  );
  const file = await callersFile(callers);
  const service = await startService({
    ...settingsFor(sandbox),
    CHARITYLOG_CALLERS: file.path,
    CHARITYLOG_CALLS_PER_MINUTE: '100000',
  });
  const dispatcher = new Agent({ connections: atOnce });
  const idle = await openFiles(service);
  const samples: number[] = [];
  let [next, failed] = [0, 0];
  const startedAt = performance.now();
  const work = Array.from({ length: atOnce }, async () => {
    while (next < calls) {
      const turn = next++;
      if (turn % (calls / 200) === 0) samples.push(await residentMb(service));
      const { statusCode, body } = await request(service.url, {
        dispatcher,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: accepts[turn % 2] as string,
          authorization: `Bearer token-${turn % 20}`,
        },
        body: JSON.stringify(messageOf(turn)),
      });
      const text = await body.text();
      if (statusCode !== 200 || !text.includes('"result"')) failed++;
    }
  });
  await Promise.all(work);
  const seconds = (performance.now() - startedAt) / 1000;
  await dispatcher.close();
  const [second, last] = [median(samples.slice(20, 40)), median(samples.slice(180))];
  const metrics = await (await fetch(service.at('/metrics'))).text();
  const inFlight = Number(/^charitylog_http_requests_in_flight (\d+)/m.exec(metrics)?.[1]);
  const left = (await openFiles(service)) - idle;
  process.stdout.write(
    `${JSON.stringify({ calls, seconds, failed, second, last, inFlight, left, sandbox: sandbox.connections })}\n`,
  );
  expect({ failed, inFlight }).toEqual({ failed: 0, inFlight: 0 });
  expect(last / second).toBeLessThan(1.1);
  // Of each caller, the connections to Charitylog are kept for the next call.
  expect(left).toBeLessThanOrEqual(20 * 4 + 2);
}, 1_200_000);

const accepts = ['application/json', 'application/json, text/event-stream'];

function messageOf(turn: number): object {
  const kinds = [
    toolCall('list_client_types', {}, turn),
    toolCall('get_person', { id: 1 + (turn % 12) }, turn),
    toolCall('search_people', { type: 'Volunteers', limit: 3 }, turn),
    toolCall('search_people', { nmae: 'x' }, turn),
    { jsonrpc: '2.0', id: turn, method: 'tools/list', params: {} },
    toolCall('list_client_types', {}, turn),
  ];
  return kinds[turn % kinds.length] as object;
}

async function residentMb({ child }: Service): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function openFiles({ child }: Service): Promise<number> {
  return (await readdir(`/proc/${child.pid}/fd`)).length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
