import { untilAborted, withDeadline } from '../abort.ts';

/** How long an outcome is remembered, in milliseconds. */
const rememberedForMs = 600_000;
const maxOutcomes = 1000;

/** How a create that was sent ended; one that was refused isn't remembered. */
export interface Outcome {
  readonly status: 'created' | 'staged' | 'unknown';
  /** The record's id, where it is known. */
  readonly id?: number;
  /** What happened, for the caller, where it isn't plain. */
  readonly detail?: string;
  /** Looks an unknown outcome up once more. */
  readonly lookAgain?: () => Promise<Outcome>;
}

/** An outcome, or one under way, and since when. */
export interface Remembered {
  readonly startedAt: number;
  /** The token that it was sent with; one token is good for one record. */
  readonly token: string | undefined;
  /** The person's name: of somebody with the same one, another create may be the same person. */
  readonly name: string;
  readonly outcome: Promise<Outcome>;
}

/**
 * The creates of one identity: identical ones share one request, and creates take turns, so that each one's check for
 * duplicates sees the record that the one before has made.
 */
export class CreateLedger {
  readonly #now: () => number;
  readonly #remembered = new Map<string, Remembered>();
  #lastTurn: Promise<unknown> = Promise.resolve();

  /** @param now the clock, in milliseconds */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Runs `task` when the turns before it have ended; rejects with the signal's reason while it still waits. */
  async inTurn<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const before = this.#lastTurn;
    const { promise: turn, end } = openTurn();
    this.#lastTurn = before.then(() => turn);
    try {
      await untilAborted(before, signal);
      return await task();
    } finally {
      end();
    }
  }

  /** The same create of the last ten minutes, ended or under way. */
  find(key: string): Remembered | undefined {
    const known = this.#remembered.get(key);
    if (known && this.#now() - known.startedAt < rememberedForMs) return known;
    this.#remembered.delete(key);
    return undefined;
  }

  /** True where a person of this name was sent in the last ten minutes, and how that ended isn't known. */
  async hasDoubt(name: string): Promise<boolean> {
    const recent = [...this.#remembered.values()].filter(
      one => one.name === name && this.#now() - one.startedAt < rememberedForMs,
    );
    const outcomes = await Promise.all(recent.map(({ outcome }) => outcome.catch(() => undefined)));
    return outcomes.some(outcome => outcome?.status === 'unknown');
  }

  /** Sends a create and remembers how it ends, whoever still waits for it. A rejected one is forgotten. */
  send(
    key: string,
    sent: { readonly token: string | undefined; readonly name: string },
    task: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const remembered = { startedAt: this.#now(), ...sent, outcome: task() };
    this.#remembered.delete(key);
    this.#remembered.set(key, remembered);
    const ended = remembered.outcome.catch(() => {
      if (this.#remembered.get(key) === remembered) this.#remembered.delete(key);
    });
    // The next turn waits for it, even where this one's caller doesn't.
    this.#lastTurn = Promise.all([this.#lastTurn, ended]);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > maxOutcomes && oldest !== undefined) this.#remembered.delete(oldest);
    return remembered.outcome;
  }

  /** Puts what was found out later in place of what was remembered. */
  correct(key: string, outcome: Outcome): void {
    const known = this.#remembered.get(key);
    if (known) this.#remembered.set(key, { ...known, outcome: Promise.resolve(outcome) });
  }

  /** Resolves when no create is under way, its look-up included, or after `timeoutMs`. */
  async settle(timeoutMs: number): Promise<void> {
    const outcomes = [...this.#remembered.values()].map(({ outcome }) => outcome.catch(() => undefined));
    await withDeadline(new AbortController().signal, timeoutMs, signal =>
      untilAborted(Promise.all(outcomes), signal),
    ).catch(() => undefined);
  }
}

function openTurn(): { promise: Promise<void>; end: () => void } {
  let end = () => {};
  const promise = new Promise<void>(resolve => {
    end = resolve;
  });
  return { promise, end };
}
