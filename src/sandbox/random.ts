/** A stream of pseudo-random choices: the same seed always gives the same stream. */
export interface Random {
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** One element of a list that isn't empty. */
  pick<T>(list: readonly T[]): T;
  /** One element with the given probability; nothing otherwise, and from an empty list. */
  maybe<T>(probability: number, list: readonly T[]): T | undefined;
  /** One element of a list that isn't empty, each as likely as its `share` of the whole. */
  pickByShare<T extends { readonly share: number }>(list: readonly T[]): T;
}

/** Starts a stream of choices from a whole-number seed (mulberry32: fast, and good enough for made-up people). */
export function createRandom(seed: number): Random {
  let state = seed | 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function integer(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }

  function chance(probability: number): boolean {
    return next() < probability;
  }

  function pick<T>(list: readonly T[]): T {
    return list[integer(0, list.length - 1)] as T;
  }

  return {
    chance,
    integer,
    pick,
    maybe: (probability, list) => (chance(probability) ? pick(list) : undefined),
    pickByShare(list) {
      let left = next() * list.reduce((sum, { share }) => sum + share, 0);
      const chosen = list.find(({ share }) => {
        left -= share;
        return left < 0;
      });
      return chosen ?? (list.at(-1) as (typeof list)[number]);
    },
  };
}
