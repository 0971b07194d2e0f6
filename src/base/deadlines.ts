/**
 * The outcome of `promise`, or a rejection as soon as `signal` aborts. The work behind `promise` isn't cancelled.
 *
 * @param reason what to reject with; the signal's own reason unless told
 */
export function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  reason: () => unknown = () => signal.reason,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(reason());
    const end = () => signal.removeEventListener('abort', giveUp);
    promise.finally(end).then(resolve, reject);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** Runs `task` with a signal that aborts with `signal`, or with a `TimeoutError` after `ms` milliseconds. */
export async function withDeadline<T>(
  signal: AbortSignal,
  ms: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // What AbortSignal.any does, without the weak references that it leaves to the garbage collector at each call.
  const bounded = new AbortController();
  const end = () => bounded.abort(signal.reason);
  const timer = setTimeout(() => bounded.abort(new DOMException('the time for this call is up', 'TimeoutError')), ms);
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  try {
    return await task(bounded.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/**
 * The outcome of `promise`, or a rejection after `ms` milliseconds.
 *
 * @param reason what to reject with; a `TimeoutError` unless told
 */
export function within<T>(ms: number, promise: Promise<T>, reason?: () => unknown): Promise<T> {
  return withDeadline(new AbortController().signal, ms, signal => untilAborted(promise, signal, reason));
}

/** Resolves when all of these have ended, well or not, or after `ms` milliseconds. */
export async function settled(promises: Iterable<Promise<unknown>>, ms: number): Promise<void> {
  await within(ms, Promise.allSettled(promises)).catch(() => undefined);
}
