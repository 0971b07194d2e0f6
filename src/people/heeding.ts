/**
 * How one identity's system applies filters, learnt from what came back: kept for as long as the identity, so that what
 * has to be asked once more is asked once.
 */
export class Heeding {
  /** Fields whose filter was asked once more by itself, since it had brought nobody. */
  readonly #tried = new Set<string>();
  /** Fields whose filter is applied here alone: the system reads several values as one, or yes and no in its own way. */
  readonly #appliedHere = new Set<string>();
  /** Fields whose filter has brought people who have the value. */
  readonly #proved = new Set<string>();
  #takesLists = false;
  #hasPeople = false;

  /** True once people came by a filter of several values, and had more than one of them. */
  get takesLists(): boolean {
    return this.#takesLists;
  }

  /** True once anybody came. */
  get hasPeople(): boolean {
    return this.#hasPeople;
  }

  /** Remembers that somebody came. */
  notePeople(): void {
    this.#hasPeople = true;
  }

  /** Remembers what a filter brought. */
  note(field: string, { isProved, seen }: { isProved: boolean; seen: ReadonlySet<string> }): void {
    if (isProved) this.#proved.add(field);
    if (seen.size > 1) this.#takesLists = true;
  }

  isProved(field: string): boolean {
    return this.#proved.has(field);
  }

  /** True the first time for each field. */
  isFirstTry(field: string): boolean {
    if (this.#tried.has(field)) return false;
    this.#tried.add(field);
    return true;
  }

  /** From here on, the filter of this field isn't sent. */
  applyHere(field: string): void {
    this.#appliedHere.add(field);
  }

  isAppliedHere(field: string): boolean {
    return this.#appliedHere.has(field);
  }
}
