import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Memory, memoryOf, resetPeak } from './memory.ts';

/** How a server is started. */
export interface ServerStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A tool as a server publishes it. */
export interface PublishedTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: unknown;
}

/** The answer to a tool call: all its text, and whether the server calls it an error. */
export interface ToolAnswer {
  readonly text: string;
  readonly isError: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: results of every server, looked into by those who asked
type Result = any;

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

export const initializeParams = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'charitylog-bench', version: '1.0.0' },
};

const longestAnswerMs = 60_000;

/**
 * A server over stdio and the least client that can be: lines of JSON, no validation, so that what is measured is the
 * server. Ended with this process, should nobody close it before.
 */
export class McpProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  readonly #kill = () => void this.#child.kill('SIGKILL');
  #ids = 0;
  #rest = '';
  #stderr = '';

  constructor({ command, args, env = {} }: ServerStart) {
    const { PATH = '', HOME = '' } = process.env;
    this.#child = spawn(command, args, { env: { PATH, HOME, ...env } });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.setEncoding('utf8').on('data', text => this.#read(text));
    this.#child.stderr.setEncoding('utf8').on('data', text => {
      this.#stderr = (this.#stderr + text).slice(-2000);
    });
    this.#child.once('error', error => this.#failAll(error.message));
    this.#child.once('close', code => this.#failAll(`it ended with exit code ${code}: ${this.#stderr.trim()}`));
    process.once('exit', this.#kill);
  }

  /** Sends a request; resolves with its result. */
  request(method: string, params?: unknown): Promise<Result> {
    const id = ++this.#ids;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method} in time`)), longestAnswerMs);
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          settle(value);
        };
      };
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
    });
  }

  /** Opens the session as every host does; resolves with the answer to `initialize`. */
  async initialize(): Promise<Result> {
    const result = await this.request('initialize', initializeParams);
    this.#send({ method: 'notifications/initialized' });
    return result;
  }

  /** All tools, of all pages. */
  async listTools(): Promise<PublishedTool[]> {
    const tools: PublishedTool[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.request('tools/list', cursor === undefined ? {} : { cursor });
      tools.push(...page.tools);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return tools;
  }

  /** Calls a tool. */
  async call(tool: string, args: Readonly<Record<string, unknown>> = {}): Promise<ToolAnswer> {
    const { content, isError } = await this.request('tools/call', { name: tool, arguments: args });
    const parts = content as { text?: string }[];
    return { text: parts.map(part => part.text ?? JSON.stringify(part)).join('\n'), isError: isError === true };
  }

  /** Calls a tool whose answer must be no error. */
  async callWell(tool: string, args: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const { text, isError } = await this.call(tool, args);
    if (isError) throw new Error(`${tool} ${JSON.stringify(args)}: ${text}`);
    return text;
  }

  /** The memory that the process has and had at most. */
  memory(): Memory {
    return memoryOf(this.#child.pid ?? 0);
  }

  /** Lets the peak of memory begin anew from what the process has now. */
  resetPeak(): void {
    resetPeak(this.#child.pid ?? 0);
  }

  /** Closes stdin, and ends the process if that doesn't in time. */
  async close(withinMs = 200): Promise<void> {
    process.removeListener('exit', this.#kill);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    const timer = setTimeout(this.#kill, withinMs);
    this.#child.stdin.end();
    await closed;
    clearTimeout(timer);
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
  }

  /** What isn't JSON is a server's chatter, which some print to stdout. */
  #take(line: string): void {
    let message: { id?: number; method?: string; result?: Result; error?: { message: string } };
    try {
      message = JSON.parse(line);
    } catch {
      return;
    }
    const { id, method, result, error } = message;
    if (id === undefined) return;
    if (method !== undefined) {
      this.#send({ id, result: {} });
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }

  #failAll(problem: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(problem));
    this.#waiting.clear();
  }
}
