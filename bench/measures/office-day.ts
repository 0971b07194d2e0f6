import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oursOn, withClock } from '../contenders/contenders.ts';
import { table, times } from '../support/markdown.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import type { Measure } from './measure.ts';
import { type OfficeQuestion, officeDay } from './office-day-questions.ts';

const minute = 60_000;
const betweenQuestionsMs = minute / 2;
const betweenSittingsMs = 40 * minute;

/** How long a server process lives. */
type Lifetime = 'day' | 'sitting' | 'question';

interface OfficeDay {
  readonly lifetime: Lifetime;
  readonly requests: number;
}

const lifetimes: Readonly<Record<Lifetime, string>> = {
  day: 'one process all day',
  sitting: 'a process for each sitting',
  question: 'a process for each question: no caches',
};

export const officeDayRequests: Measure<readonly OfficeDay[]> = {
  title: 'API requests of an office day',
  notes: `${officeDay.flat().length} questions in ${officeDay.length} sittings, half a minute between questions and 40 minutes between sittings, on the server's clock, which is \
moved on instead of waiting: so the lists that are kept for ten minutes and the pages that are kept for one are kept no longer than they would be. The sandbox has 500 people; two of them \
are added by the day itself.`,
  onEachNode: false,

  async measure() {
    const days: OfficeDay[] = [];
    for (const lifetime of Object.keys(lifetimes) as Lifetime[])
      days.push({ lifetime, requests: await play(lifetime) });
    return days;
  },

  report(days) {
    const without = days.find(({ lifetime }) => lifetime === 'question')?.requests ?? Number.NaN;
    const rows = days.map(({ lifetime, requests }) => [
      lifetimes[lifetime],
      requests,
      requests / officeDay.flat().length,
      times(requests, without),
    ]);
    return table(['server', 'API requests', 'a question', 'to no caches'], rows);
  },

  targets: () => [],
};

/** Plays the day on a new sandbox; resolves with how many API requests were sent. */
async function play(lifetime: Lifetime): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'charitylog-bench-'));
  const clock = join(folder, 'clock');
  const sandbox = await SandboxProcess.start(500);
  const start = withClock(oursOn(sandbox).start, clock);
  const cursors = new Map<string, string | undefined>();
  let server: McpProcess | undefined;
  let elapsedMs = 0;
  for (const sitting of officeDay) {
    if (lifetime !== 'day') server = await server?.close().then(() => undefined);
    for (const question of sitting) {
      if (lifetime === 'question') server = await server?.close().then(() => undefined);
      writeFileSync(clock, String(elapsedMs));
      server ??= await open(start);
      await ask(question, server, cursors);
      elapsedMs += betweenQuestionsMs;
    }
    elapsedMs += betweenSittingsMs;
  }
  await server?.close();
  const requests = await sandbox.newRequests();
  await sandbox.close();
  rmSync(folder, { recursive: true });
  return requests.length;
}

async function open(start: ConstructorParameters<typeof McpProcess>[0]): Promise<McpProcess> {
  const server = new McpProcess(start);
  await server.initialize();
  return server;
}

async function ask(
  { tool, args, page }: OfficeQuestion,
  server: McpProcess,
  cursors: Map<string, string | undefined>,
): Promise<void> {
  const key = JSON.stringify([tool, args]);
  const cursor = page && cursors.get(key);
  if (page && cursor === undefined) throw new Error(`there is no further page of ${key}`);
  const answer = JSON.parse(await server.callWell(tool, { ...args, ...(cursor !== undefined && { cursor }) }));
  cursors.set(key, answer.next_cursor);
  if (tool === 'create_person' && answer.status !== 'created') throw new Error(`${key}: ${answer.status}`);
}
