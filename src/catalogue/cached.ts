import { type Hold, openShares, type Share } from '../base/budget.ts';
import { steadyNow } from '../base/clock.ts';
import { untilAborted, type Waiting } from '../base/deadlines.ts';
import { weightOf } from '../base/weight.ts';

/** How long a live list is used before it is fetched again, in milliseconds. */
export const freshForMs = 600_000;

/** How long an old value is served after a failed reload, and one that is not kept at all, in milliseconds. */
const shortlyMs = 30_000;

/** How long a value is kept that nobody asks for, in milliseconds. */
const unusedForMs = 3_600_000;

/** A load that nobody's cancellation may end has its own bound, in milliseconds. */
const longestLoadMs = 45_000;

/** How a {@link Cached} value is kept. */
export interface CacheOptions<T> {
  /** Whether an old value is better than this failure; never unless told. */
  readonly mayServeStale?: (error: unknown) => boolean;
  /** False for a value that is good for half a minute only. */
  readonly isKept?: (value: T) => boolean;
  readonly onLoad?: () => void;
  /** Called at each {@link Cached.get}: a hit needs no request. */
  readonly onLookUp?: (isHit: boolean) => void;
  /** What the value is kept in. One that doesn't fit is handed out, and not kept. */
  readonly share?: Share;
  /** How many times its own weight it takes, with what is worked out of it and kept beside it. */
  readonly timesHeavier?: number;
  /** How long it is kept while nobody asks for it, in milliseconds. */
  readonly unusedForMs?: number;
  /** The clock, in milliseconds; it never goes back. */
  readonly now?: () => number;
}

/**
 * A value that is loaded when first asked for, kept for ten minutes, and loaded again when asked for after that; gone when
 * nobody asks for an hour.
 * Callers who ask at the same time share one load; one who gives up doesn't end it for the others.
 */
export class Cached<T> {
  readonly #load: (signal: AbortSignal) => Promise<T>;
  readonly #options: Required<CacheOptions<T>>;
  readonly #hold: Hold;
  #value: { readonly current: T; readonly loadedAt: number } | undefined;
  #loading: Promise<T> | undefined;
  #unused: NodeJS.Timeout | undefined;

  constructor(load: (signal: AbortSignal) => Promise<T>, options: CacheOptions<T> = {}) {
    this.#load = load;
    this.#options = {
      mayServeStale: () => false,
      isKept: () => true,
      onLoad: () => {},
      onLookUp: () => {},
      share: openShares().lists,
      timesHeavier: 1,
      unusedForMs,
      now: steadyNow,
      ...options,
    };
    this.#hold = this.#options.share.hold();
  }

  /** The value as last loaded, however old; `undefined` before the first load has ended. */
  get latest(): T | undefined {
    return this.#value?.current;
  }

  /** The value, at most ten minutes old. Where it must be loaded, rejects with the load's error or the signal's reason. */
  async get(waiting: Waiting): Promise<T> {
    this.#unused?.refresh();
    const fresh = this.#value && this.#options.now() - this.#value.loadedAt < freshForMs ? this.#value : undefined;
    this.#options.onLookUp(fresh !== undefined);
    if (fresh) return fresh.current;
    const { signal } = waiting;
    signal.throwIfAborted();
    this.#loading ??= this.#reload().finally(() => {
      this.#loading = undefined;
    });
    return untilAborted(this.#loading, signal);
  }

  async #reload(): Promise<T> {
    try {
      const current = await this.#load(AbortSignal.timeout(longestLoadMs));
      this.#keep(current);
      this.#options.onLoad();
      return current;
    } catch (error) {
      if (!this.#value || !this.#options.mayServeStale(error)) throw error;
      this.#value = { ...this.#value, loadedAt: this.#options.now() - freshForMs + shortlyMs };
      return this.#value.current;
    }
  }

  #keep(current: T): void {
    const { now, share, isKept, timesHeavier } = this.#options;
    this.#forget();
    if (!this.#hold.resize(timesHeavier * weightOf(current, share.most))) return;
    this.#value = { current, loadedAt: now() - (isKept(current) ? 0 : freshForMs - shortlyMs) };
    this.#unused = setTimeout(() => this.#forget(), this.#options.unusedForMs).unref();
  }

  #forget(): void {
    clearTimeout(this.#unused);
    this.#unused = undefined;
    this.#value = undefined;
    this.#hold.end();
  }
}
