import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { connectV2 } from '../support/clients.ts';
import { atEnd } from '../support/lifetime.ts';
import { run } from '../support/run.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

test('--help names every command and option', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /stdio.*sandbox.*check.*setup.*--thorough.*--sandbox.*--people.*--port.*--write-test-person.*--test-keys.*--read-only.*--json/s,
  );
});

test('--version prints the version', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test.each([
  ['an unknown command', ['serve'], {}, /no command "serve"\. Commands: stdio, http, sandbox, check, setup/],
  ['an unknown option', ['--sandbocks'], {}, /--sandbocks/],
  ['a wrong number', ['--people', 'many'], {}, /--people takes a whole number/],
  [
    'a wrong setting',
    [],
    { CHARITYLOG_TIMEOUT_MS: 'soon' },
    /CHARITYLOG_TIMEOUT_MS must be a whole number of milliseconds/,
  ],
  ['a wrong flag', ['--allowed-hosts', 'https://a.example'], {}, /--allowed-hosts must be host names/],
  ['a misspelt setting', [], { CHARITYLOG_READONLY: '1' }, /did you mean CHARITYLOG_READ_ONLY\?/],
])('%s ends with exit code 2, stderr saying what is right and stdout empty', async (_, args, env, problem) => {
  const { code, stdout, stderr } = await run(args, env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(problem);
  expect(stderr).not.toContain('    at ');
});

describe('check', () => {
  test('with everything in order says so, step by step, and no key', async () => {
    const sandbox = await useSandbox();
    const { code, stdout } = await run(['check'], settingsFor(sandbox));
    expect(code).toBe(0);
    expect(stdout).toMatch(/CHARITYLOG_ORG_KEY: environment/);
    expect(stdout).toMatch(/ok +keys +accepted.*ok +client types +8 read.*ok +filterable fields.*Everything works/s);
    expect(stdout).not.toContain('sandbox-');
  });

  test('works on the embedded sandbox', async () => {
    expect(await run(['check', '--sandbox', '--people', '10'])).toMatchObject({ code: 0 });
  });

  test('--json prints the same as JSON, and what fails ends with exit code 1', async () => {
    const { code, stdout } = await run(['check', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, version: manifest.version, settings: {} });
  });

  test('--thorough prints a page on which everything holds', async () => {
    const sandbox = await useSandbox({ people: 100 });
    const { code, stdout } = await run(['check', '--thorough'], settingsFor(sandbox));
    expect(code).toBe(0);
    expect(stdout).toMatch(/holds +keys +accepted.*holds +filter +obeyed.*Settings to use: none/s);
    expect(stdout).not.toContain('differs');
  });

  test('--thorough --json prints the same as JSON, and ends with exit code 1 where no setting mends what differs', async () => {
    const sandbox = await useSandbox({ people: 20 });
    sandbox.misbehave({ kind: 'json', value: [], path: '/clients/field/' });
    const { code, stdout } = await run(['check', '--thorough', '--json'], settingsFor(sandbox));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, version: manifest.version });
  });

  test('--thorough --write-test-person adds one person, and only to keys that are said to be of a test system', async () => {
    const sandbox = await useSandbox({ people: 20 });
    const refused = await run(['check', '--thorough', '--write-test-person'], settingsFor(sandbox));
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Add --test-keys') });
    expect(sandbox.requests).toHaveLength(0);
    const people = sandbox.people.length;
    const args = ['check', '--thorough', '--write-test-person', '--test-keys'];
    const { code, stdout } = await run(args, settingsFor(sandbox));
    expect(code).toBe(0);
    expect(stdout).toMatch(/Delete Delete-Me Testperson, record \d+, in Charitylog/);
    expect(sandbox.people).toHaveLength(people + 1);
  });

  test.each([
    [['check', '--write-test-person'], '--write-test-person goes with check --thorough'],
    [['check', '--thorough', '--url', 'http://127.0.0.1:1/mcp'], '--thorough looks at Charitylog'],
  ])('%j is refused', async (args, problem) => {
    expect(await run(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(problem) });
  });
});

test('sandbox prints settings that reach it, and stops on SIGTERM', async () => {
  const child = spawn(process.execPath, ['dist/cli.js', 'sandbox', '--people', '20']);
  atEnd(() => void child.kill('SIGKILL'));
  const [printed] = await once(child.stdout, 'data');
  const settings = Object.fromEntries(
    [...String(printed).matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(await run(['check'], settings)).toMatchObject({ code: 0 });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

describe('setup', () => {
  test('writes the entry of the sandbox for a host that is named, the host can start it, and --remove takes it out', async () => {
    const home = await mkdtemp(join(tmpdir(), 'charitylog-home-'));
    atEnd(() => rm(home, { recursive: true, force: true }));
    const file = join(home, '.cursor/mcp.json');
    const setup = (...args: string[]) => run(['setup', '--host', 'cursor', '--yes', ...args], { HOME: home });
    expect(await setup('--sandbox', '--people', '5')).toMatchObject({ code: 0, stderr: '' });
    const { command, args } = JSON.parse(await readFile(file, 'utf8')).mcpServers['charitylog-sandbox'];
    const client = await connectV2({ command, args });
    expect((await client.listTools()).map(({ name }) => name)).toContain('search_people');
    expect(await setup('--remove')).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({});
  });

  test('asks nothing without a terminal, and says what it needs', async () => {
    expect(await run(['setup'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/needs --yes and --host NAMES/),
    });
  });
});
