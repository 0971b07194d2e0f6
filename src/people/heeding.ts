/** What a filter brought, as far as it tells how the system applies filters. */
export interface Brought {
  /** People who have what was asked for. */
  readonly isProved: boolean;
  /** People for several values, and nobody else. */
  readonly takesLists: boolean;
}

/** A filter, as far as it matters here. */
interface Asked {
  readonly field: { readonly name: string };
  readonly values: readonly string[];
}

/** A system that takes a yes may not take a no; the values of any other field are taken alike. */
function keyOf({ field, values }: Asked): string {
  const [only, ...others] = values;
  return others.length === 0 && /^[YN]$/.test(only ?? '') ? JSON.stringify([field.name, only]) : field.name;
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
  readonly #shown = new Set<string>();
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

  /** True for a field that has come with somebody, as far as that was looked for. */
  isShown(field: string): boolean {
    return this.#shown.has(field);
  }

  noteShown(field: string): void {
    this.#shown.add(field);
  }

  /** Remembers what a filter brought. */
  note(filter: Asked, { isProved, takesLists }: Brought): void {
    if (isProved) this.#proved.add(keyOf(filter));
    if (takesLists) this.#takesLists = true;
  }

  /** True where such a filter has brought people who have the value. */
  isProved(filter: Asked): boolean {
    return this.#proved.has(keyOf(filter));
  }

  /** Counts a try of such a filter by itself; false where there were enough. */
  mayTry(filter: Asked): boolean {
    const tries = this.#tries.get(keyOf(filter)) ?? 0;
    this.#tries.set(keyOf(filter), tries + 1);
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
