import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { atEnd } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { callersFile, type Service, startService, type TestCaller, toolCall } from '../support/service.ts';

/** A service of 512 MB, and how it is called. */
interface SmallService {
  readonly service: Service;
  /** Calls a tool as the nth caller. @returns the status and what was answered */
  call(caller: number, tool: string, args?: Record<string, unknown>): Promise<Answer>;
  /** Prints the most memory that it took. @throws where the service has died */
  expectAlive(what: string): Promise<void>;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: results of every shape
  readonly result: any;
}

async function startSmall(sandbox: Sandbox, callers: number): Promise<SmallService> {
  const keys = { org_key: sandbox.keys.org, user_key: sandbox.keys.user };
  const all = Array.from({ length: callers }, (_, n): TestCaller => ({ name: `c${n}`, token: `token-${n}`, ...keys }));
  const file = await callersFile(all);
  const service = await startService({
    ...settingsFor(sandbox),
    CHARITYLOG_CALLERS: file.path,
    NODE_OPTIONS: '--max-old-space-size=512 --max-semi-space-size=32',
  });
  const dispatcher = new Agent({ connections: 64 });
  atEnd(() => dispatcher.destroy());
  const idle = await residentMb(service, 'VmHWM');
  return {
    service,
    async call(caller, tool, args = {}) {
      const { statusCode, body } = await request(service.url, {
        dispatcher,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer token-${caller}`,
        },
        body: JSON.stringify(toolCall(tool, args)),
      });
      const text = await body.text();
      return { status: statusCode, result: text === '' ? undefined : JSON.parse(text).result };
    },
    async expectAlive(what) {
      expect((await fetch(service.at('/healthz'))).status).toBe(200);
      const peak = await residentMb(service, 'VmHWM');
      const now = await residentMb(service, 'VmRSS');
      process.stdout.write(`${JSON.stringify({ what, idle, peak, now, kept: await keptBytes(service) })}\n`);
    },
  };
}

async function residentMb({ child }: Service, what: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}

async function keptBytes({ at }: Service): Promise<Record<string, number>> {
  const metrics = await (await fetch(at('/metrics'))).text();
  const lines = metrics.matchAll(/^charitylog_kept_bytes\{kind="(\w+)"\} (\d+)/gm);
  return Object.fromEntries([...lines].map(([, kind = '', bytes]) => [kind, Number(bytes)]));
}

/** Does so many things, few at once: each of them takes a call's whole time where the machine has others to serve. */
async function inTurns(count: number, atOnce: number, task: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

test('notes of 500 kB on each of 500 people, in eight searches of four callers, and their next pages', async () => {
  const sandbox = await useSandbox({ people: 500, extraFields: 1 });
  const notes = 'Spoke to Ines Quarmby about the garden. '.repeat(12_500);
  for (const person of sandbox.people) Object.assign(person, { extra_1: notes });
  const { call, expectAlive } = await startSmall(sandbox, 4);
  await inTurns(8, 2, async n => {
    const args = { fields: ['extra_1'], limit: 5 + n };
    const first = await call(n % 4, 'search_people', args);
    expect(first).toMatchObject({ status: 200, result: { structuredContent: { total: 500 } } });
    const { next_cursor: cursor } = first.result.structuredContent;
    const next = await call(n % 4, 'search_people', { ...args, cursor });
    expect(next.result.structuredContent.people.length).toBeGreaterThan(0);
  });
  await expectAlive('notes of 500 kB');
}, 600_000);

test('dictionaries of 20,000 options, asked for by twelve callers at once', async () => {
  const sandbox = await useSandbox({ people: 60, extraFields: 12 });
  const options = Array.from({ length: 20_000 }, (_, n) => ({ id: n + 1, name: `Housing association number ${n}` }));
  sandbox.misbehave({ kind: 'json', value: options, path: 'dictionary/extension_database/extra_' });
  const { call, expectAlive } = await startSmall(sandbox, 12);
  await inTurns(36, 12, async n => {
    const field = `extra_${2 + 3 * (n % 4)}`;
    const { status, result } = await call(n % 12, 'describe_fields', { field, search: 'number 19999' });
    expect(status).toBe(200);
    // Where so much arrives at once that it doesn't fit, that is said.
    expect(JSON.stringify(result)).toMatch(/number 19999|did not fit into memory|took too long/);
  });
  await expectAlive('dictionaries of 20,000 options');
}, 600_000);

test('bodies of 1 MB, 40 at once of each of twelve callers', async () => {
  const { call, expectAlive } = await startSmall(await useSandbox({ people: 60 }), 12);
  const statuses = new Map<number, number>();
  await Promise.all(
    Array.from({ length: 480 }, async (_, n) => {
      const { status } = await call(n % 12, 'list_client_types', { note: 'x'.repeat(1_000_000) }).catch(() => ({
        status: 0,
      }));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
  );
  await expectAlive(`bodies of 1 MB: ${JSON.stringify(Object.fromEntries(statuses))}`);
}, 300_000);

test('4,000 callers, each of whom asks once', async () => {
  const { call, expectAlive } = await startSmall(await useSandbox({ people: 60 }), 4000);
  await inTurns(4000, 16, async n => {
    expect((await call(n, 'search_people', { limit: 5 })).status).toBe(200);
  });
  await expectAlive('4,000 callers');
}, 600_000);
