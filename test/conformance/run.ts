/**
 * Runs the official conformance suite against the built HTTP service over the sandbox, for both revisions. Ends with 1 where a
 * scenario fails, or where the list of what doesn't apply is no longer right.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Revision } from './not-applicable.ts';
import { startRelay } from './relay.ts';
import { startSlowApi } from './slow-api.ts';
import { type Check, problemsOfRest, verdictOn } from './verdict.ts';

const revisions: readonly Revision[] = ['2025-11-25', '2026-07-28'];
const modules = join(import.meta.dirname, 'node_modules');
const suite = join(modules, '@modelcontextprotocol/conformance/dist/index.js');
// The suite needs a newer Node than the service.
const node = join(modules, 'node/bin/node');

/** Progress is told twice a second, so this one needs a search that takes a while, on a fast machine and on a slow one. */
const withProgress = 'tools-call-with-progress';

type Settings = Readonly<Record<string, string>>;

const print = (text = '') => void process.stdout.write(`${text}\n`);
const runSuite = (...args: readonly string[]) => promisify(execFile)(node, [suite, ...args], { maxBuffer: 2 ** 26 });

async function main(): Promise<number> {
  if (!existsSync(suite) || !existsSync(node)) {
    print('The conformance suite is not installed: npm --prefix test/conformance ci');
    return 1;
  }
  const run: { scenario: string; revision: Revision }[] = [];
  let failed = 0;
  for (const revision of revisions) {
    const scenarios = await listed('--spec-version', revision);
    const results = await checksOf(revision);
    const verdicts = scenarios.map(scenario => ({ scenario, ...verdictOn(scenario, revision, results.get(scenario)) }));
    print(`\n${revision}`);
    for (const { scenario, outcome, notes } of verdicts) {
      print(`  ${outcome.padEnd(15)} ${scenario}${notes.map(note => `\n${' '.repeat(20)}${note}`).join('')}`);
    }
    const count = (outcome: string) => verdicts.filter(verdict => verdict.outcome === outcome).length;
    print(`  ${count('passed')} passed, ${count('not applicable')} not applicable, ${count('FAILED')} failed`);
    failed += count('FAILED');
    run.push(...scenarios.map(scenario => ({ scenario, revision })));
  }
  const problems = problemsOfRest(await listed(), run);
  for (const problem of problems) print(problem);
  return failed + problems.length > 0 ? 1 : 0;
}

/** The names of the suite's scenarios for servers. */
async function listed(...options: string[]): Promise<string[]> {
  const { stdout } = await runSuite('list', '--server', ...options);
  const names = [...stdout.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error('the suite lists no scenarios');
  return names;
}

/** The checks of every scenario of a revision. */
async function checksOf(revision: Revision): Promise<Map<string, Check[]>> {
  const all = await checksAgainst(['--sandbox'], {}, '--suite', 'all', '--spec-version', revision);
  const api = await startSlowApi();
  try {
    const slow = await checksAgainst([], api.settings, '--scenario', withProgress, '--spec-version', revision);
    return new Map([...all, ...slow]);
  } finally {
    await api.close();
  }
}

async function checksAgainst(args: readonly string[], settings: Settings, ...options: string[]) {
  const { port, child } = await startService(args, settings);
  const relay = await startRelay(port);
  const folder = await mkdtemp(join(tmpdir(), 'charitylog-conformance-'));
  try {
    // It ends with 1 where anything fails, applicable or not: what it wrote tells.
    await runSuite('server', '--url', relay.url, '--output-dir', folder, ...options).catch(() => undefined);
    const checks = new Map<string, Check[]>();
    for (const name of await readdir(folder)) {
      const [, scenario] = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(name) ?? [];
      if (scenario !== undefined)
        checks.set(scenario, JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8')));
    }
    return checks;
  } finally {
    await rm(folder, { recursive: true });
    relay.close();
    child.kill('SIGKILL');
  }
}

async function startService(
  more: readonly string[],
  settings: Settings,
): Promise<{ port: number; child: ChildProcess }> {
  const args = ['dist/cli.js', 'http', ...more, '--port', '0'];
  const env = { PATH: process.env.PATH, ...settings };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    const [, port] = /"port":(\d+).*serving MCP/.exec(line) ?? [];
    if (port === undefined) continue;
    child.stderr.resume();
    return { port: Number(port), child };
  }
  throw new Error('the service did not start; was it built (npm run build)?');
}

process.exit(await main());
