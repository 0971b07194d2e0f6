import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { atEnd } from '../support/lifetime.ts';
import { head, speak } from '../support/raw-http.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { callersFile, type Service, startService, type TestCaller, toolCall } from '../support/service.ts';

const goodCallers = ['reception', 'outreach', 'volunteering'];
const phases = 2;
const callsEach = 60;
/** Between two calls of a good caller, in milliseconds: they stay well below 300 calls a minute. */
const pauseMs = 250;

const askings = [
  toolCall('list_client_types'),
  toolCall('get_person', { id: 1 }),
  toolCall('search_people', { name: 'Smith', limit: 3 }),
  toolCall('search_people', { type: 'Volunteers', fields: ['email'] }),
];

test('one caller who uses up all they may hardly makes three others wait', async () => {
  const sandbox = await useSandbox();
  const keys = { org_key: sandbox.keys.org, user_key: sandbox.keys.user };
  const callers = [...goodCallers, 'hostile'].map((name): TestCaller => ({ name, token: `token-of-${name}`, ...keys }));
  const file = await callersFile(callers);
  const service = await startService({ ...settingsFor(sandbox), CHARITYLOG_CALLERS: file.path });
  const [alone, beside]: [number[], number[]] = [[], []];
  await askAll(service, []);
  for (let phase = 0; phase < phases; phase++) {
    await askAll(service, alone);
    const attack = new AbortController();
    setMaxListeners(100, attack.signal);
    const attacking = attackWith(service, attack.signal);
    await askAll(service, beside);
    attack.abort();
    await attacking;
  }
  const figures = { alone: figuresOf(alone), beside: figuresOf(beside), ratio: p(0.99, beside) / p(0.99, alone) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(figures.ratio).toBeLessThan(5);
}, 600_000);

/** Lets the good callers ask; puts down how long each answer took, in milliseconds. @throws where one is refused */
async function askAll(service: Service, times: number[]): Promise<void> {
  const dispatcher = new Agent({ connections: goodCallers.length });
  await Promise.all(
    goodCallers.map(async name => {
      for (let n = 0; n < callsEach; n++) {
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

/** Does all that one caller may do to the service, until `signal` aborts. */
async function attackWith(service: Service, signal: AbortSignal): Promise<void> {
  const token = 'token-of-hostile';
  const dispatcher = new Agent({ connections: 16 });
  atEnd(() => dispatcher.destroy());
  const everybody = toolCall('search_people', {
    fields: ['email', 'postcode', 'telephone', 'address_line_1'],
    limit: 50,
  });
  const callAndCall = async () => {
    while (!signal.aborted) await send(service, token, everybody, dispatcher).catch(() => undefined);
  };
  const body = (bytes: number) => async () => {
    const half = `${head(`Authorization: Bearer ${token}`, 'Content-Length: 1000000')}${' '.repeat(bytes)}`;
    while (!signal.aborted) {
      await speak(service.url, half, signal).catch(() => undefined);
      await delay(50);
    }
  };
  const half = body(900_000);
  const trickle = body(100);
  await Promise.all([...times(16, callAndCall), ...times(12, half), ...times(28, trickle)]);
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

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function figuresOf(values: readonly number[]) {
  return { calls: values.length, p50: p(0.5, values), p99: p(0.99, values) };
}

function p(part: number, values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(part * values.length)] ?? 0;
}
