import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { atEnd } from './lifetime.ts';

/** A tool's answer as a host gets it. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of every shape
  readonly data: any;
}

/** A published tool. */
export interface PublishedTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: { readonly properties?: Record<string, unknown> | undefined; readonly [key: string]: unknown };
  readonly annotations?: Record<string, unknown> | undefined;
}

/** The part of an MCP client that the tests use, the same for each real client behind it. */
export interface McpTestClient {
  listTools(): Promise<PublishedTool[]>;
  call(tool: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<ToolAnswer>;
  /** Resolves at the next `tools/list_changed`. */
  listChanged(): Promise<void>;
  readonly instructions: string | undefined;
  readonly serverName: string | undefined;
  close(): Promise<void>;
}

/** A client, and the server that was started for it. */
export interface TestClient extends McpTestClient {
  readonly serverPid: number;
  /** What the server has written to stderr so far. */
  stderr(): string;
}

/** How to start the server. */
export interface ServerStart {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const info = { name: 'test-client', version: '1.0.0' };

/**
 * Asks the process that it started for its revision, as the SDK does with transports that aren't its own. The SDK's own starts
 * another process to ask, and ends it.
 */
export class OneProcessTransport extends StdioClientTransport {}

/** The three real clients: by name, how each connects to a freshly started server. */
export const clients = {
  'modern era, v2 client': start => connectV2(start, 'modern', StdioClientTransport),
  'legacy era, v2 client': start => connectV2(start, 'legacy'),
  'v1 client': connectV1,
} as const satisfies Record<string, (start: ServerStart) => Promise<TestClient>>;

/** The v2 client in one era, connected over stdio to a freshly started server; closed after the test. */
export async function connectV2(
  start: ServerStart,
  era: 'modern' | 'legacy' = 'legacy',
  Transport = OneProcessTransport,
): Promise<TestClient> {
  const transport = new Transport(parametersOf(start));
  const stderr = collect(transport.stderr);
  const client = await throughV2(transport, era);
  return { ...client, serverPid: transport.pid ?? 0, stderr };
}

/** The v1 client, which most hosts still embed. */
async function connectV1(start: ServerStart): Promise<TestClient> {
  const transport = new V1Transport(parametersOf(start));
  const stderr = collect(transport.stderr);
  const client = await throughV1(transport);
  return { ...client, serverPid: transport.pid ?? 0, stderr };
}

/** The v2 client in one era, connected through any transport; closed after the test. */
export async function throughV2(
  transport: Parameters<ModernClient['connect']>[0],
  era: 'modern' | 'legacy',
): Promise<McpTestClient> {
  const changes = changeCounter();
  const client = new ModernClient(info, {
    versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
    listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: changes.count } },
  });
  await client.connect(transport);
  atEnd(() => client.close());
  return {
    listTools: async () => (await client.listTools(undefined, { cacheMode: 'bypass' })).tools,
    call: async (name, args, signal) =>
      toAnswer(await client.callTool({ name, arguments: args }, signal && { signal })),
    listChanged: changes.next,
    instructions: client.getInstructions(),
    serverName: client.getServerVersion()?.name,
    close: () => client.close(),
  };
}

/** The v1 client, connected through any of its transports; closed after the test. */
export async function throughV1(transport: Parameters<V1Client['connect']>[0]): Promise<McpTestClient> {
  const changes = changeCounter();
  const client = new V1Client(info, {
    listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: changes.count } },
  });
  await client.connect(transport);
  atEnd(() => client.close());
  return {
    listTools: async () => (await client.listTools()).tools,
    call: async (name, args, signal) =>
      toAnswer(await client.callTool({ name, arguments: args }, undefined, signal && { signal })),
    listChanged: changes.next,
    instructions: client.getInstructions(),
    serverName: client.getServerVersion()?.name,
    close: () => client.close(),
  };
}

function parametersOf({ command = process.execPath, args = ['dist/cli.js'], env = {}, cwd }: ServerStart) {
  return { command, args: [...args], env: { ...env }, stderr: 'pipe' as const, ...(cwd && { cwd }) };
}

/** A result as a host gets it. */
export function toAnswer(result: { readonly [key: string]: unknown }): ToolAnswer {
  const [first] = result.content as { text: string }[];
  return { isError: result.isError === true, text: first?.text ?? '', data: result.structuredContent };
}

function collect(stream: NodeJS.EventEmitter | null): () => string {
  let text = '';
  stream?.on('data', chunk => {
    text += chunk;
  });
  return () => text;
}

/** Counts list changes and lets one wait for the next. */
function changeCounter() {
  let waiting: (() => void)[] = [];
  return {
    count: () => {
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    next: () => new Promise<void>(resolve => waiting.push(resolve)),
  };
}
