/**
 * The manual shows no response body at all. This module is the one place that turns every plausible shape into one
 * shape, and says what it saw where it can't.
 */
import { bounds } from '../base/bounds.ts';
import { isObject, keysUpTo } from '../base/json.ts';
import { forEachInTurns } from '../base/turns.ts';
import type { FieldKind, LiveField, Option, Person } from './api.ts';
import { hasId, joinRows, RecordReader } from './record.ts';
import { isWrapper, rowsOf, unwrap, wrapped } from './rows.ts';
import { unreadable } from './shape.ts';
import { foldKey, integerId, isOneValue } from './values.ts';

/**
 * People from an array of records, a map keyed by id, either of them wrapped (`{data: ...}`), or a single record.
 * An empty body, list or object is nobody. A record that comes in several rows is one person.
 *
 * @param reader reads each record as the fields asked for tell
 * @throws CharitylogError `unreadable` where any record has no id
 */
export function decodePeople(json: unknown, reader = new RecordReader([])): Person[] {
  if (isObject(json) && hasId(json) && holdsRecords(json)) throw unreadable('people', json);
  const people = rowsOf(unwrap(json, hasId), hasId).map(([key, row]) => reader.read(key, row));
  if (!people.every(person => person !== undefined)) throw unreadable('people', json);
  const byId = new Map<number, Person>();
  for (const person of people) {
    const before = byId.get(person.id);
    byId.set(person.id, before ? joinRows(before, person) : person);
  }
  return [...byId.values()];
}

/**
 * The record with this id, which was asked for. One that comes alone may come without its id.
 *
 * @param asked the fields asked for; none leaves the choice to the API
 * @returns `undefined` where none or only others came
 * @throws CharitylogError `unreadable`
 */
export function decodeRecord(json: unknown, id: number, asked: readonly string[]): Person | undefined {
  const reader = new RecordReader(asked);
  const inner = unwrap(json, hasId);
  const lone = Array.isArray(inner) && inner.length === 1 ? inner[0] : inner;
  const isMap = isObject(lone) && Object.keys(lone).every(key => /^\d+$/.test(key));
  if (isObject(lone) && !isMap && !hasId(lone) && reader.holdsFields(lone)) return reader.read(String(id), lone);
  return decodePeople(json, reader).find(person => person.id === id);
}

/**
 * A list of field names, with labels and kinds where the API gives them: strings, `[{name|field|key}]`, or
 * `{name: label}` and `{name: {...}}`, or all names in one text.
 *
 * @throws CharitylogError `unreadable`
 */
export async function decodeFieldList(json: unknown): Promise<LiveField[]> {
  const inner = unwrap(json);
  const rows = typeof inner === 'string' ? inner.split(/[,;\s]+/).filter(name => name !== '') : json;
  const fields = await decodeRows(rows, 'fields', fieldOf, field => field.name);
  if (fields.length > bounds.fields) throw unreadable('fields', json);
  return fields;
}

/**
 * A dictionary's options: `[{id, name|value|label|description}]`, `{id: name}` or `{id: {...}}`.
 *
 * @throws CharitylogError `unreadable`
 */
export async function decodeDictionary(json: unknown): Promise<Option[]> {
  const options = await decodeRows(json, 'options', optionOf, option => option.id);
  // "-- Please select --" has no id, and nobody has it.
  return options.filter(({ id }) => id !== '');
}

/** Decodes rows by and by, as there may be very many; the last one of each key counts. */
async function decodeRows<T>(
  json: unknown,
  what: string,
  decode: (key: string | undefined, row: unknown) => T | undefined,
  keyOf: (item: T) => string,
): Promise<T[]> {
  const items = new Map<string, T>();
  const take = ([key, row]: readonly [string | undefined, unknown], levels: number) => {
    const item = decode(key, row);
    if (item === undefined || levels === 0) throw unreadable(what, json);
    items.set(keyOf(item), item);
    // A tree of options is told as the list of all of them.
    if (isObject(row) && Array.isArray(row.children)) for (const child of rowsOf(row.children)) take(child, levels - 1);
  };
  await forEachInTurns(rowsOf(unwrap(json)), row => take(row, bounds.levels));
  return [...items.values()];
}

