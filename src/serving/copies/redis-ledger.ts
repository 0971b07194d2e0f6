import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '../../base/clock.ts';
import { settled } from '../../base/deadlines.ts';
import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import {
  type Create,
  type CreateLedger,
  type Outcome,
  type Remembered,
  rememberedForMs,
  type SeenBefore,
} from '../../people/adding/ledger.ts';
import { TaskQueue } from '../../people/adding/task-queue.ts';
import type { Redis } from './redis.ts';
import { RedisEntries, type Sending, type Stored } from './redis-entries.ts';
import { pause, RedisTurn } from './redis-turn.ts';

/** How long after a failed write the next is tried, in milliseconds. */
const writeAgainEveryMs = 1000;

/** What a {@link RedisLedger} works with. */
export interface RedisLedgerOptions {
  readonly redis: Redis;
  /** Whose creates these are: the same for all copies that serve this identity, and for nobody else. */
  readonly identity: string;
  /**
   * What tells the system that the people are on from others, such as its address and keys: the same for all identities
   * that add people there, as their creates take turns.
   */
  readonly system: string;
  /** The key of the MACs that stand for people in Redis: the same for all copies. */
  readonly secret: string;
  /** Takes value-free lines. */
  readonly log: (line: string) => void;
  /** A clock that doesn't jump, in milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * A ledger that all copies of a service share through Redis; creates of all identities of a system take turns. Where Redis
 * can't be used, nothing is sent.
 *
 * An entry is written before its create is sent, in the same step that makes sure of the turn. So one that still says
 * `sending` when its turn is over is of a copy that was killed or cut off: its outcome is unknown, and can be looked up.
 */
export class RedisLedger implements CreateLedger {
  readonly #redis: Redis;
  readonly #entries: RedisEntries;
  readonly #log: (line: string) => void;
  readonly #now: () => number;
  /** Of the creates of this process, one at a time asks Redis for a turn. */
  readonly #queue = new TaskQueue();
  #turn: RedisTurn | undefined;
  #sent: Promise<unknown> = Promise.resolve();

  constructor({ redis, identity, system, secret, log, now = steadyNow }: RedisLedgerOptions) {
    this.#redis = redis;
    this.#entries = new RedisEntries(redis, { identity, system }, secret);
    this.#log = log;
    this.#now = now;
  }

  /** Notes when this Redis began to remember, if nobody has: until that is long enough ago, nobody is added. Never rejects. */
  async prepare(): Promise<void> {
    await this.#entries.noteBeginning().catch(() => undefined);
  }

  inTurn<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const begin = async () => {
      this.#turn = await asNothingWritten(RedisTurn.take(this.#redis, this.#entries.turnKey, signal));
      this.#queue.throwIfStopped();
      return task();
    };
    const end = async () => {
      await this.#sent;
      await this.#turn?.end();
      this.#turn = undefined;
    };
    return this.#queue.run(signal, begin, end);
  }

  async find(create: Create): Promise<Remembered | undefined> {
    const entry = await asNothingWritten(this.#ended(this.#entries.keyOf(create)));
    if (!entry) return undefined;
    const { startedAt, before, token, outcome } = entry;
    return { startedAt, before, outcome, isSameToken: token === this.#entries.tokenOf(create) };
  }

  async hasDoubt(nameKey: string): Promise<boolean> {
    const keys = await asNothingWritten(this.#entries.keysOfName(nameKey));
    const entries = await asNothingWritten(Promise.all(keys.map(key => this.#ended(key))));
    return entries.some(entry => entry?.outcome.status === 'unknown');
  }

  send(create: Create, before: SeenBefore, task: () => Promise<Outcome>): Promise<Outcome> {
    const turn = this.#turn?.id;
    if (turn === undefined) throw new Error('a create can be sent in a turn only');
    const sending = { create, before, turn, startedAt: this.#now() };
    const sent = this.#begin(sending).then(task);
    this.#sent = sent.then(
      outcome => this.#write(() => this.#entries.end(sending, outcome)),
      () => this.#write(() => this.#entries.forget(sending)),
    );
    return sent;
  }

  async correct(create: Create, outcome: Outcome): Promise<void> {
    await this.#write(() => this.#entries.correct(create, outcome));
  }

  stop(): void {
    this.#queue.stop();
  }

  settle(timeoutMs: number): Promise<void> {
    return settled([this.#queue.ended], timeoutMs);
  }

  async #begin(sending: Sending): Promise<void> {
    const begun = await asNothingWritten(this.#entries.begin(sending));
    if (begun === 'lost') throw nothingWritten('This copy was cut off from it for too long.', 'redis: turn lost');
    if (begun !== 'begun') {
      const what = 'Redis started a short time ago, and does not know whom the copies were adding then.';
      throw nothingWritten(`${what} Wait ${begun.waitSeconds} s.`, 'redis: memory too young');
    }
  }

  /** Reads an entry once its create has ended; waits while another copy's create is under way in its turn. */
  async #ended(key: string): Promise<(Stored & { readonly outcome: Outcome }) | undefined> {
    for (;;) {
      const entry = await this.#entries.read(key);
      if (!entry) return undefined;
      const { outcome } = entry;
      if (outcome !== 'sending') return { ...entry, outcome };
      await pause();
    }
  }

  /** Writes how a create ended. Where Redis is away, it is tried again in the background. */
  async #write(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#log(`the outcome of a create is not in the ledger yet (${logTextOf(error)})`);
      void writeLater(write);
    }
  }
}

/** Tries again for as long as an entry lives. */
async function writeLater(write: () => Promise<void>): Promise<void> {
  const end = performance.now() + rememberedForMs;
  while (performance.now() < end) {
    await delay(writeAgainEveryMs, undefined, { ref: false });
    const isWritten = await write().then(
      () => true,
      () => false,
    );
    if (isWritten) return;
  }
}

/** What Redis answers before a create is sent. Its failure says that nothing was written. */
async function asNothingWritten<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isCharitylogError(error, 'unavailable') ? nothingWritten(error.message, error.logText) : error;
  }
}

function nothingWritten(reason: string, logText: string): CharitylogError {
  return new CharitylogError(
    'unavailable',
    `Nothing was written: the copies of this service note new people in Redis, so that none adds one twice. ${reason} Try ` +
      'again shortly; if that fails too, tell the administrator to look after Redis (CHARITYLOG_REDIS_URL).',
    { logText },
  );
}

function logTextOf(error: unknown): string {
  return isCharitylogError(error) ? error.logText : 'fault';
}
