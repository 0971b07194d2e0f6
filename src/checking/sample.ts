import type { PeopleQuery, Person } from '../charitylog/api.ts';
import { IdSet } from '../charitylog/stream/id-set.ts';
import { hasValue } from '../people/asking/show-person.ts';
import type { System } from './system.ts';

/** So many different values of a field are told apart; what is a text in words is hardly needed. */
const valuesOfFilters = 20_000;
const valuesOfOthers = 500;
/** Longer values aren't kept, in characters. */
const longestValue = 200;
/** Everybody is read at most so often, with so many fields each time, so that the address stays short. */
const readings = 3;
const fieldsPerReading = 100;

/** A value as the API wrote it, and how many people have it. */
export interface Counted {
  readonly value: unknown;
  readonly count: number;
}

/** The values of one field over everybody who was read; they leave this process in no form. */
class Tally {
  readonly #counts = new Map<string, { readonly value: unknown; count: number }>();
  readonly #mostValues: number;
  /** True where the field came with anybody, with a value or without. */
  hasCome = false;
  /** False where there are more different values than are told apart. */
  isWhole = true;

  constructor(mostValues: number) {
    this.#mostValues = mostValues;
  }

  add(value: unknown): void {
    if (value === undefined) return;
    this.hasCome = true;
    if (!hasValue(value)) return;
    const text = JSON.stringify(value);
    const known = this.#counts.get(text);
    if (known) known.count++;
    else if (this.#counts.size < this.#mostValues && text.length <= longestValue)
      this.#counts.set(text, { value, count: 1 });
    else this.isWhole = false;
  }

  clear(): void {
    this.#counts.clear();
    this.hasCome = false;
    this.isWhole = true;
  }

  /** The different values. */
  get values(): readonly Counted[] {
    return [...this.#counts.values()];
  }
}

/** Everybody, as far as the check needs them. */
export interface Sample {
  /** The filters by which they were read; none where reading everybody works. */
  readonly filters: PeopleQuery['filters'];
  readonly total: number;
  readonly ids: IdSet;
  /** A few ids. */
  readonly someIds: readonly number[];
  readonly highestId: number;
  /** By field; a field for which there was no reading left has none. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** How often everybody was read. */
  readonly readings: number;
}

/** Reads everybody whom the filters leave, with all fields; should these be too many, with those that are filters first. */
export async function readSample({ api, lists, signal }: System, filters: PeopleQuery['filters']): Promise<Sample> {
  const filterable = new Set(lists.filterable.map(({ name }) => name));
  const names = lists.selectable.map(({ name }) => name).filter(name => name !== 'id');
  const parts = partsOf(names.toSorted((a, b) => Number(filterable.has(b)) - Number(filterable.has(a))));
  const tallyFor = (name: string) => new Tally(filterable.has(name) ? valuesOfFilters : valuesOfOthers);
  const tallies = new Map(parts.flat().map(name => [name, tallyFor(name)]));
  let people = new People();
  for (const part of parts) {
    const collector = {
      restart() {
        people = new People();
        for (const name of part) tallies.get(name)?.clear();
      },
      add(person: Person) {
        people.add(person.id);
        for (const name of part) tallies.get(name)?.add(person[name]);
      },
    };
    await api.eachPerson({ filters, fields: ['id', ...part] }, collector, signal);
  }
  const { ids, someIds, total, highestId } = people;
  return { filters, readings: parts.length, total, ids, someIds, highestId, tallies };
}

function partsOf(names: readonly string[]): (readonly string[])[] {
  const count = Math.min(readings, Math.max(1, Math.ceil(names.length / fieldsPerReading)));
  return Array.from({ length: count }, (_, n) => names.slice(n * fieldsPerReading, (n + 1) * fieldsPerReading));
}

/** Who came, whichever of their fields were read. */
class People {
  readonly ids = new IdSet();
  readonly someIds: number[] = [];
  total = 0;
  highestId = 0;

  add(id: number): void {
    if (!this.ids.add(id)) return;
    this.total++;
    this.highestId = Math.max(this.highestId, id);
    if (this.someIds.length < 3) this.someIds.push(id);
  }
}
