import { bounds } from '../base/bounds.ts';
import { cutBelow, isDeeperThan, isObject, keysUpTo, setOwn } from '../base/json.ts';
import type { Person } from './api.ts';
import { foldKey, integerId, isNoDate, isOneValue } from './values.ts';

/** Keys that hold a record's fields, as in `{id, attributes: {...}}` or `{client: {...}}`. */
const containers = new Set(['attributes', 'fields', 'properties', 'values', 'client', 'person', 'record', 'data']);

/** What a record's keys may begin with, all of them: `client_id`, `ClientFirstName`. */
const prefixes = ['client', 'person', 'record'];

/** What a record may have beside its container. */
const surroundings = new Set([...containers, 'id', 'type', 'links', 'meta', 'relationships']);

const idKeys = new Set(['id', ...prefixes.map(prefix => `${prefix}id`)]);

/** Where a field's value is in a row: under one of these keys, which must agree. */
type Places = ReadonlyMap<string, readonly string[]>;

/** True for an object that has an id of its own. */
export function hasId(row: Record<string, unknown>): boolean {
  if (Object.hasOwn(row, 'id')) return true;
  return keysUpTo(row, bounds.fields)?.some(key => idKeys.has(foldKey(key))) ?? false;
}

/**
 * Reads records as they come: flat, with their fields in a container, with keys in capitals, in camel case or with one
 * prefix. The fields asked for tell how they are meant; others are left out, as they may be hidden. A date of zeros is no
 * value.
 */
export class RecordReader {
  readonly #asked: ReadonlySet<string>;
  /** By folded name, once a record has a key that wasn't asked for. */
  #names: ReadonlyMap<string, string> | undefined;
  readonly #awaited: Set<string>;
  readonly #places = new Map<string, Places>();

  /** @param asked the fields asked for; none leaves the choice to the API, and keys as they are */
  constructor(asked: readonly string[]) {
    this.#asked = new Set(asked);
    this.#awaited = new Set(asked.filter(name => name !== 'id'));
  }

