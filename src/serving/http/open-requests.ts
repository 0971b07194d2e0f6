import { once } from 'node:events';

/** What an exchange is for: it decides how it is ended. */
export type Purpose = 'create' | 'subscription' | 'other';

/** One request from the moment its caller was let in until its answer is out. */
export class Exchange {
  /** `other` until its message was read. */
  purpose: Purpose = 'other';
  /** What its caller was let in by. */
  readonly pass: string;
  readonly #abort = new AbortController();

  constructor(pass: string) {
    this.pass = pass;
  }

  /** Aborts when the caller loses its right, and when the service has to stop. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  abort(): void {
    this.#abort.abort(new DOMException('the service ended this request', 'AbortError'));
  }
}

/** The exchanges under way, so that they can be counted, waited for and ended. */
export class Exchanges {
  readonly #open = new Set<Exchange>();
  readonly #ended = new EventTarget();

  /** How many are under way. */
  get size(): number {
    return this.#open.size;
  }

  /** How many of them are for this. */
  count(purpose: Purpose): number {
    return [...this.#open].filter(exchange => exchange.purpose === purpose).length;
  }

  begin(pass: string): Exchange {
    const exchange = new Exchange(pass);
    this.#open.add(exchange);
    return exchange;
  }

  end(exchange: Exchange): void {
    if (this.#open.delete(exchange)) this.#ended.dispatchEvent(new Event('ended'));
  }

  /** Aborts those for which this holds; each ends when its answer is out. */
  abort(isOver: (exchange: Exchange) => boolean): void {
    for (const exchange of this.#open) if (isOver(exchange)) exchange.abort();
  }

  /** Resolves when none is under way, or when `signal` aborts. */
  async settled(signal: AbortSignal): Promise<void> {
    while (this.#open.size > 0 && !signal.aborted) {
      await once(this.#ended, 'ended', { signal }).catch(() => undefined);
    }
  }
}
