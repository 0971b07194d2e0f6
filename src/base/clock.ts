/** The time of the start by the wall clock, and by the clock that never jumps. */
const [startedAt, startedAtNs] = [Date.now(), process.hrtime.bigint()];

/**
 * Milliseconds since 1970, as a clock has them that never jumps: it was set once, when the process started. For everything
 * that is measured or ends after a time, since somebody may set the wall clock meanwhile.
 */
export function steadyNow(): number {
  return startedAt + Number((process.hrtime.bigint() - startedAtNs) / 1_000_000n);
}
