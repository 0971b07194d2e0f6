import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { initializeParams, type ToolAnswer } from './mcp-process.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every server
type Message = any;

/** A stream of events may send nothing, not even its head, before the first event: this long for the server to take it. */
const openingStreamMs = 300;

/**
 * The least client that can be for Streamable HTTP: plain undici and no validation. Answers come as JSON, as the last event
 * of a stream, or, from servers that only accept a POST, on the session's own stream.
 */
export class McpHttp {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #ids = 0;

  /**
   * @param url the endpoint, as in `http://127.0.0.1:3000/mcp`
   * @param token the caller's bearer token, for a server that wants one
   * @param inFlight how many calls will be in flight at most
   */
  constructor(url: string, token: string | undefined, inFlight: number) {
    const { origin, pathname } = new URL(url);
    this.#pool = new Pool(origin, { connections: inFlight + 1, headersTimeout: 60_000, bodyTimeout: 0 });
    this.#path = pathname;
    this.#headers = {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
  }

  /** Opens the session as every host does. */
  async initialize(): Promise<void> {
    await this.#request('initialize', initializeParams);
    this.#headers['mcp-protocol-version'] = initializeParams.protocolVersion;
    await this.#post({ method: 'notifications/initialized' });
    if (this.#headers['mcp-session-id'] === undefined) return;
    this.#listen().catch(() => undefined);
    await delay(openingStreamMs);
  }

  /** Calls a tool. */
  async call(tool: string, args: Readonly<Record<string, unknown>> = {}): Promise<ToolAnswer> {
    const { content, isError } = await this.#request('tools/call', { name: tool, arguments: args });
    return { text: content[0]?.text ?? '', isError: isError === true };
  }

  /** Calls a tool whose answer must be no error. */
  async callWell(tool: string, args: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const { text, isError } = await this.call(tool, args);
    if (isError) throw new Error(`${tool} ${JSON.stringify(args)}: ${text}`);
    return text;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #request(method: string, params: unknown): Promise<Message> {
    const id = ++this.#ids;
    const onStream = new Promise<Message>(resolve => this.#waiting.set(id, resolve));
    const text = await this.#post({ id, method, params });
    const { result, error } = text === '' ? await onStream : JSON.parse(jsonOf(text));
    this.#waiting.delete(id);
    if (error) throw new Error(error.message);
    return result;
  }

  async #post(message: Readonly<Record<string, unknown>>): Promise<string> {
    const { statusCode, headers, body } = await this.#pool.request({
      method: 'POST',
      path: this.#path,
      headers: this.#headers,
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`status ${statusCode}: ${text.slice(0, 200)}`);
    const session = headers['mcp-session-id'];
    if (typeof session === 'string') this.#headers['mcp-session-id'] = session;
    return text;
  }

  /** Reads the session's stream of events. */
  async #listen(): Promise<void> {
    const headers = { ...this.#headers, accept: 'text/event-stream' };
    const { body } = await this.#pool.request({ method: 'GET', path: this.#path, headers });
    let rest = '';
    for await (const text of body.setEncoding('utf8')) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter(isData)) {
        const message = JSON.parse(jsonOf(line));
        this.#waiting.get(message.id)?.(message);
      }
    }
  }
}

function isData(line: string): boolean {
  return line.startsWith('data: {');
}

/** The JSON of an answer, or of the last event in it. */
function jsonOf(text: string): string {
  return text.startsWith('{') ? text : (text.split('\n').findLast(isData) ?? '').slice('data: '.length);
}
