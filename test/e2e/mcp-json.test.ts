import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectV2 } from '../support/clients.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

interface HostServer {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

const { mcpServers }: { mcpServers: Record<string, HostServer> } = JSON.parse(readFileSync('mcp.json', 'utf8'));

/** Fills in `${NAME}` as a host does; a host that doesn't know the variable leaves the placeholder. */
function start(name: string, environment: Record<string, string>) {
  const { command, args, env = {} } = mcpServers[name] as HostServer;
  const filled = Object.entries(env).map(([key, value]) => [
    key,
    value.replace(/\$\{(\w+)\}/, (all, variable) => environment[variable] ?? all),
  ]);
  return { command: command === 'node' ? process.execPath : command, args, env: Object.fromEntries(filled) };
}

test('the sandbox server of mcp.json starts and answers', async () => {
  const client = await connectV2(start('charitylog-sandbox', {}));
  const { data } = await client.call('search_people', { email: 'jsmith@example.com' });
  expect(data.people).toMatchObject([{ name: 'John Smith' }]);
});

test('the live server of mcp.json takes its keys from the environment', async () => {
  const sandbox = await useSandbox();
  const { CHARITYLOG_BASE_URL = '', ...keys } = settingsFor(sandbox);
  const server = start('charitylog', keys);
  const client = await connectV2({ ...server, env: { ...server.env, CHARITYLOG_BASE_URL } });
  expect((await client.call('list_client_types')).data.types).toHaveLength(8);
});

test('the live server of mcp.json starts without keys and says which are missing', async () => {
  const client = await connectV2(start('charitylog', {}));
  expect(await client.listTools()).toHaveLength(7);
  const { isError, text } = await client.call('list_client_types');
  expect(isError).toBe(true);
  expect(text).toMatch(
    /CHARITYLOG_SOURCE_KEY, CHARITYLOG_ORG_KEY, CHARITYLOG_USER_KEY are not set.*3rd Party Systems/s,
  );
});
