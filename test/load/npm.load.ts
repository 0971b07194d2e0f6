import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { connectV2 } from '../support/clients.ts';
import { atEnd } from '../support/lifetime.ts';

const run = promisify(execFile);

let folder: string;
const program = () => join(folder, 'node_modules/charitylog-mcp/dist/cli.js');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charitylog-npm-'));
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]);
  const [{ filename }] = JSON.parse(packed.stdout);
  await run('npm', ['install', '--omit=dev', '--offline', '--no-audit', '--no-fund', resolve(folder, filename)], {
    cwd: folder,
  });
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('packed and installed without development packages', () => {
  test('it brings no other package', async () => {
    const installed = (await readdir(join(folder, 'node_modules'))).filter(name => !name.startsWith('.'));
    expect(installed).toEqual(['charitylog-mcp']);
  });

  test('npx starts it, and it serves over stdio', async () => {
    const { stdout } = await run('npx', ['--offline', 'charitylog-mcp', '--version'], { cwd: folder });
    expect(stdout).toBe(`${manifest.version}\n`);
    const args = ['--offline', 'charitylog-mcp', '--sandbox', '--people', '5'];
    const client = await connectV2({ command: 'npx', args, cwd: folder });
    expect((await client.call('count_people', { by: 'type' })).data.total).toBe(5);
  });

  test.each([
    ['serves over HTTP', ['http', '--sandbox', '--port', '0'], /127\.0\.0\.1/],
    ['starts a sandbox', ['sandbox', '--people', '5'], /CHARITYLOG_BASE_URL=http:\/\/127\.0\.0\.1:/],
  ])('it %s', async (_, args, words) => {
    const child = spawn(process.execPath, [program(), ...args], { env: { PATH: process.env.PATH } });
    atEnd(() => void child.kill());
    const [said] = await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
    expect(String(said)).toMatch(words);
  });

  test('it checks settings and connection', async () => {
    const { stdout } = await run(process.execPath, [program(), 'check', '--sandbox', '--json']);
    expect(JSON.parse(stdout).ok).toBe(true);
  });

  test('it has the licence of each package that it carries inside', async () => {
    const licences = await readFile(join(program(), '../LICENCES.txt'), 'utf8');
    for (const name of ['@modelcontextprotocol/server', 'undici', 'libphonenumber-js', 'zod']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, 'm'));
    }
  });
});
