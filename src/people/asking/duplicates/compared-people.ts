import type { Hold, Share } from '../../../base/budget.ts';
import { invalid } from '../../../base/errors.ts';
import { withCommas } from '../../../base/numbers.ts';
import type { Person } from '../../../charitylog/api.ts';
import { type BlockKind, blockingKeysReader, blockKinds } from '../../matching/blocking-keys.ts';
import { Blocks } from '../../matching/blocks.ts';
import { detailsReader, type KnownDetails } from '../../matching/known-details.ts';
import type { CountingCollector } from '../people-reader.ts';
import { Traits } from './traits.ts';

/** What a person takes beside the text of their record: its place in lists, and some eight keys. */
const bytesBeside = 200;

/** Records whose details are kept ready: those of a block are compared with each other. */
const mostReady = 10_000;

/** The people to be compared with each other: of each a short text, and by which keys they are found. */
export class ComparedPeople implements CountingCollector {
  readonly #fields: readonly string[];
  readonly #detailsOf: (record: Readonly<Record<string, unknown>>) => KnownDetails;
  readonly #keysOf = blockingKeysReader();
  readonly #hold: Hold;
  readonly #ready = new Map<number, KnownDetails>();
  #records: string[] = [];
  #bytes = 0;
  blocks = newBlocks();
  traits = new Traits();

  /**
   * @param fields what people come with; the id is among them
   * @param room what their records may take
   */
  constructor(fields: readonly string[], room: Share) {
    this.#fields = fields;
    this.#detailsOf = detailsReader(fields);
    this.#hold = room.hold();
  }

  get total(): number {
    return this.#records.length;
  }

  restart(): void {
    this.#records = [];
    this.blocks = newBlocks();
    this.#ready.clear();
    this.#bytes = 0;
    this.traits = new Traits();
    this.#hold.end();
  }

  /** @throws CharitylogError `invalid` where there is no room for more */
  add(person: Person): void {
    const record = JSON.stringify(this.#fields.map(name => person[name] ?? ''));
    this.#bytes += record.length + bytesBeside;
    if (!this.#hold.resize(this.#bytes)) throw tooMany(this.total);
    const position = this.#records.push(record) - 1;
    const details = this.#detailsOf(person);
    const found = this.#keysOf(details);
    this.traits.add(person.id, details, found);
    for (const { kind, text } of found.keys) this.blocks.get(kind)?.add(text, position);
  }

  person(position: number): Person {
    const values: unknown[] = JSON.parse(this.#records[position] ?? '[]');
    return Object.fromEntries(this.#fields.map((name, n) => [name, values[n]])) as Person;
  }

  /** What is known of a person. */
  details(position: number): KnownDetails {
    let details = this.#ready.get(position);
    if (!details) {
      details = this.#detailsOf(this.person(position));
      if (this.#ready.size >= mostReady) this.#ready.clear();
      this.#ready.set(position, details);
    }
    return details;
  }
}

function newBlocks(): ReadonlyMap<BlockKind, Blocks> {
  return new Map(blockKinds.map(kind => [kind, new Blocks()]));
}

function tooMany(read: number): Error {
  return invalid(
    `These are too many people to be compared with each other at once: more than ${withCommas(read)}. Ask for one type after ` +
      'the other, or for parts with where, such as postcode starts with ZZ1.',
  );
}
