import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '../../base/clock.ts';
import { CharitylogError } from '../../base/errors.ts';
import type { Config } from '../../settings/config.ts';
import type { SharedRate } from '../copies/shared-rate.ts';
import { refusedAfterMs } from './responses.ts';

/** How long calls and requests are counted together, in milliseconds. */
export const windowMs = 60_000;

/** How many tool calls one caller may make a minute, and at once. Counted in this process; a minute's by all copies, too. */
export class CallLimit {
  readonly #perMinute: RequestLimit;
  readonly #shared: SharedRate | undefined;
  readonly #most: number;
  readonly #maxAtOnce: number;
  #underWay = 0;

  constructor(
    { callsPerMinute, callsInFlight }: Pick<Config, 'callsPerMinute' | 'callsInFlight'>,
    shared: SharedRate | undefined,
  ) {
    this.#shared = shared;
    this.#perMinute = new RequestLimit(callsPerMinute);
    this.#most = callsPerMinute;
    this.#maxAtOnce = callsInFlight;
  }

  /**
   * Lets a call in; the returned function is called when it has ended.
   *
   * @throws CharitylogError `rate_limited` saying when to try again
   */
  async enter(): Promise<() => void> {
    if (this.#underWay >= this.#maxAtOnce) {
      throw await limited(
        `${this.#maxAtOnce} calls of this caller are under way, the most at once. Wait for one to end`,
        'calls at once',
      );
    }
    this.#underWay++;
    const seconds = this.#perMinute.secondsToWait('') ?? (await this.#shared?.secondsToWait());
    if (seconds !== undefined) {
      this.#underWay--;
      throw await limited(
        `This caller has made ${this.#most} calls in a minute, the most that is allowed. Wait ${seconds} s`,
        'calls a minute',
      );
    }
    return () => void this.#underWay--;
  }
}

/** How many requests of any kind each caller may make a minute, from the first on. Counted in this process. */
export class RequestLimit {
  readonly #most: number;
  readonly #windows = new Map<string, { requests: number; readonly endsAt: number }>();

  constructor(perMinute: number) {
    this.#most = perMinute;
  }

  /** Counts a request. @returns the seconds until the caller may make another, where this is one too many */
  secondsToWait(caller: string): number | undefined {
    const now = steadyNow();
    let window = this.#windows.get(caller);
    if (!window) {
      window = { requests: 0, endsAt: now + windowMs };
      this.#windows.set(caller, window);
      setTimeout(() => this.#windows.delete(caller), windowMs).unref();
    }
    if (++window.requests <= this.#most) return undefined;
    return Math.max(1, Math.ceil((window.endsAt - now) / 1000));
  }
}

/** The refusal of a call, after the time for which refusals are kept back. */
async function limited(happened: string, logText: string): Promise<CharitylogError> {
  await delay(refusedAfterMs, undefined, { ref: false });
  return new CharitylogError('rate_limited', `${happened}, then try again; nothing was done.`, { logText });
}
