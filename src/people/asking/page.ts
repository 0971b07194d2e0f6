import { createHash } from 'node:crypto';
import { CharitylogError } from '../../base/errors.ts';
import type { Person } from '../../charitylog/api.ts';
import type { CountingCollector } from './people-reader.ts';

/** How many people are kept at most: those of the page asked for, and of the pages that may be asked for next. */
const keptPeople = 500;

/**
 * The people of an answer by id, from one id on, whatever the order in which they are added. Everybody added is
 * counted; only the first 500 are kept.
 */
export class Page implements CountingCollector {
  readonly #afterId: number;
  /** In order of id. */
  readonly #people: Person[] = [];
  #later = 0;
  #total = 0;

  constructor(afterId: number) {
    this.#afterId = afterId;
  }

  restart(): void {
    this.#people.length = 0;
    this.#later = 0;
    this.#total = 0;
  }

  add(person: Person): void {
    this.#total++;
    if (person.id <= this.#afterId) return;
    this.#later++;
    const last = this.#people.at(-1);
    if (!last || person.id > last.id) {
      if (this.#people.length < keptPeople) this.#people.push(person);
      return;
    }
    this.#people.splice(this.#positionAfter(person.id), 0, person);
    if (this.#people.length > keptPeople) this.#people.pop();
  }

  /** Everybody who was added. */
  get total(): number {
    return this.#total;
  }

  /**
   * The first people after an id, and whether there are more.
   *
   * @returns `undefined` where that many weren't kept
   */
  slice(afterId: number, limit: number): { people: readonly Person[]; hasMore: boolean } | undefined {
    if (afterId < this.#afterId) return undefined;
    const start = this.#positionAfter(afterId);
    const people = this.#people.slice(start, start + limit);
    const hasMore = this.#later > start + people.length;
    return people.length < limit && hasMore ? undefined : { people, hasMore };
  }

  /** The position of the first person with a greater id. */
  #positionAfter(id: number): number {
    let [low, high] = [0, this.#people.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#people[middle]?.id ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
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
