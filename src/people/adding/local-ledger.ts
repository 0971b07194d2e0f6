import { createHash } from 'node:crypto';
import { type Hold, openShares, type Share } from '../../base/budget.ts';
import { steadyNow } from '../../base/clock.ts';
import { settled } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';
import { weightOf } from '../../base/weight.ts';
import {
  type Create,
  type CreateLedger,
  doubtedForMs,
  type Outcome,
  type Remembered,
  rememberedForMs,
  type SeenBefore,
} from './ledger.ts';
import { TaskQueue } from './task-queue.ts';

/** The longest time that a timer takes, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

interface Entry {
  /** When it was sent, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Stands for the name: a name isn't kept. */
  readonly nameHash: string;
  readonly confirmToken: string | undefined;
  readonly before: SeenBefore;
  readonly hold: Hold;
  /** `undefined` for a refused one. */
  outcome: Promise<Outcome | undefined>;
  timer?: NodeJS.Timeout;
}

/** What the ledgers of a system's identities share within one process. */
export class LocalSystem {
  readonly turns = new TaskQueue();
  readonly ledgers = new Set<LocalLedger>();
}

/** How a {@link LocalLedger} is made. */
export interface LocalLedgerOptions {
  /** The system that the people are on, where others add people there too. */
  readonly system?: LocalSystem;
  readonly share?: Share;
  /** How long a create is remembered whose outcome is known, in milliseconds. */
  readonly forMs?: number;
}

/** A ledger of this process alone. Nothing is forgotten to make room: without room, nobody is added. */
export class LocalLedger implements CreateLedger {
  readonly #entries = new Map<string, Entry>();
  readonly #system: LocalSystem;
  readonly #share: Share;
  readonly #forMs: number;
  /** Of the creates of this identity, one at a time waits for the turn: many of them don't keep others back. */
  readonly #queue = new TaskQueue();
  #sent: Promise<unknown> = Promise.resolve();

  constructor({ system, share, forMs }: LocalLedgerOptions = {}) {
    this.#system = system ?? new LocalSystem();
    this.#share = share ?? openShares().creates;
    this.#forMs = forMs ?? rememberedForMs;
    this.#system.ledgers.add(this);
  }

  /** How many creates are remembered. */
  get size(): number {
    return this.#entries.size;
  }

  inTurn<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const sent = () => this.#sent;
    return this.#queue.run(signal, () => this.#system.turns.run(signal, task, sent), sent);
  }

  async find({ fingerprint, confirmToken }: Create): Promise<Remembered | undefined> {
    const entry = this.#entries.get(fingerprint);
    const outcome = await entry?.outcome;
    if (!entry || !outcome) return undefined;
    const { startedAt, before } = entry;
    return { startedAt, isSameToken: entry.confirmToken === confirmToken, before, outcome };
  }

  async hasDoubt(nameKey: string): Promise<boolean> {
    const nameHash = hashOf(nameKey);
    const entries = [...this.#system.ledgers].flatMap(ledger => [...ledger.#entries.values()]);
    const outcomes = await Promise.all(entries.filter(one => one.nameHash === nameHash).map(({ outcome }) => outcome));
    return outcomes.some(outcome => outcome?.status === 'unknown');
  }

  send(create: Create, before: SeenBefore, task: () => Promise<Outcome>): Promise<Outcome> {
    const { fingerprint, confirmToken } = create;
    const nameHash = hashOf(create.nameKey);
    const hold = this.#share.hold();
    const bytes = weightOf([fingerprint, nameHash, confirmToken, before], this.#share.most);
    if (!hold.resize(bytes)) return Promise.reject(noRoom());
    this.#forget(fingerprint);
    const sent = task();
    const outcome = sent.catch(() => undefined);
    const entry: Entry = { startedAt: steadyNow(), nameHash, confirmToken, before, hold, outcome };
    this.#entries.set(fingerprint, entry);
    this.#forgetAtItsTime(fingerprint, entry);
    this.#sent = outcome;
    return sent;
  }

  async correct({ fingerprint }: Create, outcome: Outcome): Promise<void> {
    const entry = this.#entries.get(fingerprint);
    if (!entry) return;
    entry.outcome = Promise.resolve(outcome);
    this.#forgetAtItsTime(fingerprint, entry);
  }

  stop(): void {
    this.#queue.stop();
    this.#system.turns.stop();
  }

  settle(timeoutMs: number): Promise<void> {
    const outcomes = [...this.#entries.values()].map(({ outcome }) => outcome);
    return settled([this.#queue.ended, this.#system.turns.ended, ...outcomes], timeoutMs);
  }

  /** A create that was refused is forgotten at once; one whose outcome isn't known last, as it may have been carried out. */
  #forgetAtItsTime(fingerprint: string, entry: Entry): void {
    void entry.outcome.then(outcome => {
      if (this.#entries.get(fingerprint) !== entry) return;
      if (!outcome) return this.#forget(fingerprint);
      const forMs = outcome.status === 'unknown' ? doubtedForMs : this.#forMs;
      this.#forgetAt(entry.startedAt + forMs, fingerprint, entry);
    });
  }

  #forgetAt(endsAt: number, fingerprint: string, entry: Entry): void {
    clearTimeout(entry.timer);
    const left = endsAt - steadyNow();
    const again = () => this.#forgetAt(endsAt, fingerprint, entry);
    if (left > 0) entry.timer = setTimeout(again, Math.min(left, longestTimerMs)).unref();
    else this.#forget(fingerprint);
  }

  #forget(fingerprint: string): void {
    const entry = this.#entries.get(fingerprint);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.hold.end();
    this.#entries.delete(fingerprint);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function noRoom(): CharitylogError {
  return new CharitylogError(
    'unavailable',
    'Nothing was written: so many new people are remembered here, so that none is added twice, that there is no room for ' +
      'another. Try again in ten minutes.',
    { logText: 'no room in the ledger' },
  );
}
