/**
 * Runs every candidate once a round, in turn (A B C A B C ...), so that whatever else the machine does meets all of them.
 * Each round begins with another candidate.
 */
export async function inTurn<T>(
  candidates: readonly T[],
  rounds: number,
  run: (candidate: T, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const first = round % Math.max(1, candidates.length);
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) await run(candidate, round);
  }
}
