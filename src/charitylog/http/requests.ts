import { setTimeout as delay } from 'node:timers/promises';
import type { Hold, Share } from '../../base/budget.ts';
import type { CharitylogError } from '../../base/errors.ts';
import type { Observer } from '../../base/observer.ts';
import { missingKeys } from '../../settings/config.ts';
import type { Collector } from '../api.ts';
import { decodeCreatedId } from '../decode.ts';
import type { ApiPath } from '../path.ts';
import type { RecordReader } from '../record.ts';
import { statedFailure } from '../stated-failure.ts';
import { PeopleStream } from '../stream/people-stream.ts';
import {
  type AnswerHead,
  type BodyReader,
  type HttpAnswer,
  isSuccess,
  jsonInTurns,
  jsonOf,
  notJson,
} from './answer.ts';
import { unreadableBody } from './body-failures.ts';
import { bodyOfPeople, wholeAnswer } from './body-readers.ts';
import type { ConnectionSettings, Connections, WireRequest } from './connections.ts';
import {
  failureInSuccess,
  isWorthRetrying,
  keysMissing,
  networkFailure,
  retryAfterMs,
  statusFailure,
  unknownOutcome,
  unsupportedCreate,
  wasNeverSent,
} from './failures.ts';

const maxTries = 3;
const longestRetryWaitMs = 10_000;
const longestWriteMs = 45_000;

/** A request body. */
export type Body = NonNullable<WireRequest['body']>;

/** A successful answer and its JSON: `undefined` for an empty body. */
export interface JsonAnswer extends AnswerHead {
  readonly json: unknown;
}

/** How an answer is read. */
interface Reading<T> {
  bodyOf(head: AnswerHead, hold: Hold): BodyReader;
  read(answer: HttpAnswer): T | Promise<T>;
  /** Called before another try. */
  restart?(): void;
}

/** Requests to the Charitylog API: retries of reads, and every failure as a {@link CharitylogError}. */
export class Http {
  readonly #settings: ConnectionSettings;
  readonly #observer: Pick<Observer, 'apiRequest'>;
  readonly #share: Share;
  readonly #writes = new Set<Promise<unknown>>();
  #connections: Promise<Connections> | undefined;

  /** @param options `share` is what answers to reads take while they arrive */
  constructor(
    settings: ConnectionSettings,
    { observer, share }: { observer: Pick<Observer, 'apiRequest'>; share: Share },
  ) {
    this.#settings = settings;
    this.#observer = observer;
    this.#share = share;
  }

