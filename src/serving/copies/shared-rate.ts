import { createHmac } from 'node:crypto';
import { within } from '../../base/deadlines.ts';
import type { Redis } from './redis.ts';

/** How long a call waits for its count, in milliseconds: without it, the copy's own limit holds. */
const longestCountMs = 250;

const count = `
local calls = redis.call('INCR', KEYS[1])
if calls == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {calls, redis.call('PTTL', KEYS[1])}`;

/** What a rate is opened with. */
export interface SharedRateOptions {
  readonly redis: Redis;
  /** Whose calls are counted; Redis gets its MAC only. */
  readonly identity: string;
  /** The key of the MAC, which all copies share. */
  readonly secret: string;
  /** How many calls there may be in a window. */
  readonly most: number;
  /** How long a window lasts from its first call on, in milliseconds. */
  readonly windowMs: number;
}

/** The calls that all copies let in for one caller, counted in Redis. */
export class SharedRate {
  readonly #options: SharedRateOptions;
  readonly #key: string;

  constructor(options: SharedRateOptions) {
    this.#options = options;
    const mac = createHmac('sha256', options.secret).update(JSON.stringify(['calls', options.identity]));
    this.#key = `charitylog:calls:${mac.digest('base64url').slice(0, 22)}`;
  }

  /**
   * Counts a call, and gives the seconds until the next window where this one is too many. Never rejects: where Redis can't
   * tell, it gives nothing.
   */
  async secondsToWait(): Promise<number | undefined> {
    const { redis, most, windowMs } = this.#options;
    if (!redis.isReady) return undefined;
    const counted = redis.script(count, [this.#key], [String(windowMs)]);
    const [calls, msLeft] = (await within(longestCountMs, counted).catch(() => [0, 0])) as [number, number];
    return calls > most ? Math.max(1, Math.ceil(msLeft / 1000)) : undefined;
  }
}
