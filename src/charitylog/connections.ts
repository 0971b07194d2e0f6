/** The wire: undici and decompression. Loaded when the first request is made, and of Node what it needs. */
import { pipeline, type Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Config } from '../config.ts';
import { openDispatcher } from './dispatcher.ts';
import type { ApiPath } from './path.ts';

/**
 * Pacing, out of courtesy to the API: at most four requests are under way at once; the others wait their turn. A write
 * never waits behind reads.
 */
const maxReads = 3;
const maxWrites = 1;

/** The settings that the wire needs. */
export interface ConnectionSettings extends Pick<Config, 'baseUrl' | 'keys' | 'timeoutMs' | 'caFile'> {
  /** How many reads may be under way at once, where pacing is set aside: no setting does that, only a measure. */
  readonly unpacedReads?: number;
}

/** One request. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: ApiPath;
  readonly body?: { readonly contentType: string; readonly text: string };
  readonly signal: AbortSignal;
}

/** The beginning of an answer, and its decompressed body, which must be read or destroyed. */
export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The `Retry-After` header, or `undefined`. */
  readonly retryAfter: string | undefined;
  readonly body: Readable;
}

/** Connections to one API with one identity's keys, which go to the configured origin only. */
export class Connections {
  readonly #settings: ConnectionSettings;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #reads: Dispatcher;
  readonly #writes: Dispatcher;

  private constructor(settings: ConnectionSettings, reads: Dispatcher, writes: Dispatcher) {
    this.#settings = settings;
    this.#origin = new URL(settings.baseUrl).origin;
    this.#basePath = settings.baseUrl.slice(this.#origin.length);
    const { source, org, user } = settings.keys;
    this.#headers = { accept: 'application/json', 'accept-encoding': 'gzip, br', source, org, user };
    this.#reads = reads;
    this.#writes = writes;
  }

  /** @throws CharitylogError `config` where the CA file can't be used */
  static async open(settings: ConnectionSettings): Promise<Connections> {
    const open = (connections: number) => openDispatcher(settings.baseUrl, { ...settings, connections });
    return new Connections(settings, await open(settings.unpacedReads ?? maxReads), await open(maxWrites));
  }

  /** Sends one request. Redirects aren't followed. Rejects with undici's errors, as reading the body does. */
  async send({ method, path, body, signal }: WireRequest): Promise<WireAnswer> {
    const { timeoutMs } = this.#settings;
    const dispatcher = method === 'GET' ? this.#reads : this.#writes;
    const answer = await dispatcher.request({
      origin: this.#origin,
      path: this.#basePath + path,
      method,
      signal,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      headers: body ? { ...this.#headers, 'content-type': body.contentType } : this.#headers,
      body: body?.text ?? null,
    });
    return {
      status: answer.statusCode,
      contentType: headerOf(answer.headers, 'content-type') ?? '',
      retryAfter: headerOf(answer.headers, 'retry-after'),
      body: decompressed(answer.body, headerOf(answer.headers, 'content-encoding')),
    };
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#writes.destroy()]);
  }
}

function decompressed(body: Readable, encoding: string | undefined): Readable {
  if (encoding !== 'br' && encoding !== 'gzip') return body;
  const { createBrotliDecompress, createGunzip } = process.getBuiltinModule('node:zlib');
  const decoder = encoding === 'br' ? createBrotliDecompress() : createGunzip();
  // Errors reach the reader through the decoder, which the pipeline destroys with them.
  return pipeline(body, decoder, () => undefined);
}

function headerOf(headers: Record<string, string | string[] | undefined>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
