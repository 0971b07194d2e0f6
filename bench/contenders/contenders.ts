import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { ServerStart } from '../support/mcp-process.ts';
import type { SandboxProcess } from '../support/sandbox-process.ts';

/** A server that is measured. Every one is started with the Node that measures. */
export interface Contender {
  readonly name: string;
  /** The npm package, for a server from there. */
  readonly package?: string;
  readonly start: ServerStart;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = `${root}dist/cli.js`;
const modules = `${root}bench/node_modules/`;

/** Nothing listens there: a peer that wants to reach its service at the start is refused at once. */
const nowhere = 'http://127.0.0.1:9';

/** A bare Node that answers by hand. */
export const bare: Contender = { name: 'bare node', start: run(`${root}bench/contenders/bare.mjs`) };

/** Our server without keys. */
export const ours: Contender = { name: 'charitylog-mcp, no keys', start: run(dist) };

/** Our server with the keys of a sandbox. */
export function oursOn(sandbox: SandboxProcess, name = 'charitylog-mcp'): Contender {
  return { name, start: run(dist, { env: sandbox.settings }) };
}

/** The least that a server between a host and the API can be. */
export function passThroughOn(sandbox: SandboxProcess): ServerStart {
  return run(`${root}bench/contenders/pass-through.mjs`, { env: sandbox.settings });
}

/** The least that one on the official SDK can be. */
export function sdkPassThroughOn(sandbox: SandboxProcess): ServerStart {
  return run(`${root}bench/contenders/pass-through-sdk.mjs`, { env: sandbox.settings });
}

/**
 * The least that one on the official SDK can be over HTTP.
 *
 * @param form `handler` as its documentation has it, `plain` on a transport for calls alone
 */
export function httpPassThroughOn(sandbox: SandboxProcess, form: 'handler' | 'plain', port: number): ServerStart {
  const args = [String(port), form];
  return run(`${root}bench/contenders/pass-through-http.mjs`, { args, env: sandbox.settings });
}

/** Our server without pacing, bundled for this measure: see `unpaced.ts`. */
export async function unpacedOn(sandbox: SandboxProcess): Promise<Contender> {
  const outfile = `${mkdtempSync(`${tmpdir()}/charitylog-bench-`)}/unpaced.cjs`;
  const entryPoints = [`${root}bench/contenders/unpaced.ts`];
  const { fasterPlugins }: { fasterPlugins(): Promise<Plugin[]> } = await import('../../build/faster.mjs' as string);
  const { define }: { define: Record<string, string> } = await import('../../build/bundle.mjs' as string);
  const plugins = await fasterPlugins();
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs', define, plugins });
  return { name: 'charitylog-mcp without pacing', start: run(outfile, { env: sandbox.settings }) };
}

/** The gateway: a general server that makes a tool of each endpoint of an OpenAPI description. */
export function gatewayOn(sandbox: Pick<SandboxProcess, 'url' | 'keys'>, ...more: readonly string[]): Contender {
  const headers = Object.entries(sandbox.keys).map(([name, key]) => `${name}:${key}`);
  return {
    ...peer('the gateway', '@ivotoby/openapi-mcp-server', 'bin/mcp-server.js', {
      args: [
        ...['--api-base-url', sandbox.url, '--openapi-spec', `${root}bench/openapi.yaml`],
        ...['--headers', headers.join(','), '--verbose', 'false', ...more],
      ],
    }),
  };
}

/** The MCP project's own server of examples. */
export const everything: Contender = peer(
  'server-everything',
  '@modelcontextprotocol/server-everything',
  'dist/index.js',
);

/** Servers of other systems, with keys that are good for starting only. */
export const otherSystems: readonly Contender[] = [
  peer('twenty-crm-mcp-server', 'twenty-crm-mcp-server', 'dist/index.js', {
    env: { TWENTY_API_KEY: 'dummy', TWENTY_BASE_URL: nowhere },
  }),
  peer('civicrm-mcp', 'civicrm-mcp', 'dist/index.js', { env: { CIVICRM_API_KEY: 'dummy', CIVICRM_BASE_URL: nowhere } }),
  peer('attio-mcp', 'attio-mcp', 'dist/cli.js', { env: { ATTIO_API_KEY: 'a'.repeat(64) } }),
  peer('airtable-mcp-server', 'airtable-mcp-server', 'dist/main.js', { env: { AIRTABLE_API_KEY: 'pat123.abc123' } }),
  peer('notion-mcp-server', '@notionhq/notion-mcp-server', 'bin/cli.mjs', { env: { NOTION_TOKEN: 'ntn_dummy' } }),
  peer('xero-mcp-server', '@xeroapi/xero-mcp-server', 'dist/index.js', { env: { XERO_CLIENT_BEARER_TOKEN: 'dummy' } }),
];

/** The same server, with a clock that runs ahead by the milliseconds that a file says. */
export function withClock({ command, args, env }: ServerStart, file: string): ServerStart {
  const preload = ['--import', new URL('clock.mjs', import.meta.url).href];
  return { command, args: [...preload, ...args], env: { ...env, BENCH_CLOCK_FILE: file } };
}

/** The same server, which collects all garbage when it gets SIGUSR2. */
export function withCollector({ command, args, env = {} }: ServerStart): ServerStart {
  return { command, args: ['--import', new URL('collect.mjs', import.meta.url).href, ...args], env };
}

/** A process that reads addresses with fetch and `JSON.parse`. */
export const fetchAndParse: ServerStart = run(`${root}bench/contenders/fetch-and-parse.mjs`);

/** How our server's other commands are started. */
export function ourCommand(...args: readonly string[]): ServerStart {
  return run(dist, { args });
}

function peer(name: string, npmPackage: string, file: string, how: Partial<ServerStart> = {}): Contender {
  return { name, package: npmPackage, start: run(`${modules}${npmPackage}/${file}`, how) };
}

function run(file: string, { args = [], env = {} }: Partial<ServerStart> = {}): ServerStart {
  return { command: process.execPath, args: [file, ...args], env };
}
