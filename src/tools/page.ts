import { createHash } from 'node:crypto';
import type { Person } from '../charitylog/people-api.ts';
import { CharitylogError } from '../errors.ts';

/**
 * One page of people, by id: the `limit` smallest ids after `afterId`, whatever the order in which people are offered.
 * Everybody offered is counted; only the page is kept.
 */
export class Page {
  readonly #limit: number;
  readonly #afterId: number;
  readonly #people: Person[] = [];
  #later = 0;
  #total = 0;

  constructor(limit: number, afterId: number) {
    this.#limit = limit;
    this.#afterId = afterId;
  }

  offer(person: Person): void {
    this.#total++;
    if (person.id <= this.#afterId) return;
    this.#later++;
    const last = this.#people.at(-1);
    if (this.#people.length === this.#limit && last && person.id > last.id) return;
    const position = this.#people.findIndex(other => other.id > person.id);
    this.#people.splice(position < 0 ? this.#people.length : position, 0, person);
    if (this.#people.length > this.#limit) this.#people.pop();
  }

  /** Everybody who was offered. */
  get total(): number {
    return this.#total;
  }

  get people(): readonly Person[] {
    return this.#people;
  }

  /** The id to go on after, or `undefined` on the last page. */
  get nextAfterId(): number | undefined {
    return this.#later > this.#people.length ? this.#people.at(-1)?.id : undefined;
  }
}

/**
 * A cursor holds all that the next page needs, so that any process can serve it: the last id shown, and a fingerprint
 * of the question that it belongs to.
 */
export function writeCursor(lastId: number, question: unknown): string {
  return `${lastId}.${fingerprint(question)}`;
}

/**
 * The id that a cursor goes on after; 0 without one.
 *
 * @throws CharitylogError `invalid` for a text that is no cursor, or one of another question
 */
export function readCursor(cursor: string | undefined, question: unknown): number {
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

function fingerprint(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 10);
}
