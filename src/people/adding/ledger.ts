/** How long a create is remembered whose outcome is known, in milliseconds. */
export const rememberedForMs = 600_000;

/** How long one is remembered whose outcome isn't known, unless the record is found before: 30 days, in milliseconds. */
export const doubtedForMs = 30 * 86_400_000;

/** Identifies a create. Every part could identify the person, so it leaves the process only as a hash. */
export interface Create {
  /** The same for identical creates, and for no others. */
  readonly fingerprint: string;
  /** The person's name: of somebody with the same one, another create may be the same person. */
  readonly nameKey: string;
  /** The token that it came with; one token is good for one record. */
  readonly confirmToken: string | undefined;
}

/** What was seen before a create was sent, by which an unknown outcome can be looked up. */
export interface SeenBefore {
  /** Ids of everybody of the same name or with the same key. */
  readonly namesakes: readonly number[];
  /** True where people could be compared by keys only, or not at all. */
  readonly isPartial: boolean;
}

/** How a create that was sent ended; one that was refused isn't remembered. */
export interface Outcome {
  readonly status: 'created' | 'staged' | 'unknown';
  /** The record's id, where it is known. */
  readonly id?: number;
  /** True for a record that wasn't confirmed, and was found by looking it up. */
  readonly wasFound?: boolean;
  /** Why it is unknown, for the caller. Not remembered for longer, or further, than the process that sent it. */
  readonly detail?: string;
}

/** A create that was sent, and has ended. */
export interface Remembered {
  /** When it was sent, in milliseconds since 1970. */
  readonly startedAt: number;
  /** True where it was sent with the token asked for, or neither has one. */
  readonly isSameToken: boolean;
  readonly before: SeenBefore;
  readonly outcome: Outcome;
}

/**
 * The creates of one identity: identical ones share one request. Creates take turns with all others on the same system, so
 * that each one's check for duplicates sees the record that the one before has made.
 *
 * @throws CharitylogError `unavailable` from each method but `correct` and `settle`, where the ledger can't be reached;
 *   nothing was written then
 */
export interface CreateLedger {
  /**
   * Runs `task` when the turns before it have ended, and whatever they have sent; rejects with the signal's reason while
   * it still waits.
   */
  inTurn<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>;
  /** The same create of the last ten minutes. To be asked in a turn. */
  find(create: Create): Promise<Remembered | undefined>;
  /**
   * True where a person of this name was sent in the last ten minutes, by any identity on the same system, and how that
   * ended isn't known.
   */
  hasDoubt(nameKey: string): Promise<boolean>;
  /**
   * Remembers a create, sends it, and remembers the outcome, even if nobody waits for it any more. Forgets a rejected one.
   * Call it in a turn.
   */
  send(create: Create, before: SeenBefore, task: () => Promise<Outcome>): Promise<Outcome>;
  /** Replaces an unknown outcome by one that was looked up later. Never rejects. */
  correct(create: Create, outcome: Outcome): Promise<void>;
  /** From here on, no create begins its turn. */
  stop(): void;
  /** Resolves when no create is under way, its look-up included, or after `timeoutMs`. */
  settle(timeoutMs: number): Promise<void>;
}
