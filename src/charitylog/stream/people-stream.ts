import { bounds } from '../../base/bounds.ts';
import type { Person } from '../api.ts';
import { decodePeople } from '../decode.ts';
import { parseJson } from '../json-text.ts';
import type { RecordReader } from '../record.ts';
import { unreadable } from '../shape.ts';
import { statedFailure } from '../stated-failure.ts';
import { findContainer } from './find-records.ts';
import { type ScanState, scanRows } from './scan-rows.ts';

/**
 * Reads the people of an answer while it arrives, in every shape that `decodePeople` reads, and keeps none of them: a
 * list or a map of records, bare or wrapped, is cut into runs of whole records, and each run is parsed at once. That
 * takes hardly longer than `JSON.parse` of the whole, in flat memory.
 */
export class PeopleStream {
  readonly #reader: RecordReader;
  readonly #visit: (person: Person) => void;
  #phase: 'head' | 'records' | 'tail' = 'head';
  /** What came before the records, and what holds them. */
  #head = '';
  #kind: '[' | '{' = '[';
  /** What is still to be read: the head, or the tail. */
  #pending = '';
  /** The beginning of a record, in the parts that it came in: joined at once, a long one would be copied for each. */
  #record: string[] = [];
  #recordLength = 0;
  /** The next length of the head at which to look for records: looking costs as much as the head is long. */
  #lookAt = 0;
  /** How far the next part of the records was scanned before it came, and in what state it begins. */
  readonly #scan: ScanState = { at: 0, depth: 0, inString: false };

  /**
   * @param reader reads each record as the fields asked for tell
   * @param visit called for each record, in the order of the answer
   */
  constructor(reader: RecordReader, visit: (person: Person) => void) {
    this.#reader = reader;
    this.#visit = visit;
  }

  /** How many characters are kept now. */
  get kept(): number {
    return this.#head.length + this.#pending.length + this.#recordLength;
  }

  /**
   * Takes the next part of the answer.
   *
   * @throws SyntaxError where records aren't JSON; CharitylogError `unreadable` where they aren't people
   */
  write(text: string): void {
    if (this.#phase === 'records') this.#readRecords(text);
    else {
      this.#pending += text;
      if (this.#phase === 'head') this.#findRecords();
    }
    if (this.#pending.length + this.#recordLength > bounds.unsplitJson) throw unreadable('people', '');
  }

  /**
   * Ends the answer.
   *
   * @returns the answer's text, without its people where there may be many: JSON if and only if the answer is
   * @throws CharitylogError `unreadable` where it is JSON that holds neither people nor a failure that it states
   */
  end(): string {
    if (this.#phase === 'head') return this.#endWithoutContainer();
    if (this.#phase === 'records') return this.#head + this.#kind + this.#record.join('');
    const rest = this.#head + this.#kind + (this.#kind === '[' ? ']' : '}') + this.#pending;
    // An id beside the list makes the whole a record with a list in it.
    if (/"id"/.test(this.#pending) && decodePeople(parseJson(rest)).length > 0) throw unreadable('people', {});
    return rest;
  }

  #findRecords(): void {
    if (this.#pending.length < this.#lookAt) return;
    const container = findContainer(this.#pending);
    this.#lookAt = this.#pending.length * 2;
    if (!container) return;
    this.#phase = 'records';
    this.#kind = container.kind;
    const records = this.#pending.slice(container.open + 1);
    this.#head = this.#pending.slice(0, container.open);
    this.#pending = '';
    this.#readRecords(records);
  }

  /** Scans a part for the commas between records and for their end, and parses the run of records that is whole by now. */
  #readRecords(text: string): void {
    const { wholeUpTo, closesAt } = scanRows(text, this.#scan);
    if (closesAt >= 0) {
      this.#endRecords(text, closesAt);
      return;
    }
    // An escape that begins at the end of a part has its other half in the next one.
    this.#scan.at -= text.length;
    if (wholeUpTo >= 0) this.#parseUpTo(text.slice(0, wholeUpTo));
    const rest = text.slice(wholeUpTo + 1);
    this.#record.push(rest);
    this.#recordLength += rest.length;
  }

  #endRecords(text: string, at: number): void {
    this.#phase = 'tail';
    this.#pending = text.slice(at + 1);
    this.#parseUpTo(text.slice(0, at));
  }

  /** Parses what has begun, with its last part; nothing has begun afterwards. */
  #parseUpTo(last: string): void {
    const rows: unknown = parseJson([this.#kind, ...this.#record, last, this.#kind === '[' ? ']' : '}'].join(''));
    this.#record = [];
    this.#recordLength = 0;
    if (Array.isArray(rows)) for (const row of rows) this.#read(undefined, row);
    else for (const [key, row] of Object.entries(rows as object)) this.#read(key, row);
  }

  #read(key: string | undefined, row: unknown): void {
    const person = this.#reader.read(key, row);
    if (!person) throw unreadable('people', key === undefined ? [row] : { [key]: row });
    this.#visit(person);
  }

  /** A single record, nobody, a failure that is stated, or no JSON at all: small, and read as a whole. */
  #endWithoutContainer(): string {
    let json: unknown;
    try {
      json = parseJson(this.#pending);
    } catch {
      // The whole is read once more, and its problem told.
      return this.#pending;
    }
    if (statedFailure(json)) return this.#pending;
    decodePeople(json, this.#reader).forEach(this.#visit);
    return this.#pending;
  }
}
