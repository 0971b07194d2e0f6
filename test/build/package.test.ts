import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectV2 } from '../support/clients.ts';

const exec = promisify(execFile);
const env = { PATH: process.env.PATH, HOME: process.env.HOME };
let folder: string;
const program = () => join(folder, 'node_modules/charitylog-mcp/dist/cli.js');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charitylog-package-'));
  await exec('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { env });
  const [tarball = ''] = await readdir(folder);
  await exec('npm', ['install', '--offline', '--ignore-scripts', '--prefix', folder, join(folder, tarball)], { env });
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

/** Starts a command that goes on; resolves with the first that it says. */
async function firstWords(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [program(), ...args], { env });
  onTestFinished(() => void child.kill());
  const [words] = await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
  return String(words);
}

test('an install is one package', async () => {
  const packages = await readdir(join(folder, 'node_modules'));
  expect(packages.filter(name => !name.startsWith('.'))).toEqual(['charitylog-mcp']);
});

test('it serves over stdio', async () => {
  const client = await connectV2({ args: [program(), '--sandbox', '--people', '5'] });
  expect((await client.call('count_people', { by: 'type' })).data.total).toBe(5);
});

test('it serves over HTTP', async () => {
  expect(await firstWords('http', '--sandbox', '--port', '0')).toMatch(/127\.0\.0\.1/);
});

test('it starts a sandbox', async () => {
  expect(await firstWords('sandbox', '--people', '5')).toContain('CHARITYLOG_BASE_URL=http://127.0.0.1:');
});

test('it checks settings and connection', async () => {
  const { stdout } = await exec(process.execPath, [program(), 'check', '--sandbox', '--json'], { env });
  expect(JSON.parse(stdout).ok).toBe(true);
});

test('it has the licence of each package that it carries inside', async () => {
  const licences = await readFile(join(program(), '../LICENCES.txt'), 'utf8');
  for (const name of ['@modelcontextprotocol/server', 'undici', 'libphonenumber-js', 'zod']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, 'm'));
  }
});
