import { steadyNow } from '../../base/clock.ts';
import { settled } from '../../base/deadlines.ts';
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

const maxRemembered = 1000;

interface Entry extends Create {
  readonly startedAt: number;
  readonly before: SeenBefore;
  /** `undefined` for a refused one. */
  readonly outcome: Promise<Outcome | undefined>;
}

/** What the ledgers of a system's identities share within one process. */
export class LocalSystem {
  readonly turns = new TaskQueue();
  readonly ledgers = new Set<LocalLedger>();
}

/** A ledger of this process alone. */
export class LocalLedger implements CreateLedger {
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  /** The fingerprints of those whose outcome isn't known. */
  readonly #doubted = new Set<string>();
  readonly #system: LocalSystem;
  #sent: Promise<unknown> = Promise.resolve();

  /** `now` is the clock, in milliseconds; `system` the one that the people are on, where others add people there too. */
  constructor({
    now = steadyNow,
    system = new LocalSystem(),
  }: { now?: (() => number) | undefined; system?: LocalSystem } = {}) {
    this.#now = now;
    this.#system = system;
    system.ledgers.add(this);
  }

  inTurn<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    return this.#system.turns.run(signal, task, () => this.#sent);
  }

  async find({ fingerprint, confirmToken }: Create): Promise<Remembered | undefined> {
    const entry = this.#entries.get(fingerprint);
    const outcome = entry && (await entry.outcome);
    if (!outcome || !this.#isKept(entry, outcome)) return undefined;
    const { startedAt, before } = entry;
    return { startedAt, isSameToken: entry.confirmToken === confirmToken, before, outcome };
  }

  async hasDoubt(nameKey: string): Promise<boolean> {
    const entries = [...this.#system.ledgers].flatMap(ledger => [...ledger.#entries.values()]);
    const named = entries.filter(entry => entry.nameKey === nameKey);
    const doubts = named.map(async entry => {
      const outcome = await entry.outcome;
      return outcome?.status === 'unknown' && this.#isKept(entry, outcome);
    });
    return (await Promise.all(doubts)).includes(true);
  }

  send(create: Create, before: SeenBefore, task: () => Promise<Outcome>): Promise<Outcome> {
    const sent = task();
    const outcome = sent.catch(() => {
      if (this.#entries.get(create.fingerprint)?.outcome === outcome) this.#entries.delete(create.fingerprint);
      return undefined;
    });
    this.#sent = outcome;
    this.#entries.delete(create.fingerprint);
    this.#doubted.delete(create.fingerprint);
    const { fingerprint, nameKey, confirmToken } = create;
    this.#entries.set(fingerprint, { fingerprint, nameKey, confirmToken, startedAt: this.#now(), before, outcome });
    outcome.then(ended => ended?.status === 'unknown' && this.#doubted.add(fingerprint));
    if (this.#entries.size > maxRemembered) this.#forgetOne();
    return sent;
  }

  async correct({ fingerprint }: Create, outcome: Outcome): Promise<void> {
    const entry = this.#entries.get(fingerprint);
    if (!entry) return;
    this.#doubted.delete(fingerprint);
    this.#entries.set(fingerprint, { ...entry, outcome: Promise.resolve(outcome) });
  }

  /** Forgets the oldest create whose outcome is known, or the oldest one. */
  #forgetOne(): void {
    const all = [...this.#entries.keys()];
    const oldest = all.find(fingerprint => !this.#doubted.has(fingerprint)) ?? all[0] ?? '';
    this.#entries.delete(oldest);
    this.#doubted.delete(oldest);
  }

  stop(): void {
    this.#system.turns.stop();
  }

  settle(timeoutMs: number): Promise<void> {
    const outcomes = [...this.#entries.values()].map(({ outcome }) => outcome);
    return settled([this.#system.turns.ended, ...outcomes], timeoutMs);
  }

  #isKept({ startedAt }: Pick<Entry, 'startedAt'>, { status }: Outcome): boolean {
    return this.#now() - startedAt < (status === 'unknown' ? doubtedForMs : rememberedForMs);
  }
}
