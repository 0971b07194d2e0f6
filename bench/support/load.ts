/** How many calls a second a way of asking answers. */
export interface Load {
  readonly callsASecond: number;
}

/**
 * Asks for some time with that many calls in flight; each is followed by the next as soon as it is answered.
 *
 * @param ask asks the nth question
 */
export async function loadOf(ask: (n: number) => Promise<unknown>, inFlight: number, forMs: number): Promise<Load> {
  let n = 0;
  let answered = 0;
  const startedAt = performance.now();
  const end = startedAt + forMs;
  const caller = async () => {
    while (performance.now() < end) {
      await ask(n++);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  return { callsASecond: (answered / (performance.now() - startedAt)) * 1000 };
}
