import { invalid } from '../../../base/errors.ts';
import type { Person } from '../../../charitylog/api.ts';
import { hasValue } from '../show-person.ts';

/** So many different numbers are kept. */
const maxKept = 50_000;

/** What the numbers of a field are in all; without `min` and so on where nobody has one. */
export interface Summary {
  readonly count: number;
  readonly not_recorded: number;
  readonly min?: number;
  readonly median?: number;
  readonly mean?: number;
  readonly max?: number;
}

/** Summarises numbers exactly: it counts people by number, as many share theirs. */
export class NumberCounter {
  readonly #field: string;
  readonly #numberOf: (value: unknown) => number | undefined;
  readonly #counts = new Map<number, number>();
  #count = 0;
  #blank = 0;
  #unreadable = 0;

  /** @param numberOf a record's value as a number; `undefined` for what is none */
  constructor(field: string, numberOf: (value: unknown) => number | undefined) {
    this.#field = field;
    this.#numberOf = numberOf;
  }

  restart(): void {
    this.#counts.clear();
    this.#count = 0;
    this.#blank = 0;
    this.#unreadable = 0;
  }

  /** @throws CharitylogError `invalid` where the numbers differ from person to person */
  add(person: Person): void {
    const value = person[this.#field];
    if (!hasValue(value)) return void this.#blank++;
    const number = this.#numberOf(value);
    if (number === undefined) return void this.#unreadable++;
    const before = this.#counts.get(number) ?? 0;
    if (before === 0 && this.#counts.size >= maxKept) {
      throw invalid(`summary_of: ${this.#field} has more than ${maxKept} different values. Ask of fewer people.`);
    }
    this.#counts.set(number, before + 1);
    this.#count++;
  }

  /** Who has no number counts as not recorded. */
  get summary(): Summary {
    const numbers = [...this.#counts].sort(([a], [b]) => a - b);
    const recorded = { count: this.#count, not_recorded: this.#blank + this.#unreadable };
    const [first, last] = [numbers[0], numbers.at(-1)];
    if (!first || !last) return recorded;
    const sum = numbers.reduce((total, [number, count]) => total + number * count, 0);
    return {
      ...recorded,
      min: first[0],
      median: (numberAt(numbers, (this.#count - 1) >> 1) + numberAt(numbers, this.#count >> 1)) / 2,
      mean: Math.round((sum / this.#count) * 10) / 10,
      max: last[0],
    };
  }

  /** What the caller should know of values that are no numbers. */
  notes(areCountsHidden: boolean): string[] {
    if (this.#unreadable === 0) return [];
    const people = areCountsHidden ? 'Some people have' : `${this.#unreadable} people have`;
    return [`${people} a ${this.#field} that is no number; they count as not recorded.`];
  }
}

/** The number at a place in order of size. */
function numberAt(numbers: readonly (readonly [number: number, count: number])[], place: number): number {
  let before = 0;
  for (const [number, count] of numbers) {
    before += count;
    if (before > place) return number;
  }
  return 0;
}
