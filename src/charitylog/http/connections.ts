/** Connections: TLS, proxies, pacing. Loads undici, so it is loaded when the first request is made. */
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isLoopback } from '../../base/addresses.ts';
import { CharitylogError } from '../../base/errors.ts';
import { OnePerPass } from '../../base/turns.ts';
import type { Config } from '../../settings/config.ts';
import type { ApiPath } from '../path.ts';
import type { AnswerHead, BodySink } from './answer.ts';
import { exchange } from './exchange.ts';

/**
 * Pacing, out of courtesy to the API: at most four requests are under way at once; the others wait their turn. A write
 * never waits behind reads.
 */
const maxReads = 3;
const maxWrites = 1;

/** Reading so many bytes takes long enough for others to have their turn. */
const bytesAPass = 16_384;

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
  readonly #passes = new OnePerPass();

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
      signal,
    };
    const dispatcher = method === 'GET' ? this.#reads : this.#writes;
    return exchange(dispatcher, request, head => this.#inTurns(sinkOf(head)));
  }

  /** Takes so much of a body in each pass of the event loop: what one identity reads at once doesn't keep others back. */
  #inTurns(sink: BodySink): BodySink {
    // TLS cuts what it carries into short parts.
    let taken = 0;
    return {
      write: part => sink.write(part),
      ready: part => {
        const isReady = sink.ready?.(part);
        taken += part.length;
        if (taken < bytesAPass) return isReady;
        taken = 0;
        return Promise.resolve(isReady).then(() => this.#passes.next());
      },
    };
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#writes.destroy()]);
  }
}

/**
 * Connections to one server: direct on loopback, else through the proxy that `HTTPS_PROXY` and `NO_PROXY` name.
 *
 * @param url any address of the server
 * @param options `timeoutMs` is how long connecting may take; `connections` how many there may be at once
 * @throws CharitylogError `config` where the CA file can't be used
 */
export async function openDispatcher(
  url: string,
  { caFile, timeoutMs, connections }: { caFile: string | undefined; timeoutMs: number; connections: number },
): Promise<Dispatcher> {
  const ca = await readCertificates(caFile);
  const tls = { timeout: timeoutMs, ...(ca && { ca }) };
  return isLoopback(new URL(url))
    ? new Agent({ connections, connect: tls })
    : new EnvHttpProxyAgent({ connections, connect: tls, requestTls: tls, proxyTls: tls });
}

/** @throws CharitylogError `config` where the file can't be used */
export async function readCertificates(file: string | undefined): Promise<string[] | undefined> {
  if (file === undefined) return undefined;
  const pem = await readFile(file, 'utf8').catch(cause => {
    throw new CharitylogError('config', 'CHARITYLOG_CA_FILE cannot be read: it must be a readable PEM file.', {
      cause,
    });
  });
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return [...rootCertificates, pem];
  throw new CharitylogError('config', 'CHARITYLOG_CA_FILE holds no certificate: it must be a PEM file.');
}
