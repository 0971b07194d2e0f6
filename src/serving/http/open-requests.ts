import { EventEmitter, once } from 'node:events';
import { isObject } from '../../base/json.ts';

/** What a request is for: it decides how it is ended. */
export type Purpose = 'create' | 'subscription' | 'other';

/** One request from the moment its caller was let in until its answer is out. */
export class OpenRequest {
  /** `other` until its message was read. */
  purpose: Purpose = 'other';
  /** What its caller was let in by. */
  readonly credential: string;
  #onAbort: (() => void)[] = [];
  #isAborted = false;

  constructor(credential: string) {
    this.credential = credential;
  }

  /** True once its caller has lost its right, or the service has to stop. */
  get isAborted(): boolean {
    return this.#isAborted;
  }

  /** Calls `listener` when that happens. */
  onAbort(listener: () => void): void {
    this.#onAbort.push(listener);
  }

  /** A signal that aborts then. */
  signal(): AbortSignal {
    const controller = new AbortController();
    const abort = () => controller.abort(new DOMException('the service ended this request', 'AbortError'));
    if (this.#isAborted) abort();
    else this.onAbort(abort);
    return controller.signal;
  }

  abort(): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    for (const listener of this.#onAbort) listener();
  }

  /** Its answer is out: lets go of all that listens, as the set that held it may keep it for longer. */
  end(): void {
    this.#onAbort = [];
  }
}

/** The requests that are open, so that they can be counted, waited for and ended. */
export class OpenRequests {
  readonly #open = new Set<OpenRequest>();
  readonly #ended = new EventEmitter();

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** How many of them are for this. */
  count(purpose: Purpose): number {
    let count = 0;
    for (const request of this.#open) if (request.purpose === purpose) count++;
    return count;
  }

  begin(credential: string): OpenRequest {
    const request = new OpenRequest(credential);
    this.#open.add(request);
    return request;
  }

  end(request: OpenRequest): void {
    request.end();
    if (this.#open.delete(request)) this.#ended.emit('ended');
  }

  /** Aborts those for which this holds; each ends when its answer is out. */
  abort(isOver: (request: OpenRequest) => boolean): void {
    for (const request of this.#open) if (isOver(request)) request.abort();
  }

  /** Resolves when none is open, or when `signal` aborts. */
  async settled(signal: AbortSignal): Promise<void> {
    while (this.#open.size > 0 && !signal.aborted) {
      await once(this.#ended, 'ended', { signal }).catch(() => undefined);
    }
  }
}

/** What a message, or a list of them, is for; it decides how its request is ended. */
export function purposeOf(message: unknown): Purpose {
  if (Array.isArray(message)) return message.map(purposeOf).find(purpose => purpose !== 'other') ?? 'other';
  if (!isObject(message)) return 'other';
  if (message.method === 'subscriptions/listen') return 'subscription';
  const { params } = message;
  return message.method === 'tools/call' && isObject(params) && params.name === 'create_person' ? 'create' : 'other';
}
