import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type McpTestClient, throughV1, throughV2 } from './clients.ts';
import { atEnd } from './lifetime.ts';

/** A line of the service's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The built program as an HTTP service. */
export interface Service {
  /** The MCP endpoint. */
  readonly url: string;
  /** The same address with another path. */
  at(path: string): string;
  readonly child: ChildProcess;
  readonly log: readonly LogLine[];
  /** Resolves with the first line, past or future, for which this holds. */
  logged(isIt: (line: LogLine) => boolean): Promise<LogLine>;
  /** Tells it to stop; resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `charitylog-mcp http` on a free port of loopback, and stops it after the test. */
export async function startService(env: Record<string, string>, args: readonly string[] = []): Promise<Service> {
  const child = spawn(process.execPath, ['dist/cli.js', 'http', '--port', '0', ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  atEnd(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  });
  const log: LogLine[] = [];
  const waiting = new Set<(line: LogLine) => void>();
  createInterface({ input: child.stderr }).on('line', text => {
    const line = parseLine(text);
    log.push(line);
    for (const look of waiting) look(line);
  });
  const logged = (isIt: (line: LogLine) => boolean) =>
    new Promise<LogLine>((resolve, reject) => {
      const look = (line: LogLine) => {
        if (!isIt(line)) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      log.forEach(look);
      exited.then(code => reject(new Error(`the service ended with ${code}: ${JSON.stringify(log)}`)));
    });
  const { port } = await logged(line => String(line.msg).startsWith('serving MCP'));
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    at: path => `http://127.0.0.1:${port}${path}`,
    child,
    log,
    logged,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
  };
}

function parseLine(text: string): LogLine {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

const headersOf = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` });
const requestInitOf = (token: string | undefined) => ({ requestInit: { headers: headersOf(token) } });

type HttpConnect = (url: string, token?: string) => Promise<McpTestClient>;

/** The real clients over HTTP: by name, how each connects. */
export const httpClients: Readonly<
  Record<'modern era, v2 client' | 'legacy era, v2 client' | 'v1 client', HttpConnect>
> = {
  'modern era, v2 client': (url, token) => throughV2(new ModernTransport(new URL(url), requestInitOf(token)), 'modern'),
  'legacy era, v2 client': (url, token) => throughV2(new ModernTransport(new URL(url), requestInitOf(token)), 'legacy'),
  // The v1 transport's types allow for an undefined sessionId, which the client's don't.
  'v1 client': (url, token) => throughV1(new V1Transport(new URL(url), requestInitOf(token)) as never),
};

/** A caller as the callers file has it, with a token instead of its hash. */
export interface TestCaller {
  readonly name: string;
  readonly token?: string;
  readonly subject?: string;
  readonly claim?: Readonly<Record<string, string>>;
  readonly org_key: string;
  readonly user_key: string;
  readonly read_only?: boolean;
  readonly hidden_fields?: readonly string[];
}

/** Writes a callers file; `write` replaces it, as an administrator's editor does. Removed after the test. */
export async function callersFile(callers: readonly TestCaller[]) {
  const folder = await mkdtemp(join(tmpdir(), 'charitylog-callers-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'callers.json');
  const writeText = async (text: string) => {
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  };
  const write = (set: readonly TestCaller[]) => writeText(JSON.stringify({ callers: set.map(inFile) }));
  await write(callers);
  return { path, write, writeText };
}

function inFile({ token, ...caller }: TestCaller) {
  return { ...caller, ...(token !== undefined && { token_sha256: createHash('sha256').update(token).digest('hex') }) };
}

/** A JSON-RPC request as a POST, in the legacy era, for what the real clients would never send. */
export function post(
  url: string,
  message: unknown,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: typeof message === 'string' ? message : JSON.stringify(message),
    ...(signal && { signal }),
  });
}

/** A `tools/call` of the legacy era. */
export function toolCall(name: string, args: Record<string, unknown> = {}, id: string | number = 1) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } };
}
