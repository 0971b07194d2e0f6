import type { Hold, Share } from './budget.ts';

/** How values are kept. */
export interface KeptOptions {
  readonly share: Share;
  /** How long each is kept, in milliseconds. */
  readonly forMs: number;
}

interface Entry<V> {
  readonly value: V;
  readonly hold: Hold;
  readonly timer: NodeJS.Timeout;
}

/** Values that are kept for a time, which a timer ends. Of their share, the oldest make room; what doesn't fit isn't kept. */
export class Kept<V> {
  readonly #options: KeptOptions;
  readonly #entries = new Map<string, Entry<V>>();

  constructor(options: KeptOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return [...this.#entries.values()].reduce((sum, { hold }) => sum + hold.bytes, 0);
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Keeps a value of so many bytes, in place of the one before. */
  set(key: string, value: V, bytes: number): void {
    const { share, forMs } = this.#options;
    this.delete(key);
    if (bytes > share.most) return;
    const hold = share.hold();
    while (!hold.resize(bytes)) {
      const [oldest] = this.#entries.keys();
      if (oldest === undefined) return;
      this.delete(oldest);
    }
    const timer = setTimeout(() => this.delete(key), forMs).unref();
    this.#entries.set(key, { value, hold, timer });
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.hold.end();
    this.#entries.delete(key);
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.delete(key);
  }
}
