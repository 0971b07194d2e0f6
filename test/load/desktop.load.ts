import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { connectV2 } from '../support/clients.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

const run = promisify(execFile);
const mcpb = createRequire(import.meta.url)
  .resolve('@anthropic-ai/mcpb')
  .replace(/dist[/\\].*/, 'dist/cli/cli.js');
const bundle = `out/charitylog-mcp-${manifest.version}.mcpb`;

let folder: string;

/** Makes the bundle, which `mcpb validate` has to accept, as the command does. */
beforeAll(async () => {
  await run('npm', ['run', 'bundle']);
  folder = await mkdtemp(join(tmpdir(), 'charitylog mcpb '));
  await run(process.execPath, [mcpb, 'unpack', bundle, folder]);
}, 240_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Puts in what a host knows; what the form was left without stays as it is, as hosts leave it. */
function expand(text: string, form: Readonly<Record<string, string>>): string {
  return text.replaceAll('${__dirname}', folder).replace(/\$\{user_config\.(\w+)\}/g, (all, name) => form[name] ?? all);
}

async function startOf(form: Readonly<Record<string, string>>) {
  const { server } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const { args, env } = server.mcp_config;
  return {
    command: process.execPath,
    args: args.map((argument: string) => expand(argument, form)),
    env: Object.fromEntries(Object.entries<string>(env).map(([name, value]) => [name, expand(value, form)])),
  };
}

test('unpacked and started as its manifest says, the server lists its tools and answers', async () => {
  const sandbox = await useSandbox({ people: 5 });
  const keys = Object.entries(settingsFor(sandbox)).map(([name, value]) => [name.slice(11).toLowerCase(), value]);
  const client = await connectV2(await startOf({ ...Object.fromEntries(keys), read_only: 'false', confirm: '' }));
  expect((await client.listTools()).map(({ name }) => name)).toContain('create_person');
  expect(await client.call('list_client_types')).toMatchObject({ isError: false });
  expect((await client.call('search_people', { name: 'Nobody Atall' })).data).toMatchObject({ total: 0 });
});

test('a form that nobody filled in leaves a server that says which keys are missing, and adds nobody', async () => {
  const client = await connectV2(await startOf({ read_only: 'true' }));
  expect((await client.listTools()).map(({ name }) => name)).not.toContain('create_person');
  expect(await client.call('list_client_types')).toMatchObject({
    isError: true,
    text: expect.stringContaining('CHARITYLOG_SOURCE_KEY'),
  });
});

test('it holds what runs and nothing else, and is small', async () => {
  expect((await readdir(folder)).sort()).toEqual(['LICENSE', 'dist', 'icon.png', 'manifest.json', 'pictures']);
  const { screenshots } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  expect(screenshots).toHaveLength(3);
  for (const picture of screenshots) expect((await stat(join(folder, picture))).size).toBeGreaterThan(10_000);
  expect((await stat(bundle)).size).toBeLessThan(6_000_000);
  const names = await readdir(join(folder, 'dist'));
  expect(names.filter(name => /^(redis|serve|sandbox|setup|thorough|check)/.test(name))).toEqual([]);
});
