import { createHash, createHmac } from 'node:crypto';
import {
  type Create,
  doubtedForMs,
  type Outcome,
  type Remembered,
  rememberedForMs,
  type SeenBefore,
} from '../../people/adding/ledger.ts';
import type { Redis } from './redis.ts';
import { turnMs } from './redis-turn.ts';

/** A create that is sent in a turn. */
export interface Sending {
  readonly create: Create;
  readonly before: SeenBefore;
  /** The id of the turn. */
  readonly turn: string;
  readonly startedAt: number;
}

/** What Redis has of a create: `sending` while its turn lasts. */
export interface Stored extends Omit<Remembered, 'isSameToken' | 'outcome'> {
  /** What stands for the token. */
  readonly token: string;
  readonly outcome: Outcome | 'sending';
}

type Status = Outcome['status'] | 'sending';

/** What is known of a create when it is sent, as JSON in Redis. */
type Entry = Pick<Stored, 'startedAt' | 'token' | 'before'>;

/** How a create ended, as JSON in Redis. */
type Result = Pick<Outcome, 'id' | 'wasFound'>;

// A hash: the turn that the create is sent in, its status, the entry and the result.
// KEYS: the hash, the index of its name. ARGV: the turn's id, the hash's life, the status, the entry, the result. The index
// lives as long as the longest life of its hashes.
const write = `
redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'status', ARGV[3], 'entry', ARGV[4], 'result', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for _, key in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  if redis.call('EXISTS', key) == 0 then redis.call('SREM', KEYS[2], key) end
end
redis.call('SADD', KEYS[2], KEYS[1])
if redis.call('SCARD', KEYS[2]) == 1 or redis.call('PTTL', KEYS[2]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return 1`;

/** How long a Redis counts as young, in milliseconds: longer than a create and its look-up, of which it may know nothing. */
const youngForMs = 75_000;

