/**
 * The outcome of `promise`, or a rejection as soon as `signal` aborts. The work behind `promise` isn't cancelled.
 *
 * @param reason what to reject with; the signal's own reason unless told
 */
export function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  reason: () => unknown = () => signal.reason,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(reason());
    const end = () => signal.removeEventListener('abort', giveUp);
    promise.finally(end).then(resolve, reject);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** What somebody waits with: `signal` aborts when it is in vain. */
export interface Waiting {
  readonly signal: AbortSignal;
}

/**
 * Runs `task` with a signal that aborts with `signal`, or with a `TimeoutError` after `ms` milliseconds. It is made when it is
 * first read: what is answered from memory waits for nothing.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  ms: number,
  task: (waiting: Waiting) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(signal, ms);
  try {
    return await task(deadline);
  } finally {
    deadline.end();
  }
}

/** What AbortSignal.any does, without the weak references that it leaves to the garbage collector at each call. */
class Deadline implements Waiting {
  readonly #outer: AbortSignal;
  readonly #endsAt: number;
  #bounded: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(outer: AbortSignal, ms: number) {
    this.#outer = outer;
    this.#endsAt = performance.now() + ms;
  }

  get signal(): AbortSignal {
    if (!this.#bounded) {
      this.#bounded = new AbortController();
      if (!this.#isOver) this.#bind(this.#bounded);
    }
    return this.#bounded.signal;
  }

  #bind(bounded: AbortController): void {
    if (this.#outer.aborted) {
      this.#follow();
      return;
    }
    this.#outer.addEventListener('abort', this.#follow, { once: true });
    const late = () => bounded.abort(new DOMException('the time for this call is up', 'TimeoutError'));
    this.#timer = setTimeout(late, this.#endsAt - performance.now());
  }

  readonly #follow = () => this.#bounded?.abort(this.#outer.reason);

  /** The task has ended: nothing aborts its signal any more. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#bounded) this.#outer.removeEventListener('abort', this.#follow);
  }
}

/**
 * The outcome of `promise`, or a rejection after `ms` milliseconds.
 *
 * @param reason what to reject with; a `TimeoutError` unless told
 */
export function within<T>(ms: number, promise: Promise<T>, reason?: () => unknown): Promise<T> {
  return withDeadline(new AbortController().signal, ms, ({ signal }) => untilAborted(promise, signal, reason));
}

/** Resolves when all of these have ended, well or not, or after `ms` milliseconds. */
export async function settled(promises: Iterable<Promise<unknown>>, ms: number): Promise<void> {
  await within(ms, Promise.allSettled(promises)).catch(() => undefined);
}
