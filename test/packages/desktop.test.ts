import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { settingOrigins } from '../../src/settings/config.ts';
import { connectV2 } from '../support/clients.ts';
import { atEnd } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

const run = promisify(execFile);
const mcpb = createRequire(import.meta.url)
  .resolve('@anthropic-ai/mcpb')
  .replace(/dist[/\\].*/, 'dist/cli/cli.js');
const bundle = `out/charitylog-mcp-${manifest.version}.mcpb`;

/** Makes the bundle, which `mcpb validate` has to accept, as the command does. */
beforeAll(() => run('npm', ['run', 'bundle']), 240_000);

async function unpacked(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charitylog mcpb '));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  await run(process.execPath, [mcpb, 'unpack', bundle, folder]);
  return folder;
}

/** Puts in what a host knows; what the form was left without stays as it is, as hosts leave it. */
function expand(text: string, folder: string, form: Readonly<Record<string, string>>): string {
  return text.replaceAll('${__dirname}', folder).replace(/\$\{user_config\.(\w+)\}/g, (all, name) => form[name] ?? all);
}

async function startOf(folder: string, form: Readonly<Record<string, string>>) {
  const { server } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const { args, env } = server.mcp_config;
  return {
    command: process.execPath,
    args: args.map((argument: string) => expand(argument, folder, form)),
    env: Object.fromEntries(Object.entries<string>(env).map(([name, value]) => [name, expand(value, folder, form)])),
  };
}

test('unpacked and started as its manifest says, the server lists its tools and answers', async () => {
  const folder = await unpacked();
  const sandbox = await useSandbox({ people: 5 });
  const keys = Object.entries(settingsFor(sandbox)).map(([name, value]) => [name.slice(11).toLowerCase(), value]);
  const client = await connectV2(
    await startOf(folder, { ...Object.fromEntries(keys), read_only: 'false', confirm: '' }),
  );
  expect((await client.listTools()).map(({ name }) => name)).toContain('create_person');
  expect(await client.call('list_client_types')).toMatchObject({ isError: false });
  expect((await client.call('search_people', { name: 'Nobody Atall' })).data).toMatchObject({ total: 0 });
});

test('a form that nobody filled in leaves a server that says which keys are missing, and adds nobody', async () => {
  const client = await connectV2(await startOf(await unpacked(), { read_only: 'true' }));
  expect((await client.listTools()).map(({ name }) => name)).not.toContain('create_person');
  expect(await client.call('list_client_types')).toMatchObject({
    isError: true,
    text: expect.stringContaining('CHARITYLOG_SOURCE_KEY'),
  });
});

test('the form has every setting but those of a service, and keys are kept secret', async () => {
  const {
    user_config: form,
    server,
    version,
  } = JSON.parse(await readFile(join(await unpacked(), 'manifest.json'), 'utf8'));
  const service = /_(CALLERS|OAUTH_\w+|ALLOWED_HOSTS|REDIS_URL|CALLS_\w+|TOKEN|SECRET)$/;
  const variables = [...settingOrigins({}).keys()].filter(name => !service.test(name)).sort();
  expect(Object.keys(server.mcp_config.env).sort()).toEqual(variables);
  expect(version).toBe(manifest.version);
  for (const name of ['source_key', 'org_key', 'user_key'])
    expect(form[name]).toMatchObject({ sensitive: true, required: true });
});

test('it holds what runs and nothing else, and is small', async () => {
  const folder = await unpacked();
  expect((await readdir(folder)).sort()).toEqual(['LICENSE', 'dist', 'icon.png', 'manifest.json', 'pictures']);
  const { screenshots } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  expect(screenshots).toHaveLength(3);
  for (const picture of screenshots) expect((await stat(join(folder, picture))).size).toBeGreaterThan(10_000);
  expect((await stat(bundle)).size).toBeLessThan(6_000_000);
  const names = await readdir(join(folder, 'dist'));
  expect(names.filter(name => /^(redis|serve|sandbox|setup|thorough|check)/.test(name))).toEqual([]);
});
