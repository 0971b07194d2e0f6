import { setImmediate } from 'node:timers/promises';

/**
 * Spreads pieces of work over passes of the event loop: one in each. What others have to do comes between, however much is
 * ready here.
 */
export class OnePerPass {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when the next piece may begin. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate());
    return this.#last;
  }
}
