/** What a filter brought, as far as it tells how the system applies filters. */
export interface Brought {
  /** People who have what was asked for. */
  readonly isProved: boolean;
  /** People for several values, and nobody else. */
  readonly takesLists: boolean;
}

/** A filter is asked once more for so many of its questions, until it is known how the system takes it. */
const maxTries = 3;

/**
 * How one identity's system applies filters, learnt from what came back: kept for as long as the identity, so that it isn't
 * asked again and again.
 */
export class Heeding {
  readonly #tries = new Map<string, number>();
  /** Fields whose filter is applied here alone: the system reads several values as one, or yes and no in its own way. */
  readonly #appliedHere = new Set<string>();
  readonly #proved = new Set<string>();
  readonly #ids = new Set<number>();
  #takesLists: boolean | undefined;

  /** Whether the system takes several values as any of them; `undefined` where that isn't known yet. */
  get takesLists(): boolean | undefined {
    return this.#takesLists;
  }

  /** Remembers how several values were taken, where both came for certain. */
  noteLists(areTaken: boolean): void {
    this.#takesLists = areTaken;
  }

  /** True once anybody came. */
  get hasPeople(): boolean {
    return this.#ids.size > 0;
  }

  /** Two people who are there, by whom a filter of several values can be tried. */
  get someIds(): readonly number[] {
    return [...this.#ids];
  }

  notePerson(id: number): void {
    if (this.#ids.size < 2) this.#ids.add(id);
  }

  /** Remembers what a filter brought. */
  note(field: string, { isProved, takesLists }: Brought): void {
    if (isProved) this.#proved.add(field);
    if (takesLists) this.#takesLists = true;
  }

  /** True where the filter of this field has brought people who have the value. */
  isProved(field: string): boolean {
    return this.#proved.has(field);
  }

  /** Counts a try of the filter of this field by itself; false where there were enough. */
  mayTry(field: string): boolean {
    const tries = this.#tries.get(field) ?? 0;
    this.#tries.set(field, tries + 1);
    return tries < maxTries;
  }

  /** From here on, the filter of this field isn't sent. */
  applyHere(field: string): void {
    this.#appliedHere.add(field);
  }

  isAppliedHere(field: string): boolean {
    return this.#appliedHere.has(field);
  }
}