// KEYS[#KEYS]: since when this Redis remembers creates of the system.
const beginning = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('EXISTS', KEYS[#KEYS]) == 0 then redis.call('SET', KEYS[#KEYS], now) end
local left = redis.call('GET', KEYS[#KEYS]) + ${youngForMs} - now`;

const begin = `
${beginning}
if left > 0 then return -left end
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[3], ${turnMs})
redis.call('DEL', KEYS[1])
${write}`;

// An entry that Redis has lost is written anew; another create's isn't touched, nor is a record that was found lost again.
const end = `
local entry = redis.call('HMGET', KEYS[1], 'turn', 'status')
if entry[1] and entry[1] ~= ARGV[1] then return 0 end
if entry[2] == 'created' and ARGV[3] == 'unknown' then return 0 end
${write}`;

const forget = `return redis.call('HGET', KEYS[1], 'turn') == ARGV[1] and redis.call('DEL', KEYS[1])`;

const correct = `
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'sending' and status ~= 'unknown' then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('HSET', KEYS[1], 'status', ARGV[1], 'result', ARGV[2])`;

// In one step, as an entry may be ended and its turn with it between two. KEYS: the hash, the turn.
const read = `
local status, turn, entry, result = unpack(redis.call('HMGET', KEYS[1], 'status', 'turn', 'entry', 'result'))
if status == 'sending' and turn ~= redis.call('GET', KEYS[2]) then status = 'unknown' end
return { status, entry, result }`;

/**
 * The entries of one identity's creates in Redis. MACs stand for names, keys and tokens; values are ids, times and flags.
 *
 * @throws CharitylogError `unavailable` from every method, where Redis can't be used
 */
export class RedisEntries {
  /** Where the turn stands that an entry belongs to. */
  readonly turnKey: string;
  readonly #redis: Redis;
  readonly #mac: (kind: string, text: string) => string;
  readonly #prefix: string;
  readonly #sinceKey: string;
  /** Names belong to the system: a doubt about a person concerns every identity that adds people there. */
  readonly #nameKey: (name: string) => string;

  constructor(redis: Redis, { identity, system }: { identity: string; system: string }, secret: string) {
    this.#redis = redis;
    this.#mac = (kind, text) => {
      const mac = createHmac('sha256', secret).update(JSON.stringify(['ledger', identity, kind, text]));
      return mac.digest().subarray(0, 16).toString('base64url');
    };
    // The braces keep a system's keys together where Redis is a cluster.
    const shared = prefixOf(system);
    this.#prefix = `${shared}:${this.#mac('identity', '')}`;
    this.turnKey = `${shared}:turn`;
    this.#sinceKey = sinceKeyOf(system);
    this.#nameKey = name =>
      `${shared}:name:${createHmac('sha256', system).update(name).digest('base64url').slice(0, 22)}`;
  }

  /** Notes when this Redis began to remember, where that isn't noted. */
  async noteBeginning(): Promise<void> {
    await this.#redis.script(beginning, [this.#sinceKey], []);
  }

  /**
   * Writes a create that is about to be sent, in its turn. Nothing is written where the turn is lost, and where Redis may
   * have forgotten what another copy is sending.
   */
  async begin(sending: Sending): Promise<'begun' | 'lost' | { readonly waitSeconds: number }> {
    const values = this.#valuesOf(sending, 'sending', {});
    const keys = [...this.#keysOf(sending.create), this.turnKey, this.#sinceKey];
    const answer = Number(await this.#redis.script(begin, keys, values));
    if (answer < 0) return { waitSeconds: Math.ceil(-answer / 1000) };
    return answer === 1 ? 'begun' : 'lost';
  }

  /** Writes how a create ended. */
  async end(sending: Sending, outcome: Outcome): Promise<void> {
    const values = this.#valuesOf(sending, outcome.status, outcome);
    await this.#redis.script(end, this.#keysOf(sending.create), values);
  }

  /** Takes away a create that was refused. */
  async forget({ create, turn }: Sending): Promise<void> {
    await this.#redis.script(forget, [this.keyOf(create)], [turn]);
  }

  /** Puts an outcome in place of one that isn't known. */
  async correct(create: Create, outcome: Outcome): Promise<void> {
    const { status } = outcome;
    await this.#redis.script(correct, [this.keyOf(create)], [status, resultText(outcome), lifeOf(status)]);
  }

  /** The entry at a key; one whose turn is over without a word is unknown. */
  async read(key: string): Promise<Stored | undefined> {
    const answer = await this.#redis.script(read, [key, this.turnKey], []);
    if (!isWhole(answer)) return undefined;
    const [status, ...texts] = answer;
    const [entry, result] = texts.map(text => JSON.parse(text)) as [Entry, Result];
    return { ...entry, outcome: status === 'sending' ? status : { status, ...result } };
  }

  /** The keys of the entries of this name. */
  async keysOfName(name: string): Promise<readonly string[]> {
    return (await this.#redis.run('SMEMBERS', this.#nameKey(name))) as string[];
  }

  keyOf({ fingerprint }: Create): string {
    return `${this.#prefix}:create:${this.#mac('create', fingerprint)}`;
  }

  /** What stands for a token in an entry. */
  tokenOf({ confirmToken }: Create): string {
    return confirmToken === undefined ? '' : this.#mac('token', confirmToken);
  }

  #keysOf(create: Create): string[] {
    return [this.keyOf(create), this.#nameKey(create.nameKey)];
  }

  #valuesOf({ create, before, turn, startedAt }: Sending, status: Status, result: Result): string[] {
    const entry: Entry = { startedAt, token: this.tokenOf(create), before };
    return [turn, lifeOf(status), status, JSON.stringify(entry), resultText(result)];
  }
}

/** The key under which Redis has since when it remembers what is added to a system. */
export function sinceKeyOf(system: string): string {
  return `${prefixOf(system)}:since`;
}

function prefixOf(system: string): string {
  return `charitylog:{${createHash('sha256').update(`system ${system}`).digest('base64url').slice(0, 22)}}`;
}

/** How long an entry lives, in milliseconds: one that is being sent may turn out to be one whose outcome isn't known. */
function lifeOf(status: Status): string {
  return String(status === 'created' || status === 'staged' ? rememberedForMs : doubtedForMs);
}

/** What the script for reading answers of an entry that is there. */
function isWhole(answer: unknown): answer is [status: Status, entry: string, result: string] {
  return Array.isArray(answer) && answer.every(one => typeof one === 'string');
}

/** Only what is meant: an outcome's detail stays in its process. */
function resultText({ id, wasFound }: Result): string {
  return JSON.stringify({ id, wasFound });
}
