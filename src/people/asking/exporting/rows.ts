/** What takes people and writes them as the lines of a file. */
import type { Hold, Share } from '../../../base/budget.ts';
import { invalid } from '../../../base/errors.ts';
import type { Person } from '../../../charitylog/api.ts';
import type { CountingCollector } from '../people-reader.ts';
import type { Order, Place } from '../sorting/order.ts';
import type { Columns } from './columns.ts';
import { byteOrderMark } from './csv.ts';
import type { ExportFile } from './export-file.ts';

/** What of a file lines need. */
export type Lines = Pick<ExportFile, 'write' | 'ready' | 'restart'>;

/** Writes each person as they come: none is kept. */
export class StreamedRows implements CountingCollector {
  readonly #columns: Columns;
  readonly #file: Lines;
  readonly ready: () => Promise<void> | undefined;
  total = 0;

  constructor(columns: Columns, file: Lines) {
    this.#columns = columns;
    this.#file = file;
    this.ready = () => file.ready();
  }

  restart(): void {
    this.total = 0;
    this.#file.restart();
    this.#file.write(byteOrderMark + this.#columns.header);
  }

  add(person: Person): void {
    this.total++;
    this.#file.write(this.#columns.lineOf(person));
  }
}

/** What an entry takes beside its texts, in bytes. */
const entryBytes = 200;

/** Keeps the lines until all people are there, as far as there is room, and writes them in order. */
export class SortedRows implements CountingCollector {
  readonly #columns: Columns;
  readonly #file: Lines;
  readonly #order: Order;
  readonly #hold: Hold;
  #rows: { readonly place: Place; readonly line: string }[] = [];

  /** @param room what the lines may take */
  constructor(columns: Columns, file: Lines, { order, room }: { order: Order; room: Share }) {
    this.#columns = columns;
    this.#file = file;
    this.#order = order;
    this.#hold = room.hold();
  }

  get total(): number {
    return this.#rows.length;
  }

  /** Gives back what it took, too. */
  restart(): void {
    this.#rows = [];
    this.#hold.end();
  }

  /** @throws CharitylogError `invalid` where there is no room for more */
  add(person: Person): void {
    const line = this.#columns.lineOf(person);
    const place = this.#order.placeOf(person);
    const letters = line.length + (typeof place.key === 'string' ? place.key.length : 0);
    if (!this.#hold.resize(this.#hold.bytes + entryBytes + 2 * letters)) throw tooManyToSort(this.total);
    this.#rows.push({ place, line });
  }

  async write(): Promise<void> {
    this.#rows.sort((a, b) => this.#order.compare(a.place, b.place));
    this.#file.write(byteOrderMark + this.#columns.header);
    for (const { line } of this.#rows) {
      this.#file.write(line);
      const ready = this.#file.ready();
      if (ready) await ready;
    }
  }
}

function tooManyToSort(read: number): Error {
  return invalid({
    text:
      `These are too many people to sort: more than ${read}. Leave out sort and sort the file in the spreadsheet, or ask for ` +
      'fewer people or fields. No file was written.',
    mend: ({ sort: _, ...args }) => args,
  });
}
