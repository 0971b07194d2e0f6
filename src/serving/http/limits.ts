import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { CharitylogError } from '../../base/errors.ts';
import type { Config } from '../../settings/config.ts';

/** How many tool calls one caller may make a minute, and at once. Counted in this process. */
export class CallLimit {
  readonly #perMinute: RequestLimit;
  readonly #most: number;
  readonly #maxAtOnce: number;
  #underWay = 0;

  constructor({ callsPerMinute, callsInFlight }: Pick<Config, 'callsPerMinute' | 'callsInFlight'>) {
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
      throw limited(
        `${this.#maxAtOnce} calls of this caller are under way, the most at once. Wait for one to end`,
        'calls at once',
      );
    }
    this.#underWay++;
    const seconds = await this.#perMinute.secondsToWait('');
    if (seconds !== undefined) {
      this.#underWay--;
      throw limited(
        `This caller has made ${this.#most} calls in a minute, the most that is allowed. Wait ${seconds} s`,
        'calls a minute',
      );
    }
    return () => void this.#underWay--;
  }
}

/** How many requests of any kind each caller may make a minute. Counted in this process. */
export class RequestLimit {
  readonly #perMinute: RateLimiterMemory;

  constructor(perMinute: number) {
    this.#perMinute = new RateLimiterMemory({ points: perMinute, duration: 60 });
  }

  /** Counts a request. @returns the seconds until the caller may make another, where this is one too many */
  async secondsToWait(caller: string): Promise<number | undefined> {
    try {
      await this.#perMinute.consume(caller);
      return undefined;
    } catch (refused) {
      return Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000);
    }
  }
}

function limited(happened: string, logText: string): CharitylogError {
  return new CharitylogError('rate_limited', `${happened}, then try again; nothing was done.`, { logText });
}
