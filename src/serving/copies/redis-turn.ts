import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from './redis.ts';

/** How long a turn outlives its process, in milliseconds. */
export const turnMs = 12_000;
const renewEveryMs = 4000;
/** How long the mark of a waiting copy lives, in milliseconds: longer than its pause between two looks. */
const wantedMs = 400;
const longestPauseMs = 150;

const take = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
  return 1
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
return 0`;

const renew = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const release = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return redis.call('EXISTS', KEYS[2])`;

/** A pause between two looks at Redis: copies that wait together don't all look at the same moment. */
export function pause(signal?: AbortSignal): Promise<void> {
  return delay(longestPauseMs / 3 + Math.random() * ((longestPauseMs * 2) / 3), undefined, signal && { signal });
}

/**
 * A turn among all copies of a service: a key in Redis, renewed for as long as the turn lasts. A process that is killed, or
 * cut off from Redis, loses it after {@link turnMs}.
 */
export class RedisTurn {
  /** Tells this turn from all others; the value of {@link RedisTurn.key} while it lasts. */
  readonly id: string = randomUUID();
  readonly key: string;
  readonly #redis: Redis;
  readonly #wantedKey: string;
  #renewing: NodeJS.Timeout | undefined;

  private constructor(redis: Redis, key: string) {
    this.#redis = redis;
    this.key = key;
    this.#wantedKey = `${key}:wanted`;
  }

  /**
   * Waits for a turn.
   *
   * @throws CharitylogError `unavailable` where Redis is away; the signal's reason when it aborts
   */
  static async take(redis: Redis, key: string, signal: AbortSignal): Promise<RedisTurn> {
    const turn = new RedisTurn(redis, key);
    while (!(await turn.#isTaken())) await pause(signal).catch(() => signal.throwIfAborted());
    // A renewal fails where Redis is away. The turn may be lost then: that shows before anything is sent in it.
    turn.#renewing = setInterval(() => turn.#renew().catch(() => undefined), renewEveryMs).unref();
    return turn;
  }

  /** Ends the turn, and lets another copy that waits go first. Never rejects. */
  async end(): Promise<void> {
    clearInterval(this.#renewing);
    const isWanted = await this.#release().catch(() => 0);
    if (isWanted === 1) await delay(longestPauseMs);
  }

  async #isTaken(): Promise<boolean> {
    const values = [this.id, String(turnMs), String(wantedMs)];
    try {
      return (await this.#redis.script(take, [this.key, this.#wantedKey], values)) === 1;
    } catch (error) {
      // Redis may have given the turn before the failure: others needn't wait until it is lost.
      this.#release().catch(() => undefined);
      throw error;
    }
  }

  #renew(): Promise<unknown> {
    return this.#redis.script(renew, [this.key], [this.id, String(turnMs)]);
  }

  #release(): Promise<unknown> {
    return this.#redis.script(release, [this.key, this.#wantedKey], [this.id]);
  }
}
