import { untilAborted } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';

/** Runs tasks of this process one at a time, in the order in which they are handed in. */
export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  /** Resolves when all tasks handed in so far have ended. */
  get ended(): Promise<unknown> {
    return this.#last;
  }

  /** From here on no task begins: those that wait are refused. */
  stop(): void {
    this.#isStopped = true;
  }

  /** @throws CharitylogError `unavailable` after {@link TaskQueue.stop} */
  throwIfStopped(): void {
    if (!this.#isStopped) return;
    const message = 'Nothing was written: this copy of the service is stopping. Send the same call again.';
    throw new CharitylogError('unavailable', message, { logText: 'stopping' });
  }

  /**
   * Runs `task` when those before it have ended; rejects with the signal's reason while it still waits. The next task waits for
   * `rest`, too, which follows the task, whether that went well or not.
   */
  run<T>(signal: AbortSignal, task: () => Promise<T>, rest: () => Promise<unknown>): Promise<T> {
    const before = this.#last;
    const mine = untilAborted(before, signal).then(() => {
      this.throwIfStopped();
      return task();
    });
    const ended = () => mine.catch(() => undefined);
    this.#last = before
      .then(ended)
      .then(rest)
      .catch(() => undefined);
    return mine;
  }
}
