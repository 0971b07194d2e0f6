/** Long work on one event loop: everybody else gets a turn now and then. */

/** How long work may go on before others get a turn, in milliseconds. */
const longestTurnMs = 10;

/** How many steps are taken before the clock is looked at, which takes longer than a step. */
const stepsPerLook = 32;

/** Lets all wait that is due by now, and goes on after it. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => void setImmediate(resolve));
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
    if (position % stepsPerLook === stepsPerLook - 1 && turn.isOver) await turn.next();
  }
}
