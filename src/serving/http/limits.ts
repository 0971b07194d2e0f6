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
  readonly #config: Pick<Config, 'callsPerMinute' | 'callsInFlight'>;
  readonly #perMinute: RequestLimit;
  readonly #shared: SharedRate | undefined;
  #underWay = 0;

  constructor(config: Pick<Config, 'callsPerMinute' | 'callsInFlight'>, shared: SharedRate | undefined) {
    this.#config = config;
    this.#perMinute = new RequestLimit(config.callsPerMinute);
    this.#shared = shared;
  }

  /**
   * Lets a call in; the returned function is called when it has ended.
   *
   * @throws CharitylogError `rate_limited` saying when to try again
   */
  async enter(): Promise<() => void> {
    const { callsPerMinute, callsInFlight } = this.#config;
    if (this.#underWay >= callsInFlight) {
      const happened = `${callsInFlight} calls of this caller are under way, the most at once. Wait for one to end`;
      throw await limited(happened, 'calls at once');
    }
    this.#underWay++;
    const seconds = this.#perMinute.secondsToWait('') ?? (await this.#shared?.secondsToWait());
    if (seconds !== undefined) {
      this.#underWay--;
      const happened = `This caller has made ${callsPerMinute} calls in a minute, the most that is allowed. Wait ${seconds} s`;
      throw await limited(happened, 'calls a minute');
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
