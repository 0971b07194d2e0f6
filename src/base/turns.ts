/** Long work on one event loop: everybody else gets a turn now and then. */

/** How long work may go on before others get a turn, in milliseconds. */
const longestTurnMs = 10;

let last = Promise.resolve();

/** Lets all go first that is due by now; of several that wait, one goes on at a time. */
export function nextTurn(): Promise<void> {
  last = last.then(() => new Promise(resolve => void setImmediate(resolve)));
  return last;
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

/** Visits every item, one after the other; others get a turn whenever that has lasted a while. */
export async function forEachInTurns<T>(
  items: readonly T[],
  visit: (item: T, position: number) => void,
): Promise<void> {
  const turn = new Turn();
  for (const [position, item] of items.entries()) {
    visit(item, position);
    if (turn.isOver) await turn.next();
  }
}
