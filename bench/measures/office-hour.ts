import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { useBalancedCopies } from '../../test/support/balanced-copies.ts';
import { untilDone } from '../../test/support/lifetime.ts';
import { hasNginx } from '../../test/support/nginx.ts';
import { hasRedis } from '../../test/support/redis.ts';
import type { Service } from '../../test/support/service.ts';
import { askDeafly } from '../support/deaf-client.ts';
import { number, table } from '../support/markdown.ts';
import { McpHttp } from '../support/mcp-http.ts';
import { type Memory, memoryOf } from '../support/memory.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { percentile } from '../support/statistics.ts';
import { atMost, type Measure, type Target } from './measure.ts';
import { type CallLog, newPersonOf, openCallLog, Staff, sittingsOf } from './office-hour-staff.ts';

const staff = 300;
/** How many staff there are to one whose client is deaf. */
const deafEvery = 20;
/** How many times faster than in life the hour passes. */
const speed = 20;
const hourMs = 3_600_000 / speed;
const betweenQuestionsMs = 30_000 / speed;
const slowEvery = 100;
const slowMs = 2_000;
/** How long an orchestrator takes to start a copy again; not made faster. */
const awayMs = 5_000;
const deafCalls = 20;
const people = 500;

/** An hour that was played. */
interface Hour {
  readonly log: CallLog;
  readonly seconds: number;
  readonly requests: number;
  /** People who are on the system more than once. */
  readonly doubled: number;
  readonly added: number;
  readonly memory: Readonly<Record<string, Memory>>;
}

/** What the machine lacks. */
interface LeftOut {
  readonly missing: readonly string[];
}

export const officeHour: Measure<Hour | LeftOut> = {
  title: 'An hour of an office of 300, with a copy killed',
  notes: `Two copies of the service, with a shared Redis, behind nginx as \`deploy/nginx.conf\` has it, over a sandbox of ${people} people; all on this machine. \
${staff} staff, each a caller with a token and a User key of their own, hold two conversations of the office day in an hour: ten questions each, and one conversation in five adds somebody.

- The hour is played in ${hourMs / 60_000} minutes, so the calls come at ${speed} times their rate: half a minute between questions is ${betweenQuestionsMs / 1000} s. Staff begin one after the other in the first half; around \
half time, second conversations overlap with first ones, and twice as many ask. Nothing else is made faster: not the service, not its limits of calls (the usual ones), and not the API, of whose answers one in ${slowEvery} takes ${slowMs / 1000} s longer.
- One client in ${deafEvery} is deaf: it sends ${deafCalls} large searches at once, reads no answer, and keeps its connection until the end. Its calls are no part of the figures, but for the API requests and the memory.
- At half time the first copy is killed (\`SIGKILL\`); ${awayMs / 1000} s later it is started again. A call that gets no answer of the service is sent once more half a second later, as clients do; it is lost when that fails, too.
- A time is from sending a call to its answer, the second sending included. A question waits for the one before, as a person does. The calls include an \`initialize\` for each conversation.
- Memory is \`VmRSS\` and \`VmHWM\` of each copy as it is, before the kill and at the end.`,
  onEachNode: false,

  async measure() {
    const missing = [...(hasRedis ? [] : ['redis-server']), ...(hasNginx ? [] : ['nginx'])];
    return missing.length > 0 ? { missing } : untilDone(play);
  },

  report(result) {
    if ('missing' in result) return `Left out: this machine has no ${result.missing.join(' and no ')}.`;
    return [callTable(result), errorTable(result), memoryTable(result)].join('\n\n');
  },

  targets(result): readonly Target[] {
    if ('missing' in result) return [];
    return [
      atMost(0, '', 'people doubled in an hour of an office, a copy killed', result.doubled),
      atMost(0, '', 'calls lost in it', result.log.lost),
    ];
  },
};

