import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { atEnd } from '../support/lifetime.ts';
import { callersFile, type Service, startService, type TestCaller, toolCall } from '../support/service.ts';

const goodCallers = ['reception', 'outreach', 'volunteering'];
/** What else the machine does spoils a phase: it is tried again. */
const phases = 3;
/** How many times as long the slowest of a hundred answers may take beside the hostile caller. */
const atMost = 2;
const callsEach = 60;
const callsToWarmUp = 12;
/** Between two calls of a good caller, in milliseconds: they stay well below 300 calls a minute. */
const pauseMs = 250;

const askings = [
  toolCall('list_client_types'),
  toolCall('get_person', { id: 1 }),
  toolCall('search_people', { name: 'Smith', limit: 3 }),
  toolCall('search_people', { type: 'Volunteers', fields: ['email'] }),
];

test('one caller who uses up all they may hardly makes three others wait', async () => {
  const settings = await settingsOfSandbox();
  const keys = { org_key: settings.CHARITYLOG_ORG_KEY ?? '', user_key: settings.CHARITYLOG_USER_KEY ?? '' };
  const callers = [...goodCallers, 'hostile'].map((name): TestCaller => ({ name, token: `token-of-${name}`, ...keys }));
  const file = await callersFile(callers);
  const service = await startService({ ...settings, CHARITYLOG_CALLERS: file.path });
  await askAll(service, [], callsToWarmUp);
  const ratios: number[] = [];
  while (ratios.length < phases && !ratios.some(ratio => ratio < atMost)) {
    const [alone, beside]: [number[], number[]] = [[], []];
    await askAll(service, alone);
    const end = await startHostile(service);
    await askAll(service, beside);
    await end();
    ratios.push(p(0.99, beside) / p(0.99, alone));
    process.stdout.write(
      `${JSON.stringify({ alone: figuresOf(alone), beside: figuresOf(beside), ratio: ratios.at(-1) })}\n`,
    );
  }
  expect(Math.min(...ratios)).toBeLessThan(atMost);
}, 600_000);

/** Lets the good callers ask; puts down how long each answer took, in milliseconds. @throws where one is refused */
async function askAll(service: Service, times: number[], calls = callsEach): Promise<void> {
  const dispatcher = new Agent({ connections: goodCallers.length });
  await Promise.all(
    goodCallers.map(async name => {
      for (let n = 0; n < calls; n++) {
        const startedAt = performance.now();
        const { status, text } = await send(service, `token-of-${name}`, askings[n % askings.length], dispatcher);
        times.push(performance.now() - startedAt);
        expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('"structuredContent"') });
        await delay(pauseMs);
      }
    }),
  );
  await dispatcher.close();
}

/** Starts a caller who does all that one may, and waits until they begin; the function returned ends them. */
async function startHostile({ url }: Service): Promise<() => Promise<void>> {
  const program = ['--import', 'tsx', 'test/support/hostile-caller.ts', url, 'token-of-hostile'];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const end = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  atEnd(end);
  await once(child.stdout, 'data');
  return end;
}

/** The settings that reach a sandbox in a process of its own: what it does takes none of the callers' time. */
async function settingsOfSandbox(): Promise<Record<string, string>> {
  const child = spawn(process.execPath, ['dist/cli.js', 'sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] });
  atEnd(() => void child.kill());
  const [text] = await once(child.stdout, 'data');
  return Object.fromEntries(
    [...String(text).matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
}

async function send({ url }: Service, token: string, message: unknown, dispatcher: Agent) {
  const answer = await request(url, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(message),
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}

function figuresOf(values: readonly number[]) {
  return { calls: values.length, p50: p(0.5, values), p99: p(0.99, values) };
}

function p(part: number, values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(part * values.length)] ?? 0;
}
