/** The wire: undici and decompression. Loaded when the first request is made, and of Node what it needs. */
import type { Dispatcher } from 'undici';
import type { Config } from '../../settings/config.ts';
import type { ApiPath } from '../path.ts';
import { openDispatcher } from './dispatcher.ts';
import { type AnswerHead, type BodySink, exchange } from './exchange.ts';

/** For who reaches other servers: one part of the built program has undici. */
export { exchange, openDispatcher };

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

  /** Sends one request, as {@link exchange} does. Redirects aren't followed. */
  send({ method, path, body, signal }: WireRequest, sinkOf: (head: AnswerHead) => BodySink): Promise<AnswerHead> {
    const { timeoutMs } = this.#settings;
    const request = {
      origin: this.#origin,
      path: this.#basePath + path,
      method,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      headers: body ? { ...this.#headers, 'content-type': body.contentType } : this.#headers,
      body: body?.text ?? null,
    };
    return exchange(method === 'GET' ? this.#reads : this.#writes, request, signal, sinkOf);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#writes.destroy()]);
  }
}