/**
 * The id of a created record: `12`, `"12"`, `{id}`, `{client_id}`, `[{id}]`, or one of them wrapped.
 *
 * @returns `undefined` where the answer holds none, or several
 */
export function decodeCreatedId(json: unknown): number | undefined {
  let inner = json;
  for (let depth = 0; depth < 8; depth++) {
    const id = integerId(inner);
    if (id !== undefined) return id;
    if (Array.isArray(inner)) inner = inner.length === 1 ? inner[0] : undefined;
    else if (isObject(inner)) inner = createdIn(inner);
    else return undefined;
  }
  return undefined;
}

/** What may hold the id in an object: its ids, which must agree, or else what it wraps. */
function createdIn(json: Record<string, unknown>): unknown {
  const ids = Object.keys(json).filter(key => createdIdKeys.has(foldKey(key)) && json[key] !== null);
  if (ids.length > 0) return isOneValue(ids.map(key => json[key])) ? json[ids[0] ?? ''] : undefined;
  const inner = Object.keys(json).filter(
    key => isWrapper(key) || ['client', 'person', 'record'].includes(foldKey(key)),
  );
  return inner.length === 1 ? json[inner[0] ?? ''] : wrapped(json);
}

const createdIdKeys = new Set(['id', 'clientid', 'personid', 'recordid', 'newid', 'insertid', 'createdid']);

/** True where a wrapper holds a list of objects, so that an id beside it isn't a record's. */
function holdsRecords(json: Record<string, unknown>): boolean {
  return Object.entries(json).some(([key, value]) => isWrapper(key) && Array.isArray(value) && value.some(isObject));
}

function fieldOf(key: string | undefined, given: unknown): LiveField | undefined {
  if (typeof given === 'string') {
    const isName = key === undefined || /^\d+$/.test(key);
    return isName ? named(given) : named(key, given);
  }
  if (!isObject(given)) return key !== undefined && given === null ? named(key) : undefined;
  if (!keysUpTo(given, bounds.fields)) return undefined;
  const row = withFoldedKeys(given);
  const name = [row.name, row.field, row.key].find(value => typeof value === 'string');
  const isKeyed = key !== undefined && !/^\d+$/.test(key);
  const label = [row.label, row.title, isKeyed ? row.name : undefined].find(value => typeof value === 'string');
  return named(isKeyed ? key : name, label, kindOf(row.type));
}

/** `Id` and `Name` are read as `id` and `name`. */
function withFoldedKeys(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [foldKey(key), value]));
}

function named(name: string | undefined, label?: string, kind?: FieldKind): LiveField | undefined {
  const trimmed = name?.trim();
  if (!trimmed || trimmed.length > bounds.name) return undefined;
  const shown = label?.trim().slice(0, bounds.label).toWellFormed();
  return { name: trimmed, ...(shown && { label: shown }), ...(kind && { kind }) };
}

function kindOf(type: unknown): FieldKind | undefined {
  if (typeof type !== 'string' || type.length > bounds.name) return undefined;
  if (/bool|yes|tick|check/i.test(type)) return 'yes_no';
  if (/list|option|select|radio|choice|dropdown|dictionary/i.test(type)) return 'choice';
  if (/int|num|count/i.test(type)) return 'count';
  return /date/i.test(type) ? 'date' : undefined;
}

function optionOf(key: string | undefined, given: unknown): Option | undefined {
  if (!isObject(given)) return key === undefined ? undefined : optionOfPair(key, given);
  if (!keysUpTo(given, bounds.fields)) return undefined;
  const row = withFoldedKeys(given);
  return option(row.id ?? key, row.name ?? row.value ?? row.label ?? row.description);
}

/** `{1: "Clients"}`, or the other way round. */
function optionOfPair(key: string, given: unknown): Option | undefined {
  const isTurned = !/^\s*-?\d+\s*$/.test(key) && integerId(given) !== undefined;
  return isTurned ? option(given, key) : option(key, given);
}

function option(id: unknown, name: unknown): Option | undefined {
  const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number';
  if (!isScalar(id) || !isScalar(name)) return undefined;
  return { id: String(id).trim(), name: String(name).trim() };
}
