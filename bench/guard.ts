/**
 * Checks the figures that don't depend on the machine, and the start against that of a small server on the SDK in the same run;
 * prints them all, and ends with exit code 1 where one is over its limit. Needs the built program and no peer: `npm run bench:guard`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bare, type Contender, ours, oursOn, sdkPassThroughOn } from './contenders/contenders.ts';
import { number } from './support/markdown.ts';
import { McpProcess, type ServerStart } from './support/mcp-process.ts';
import { inTurn } from './support/rounds.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { definitionTokens } from './support/tokens.ts';

const limits = {
  'tokens of all definitions': 1_800,
  'bytes of the whole program': 2_800_000,
  'bytes of it read before tools/list without keys': 700_000,
  'bytes of it read before tools/list with keys': 1_250_000,
  'API requests of tools/list': 2,
  'API requests of a search with two options, first': 4,
  'API requests of a search with two options, again': 1,
  'API requests of a count by type, first': 1,
  'API requests of a count by type, again': 1,
  'API requests of a whole record, first': 1,
  'API requests of a whole record, again': 1,
  // A bare Node is no measure: how much longer than that any program takes to load differs from machine to machine.
  'start to tools/list without keys, times that of a small server on the SDK': 0.7,
} as const;

const questions = [
  {
    name: 'a search with two options',
    tool: 'search_people',
    args: { type: 'Volunteers', district: 'Eastwick', main_language: 'Polish' },
  },
  { name: 'a count by type', tool: 'count_people', args: { by: 'type' } },
  { name: 'a whole record', tool: 'get_person', args: { id: 37 } },
] as const;

const startRounds = 7;

type Figures = { [Name in keyof typeof limits]: number };

/** What depends on the machine: printed, and held to no limit. */
const further: string[] = [];

async function measureAll(sandbox: SandboxProcess): Promise<Figures> {
  const withKeys = oursOn(sandbox);
  const small = { name: 'a small server on the SDK', start: sdkPassThroughOn(sandbox) };
  const starts = await fastestStarts([bare, small, ours, withKeys]);
  const server = new McpProcess(withKeys.start);
  await sandbox.newRequests();
  const { instructions } = await server.initialize();
  const tools = await server.listTools();
  const listing = (await sandbox.newRequests()).length;
  const requestsOf = async ({ tool, args }: (typeof questions)[number]) => {
    await server.callWell(tool, args);
    return (await sandbox.newRequests()).length;
  };
  const [search, count, record] = questions;
  const figures: Figures = {
    'tokens of all definitions': definitionTokens(instructions, tools),
    'bytes of the whole program': bytesOfProgram(),
    'bytes of it read before tools/list without keys': await bytesRead(ours.start),
    'bytes of it read before tools/list with keys': await bytesRead(withKeys.start, sandbox),
    'API requests of tools/list': listing,
    'API requests of a search with two options, first': await requestsOf(search),
    'API requests of a search with two options, again': await requestsOf(search),
    'API requests of a count by type, first': await requestsOf(count),
    'API requests of a count by type, again': await requestsOf(count),
    'API requests of a whole record, first': await requestsOf(record),
    'API requests of a whole record, again': await requestsOf(record),
    'start to tools/list without keys, times that of a small server on the SDK': starts.of(ours) / starts.of(small),
  };
  await server.close();
  return figures;
}

/** The size of dist/. */
function bytesOfProgram(): number {
  const files = readdirSync(fileURLToPath(new URL('../dist', import.meta.url)), {
    recursive: true,
    withFileTypes: true,
  });
  return files
    .filter(file => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

/** The size of those files of dist/ that a start runs, as V8's coverage tells them. */
async function bytesRead(start: ServerStart, sandbox?: SandboxProcess): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'charitylog-guard-'));
  const server = new McpProcess({ ...start, env: { ...start.env, NODE_V8_COVERAGE: folder } });
  await server.initialize();
  await server.listTools();
  await server.close(10_000);
  await sandbox?.newRequests();
  const scripts = readdirSync(folder).flatMap(file => {
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
  rmSync(folder, { recursive: true });
  const ofDist = new Set(scripts.filter(url => url.startsWith('file:') && url.includes('/dist/')));
  if (ofDist.size === 0) throw new Error('no file of dist/ was seen to run');
  return [...ofDist].reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
}

/** The fastest start of each in milliseconds, which noise disturbs the least. */
async function fastestStarts(contenders: readonly Contender[]) {
  const fastest = new Map<Contender, number>();
  const peaks = new Map<Contender, number>();
  await inTurn(contenders, startRounds, async contender => {
    const startedAt = performance.now();
    const server = new McpProcess(contender.start);
    await server.initialize();
    await server.listTools();
    const ms = performance.now() - startedAt;
    fastest.set(contender, Math.min(ms, fastest.get(contender) ?? Number.POSITIVE_INFINITY));
    peaks.set(contender, server.memory().peak);
    await server.close();
  });
  const of = (contender: Contender) => fastest.get(contender) ?? Number.NaN;
  for (const contender of contenders) {
    const peak = number(peaks.get(contender) ?? Number.NaN, 0);
    further.push(`${contender.name}: tools/list after ${number(of(contender), 0)} ms, peak memory ${peak} MiB`);
  }
  return { of };
}

const sandbox = await SandboxProcess.start(500);
const figures = await measureAll(sandbox);
await sandbox.close();
for (const [name, limit] of Object.entries(limits)) {
  const figure = figures[name as keyof Figures];
  const isOver = !(figure <= limit);
  process.stdout.write(`${isOver ? 'OVER ' : 'ok   '} ${name}: ${number(figure)} (at most ${number(limit)})\n`);
  if (isOver) process.exitCode = 1;
}
for (const line of further) process.stdout.write(`      ${line}\n`);
