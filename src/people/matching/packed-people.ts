import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { weightOf } from '../../base/weight.ts';
import type { Person } from '../../charitylog/api.ts';

/** So many people are packed at once, and fewer where their values are long: unpacking them takes some milliseconds. */
const packedAtOnce = 512;

/** So many bytes are counted for people who aren't packed yet: those who weigh more are packed. */
const waitingBytes = 1_048_576;

/** The best level takes four times as long as this one, and saves a tenth. */
const level = 1;

const deflate = promisify(deflateRaw);

/** The people of one reading, in as little memory as can be: their values field by field, packed on another thread. */
export class PackedPeople {
  readonly fields: readonly string[];
  readonly #parts: Promise<Buffer>[] = [];
  #waiting: Person[] = [];
  #waitingWeight = 0;
  #packedBytes = 0;
  count = 0;

  constructor(fields: readonly string[]) {
    this.fields = [...new Set(['id', ...fields])];
  }

  /** What they take, or a little more. */
  get bytes(): number {
    return this.#packedBytes + waitingBytes;
  }

  add(person: Person): void {
    this.count++;
    this.#waiting.push(person);
    for (const field of this.fields) this.#waitingWeight += weightOf(person[field], waitingBytes);
    if (this.#waiting.length >= packedAtOnce || this.#waitingWeight > waitingBytes) this.#pack();
  }

  /** Resolves when all are packed. */
  async end(): Promise<void> {
    if (this.#waiting.length > 0) this.#pack();
    await Promise.all(this.#parts);
  }

  /** All of them, some hundreds at a time. */
  async *parts(): AsyncGenerator<readonly Person[]> {
    for (const part of this.#parts) yield this.#unpack(await part);
  }

  #pack(): void {
    const people = this.#waiting;
    this.#waiting = [];
    this.#waitingWeight = 0;
    const columns = Buffer.from(JSON.stringify(this.fields.map(field => people.map(person => person[field] ?? null))));
    this.#packedBytes += columns.byteLength;
    const part = deflate(columns, { level });
    part.then(
      packed => {
        this.#packedBytes += packed.byteLength - columns.byteLength;
      },
      () => undefined,
    );
    this.#parts.push(part);
  }

  #unpack(part: Buffer): Person[] {
    const columns: unknown[][] = JSON.parse(inflateRawSync(part).toString());
    const ids = columns[0] as number[];
    return ids.map((id, n) => {
      const person: { id: number; [field: string]: unknown } = { id };
      for (let column = 1; column < columns.length; column++) person[this.fields[column] ?? ''] = columns[column]?.[n];
      return person;
    });
  }
}