  /** The fields asked for that came with none of the records read, not even without a value. */
  get neverCame(): string[] {
    return [...this.#awaited];
  }

  /**
   * A record of a list, or of a map under this key.
   *
   * @returns `undefined` for what has no id, or may be read in more than one way
   */
  read(key: string | undefined, row: unknown): Person | undefined {
    if (!isObject(row)) return undefined;
    const record = this.#isAsAsked(row) ? row : this.#translated(row);
    const id = integerId(record?.id ?? key);
    if (!record || id === undefined) return undefined;
    // Called for each of very many people: a loop makes no list.
    for (const name in record) {
      const value = record[name];
      if (typeof value === 'string') {
        if (mayBeNoDate(value) && isNoDate(value)) record[name] = null;
      } else if (isDeeperThan(bounds.levels, value)) record[name] = cutBelow(bounds.levels, value);
      if (this.#awaited.size > 0) this.#awaited.delete(name);
    }
    return record.id === id ? (record as Person) : { ...record, id };
  }

  /** True where a row holds some field that was asked for, by whatever name: it is a record, though it may have no id. */
  holdsFields(row: Record<string, unknown>): boolean {
    const fields = keysUpTo(row, bounds.fields) && this.#opened(row);
    return fields !== undefined && keysUpTo(fields, bounds.fields) !== undefined && this.#holdsFields(fields);
  }

  #isAsAsked(row: Record<string, unknown>): boolean {
    if (this.#asked.size === 0) return false;
    for (const name in row) if (name !== 'id' && !this.#asked.has(name)) return false;
    return true;
  }

  #translated(row: Record<string, unknown>): Record<string, unknown> | undefined {
    if (!keysUpTo(row, bounds.fields)) return undefined;
    const fields = this.#opened(row);
    if (!fields || !keysUpTo(fields, bounds.fields)) return undefined;
    const record: Record<string, unknown> = {};
    for (const [name, keys] of this.#placesIn(fields)) {
      const values = keys.map(key => fields[key]);
      if (!isOneValue(values)) return undefined;
      Object.defineProperty(record, name, { value: values[0], writable: true, enumerable: true, configurable: true });
    }
    return record;
  }

  /** The fields of a row, out of the container that holds them; `undefined` where inside and outside have different ids. */
  #opened(row: Record<string, unknown>): Record<string, unknown> | undefined {
    if (this.#holdsFields(row)) return row;
    for (const [key, value] of Object.entries(row)) {
      const inner = Array.isArray(value) ? pairsOf(value) : value;
      if (!containers.has(foldKey(key)) || !isObject(inner)) continue;
      const ids = [row, inner].flatMap(part => Object.entries(part).filter(([name]) => idKeys.has(foldKey(name))));
      if (!isOneValue(ids.map(([, id]) => id))) return undefined;
      return { ...(isPersonType(row.type) && { type: row.type }), ...Object.fromEntries(ids), ...inner };
    }
    return row;
  }

  /** True where a row holds some field that was asked for, besides its id and its type, so that nothing need be opened. */
  #holdsFields(row: Record<string, unknown>): boolean {
    if (this.#asked.size === 0) return Object.keys(row).some(key => !surroundings.has(foldKey(key)));
    const isWanted = (name: string) => name !== 'id' && name !== 'type';
    if (![...this.#asked].some(isWanted) && hasId(row))
      return !Object.keys(row).some(key => isContainer(key, row[key]));
    return [...this.#placesIn(row).keys()].some(isWanted);
  }

  /** Where the fields asked for are, worked out once for each set of keys. */
  #placesIn(row: Record<string, unknown>): Places {
    const keys = Object.keys(row);
    const set = JSON.stringify(keys);
    const known = this.#places.get(set);
    if (known) return known;
    const places = this.#placesOf(keys);
    if (this.#places.size < 1000 && set.length < bounds.storedText) this.#places.set(set, places);
    return places;
  }

  #placesOf(keys: readonly string[]): Places {
    const prefix = commonPrefix(keys);
    const places = new Map<string, string[]>();
    const all = new Set(keys);
    for (const key of keys) {
      const name = this.#nameOf(key, prefix);
      if (name === undefined) continue;
      // What is written exactly as it was asked for is that; beside a prefixed id, a bare one may be anything.
      const hasExact = all.has(name) && (name !== 'id' || prefix === '');
      if (!hasExact || key === name) places.set(name, [...(places.get(name) ?? []), key]);
    }
    return places;
  }

  #nameOf(key: string, prefix: string): string | undefined {
    if (this.#asked.has(key)) return key;
    const folded = foldKey(key);
    if (idKeys.has(folded)) return 'id';
    if (this.#asked.size === 0) return key;
    this.#names ??= byFoldedName([...this.#asked]);
    return this.#names.get(folded) ?? (prefix === '' ? undefined : this.#names.get(folded.slice(prefix.length)));
  }
}

/** One record of two rows of it, as a join of tables gives them: values that differ stand in a list. */
export function joinRows(one: Person, other: Person): Person {
  const record = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = record[name];
    const values = [before, value].flat().filter(part => part !== null && part !== undefined && part !== '');
    const different = new Map(values.map(part => [JSON.stringify(part), part]));
    if (name === 'id' || JSON.stringify(before) === JSON.stringify(value)) continue;
    setOwn(record, name, different.size > 1 ? [...different.values()] : values[0]);
  }
  return record;
}

function isContainer(key: string, value: unknown): boolean {
  return containers.has(foldKey(key)) && isObject(value);
}

/** The names by their folded forms, but for those that share one. */
function byFoldedName(names: readonly string[]): ReadonlyMap<string, string> {
  const folded = names.map(foldKey);
  return new Map(
    names.flatMap((name, n) =>
      folded.indexOf(folded[n] ?? '') === folded.lastIndexOf(folded[n] ?? '') ? [[folded[n] ?? '', name]] : [],
    ),
  );
}

/** What all keys begin with, but for a bare id and type. */
function commonPrefix(keys: readonly string[]): string {
  const folded = keys.map(foldKey).filter(key => key !== 'id' && key !== 'type');
  if (folded.length === 0) return '';
  return prefixes.find(prefix => folded.every(key => key.startsWith(prefix) && key !== prefix)) ?? '';
}

/** The fields of a list such as `[{name: 'surname', value: 'Quarmby'}]`. */
function pairsOf(list: readonly unknown[]): Record<string, unknown> | undefined {
  const pairs = list.map(item => {
    if (!isObject(item) || !Object.hasOwn(item, 'value')) return undefined;
    const name = item.name ?? item.field ?? item.key;
    return typeof name === 'string' ? ([name, item.value] as const) : undefined;
  });
  return pairs.every(pair => pair !== undefined) ? Object.fromEntries(pairs) : undefined;
}

/** False for the kind of resource that JSON:API puts beside a record. */
function isPersonType(type: unknown): boolean {
  return type !== undefined && !(typeof type === 'string' && /^(?:clients?|people|persons?)$/i.test(type));
}

/** Cheap, as it is asked of each text of very many people. */
function mayBeNoDate(text: string): boolean {
  return text.length >= 8 && text.length <= 40 && /^[\s03-]/.test(text);
}
