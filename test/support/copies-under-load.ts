import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { useBalancedCopies } from './balanced-copies.ts';
import type { McpTestClient, ToolAnswer } from './clients.ts';
import { settingsFor, useSandbox } from './sandbox.ts';
import { httpClients, type TestCaller } from './service.ts';

const retryAfterMs = 500;

/** What became of the calls. */
export interface LoadReport {
  readonly calls: number;
  /** Answered only when the client sent the call again. */
  readonly answeredAtRetry: number;
  /** Not answered by the retry either. */
  readonly lost: readonly string[];
  /** Answered with something that isn't so. */
  readonly wrong: readonly string[];
  /** People who are on the system more than once. */
  readonly doubled: readonly string[];
  /** How the creates were answered. */
  readonly creates: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** How each copy is ended, one after the other. */
export type Ends = readonly ['SIGKILL' | 'SIGTERM', 'SIGKILL' | 'SIGTERM'];

/**
 * Two copies of the service behind nginx, with a shared ledger, under calls of many clients, while the first copy is ended
 * and started again, and after that the second one.
 */
export async function copiesUnderLoad(load: { calls: number; clients: number; ends: Ends }): Promise<LoadReport> {
  const sandbox = await useSandbox({ people: 200 });
  const callers = Array.from({ length: 10 }, (_, index): TestCaller => {
    return { name: `caller-${index}`, token: `token-${index}`, org_key: sandbox.keys.org, user_key: sandbox.keys.user };
  });
  const settings = { CHARITYLOG_CALLS_PER_MINUTE: '100000' };
  const { url, copies, start } = await useBalancedCopies(settingsFor(sandbox), callers, settings);
  const kinds = Object.values(httpClients);
  const clients = await Promise.all(
    Array.from({ length: load.clients }, (_, index) => {
      const connect = kinds[index % kinds.length] as (typeof kinds)[number];
      return connect(url, `token-${index % callers.length}`);
    }),
  );
  const report = {
    answeredAtRetry: 0,
    lost: [] as string[],
    wrong: [] as string[],
    creates: {} as Record<string, number>,
  };
  let done = 0;
  const isCall = ({ msg }: { msg?: unknown }) => msg === 'call';
  // Each waits for the one before: a copy is stopped only when the other one is called again.
  const events: [at: number, happen: () => Promise<unknown>][] = [
    [0.2, async () => copies[0].stop(load.ends[0])],
    [0.35, async () => (await start(0)).logged(isCall)],
    [0.6, async () => copies[1].stop(load.ends[1])],
    [0.8, async () => (await start(1)).logged(isCall)],
  ];
  let happening: Promise<unknown> = Promise.resolve();
  let stillToHappen = events.length;
  const startedAt = performance.now();
  const perClient = Math.ceil(load.calls / load.clients);
  const work = clients.map(async (client, number) => {
    for (let turn = 0; turn < perClient || stillToHappen > 0; turn++) {
      const call = callOf(sandbox, number, turn);
      const answer = await once(client, call)
        .catch(async () => {
          // As clients do: at once, the balancer may not have noticed yet that a copy is gone.
          await delay(retryAfterMs);
          const again = await once(client, call);
          report.answeredAtRetry++;
          return again;
        })
        .catch((error: Error) => void report.lost.push(`${call.tool}: ${error.message}`));
      if (answer) {
        const problem = call.check(answer);
        if (problem) report.wrong.push(`${call.tool} ${JSON.stringify(call.args)}: ${problem}: ${answer.text}`);
        if (call.tool === 'create_person') {
          const status = answer.isError ? 'error' : String(answer.data.status);
          report.creates[status] = (report.creates[status] ?? 0) + 1;
        }
      }
      done++;
      const [next] = events;
      if (next && done >= next[0] * load.calls) {
        events.shift();
        happening = happening.then(next[1]).finally(() => {
          stillToHappen--;
        });
      }
    }
  });
  await Promise.all(work);
  await happening;
  return { ...report, calls: done, doubled: doubledIn(sandbox), seconds: (performance.now() - startedAt) / 1000 };
}

interface Call {
  readonly tool: string;
  readonly args: Record<string, unknown>;
  /** What is wrong with an answer, or `undefined`. */
  check(answer: ToolAnswer): string | undefined;
}

/** One in twenty adds somebody whom nobody else adds; the others ask for what doesn't change. */
function callOf(sandbox: Sandbox, client: number, turn: number): Call {
  if (turn % 20 === 7) {
    const args = { first_name: `Fern${letters(turn)}`, surname: `Load${letters(client)}`, type: 'Clients' };
    return {
      tool: 'create_person',
      args,
      check: ({ isError, data }) => {
        if (isError) return 'is an error';
        if (data.status === 'unknown' || data.status === 'needs_confirmation') return undefined;
        const there = sandbox.people.find(({ id }) => id === data.id);
        const isRight =
          data.status === 'created' && there?.surname === args.surname && there.first_name === args.first_name;
        return isRight ? undefined : 'is not the record';
      },
    };
  }
  if (turn % 3 === 0) {
    return {
      tool: 'list_client_types',
      args: {},
      check: ({ data }) => (data?.types?.length > 3 ? undefined : 'no types'),
    };
  }
  const person = sandbox.people[40 + ((client * 31 + turn * 7) % 150)];
  const { id, first_name, surname } = person ?? {};
  return {
    tool: 'get_person',
    args: { id, fields: ['first_name', 'surname'] },
    check: ({ data }) => {
      const found = data?.person;
      const isRight = found?.id === id && found.first_name === first_name && found.surname === surname;
      return isRight ? undefined : 'another person';
    },
  };
}

/** @throws also where a copy that stops says that nothing was done, and to send the same call again */
async function once(client: McpTestClient, { tool, args }: Call): Promise<ToolAnswer> {
  const answer = await client.call(tool, args);
  if (answer.isError && /copy of the service is stopping/.test(answer.text)) throw new Error(answer.text);
  return answer;
}

function doubledIn({ people }: Sandbox): string[] {
  const names = people
    .filter(({ surname }) => String(surname).startsWith('Load'))
    .map(one => `${one.first_name} ${one.surname}`);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** A number as letters: names of people hold no digits. */
function letters(number: number): string {
  return [...String(number)].map(digit => 'abcdefghij'[Number(digit)]).join('');
}
