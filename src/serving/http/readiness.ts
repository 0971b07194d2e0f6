import type { Reach } from '../outbound.ts';

const reachableForMs = 30_000;
const unreachableForMs = 5_000;
const longestTryMs = 3_000;

/** Whether the Charitylog API can be reached, asked without keys and seldom: any answer counts. */
export class Readiness {
  readonly #url: string;
  readonly #reach: Reach;
  #latest: { readonly isReachable: boolean; readonly until: number } | undefined;
  #asking: Promise<boolean> | undefined;

  constructor(url: string, reach: Reach) {
    this.#url = url;
    this.#reach = reach;
  }

  async isReachable(): Promise<boolean> {
    if (this.#latest && performance.now() < this.#latest.until) return this.#latest.isReachable;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    const signal = AbortSignal.timeout(longestTryMs);
    const isReachable = await this.#reach(this.#url, signal).then(
      () => true,
      () => false,
    );
    this.#latest = { isReachable, until: performance.now() + (isReachable ? reachableForMs : unreachableForMs) };
    return isReachable;
  }
}
