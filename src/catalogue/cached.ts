import { untilAborted } from '../base/deadlines.ts';

/** How long a live list is used before it is fetched again, in milliseconds. */
export const freshForMs = 600_000;

/** How long an old value is served after a failed reload, and a makeshift one at all, in milliseconds. */
const shortlyMs = 30_000;

/** A load that nobody's cancellation may end has its own bound, in milliseconds. */
const longestLoadMs = 45_000;

/**
 * A value that is loaded when first asked for, kept for ten minutes, and loaded again when asked for after that.
 * Callers who ask at the same time share one load; one who gives up doesn't end it for the others.
 */
export class Refreshing<T> {
  readonly #load: (signal: AbortSignal) => Promise<T>;
  /** Whether an old value is better than this failure. */
  readonly #mayServeStale: (error: unknown) => boolean;
  readonly #isLasting: (value: T) => boolean;
  readonly #onLoad: () => void;
  readonly #onLookUp: (isHit: boolean) => void;
  readonly #now: () => number;
  #value: { readonly current: T; readonly loadedAt: number } | undefined;
  #loading: Promise<T> | undefined;

  constructor(
    load: (signal: AbortSignal) => Promise<T>,
    options: {
      mayServeStale?: (error: unknown) => boolean;
      /** False for a value that is good for half a minute only. */
      isLasting?: (value: T) => boolean;
      onLoad?: () => void;
      /** Called at each {@link Refreshing.get}: a hit needs no request. */
      onLookUp?: (isHit: boolean) => void;
      now?: () => number;
    } = {},
  ) {
    this.#load = load;
    this.#mayServeStale = options.mayServeStale ?? (() => false);
    this.#isLasting = options.isLasting ?? (() => true);
    this.#onLoad = options.onLoad ?? (() => {});
    this.#onLookUp = options.onLookUp ?? (() => {});
    this.#now = options.now ?? Date.now;
  }

  /** The value as last loaded, however old; `undefined` before the first load has ended. */
  get latest(): T | undefined {
    return this.#value?.current;
  }

  /** The value, at most ten minutes old. Rejects with the load's error, or with the signal's reason. */
  async get(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const fresh = this.#value && this.#now() - this.#value.loadedAt < freshForMs ? this.#value : undefined;
    this.#onLookUp(fresh !== undefined);
    if (fresh) return fresh.current;
    this.#loading ??= this.#reload().finally(() => {
      this.#loading = undefined;
    });
    return untilAborted(this.#loading, signal);
  }

  async #reload(): Promise<T> {
    try {
      const current = await this.#load(AbortSignal.timeout(longestLoadMs));
      this.#value = { current, loadedAt: this.#now() - (this.#isLasting(current) ? 0 : freshForMs - shortlyMs) };
      this.#onLoad();
      return current;
    } catch (error) {
      if (!this.#value || !this.#mayServeStale(error)) throw error;
      this.#value = { ...this.#value, loadedAt: this.#now() - freshForMs + shortlyMs };
      return this.#value.current;
    }
  }
}
