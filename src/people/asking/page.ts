import { weightOf } from '../../base/weight.ts';
import type { Person } from '../../charitylog/api.ts';
import { mayHaveParts } from './nested-values.ts';
import type { CountingCollector } from './people-reader.ts';
import { byId, type Order, type Place } from './sorting/order.ts';

/** How many people are kept at most: those of the page asked for, and of the pages that may be asked for next. */
const keptPeople = 500;

/** How many bytes they take at most; the first one is kept, however heavy. */
const keptBytes = 1_048_576;

/** The longest text that is kept of a value, in characters: no answer has room for more. */
const longestText = 16_384;

/** A person who is kept, and how many bytes that takes. */
interface KeptPerson {
  readonly person: Person;
  readonly place: Place;
  readonly bytes: number;
}

/**
 * The people of an answer in their order, from one place on, however they are added. Everybody added is counted; only the
 * first 500 are kept, or fewer where they are heavy.
 */
export class Page implements CountingCollector {
  readonly #after: Place | undefined;
  readonly #order: Order;
  /** In order. */
  readonly #people: KeptPerson[] = [];
  #bytes = 0;
  /** The first place that is left out, once somebody is: nobody from there on is kept. */
  #leftOutFrom: Place | undefined;
  #later = 0;
  #total = 0;

  /** @param after the place that it begins behind; it begins with the first person unless told */
  constructor(after?: Place, order: Order = byId) {
    this.#after = after;
    this.#order = order;
  }

  restart(): void {
    this.#people.length = 0;
    this.#bytes = 0;
    this.#leftOutFrom = undefined;
    this.#later = 0;
    this.#total = 0;
  }

  add(person: Person): void {
    this.#total++;
    const place = this.#order.placeOf(person);
    if (this.#after && this.#order.compare(place, this.#after) <= 0) return;
    this.#later++;
    if (this.#leftOutFrom && this.#order.compare(place, this.#leftOutFrom) >= 0) return;
    const kept = keptOf(person, place);
    this.#people.splice(this.#positionAfter(place), 0, kept);
    this.#bytes += kept.bytes;
    while (this.#people.length > keptPeople || (this.#bytes > keptBytes && this.#people.length > 1))
      this.#leaveOutLast();
  }

  /** Everybody who was added. */
  get total(): number {
    return this.#total;
  }

  /** What is kept takes about so many bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The first people after a place, and whether there are more: fewer than asked for where they are heavy.
   *
   * @returns also the place of each; `undefined` where that many weren't kept, and another page has more
   *   of them
   */
  slice(
    after: Place | undefined,
    limit: number,
  ): { people: readonly Person[]; places: readonly Place[]; hasMore: boolean } | undefined {
    if (this.#after && (!after || this.#order.compare(after, this.#after) < 0)) return undefined;
    const start = after ? this.#positionAfter(after) : 0;
    const shown = this.#people.slice(start, start + limit);
    const hasMore = this.#later > start + shown.length;
    if (shown.length < limit && hasMore && start > 0) return undefined;
    return { people: shown.map(({ person }) => person), places: shown.map(({ place }) => place), hasMore };
  }

  #leaveOutLast(): void {
    const last = this.#people.pop();
    if (!last) return;
    this.#bytes -= last.bytes;
    this.#leftOutFrom = last.place;
  }

  /** The position of the first person behind a place. */
  #positionAfter(place: Place): number {
    const isBehind = (one: KeptPerson | undefined) => one !== undefined && this.#order.compare(one.place, place) > 0;
    if (!isBehind(this.#people.at(-1))) return this.#people.length;
    let [low, high] = [0, this.#people.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBehind(this.#people[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function keptOf(person: Person, place: Place): KeptPerson {
  const bytes = weightOf(person, keptBytes);
  const placeBytes = weightOf(place, keptBytes);
  if (bytes < longestText) return { person, place, bytes: bytes + placeBytes };
  const short = shortened(person);
  return { person: short, place, bytes: weightOf(short, keptBytes) + placeBytes };
}

/**
 * The person with the beginnings of very long texts, which say that they are cut. JSON is kept whole: in a part of it, a
 * hidden field can't be told.
 */
function shortened(person: Person): Person {
  const long = Object.entries(person).filter(isLong);
  return { ...person, ...Object.fromEntries(long.map(([name, text]) => [name, beginningOf(text)])) };
}

function isLong(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1].length > longestText && !mayHaveParts(entry[1]);
}

function beginningOf(text: string): string {
  const shown = `${text.slice(0, longestText)}… (cut: ${text.length} characters in all)`;
  // A slice would keep the whole text: this is a copy.
  return JSON.parse(JSON.stringify(shown));
}
