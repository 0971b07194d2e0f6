import { once } from 'node:events';

/** One request from the moment it was let in until its answer is out. */
export interface Exchange {
  /** Aborts when the client has gone, when the caller lost its right, and when the service has to stop. */
  readonly signal: AbortSignal;
  end(): void;
}

/** What an exchange is for: it decides how it is ended. */
export type Purpose = 'create' | 'subscription' | 'other';

interface Open {
  readonly purpose: Purpose;
  /** What it was let in by. */
  readonly pass: string;
  readonly abort: AbortController;
}

/** The exchanges under way, so that they can be counted, waited for and ended. */
export class Exchanges {
  readonly #open = new Set<Open>();
  readonly #ended = new EventTarget();

  /** How many are under way. */
  get size(): number {
    return this.#open.size;
  }

  begin(purpose: Purpose, pass: string): Exchange {
    const open: Open = { purpose, pass, abort: new AbortController() };
    this.#open.add(open);
    return {
      signal: open.abort.signal,
      end: () => {
        if (this.#open.delete(open)) this.#ended.dispatchEvent(new Event('ended'));
      },
    };
  }

  /** Ends those of these purposes, and those that were let in by what is no longer good. */
  abort(isOver: (exchange: { readonly purpose: Purpose; readonly pass: string }) => boolean): void {
    for (const open of this.#open) {
      if (isOver(open)) open.abort.abort(new DOMException('the service ended this request', 'AbortError'));
    }
  }

  /** Resolves when none is under way, or when `signal` aborts. */
  async settled(signal: AbortSignal): Promise<void> {
    while (this.#open.size > 0 && !signal.aborted) {
      await once(this.#ended, 'ended', { signal }).catch(() => undefined);
    }
  }
}