  /**
   * Reads one path, with up to three tries where another may help.
   *
   * @param signal ends the request at once
   * @param isRecord tells a record, whose fields may have any name, from an answer that states a failure
   */
  get(path: ApiPath, signal: AbortSignal, isRecord?: (json: Record<string, unknown>) => boolean): Promise<JsonAnswer> {
    return this.#read(path, signal, {
      bodyOf: wholeAnswer,
      read: async answer => this.#checked(answer, await jsonInTurns(answer), isRecord),
    });
  }

  /**
   * Reads the people of one path while they arrive, as {@link Http.get} does.
   *
   * @returns what surrounds them
   */
  people(path: ApiPath, reader: RecordReader, collector: Collector, signal: AbortSignal): Promise<JsonAnswer> {
    return this.#read(path, signal, {
      bodyOf: (head, hold) => ({
        ready: collector.ready,
        ...bodyOfPeople(head, new PeopleStream(reader, person => collector.add(person)), hold),
      }),
      read: answer => this.#checked(answer, jsonOf(answer)),
      restart: () => collector.restart(),
    });
  }

  /**
   * Sends one write, once. From here on nothing cuts it: it ends by its own timeout.
   *
   * @param decode what its JSON means; what it throws is an unknown outcome
   * @throws CharitylogError `unknown_outcome` where the record may or may not have been made; any other kind means
   *   that it was not
   */
  write<T>(method: 'POST' | 'PUT', path: ApiPath, body: Body, decode: (json: unknown) => T): Promise<T> {
    const sent = this.#writeOnce({ method, path, body, signal: AbortSignal.timeout(longestWriteMs) }, decode);
    const settled = sent.catch(() => undefined).finally(() => this.#writes.delete(settled));
    this.#writes.add(settled);
    return sent;
  }

  /** Waits until every write under way has ended, at most `timeoutMs`; returns how many haven't. */
  async settleWrites(timeoutMs: number): Promise<number> {
    const timer = new AbortController();
    const timeout = delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#writes), timeout]);
    timer.abort();
    return this.#writes.size;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    const connections = await this.#connections?.catch(() => undefined);
    await connections?.close();
  }

  async #read<T>(path: ApiPath, signal: AbortSignal, { bodyOf, read, restart }: Reading<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      let retryAfter: string | undefined;
      const hold = this.#share.hold();
      if (attempt > 1) restart?.();
      try {
        const answer = await this.#send({ method: 'GET', path, signal }, head => {
          retryAfter = head.retryAfter;
          return isSuccess(head) ? bodyOf(head, hold) : wholeAnswer(head, hold);
        });
        if (isSuccess(answer)) return await read(answer);
        throw this.#failure(answer);
      } catch (cause) {
        signal.throwIfAborted();
        const failure = networkFailure(cause);
        if (!failure) throw cause;
        // Between a half and a whole of 0.5 s, then 1 s: many callers don't come back at the same moment.
        const waitMs = retryAfterMs(retryAfter) ?? (0.5 + Math.random() / 2) * 250 * 2 ** attempt;
        if (attempt === maxTries || waitMs > longestRetryWaitMs || !isWorthRetrying(failure)) throw failure;
        // Who waits holds nothing.
        hold.end();
        await delay(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      } finally {
        hold.end();
      }
    }
  }

  /** A successful answer that states no failure. */
  #checked(answer: HttpAnswer, json: unknown, isRecord?: (json: Record<string, unknown>) => boolean): JsonAnswer {
    if (json === notJson) throw unreadableBody(answer);
    const failure = statedFailure(json, isRecord);
    if (failure) throw failureInSuccess(failure, this.#settings.keys);
    return { json, ...answer };
  }

  #failure(answer: HttpAnswer): CharitylogError {
    // A 404 that isn't JSON comes from some other server: taking it for "nobody" would be a wrong answer.
    const isForeign = answer.status === 404 && jsonOf(answer) === notJson;
    return isForeign ? unreadableBody(answer) : statusFailure(answer, this.#settings.keys);
  }

  async #writeOnce<T>(request: WireRequest, decode: (json: unknown) => T): Promise<T> {
    let refusal: CharitylogError | undefined;
    try {
      const answer = await this.#send(request);
      refusal = this.#refusal(answer);
      if (!refusal) return decode(this.#accepted(answer));
    } catch (cause) {
      const failure = networkFailure(cause);
      throw failure && wasNeverSent(failure) ? failure : unknownOutcome(failure ?? cause);
    }
    throw refusal;
  }

  /** The error for a write that was not carried out, for certain. */
  #refusal(answer: HttpAnswer): CharitylogError | undefined {
    if ([404, 405, 415].includes(answer.status)) return unsupportedCreate(answer.status);
    if (isRefusal(answer)) return statusFailure(answer, this.#settings.keys);
    const json = isSuccess(answer) ? jsonOf(answer) : notJson;
    const stated = statedFailure(json);
    // With an id beside it, the error may be a warning about a record that was made.
    const isCertain =
      stated?.certainty === 'plain' &&
      (stated.status ?? (stated.isPassing ? 503 : 400)) < 500 &&
      decodeCreatedId(json) === undefined;
    return isCertain ? failureInSuccess(stated, this.#settings.keys) : undefined;
  }

  /** The JSON of a write that seems to have been carried out. */
  #accepted(answer: HttpAnswer): unknown {
    if (!isSuccess(answer)) throw statusFailure(answer, this.#settings.keys);
    const json = jsonOf(answer);
    if (json === notJson) throw unreadableBody(answer);
    const stated = statedFailure(json);
    if (stated && !(stated.certainty === 'inferred' && decodeCreatedId(json) !== undefined)) {
      throw failureInSuccess(stated, this.#settings.keys);
    }
    return json;
  }

  /** Sends a request; `bodyOf` says what reads the body, which is read whole unless told. */
  async #send(request: WireRequest, bodyOf: (head: AnswerHead) => BodyReader = wholeAnswer): Promise<HttpAnswer> {
    const missing = missingKeys(this.#settings.keys);
    if (missing.length > 0) throw keysMissing(missing);
    const connections = await this.#open();
    // Of the clocks that never go back, the one that is there without loading a module.
    const startedAt = process.hrtime.bigint();
    const observe = (status: number | 'none') => {
      const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
      this.#observer.apiRequest({ method: request.method, status, ms });
    };
    let body: BodyReader | undefined;
    try {
      const head = await connections.send(request, head => {
        body = bodyOf(head);
        observe(head.status);
        return body;
      });
      return { text: body?.end() ?? '', ...head };
    } catch (error) {
      if (!body) observe('none');
      throw error;
    }
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

/** True where the status says that the request was not carried out; 408, 3xx and 5xx leave that open. */
function isRefusal({ status }: HttpAnswer): boolean {
  return status >= 400 && status < 500 && status !== 408;
}
