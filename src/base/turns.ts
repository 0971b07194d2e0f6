/** Long work on one event loop: everybody else gets a turn now and then. */
import { setImmediate } from 'node:timers/promises';

/** How long work may go on before others get a turn, in milliseconds. */
const longestTurnMs = 10;

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

const longWork = new OnePerPass();

/** Lets all go first that is due by now; of several that wait, one goes on at a time. */
export function nextTurn(): Promise<void> {
  return longWork.next();
}

/** Tells when a piece of work has lasted long enough. */
export class Turn {
  #beganAt = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#beganAt > longestTurnMs;
  }

  /** Gives the others their turn, and begins a new one. */
  async next(): Promise<void> {
    await nextTurn();
    this.#beganAt = performance.now();
  }
}

/**
 * Visits every item, one after the other; others get a turn whenever that has lasted a while, and once more after the last
 * item: what follows very many is long, too.
 */
export async function forEachInTurns<T>(
  items: readonly T[],
  visit: (item: T, position: number) => void,
): Promise<void> {
  const turn = new Turn();
  let isLong = false;
  for (const [position, item] of items.entries()) {
    visit(item, position);
    if (!turn.isOver) continue;
    isLong = true;
    await turn.next();
  }
  if (isLong) await turn.next();
}
