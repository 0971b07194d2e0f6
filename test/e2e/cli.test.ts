import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { atEnd } from '../support/lifetime.ts';
import { run } from '../support/run.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

test('--help names every command and option', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /stdio.*sandbox.*check.*--thorough.*--sandbox.*--people.*--port.*--write-test-person.*--test-keys.*--read-only.*--json/s,
  );
});

test('--version prints the version', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test.each([
  ['an unknown command', ['serve'], {}, /no command "serve"\. Commands: stdio, http, sandbox, check/],
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