async function play(): Promise<Hour> {
  const sandbox = await SandboxProcess.start(people);
  await sandbox.slowDown(slowEvery, slowMs);
  const numbers = [...Array(staff).keys()];
  const { org } = sandbox.keys;
  const callers = numbers.map(n => ({ name: `staff-${n}`, token: `token-${n}`, org_key: org, user_key: `key-${n}` }));
  const { url, copies, start } = await useBalancedCopies(sandbox.settings, callers);
  const log = openCallLog();
  const startedAt = performance.now();
  const killed = killHalfWay(copies[0], () => start(0));
  const deaf: Socket[] = [];
  const work = numbers.map(async n => {
    const beginsAt = startedAt + (n / staff) * (hourMs / 2);
    if (n % deafEvery === deafEvery - 1) {
      await delay(beginsAt - performance.now());
      deaf.push(askDeafly(url, `token-${n}`, Array(deafCalls).fill(largeSearch)));
      return;
    }
    const client = new McpHttp(url, `token-${n}`, 1);
    const member = new Staff(n, client, log);
    const [first, second] = sittingsOf(n);
    await member.hold(first, beginsAt, betweenQuestionsMs);
    await member.hold(second, beginsAt + hourMs / 2 - first.length * betweenQuestionsMs, betweenQuestionsMs);
    await client.close();
  });
  await Promise.all(work);
  const seconds = (performance.now() - startedAt) / 1000;
  const { before, again } = await killed;
  const memory = {
    'the first, before it is killed': before,
    'the first, started again': memoryNow(again),
    'the second': memoryNow(copies[1]),
  };
  for (const socket of deaf) socket.destroy();
  const [requests, names] = [await sandbox.newRequests(), await sandbox.names()];
  await sandbox.close();
  return { log, seconds, requests: requests.length, ...addedTo(names), memory };
}

const largeSearch = {
  name: 'search_people',
  arguments: { limit: 50, fields: ['email', 'postcode', 'telephone', 'address_line_1'] },
};

async function killHalfWay(copy: Service, start: () => Promise<Service>): Promise<{ before: Memory; again: Service }> {
  await delay(hourMs / 2);
  const before = memoryNow(copy);
  await copy.stop('SIGKILL');
  await delay(awayMs);
  return { before, again: await start() };
}

function memoryNow({ child }: Service): Memory {
  return memoryOf(child.pid ?? 0);
}

/** How many of those whom staff add are on the system, and how many of them more than once. */
function addedTo(names: readonly string[]): Pick<Hour, 'added' | 'doubled'> {
  const wanted = new Set(
    [...Array(staff).keys()].map(newPersonOf).map(({ first_name, surname }) => `${first_name} ${surname}`),
  );
  const added = names.filter(name => wanted.has(name));
  return { added: new Set(added).size, doubled: added.length - new Set(added).size };
}

function callTable({ log, seconds, requests, added, doubled }: Hour): string {
  const ms = (share: number) => `${number(percentile(log.answeredMs, share), 0)} ms`;
  const answered = log.answeredMs.length;
  return table(
    ['what', 'figure'],
    [
      ['calls answered', answered],
      ['a second, over the whole', answered / seconds],
      ['p50', ms(0.5)],
      ['p90', ms(0.9)],
      ['p99', ms(0.99)],
      ['longest', ms(1)],
      ['answered at the second sending', log.answeredAtSecondSending],
      ['calls lost', log.lost],
      ['API requests', requests],
      ['API requests a call', requests / answered],
      ...Object.entries(log.creates).map(([status, times]) => [`creates answered \`${status}\``, times]),
      ['people added', added],
      ['people doubled', doubled],
    ],
  );
}

function errorTable({ log }: Hour): string {
  const rows = Object.entries(log.errors).sort(([, a], [, b]) => b - a);
  return rows.length > 0 ? table(['error', 'times'], rows) : 'No call ended with an error.';
}

function memoryTable({ memory }: Hour): string {
  const rows = Object.entries(memory).map(([copy, { resident, peak }]) => {
    return [copy, `${number(resident, 0)} MiB`, `${number(peak, 0)} MiB`];
  });
  return table(['copy', 'resident', 'peak'], rows);
}
