import { setTimeout as delay } from 'node:timers/promises';
import { type Keys, missingKeys } from '../config.ts';
import { CharitylogError } from '../errors.ts';
import type { ConnectionSettings, Connections, WireRequest } from './connections.ts';
import {
  type HttpAnswer,
  isWorthRetrying,
  jsonOf,
  networkFailure,
  notJson,
  retryAfterMs,
  statedFailure,
  statusFailure,
  unreadableBody,
  wasNeverSent,
} from './failures.ts';
import type { ApiPath } from './path.ts';

const maxTries = 3;
const longestRetryWaitMs = 10_000;
const longestWriteMs = 45_000;

/** A request body. */
export type Body = NonNullable<WireRequest['body']>;

/** Requests to the Charitylog API: retries of reads, and every failure as a {@link CharitylogError}. */
export class Http {
  readonly #settings: ConnectionSettings;
  readonly #writes = new Set<Promise<unknown>>();
  #connections: Promise<Connections> | undefined;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /**
   * Reads one path, with up to three tries where another may help.
   *
   * @param signal ends the request at once
   * @returns the JSON of the answer, `undefined` for an empty body
   */
  async get(path: ApiPath, signal: AbortSignal): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const { failure, json, retryAfter } = await this.#tryGet(path, signal);
      if (!failure) return json;
      signal.throwIfAborted();
      // Between a half and a whole of 0.5 s, then 1 s: many callers don't come back at the same moment.
      const waitMs = retryAfterMs(retryAfter) ?? (0.5 + Math.random() / 2) * 250 * 2 ** attempt;
      if (attempt === maxTries || waitMs > longestRetryWaitMs || !isWorthRetrying(failure)) throw failure;
      await delay(waitMs, undefined, { signal });
    }
  }

  /**
   * Sends one write, once. From here on nothing cuts it: it ends by its own timeout.
   *
   * @throws CharitylogError `unknown_outcome` where the record may or may not have been made; any other kind means
   *   that it was not
   */
  write(method: 'POST' | 'PUT', path: ApiPath, body: Body): Promise<unknown> {
    const sent = this.#writeOnce({ method, path, body, signal: AbortSignal.timeout(longestWriteMs) });
    const settled = sent.catch(() => undefined).finally(() => this.#writes.delete(settled));
    this.#writes.add(settled);
    return sent;
  }

  /** Resolves when every write under way has ended, or after `timeoutMs`. */
  async settleWrites(timeoutMs: number): Promise<void> {
    const timer = new AbortController();
    const timeout = delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#writes), timeout]);
    timer.abort();
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    const connections = await this.#connections?.catch(() => undefined);
    await connections?.close();
  }

  async #tryGet(path: ApiPath, signal: AbortSignal) {
    let answer: HttpAnswer;
    try {
      answer = await this.#exchange({ method: 'GET', path, signal });
    } catch (cause) {
      return { failure: networkFailure(cause) };
    }
    const { retryAfter } = answer;
    const json = jsonOf(answer);
    // A 404 that isn't JSON comes from some other server: taking it for "nobody" would be a wrong answer.
    if (json === notJson && (isSuccess(answer) || answer.status === 404)) return { failure: unreadableBody(answer) };
    const { keys } = this.#settings;
    const failure = isSuccess(answer) ? statedFailure(json, keys) : statusFailure(answer, keys);
    return { failure, json, retryAfter };
  }

  async #writeOnce(request: WireRequest): Promise<unknown> {
    let answer: HttpAnswer;
    try {
      answer = await this.#exchange(request);
    } catch (cause) {
      const failure = networkFailure(cause);
      throw wasNeverSent(failure) ? failure : unknownOutcome(failure);
    }
    const { keys } = this.#settings;
    if (isRefusal(answer)) throw statusFailure(answer, keys);
    if (!isSuccess(answer)) throw unknownOutcome(statusFailure(answer, keys));
    const json = jsonOf(answer);
    if (json === notJson) throw unknownOutcome(unreadableBody(answer));
    const failure = statedFailure(json, keys);
    if (failure) throw failure;
    return json;
  }

  async #exchange(request: WireRequest): Promise<HttpAnswer> {
    requireKeys(this.#settings.keys);
    const connections = await this.#open();
    return connections.exchange(request);
  }

  /** The connections, opened once; a failure to set them up isn't remembered, so that the next call may work. */
  #open(): Promise<Connections> {
    this.#connections ??= import('./connections.ts')
      .then(wire => wire.Connections.open(this.#settings))
      .catch(error => {
        this.#connections = undefined;
        throw error;
      });
    return this.#connections;
  }
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** True where the status says that the request was not carried out; 408, 3xx and 5xx leave that open. */
function isRefusal({ status }: HttpAnswer): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

function requireKeys(keys: Keys): void {
  const missing = missingKeys(keys);
  if (missing.length === 0) return;
  throw new CharitylogError(
    'config',
    `Charitylog is not connected yet: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set. The ` +
      "administrator finds the Org and User keys on the API user's record in Charitylog, under 3rd Party Systems " +
      '("Reveal Key"); the software supplier gives the Source key. Set them in the environment and start again.',
    { logText: `missing ${missing.join(', ')}` },
  );
}

function unknownOutcome(cause: CharitylogError): CharitylogError {
  return new CharitylogError('unknown_outcome', `Charitylog did not confirm the new record. ${cause.message}`, {
    logText: `unknown outcome: ${cause.logText}`,
    cause,
  });
}
