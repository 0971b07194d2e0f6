import { untilAborted } from '../abort.ts';

/** Turns within this process, in the order in which they are asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves when all turns asked for so far have ended. */
  get ended(): Promise<unknown> {
    return this.#last;
  }

  /**
   * Runs `task` when the turns before it have ended; rejects with the signal's reason while it still waits.
   *
   * @param rest what the turn lasts for beyond its task, whether that went well or not; nobody but the next turn waits for it
   */
  take<T>(signal: AbortSignal, task: () => Promise<T>, rest: () => Promise<unknown>): Promise<T> {
    const before = this.#last;
    const mine = untilAborted(before, signal).then(task);
    const ended = () => mine.catch(() => undefined);
    this.#last = before
      .then(ended)
      .then(rest)
      .catch(() => undefined);
    return mine;
  }
}
