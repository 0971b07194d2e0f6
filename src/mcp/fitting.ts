/** Makes an answer fit: long values are cut before rows are left out, and notes tell both. */
import { bounds } from '../base/bounds.ts';
import { setOwn } from '../base/json.ts';
import { withCommas } from '../base/numbers.ts';
import { nextTurn } from '../base/turns.ts';

type Row = Readonly<Record<string, unknown>>;

/** How long values may be: the longest with which everything fits, or the shortest where nothing helps. In characters. */
const lengths = [20_000, 4_000, 1_000, 250];

/** What rows or a record take at most of an answer, what notes take, and what the rest does, in bytes as {@link sentBytes} counts. */
const roomForRows = 40_000;
const roomForTheRest = 16_000;
const roomForNotes = 6_000;

/** The parts of a result that are neither rows nor a record. */
const besides = new Set(['applied_filters', 'notes']);

/** Rows that fit in one answer. */
export interface FittingRows {
  /** The first ones, as they are shown. */
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

/** What a text takes in an answer, which holds it twice: as an object, and as text that is written as JSON once more. */
export function sentBytes(json: string): number {
  return Buffer.byteLength(json) + Buffer.byteLength(JSON.stringify(json));
}

/** True for a value that may not fit; looking stops there. */
export function isLarge(value: unknown): boolean {
  return charactersLeft(value, bounds.answerBytes / 6) < 0;
}

function charactersLeft(value: unknown, left: number): number {
  if (typeof value === 'string') return left - value.length;
  if (typeof value !== 'object' || value === null) return left - 5;
  let rest = left - 2;
  // Read by names, as an object, a list would take several times as long.
  if (Array.isArray(value)) {
    for (const part of value) {
      rest = charactersLeft(part, rest - 1);
      if (rest < 0) return rest;
    }
    return rest;
  }
  for (const key in value) {
    rest = charactersLeft((value as Row)[key], rest - key.length - 4);
    if (rest < 0) return rest;
  }
  return rest;
}

/** The first of these rows that fit in one answer, at least one: a page ends with the last one. */
export async function fitRows(rows: readonly Row[]): Promise<FittingRows> {
  if (!isLarge(rows)) return { rows, notes: [] };
  // Cutting long rows takes as long as making them.
  await nextTurn();
  return shortest(longest => rowsIn(rows, new Cutter(longest, roomForRows)));
}

/** A result that fits in one answer. */
export function fitted(result: Row): Row {
  const { notes: before = [] } = result;
  const { part, notes } = shortest(longest => {
    const [rows, rest] = [new Cutter(longest, roomForRows), new Cutter(longest, roomForTheRest)];
    const part: Record<string, unknown> = {};
    const told: string[] = [];
    for (const [key, value] of Object.entries(result)) {
      if (key === 'notes') continue;
      const isBesides = typeof value !== 'object' || value === null || besides.has(key);
      if (Array.isArray(value) && value.every(isRow)) {
        const taken = rowsIn(value, rows);
        part[key] = taken.rows;
        told.push(...taken.notes);
      } else part[key] = (isBesides ? rest : rows).cut(value);
    }
    return {
      part,
      notes: [...told, ...rows.notes, ...rest.notes],
      isWhole: told.length === 0 && rows.isWhole && rest.isWhole,
    };
  });
  const told = [...new Set([...notes, ...(before as readonly string[])])];
  return { ...part, ...(told.length > 0 && { notes: new Cutter(1_000, roomForNotes).cut(told) }) };
}

/** What comes of the longest values with which nothing is left out, else of the shortest. */
function shortest<T extends { readonly isWhole?: boolean }>(make: (longest: number) => T): T {
  let made = make(lengths[0] ?? 0);
  for (const longest of lengths.slice(1)) {
    if (made.isWhole) break;
    made = make(longest);
  }
  return made;
}

function rowsIn(rows: readonly Row[], cutter: Cutter): FittingRows & { isWhole: boolean } {
  const shown: Row[] = [];
  for (const row of rows) {
    const cut = shown.length === 0 ? cutter.cut(row) : cutter.cutWhole(row);
    if (cut === undefined) break;
    shown.push(cut as Row);
  }
  const isWhole = shown.length === rows.length && cutter.isWhole;
  if (shown.length === rows.length) return { rows: shown, notes: cutter.notes, isWhole };
  const note = `${shown.length} of ${rows.length} fit in one answer. Ask for fewer fields, or narrow the question; next_cursor goes on, where there is one.`;
  return { rows: shown, notes: [...cutter.notes, note], isWhole };
}

/** Copies values into a room that grows smaller, and cuts what is too long. */
class Cutter {
  readonly #longest: number;
  #left: number;
  #hasCut = false;
  /** False where something had to be left out for want of room. */
  isWhole = true;

  constructor(longest: number, room: number) {
    this.#longest = longest;
    this.#left = room;
  }

  get notes(): readonly string[] {
    return this.#hasCut || !this.isWhole
      ? ['Values too long for one answer are cut, and say so; get_person with that one field shows more of it.']
      : [];
  }

  /** A copy of what there is room for. */
  cut(value: unknown): unknown {
    if (typeof value === 'string') return this.#cutText(value);
    if (typeof value !== 'object' || value === null) {
      this.#left -= sentBytes(JSON.stringify(value) ?? '');
      return value;
    }
    return Array.isArray(value) ? this.#cutList(value) : this.#cutObject(value as Row);
  }

  /** A copy, or nothing where there isn't room for all of it. */
  cutWhole(value: Row): unknown {
    const [left, hasCut] = [this.#left, this.#hasCut];
    const part = this.cut(value);
    if (this.isWhole && this.#left >= 0) return part;
    [this.#left, this.#hasCut, this.isWhole] = [left, hasCut, true];
    return undefined;
  }

  #cutList(list: readonly unknown[]): unknown[] {
    const part: unknown[] = [];
    for (const item of list) {
      if (!this.#hasRoom()) return [...part, `… (${list.length} in all)`];
      part.push(this.cut(item));
    }
    return part;
  }

  #cutObject(object: Row): Row {
    const part: Record<string, unknown> = {};
    for (const key in object) {
      if (!this.#hasRoom()) return { ...part, '…': `${Object.keys(object).length} in all` };
      this.#left -= sentBytes(JSON.stringify(key)) + 4;
      setOwn(part, key, this.cut(object[key]));
    }
    return part;
  }

  #hasRoom(): boolean {
    if (this.#left > 0) return true;
    this.isWhole = false;
    return false;
  }

  #cutText(text: string): string {
    const beginning = text.slice(0, this.#longest);
    const bytes = sentBytes(JSON.stringify(beginning));
    const isRoomy = bytes <= this.#left;
    if (!isRoomy) this.isWhole = false;
    if (isRoomy && beginning.length === text.length) {
      this.#left -= bytes;
      return text;
    }
    this.#hasCut = true;
    const shown = isRoomy
      ? beginning
      : beginning.slice(0, Math.max(0, Math.floor((beginning.length * this.#left) / bytes)));
    const cut = `${shown.toWellFormed()}… (${withCommas(text.length)} characters in all)`;
    this.#left -= sentBytes(JSON.stringify(cut));
    return cut;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
