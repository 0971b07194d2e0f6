/** What a process may keep, in bytes: by kind, and of each kind by caller. */

const mb = 1_048_576;

/** What one process keeps of each kind at most, in bytes. Together with the program and its work it fits into 512 MB. */
const most = {
  /** People of recent answers, whose next pages may be asked for. */
  answers: 32 * mb,
  /** Lists of fields, types and options. */
  lists: 64 * mb,
  /** Creates that must not be sent twice. */
  creates: 16 * mb,
  /** Everybody as they were read for a dry run, packed: some 45 bytes a person. */
  everybody: 96 * mb,
  /** Answers of the API while they arrive, two bytes a character. */
  arriving: 128 * mb,
  /** Bodies of requests until they are answered. */
  requests: 32 * mb,
} as const;

/** What is kept. */
export type Kind = keyof typeof most;

const kinds = Object.keys(most) as Kind[];

/** The budgets of a process. */
export type Budgets = Readonly<Record<Kind, Budget>>;

/** What one caller may keep of each kind. */
export type Shares = Readonly<Record<Kind, Share>>;

/** The budgets of a process, of which nothing is taken. */
export function openBudgets(): Budgets {
  return byKind(kind => new Budget(most[kind]));
}

/** A caller's shares of these budgets; of budgets of their own unless told. */
export function openShares(budgets: Budgets = openBudgets()): Shares {
  return byKind(kind => new Share(budgets[kind]));
}

function byKind<T>(make: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return Object.fromEntries(kinds.map(kind => [kind, make(kind)])) as Record<Kind, T>;
}

/** How many bytes of one kind may be kept by all callers together, and how many are. */
export class Budget {
  readonly most: number;
  taken = 0;

  constructor(bytes: number) {
    this.most = bytes;
  }
}

/**
 * What one caller may take of a budget: a quarter of what the others leave. So whoever takes all they can leaves most of it,
 * and there is always some for one more.
 */
export class Share {
  readonly #budget: Budget;
  #taken = 0;
  #isOver = false;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** The most bytes that this caller may have now, what is taken included. */
  get most(): number {
    return this.#isOver ? 0 : (this.#budget.most - this.#budget.taken + this.#taken) / 4;
  }

  /** Holds no bytes yet. */
  hold(): Hold {
    return new Hold(this);
  }

  /** Takes bytes, or gives back a negative number of them. @returns false where they don't fit; nothing is taken then */
  take(bytes: number): boolean {
    if (bytes > 0 && this.#taken + bytes > this.most) return false;
    if (this.#isOver) return true;
    this.#taken += bytes;
    this.#budget.taken += bytes;
    return true;
  }

  /** Gives everything back, and takes nothing from then on: its caller is gone, and what they kept with them. */
  end(): void {
    this.take(-this.#taken);
    this.#isOver = true;
  }
}

/** The bytes of one thing that is kept. */
export class Hold {
  readonly #share: Share;
  #bytes = 0;

  constructor(share: Share) {
    this.#share = share;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Holds so many bytes from now on. @returns false where they don't fit; it holds what it held then */
  resize(bytes: number): boolean {
    if (!this.#share.take(bytes - this.#bytes)) return false;
    this.#bytes = bytes;
    return true;
  }

  end(): void {
    this.resize(0);
  }
}
