import { type Hold, openShares, type Share } from '../../base/budget.ts';
import { untilAborted } from '../../base/deadlines.ts';
import { Kept } from '../../base/kept.ts';
import type { Collector, Person } from '../../charitylog/api.ts';
import { PackedPeople } from './packed-people.ts';

/** How long everybody is kept, in milliseconds: a sheet of new people is checked row by row. */
const keptForMs = 120_000;

/** How a question about everybody is answered. */
export interface Ways<T> {
  readonly byKept: (people: PackedPeople) => Promise<T>;
  /** The collector takes everybody who is read, to keep them where they fit and the reading ends well. */
  readonly byReading: (collector: Collector) => Promise<T>;
}

/** Everybody as one identity read them lately: for checks in a row that write nothing. */
export class RecentReading {
  readonly #share: Share;
  readonly #kept: Kept<PackedPeople>;
  /** What is read now: checks that come meanwhile wait for it. */
  #underWay: { readonly key: string; readonly end: Promise<unknown> } | undefined;
  /** How often everybody was forgotten: a reading that began before isn't kept. */
  #times = 0;

  constructor({ share = openShares().everybody, forMs = keptForMs }: { share?: Share; forMs?: number } = {}) {
    this.#share = share;
    this.#kept = new Kept({ share, forMs });
  }

  /** What is kept takes so many bytes. */
  get bytes(): number {
    return this.#kept.bytes;
  }

  /**
   * Answers by everybody who is kept with these fields; where nobody is, by reading them anew. Of several who ask at once, one
   * reads and the others wait for it.
   */
  async answer<T>(fields: readonly string[], ways: Ways<T>, signal: AbortSignal): Promise<T> {
    const key = JSON.stringify(fields);
    if (this.#underWay?.key === key) await untilAborted(this.#underWay.end, signal);
    const packed = this.#kept.get(key);
    if (packed) return ways.byKept(packed);
    const reading = this.#keep(key, new Packing(fields, this.#share), ways.byReading);
    const mine = { key, end: reading.catch(() => undefined) };
    this.#underWay = mine;
    return reading.finally(() => {
      if (this.#underWay === mine) this.#underWay = undefined;
    });
  }

  async #keep<T>(key: string, packing: Packing, read: (collector: Collector) => Promise<T>): Promise<T> {
    const times = this.#times;
    try {
      const result = await read(packing);
      const packed = await packing.end();
      if (packed && packed.count > 0 && times === this.#times) this.#kept.set(key, packed, packed.bytes);
      return result;
    } finally {
      packing.drop();
    }
  }

  /** Forgets everybody: somebody is being added. */
  clear(): void {
    this.#times++;
    this.#kept.clear();
  }
}

/** Packs people while they are read, as long as they fit. */
class Packing implements Collector {
  readonly #fields: readonly string[];
  readonly #hold: Hold;
  #packed: PackedPeople | undefined;

  constructor(fields: readonly string[], share: Share) {
    this.#fields = fields;
    this.#hold = share.hold();
    this.#packed = new PackedPeople(fields);
  }

  restart(): void {
    this.#hold.end();
    this.#packed = new PackedPeople(this.#fields);
  }

  add(person: Person): void {
    if (!this.#packed) return;
    this.#packed.add(person);
    if (this.#packed.bytes !== this.#hold.bytes && !this.#hold.resize(this.#packed.bytes)) this.drop();
  }

  /** Those who were packed, which somebody else weighs from now on; `undefined` where they don't fit. */
  async end(): Promise<PackedPeople | undefined> {
    const packed = this.#packed;
    await packed?.end();
    this.drop();
    return packed;
  }

  drop(): void {
    this.#packed = undefined;
    this.#hold.end();
  }
}
