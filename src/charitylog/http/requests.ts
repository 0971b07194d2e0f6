import { setTimeout as delay } from 'node:timers/promises';
import { CharitylogError } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import type { Observer } from '../../base/observer.ts';
import { type Keys, missingKeys } from '../../settings/config.ts';
import type { Collector, Person } from '../api.ts';
import { decodeCreatedId } from '../decode.ts';
import type { ApiPath } from '../path.ts';
import { PeopleStream } from '../stream/people-stream.ts';
import { type AnswerHead, type BodyReader, type HttpAnswer, jsonOf, notJson, wholeBody } from './answer.ts';
import type { ConnectionSettings, Connections, WireRequest } from './connections.ts';
import {
  failureInSuccess,
  isWorthRetrying,
  networkFailure,
  pagedAnswer,
  retryAfterMs,
  statusFailure,
  tooLarge,
  unreadableBody,
  unsupportedCreate,
  wasNeverSent,
} from './failures.ts';

const maxTries = 3;
const longestRetryWaitMs = 10_000;
const longestWriteMs = 45_000;
/** Lists, dictionaries and single records are read whole, up to this size; people are read as a stream. */
const maxWholeBytes = 16 * 1_048_576;

/** A request body. */
export type Body = NonNullable<WireRequest['body']>;

/** Requests to the Charitylog API: retries of reads, and every failure as a {@link CharitylogError}. */
export class Http {
  readonly #settings: ConnectionSettings;
  readonly #observer: Pick<Observer, 'apiRequest'>;
  readonly #writes = new Set<Promise<unknown>>();
  #connections: Promise<Connections> | undefined;

  constructor(settings: ConnectionSettings, observer: Pick<Observer, 'apiRequest'>) {
    this.#settings = settings;
    this.#observer = observer;
  }

  /**
   * Reads one path, with up to three tries where another may help.
   *
   * @param signal ends the request at once
   * @returns the JSON of the answer, `undefined` for an empty body
   */
  get(path: ApiPath, signal: AbortSignal): Promise<unknown> {
    return this.#read(path, signal, wholeAnswer, answer => this.#checked(answer));
  }

  /** Reads the people of one path while they arrive, as {@link Http.get} does. */
  people(path: ApiPath, collector: Collector, signal: AbortSignal): Promise<void> {
    let count = 0;
    const peopleOf = (head: AnswerHead) => {
      if (count > 0) collector.restart();
      count = 0;
      return bodyOfPeople(head, person => {
        count++;
        collector.add(person);
      });
    };
    return this.#read(path, signal, peopleOf, answer => {
      if (isPartOfMore(this.#checked(answer), count)) throw pagedAnswer();
    });
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

  async #read<T>(
    path: ApiPath,
    signal: AbortSignal,
    bodyOf: (head: AnswerHead) => BodyReader,
    read: (answer: HttpAnswer) => T,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      let retryAfter: string | undefined;
      try {
        const answer = await this.#send({ method: 'GET', path, signal }, head => {
          retryAfter = head.retryAfter;
          return isSuccess(head) ? bodyOf(head) : wholeAnswer();
        });
        if (isSuccess(answer)) return read(answer);
        throw this.#failure(answer);
      } catch (cause) {
        signal.throwIfAborted();
        const failure = networkFailure(cause);
        // Between a half and a whole of 0.5 s, then 1 s: many callers don't come back at the same moment.
        const waitMs = retryAfterMs(retryAfter) ?? (0.5 + Math.random() / 2) * 250 * 2 ** attempt;
        if (attempt === maxTries || waitMs > longestRetryWaitMs || !isWorthRetrying(failure)) throw failure;
        await delay(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  /** The JSON of a successful answer. */
  #checked(answer: HttpAnswer): unknown {
    const json = jsonOf(answer);
    if (json === notJson) throw unreadableBody(answer);
    const failure = failureInSuccess(json, this.#settings.keys);
    if (failure) throw failure;
    return json;
  }

  #failure(answer: HttpAnswer): CharitylogError {
    // A 404 that isn't JSON comes from some other server: taking it for "nobody" would be a wrong answer.
    const isForeign = answer.status === 404 && jsonOf(answer) === notJson;
    return isForeign ? unreadableBody(answer) : statusFailure(answer, this.#settings.keys);
  }

  async #writeOnce(request: WireRequest): Promise<unknown> {
    let answer: HttpAnswer;
    try {
      answer = await this.#send(request);
    } catch (cause) {
      const failure = networkFailure(cause);
      throw wasNeverSent(failure) ? failure : unknownOutcome(failure);
    }
    const { keys } = this.#settings;
    if ([404, 405, 415].includes(answer.status)) throw unsupportedCreate(answer.status);
    if (isRefusal(answer)) throw statusFailure(answer, keys);
    if (!isSuccess(answer)) throw unknownOutcome(statusFailure(answer, keys));
    const json = jsonOf(answer);
    if (json === notJson) throw unknownOutcome(unreadableBody(answer));
    const failure = failureInSuccess(json, keys);
    // With an id beside it, the error may be a warning about a record that was made.
    if (failure) throw decodeCreatedId(json) === undefined ? failure : unknownOutcome(failure);
    return json;
  }

  /** Sends a request; `bodyOf` says what reads the body, which is read whole unless told. */
  async #send(request: WireRequest, bodyOf: (head: AnswerHead) => BodyReader = wholeAnswer): Promise<HttpAnswer> {
    requireKeys(this.#settings.keys);
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
      return { ...head, text: body?.end() ?? '' };
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

function wholeAnswer(): BodyReader {
  return wholeBody(maxWholeBytes, tooLarge);
}

/** Hands on each person of a body, and keeps what it holds besides. */
function bodyOfPeople(head: AnswerHead, visit: (person: Person) => void): BodyReader {
  const stream = new PeopleStream(visit);
  const readable = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw error instanceof SyntaxError ? unreadableBody({ ...head, text: '' }) : error;
    }
  };
  return { write: chunk => readable(() => stream.write(chunk)), end: () => readable(() => stream.end()) };
}

/** True where what surrounds the people says that there are more of them than the answer holds. */
function isPartOfMore(rest: unknown, count: number): boolean {
  if (!isObject(rest)) return false;
  const { total, next, next_page, next_page_url, last_page, has_more } = rest;
  const isMore = [next, next_page, next_page_url].some(
    link => typeof link === 'number' || (typeof link === 'string' && link !== ''),
  );
  return isMore || has_more === true || Number(last_page) > 1 || (typeof total === 'number' && total > count);
}

function isSuccess({ status }: { status: number }): boolean {
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
  // What happened, without the advice for reads: trying again is what must not be done here.
  const [fact] = cause.message.split(/(?<=\w[.)"]) (?=[A-Z])/);
  return new CharitylogError('unknown_outcome', `Charitylog did not confirm the new record: ${fact}`, {
    logText: `unknown outcome: ${cause.logText}`,
    cause,
  });
}
