import { createHash } from 'node:crypto';
import { CharitylogError } from '../../base/errors.ts';
import { weightOf } from '../../base/weight.ts';
import type { Person } from '../../charitylog/api.ts';
import { mayHaveParts } from './nested-values.ts';
import type { CountingCollector } from './people-reader.ts';

/** How many people are kept at most: those of the page asked for, and of the pages that may be asked for next. */
const keptPeople = 500;

/** How many bytes they take at most; the first one is kept, however heavy. */
const keptBytes = 1_048_576;

/** The longest text that is kept of a value, in characters: no answer has room for more. */
const longestText = 16_384;

/** A person who is kept, and how many bytes that takes. */
interface KeptPerson {
  readonly person: Person;
  readonly bytes: number;
}

/**
 * The people of an answer by id, from one id on, whatever the order in which they are added. Everybody added is
 * counted; only the first 500 are kept, or fewer where they are heavy.
 */
export class Page implements CountingCollector {
  readonly #afterId: number;
  /** In order of id. */
  readonly #people: KeptPerson[] = [];
  #bytes = 0;
  /** The first id that is left out, once somebody is: nobody after it is kept. */
  #leftOutFrom = Number.POSITIVE_INFINITY;
  #later = 0;
  #total = 0;

  constructor(afterId: number) {
    this.#afterId = afterId;
  }

  restart(): void {
    this.#people.length = 0;
    this.#bytes = 0;
    this.#leftOutFrom = Number.POSITIVE_INFINITY;
    this.#later = 0;
    this.#total = 0;
  }

  add(person: Person): void {
    this.#total++;
    if (person.id <= this.#afterId) return;
    this.#later++;
    if (person.id >= this.#leftOutFrom) return;
    const kept = keptOf(person);
    this.#people.splice(this.#positionAfter(person.id), 0, kept);
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
   * The first people after an id, and whether there are more: fewer than asked for where they are heavy.
   *
   * @returns `undefined` where that many weren't kept, and another page has more of them
   */
  slice(afterId: number, limit: number): { people: readonly Person[]; hasMore: boolean } | undefined {
    if (afterId < this.#afterId) return undefined;
    const start = this.#positionAfter(afterId);
    const people = this.#people.slice(start, start + limit).map(({ person }) => person);
    const hasMore = this.#later > start + people.length;
    return people.length < limit && hasMore && start > 0 ? undefined : { people, hasMore };
  }

  #leaveOutLast(): void {
    const last = this.#people.pop();
    if (!last) return;
    this.#bytes -= last.bytes;
    this.#leftOutFrom = last.person.id;
  }

  /** The position of the first person with a greater id. */
  #positionAfter(id: number): number {
    const last = this.#people.at(-1);
    if (!last || last.person.id <= id) return this.#people.length;
    let [low, high] = [0, this.#people.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#people[middle]?.person.id ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function keptOf(person: Person): KeptPerson {
  const bytes = weightOf(person, keptBytes);
  if (bytes < longestText) return { person, bytes };
  const short = shortened(person);
  return { person: short, bytes: weightOf(short, keptBytes) };
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

/**
 * A cursor holds all that the next page needs, so that any process can serve it: the last id shown, and a fingerprint
 * of the question that it belongs to.
 */
export function writeCursor(lastId: number, question: string): string {
  return `${lastId}.${fingerprint(question)}`;
}

/**
 * The id that a cursor goes on after; 0 without one.
 *
 * @throws CharitylogError `invalid` for a text that is no cursor, or one of another question
 */
export function readCursor(cursor: string | undefined, question: string): number {
  if (cursor === undefined) return 0;
  const [, lastId, print] = /^(\d{1,15})\.([\w-]{10})$/.exec(cursor) ?? [];
  if (print === fingerprint(question)) return Number(lastId);
  const problem =
    print === undefined ? 'is not a next_cursor of this tool' : 'belongs to a search with other arguments';
  throw new CharitylogError(
    'invalid',
    `cursor ${problem}. Repeat the arguments of the search that gave it, with its next_cursor; or leave cursor out ` +
      'to begin again.',
    { logText: 'wrong cursor' },
  );
}

function fingerprint(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 10);
}
