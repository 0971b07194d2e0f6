/**
 * The manual shows no response body at all. This module is the one place that turns every plausible shape into one
 * shape, and says what it saw where it can't.
 */
import { CharitylogError } from '../base/errors.ts';
import { isObject } from '../base/json.ts';
import type { FieldKind, LiveField, Option, Person } from './api.ts';
import { integerId } from './values.ts';

/**
 * People from an array of records, a map keyed by id, either of them wrapped (`{data: ...}`), or a single record.
 * An empty body, list or object is nobody. A record that comes twice is one person.
 *
 * @throws CharitylogError `unreadable` where any record has no id
 */
export function decodePeople(json: unknown): Person[] {
  const people = rowsOf(json, isRecord).map(([key, row]) => decodePerson(key, row));
  if (!people.every(person => person !== undefined)) throw unreadable('people', json);
  return [...new Map(people.map(person => [person.id, person])).values()];
}

/** A record of a list, or of a map under this key; `undefined` for what has no id. */
export function decodePerson(key: string | undefined, row: unknown): Person | undefined {
  if (!isObject(row)) return undefined;
  const id = integerId(row.id ?? key);
  return id === undefined ? undefined : row.id === id ? (row as Person) : { ...row, id };
}

/** True for a key under which an answer may hold what was asked for. */
export function isWrapper(key: string): boolean {
  return wrappers.includes(key);
}

/**
 * A list of field names, with labels and kinds where the API gives them: strings, `[{name|field|key}]`, or
 * `{name: label}` and `{name: {...}}`.
 *
 * @throws CharitylogError `unreadable`
 */
export function decodeFieldList(json: unknown): LiveField[] {
  const fields = rowsOf(json).map(([key, row]) => fieldOf(key, row));
  if (!fields.every(field => field !== undefined)) throw unreadable('fields', json);
  return [...new Map(fields.map(field => [field.name, field])).values()];
}

/**
 * A dictionary's options: `[{id, name|value|label|description}]`, `{id: name}` or `{id: {...}}`.
 *
 * @throws CharitylogError `unreadable`
 */
export function decodeDictionary(json: unknown): Option[] {
  const options = rowsOf(json).map(([key, row]) => optionOf(key, row));
  if (!options.every(option => option !== undefined)) throw unreadable('options', json);
  return [...new Map(options.map(option => [option.id, option])).values()];
}

/**
 * The id of a created record: `12`, `"12"`, `{id}`, `{client_id}`, `[{id}]`, or one of them wrapped.
 *
 * @returns `undefined` where the answer holds none
 */
export function decodeCreatedId(json: unknown): number | undefined {
  const id = integerId(json);
  if (id !== undefined) return id;
  if (Array.isArray(json)) return json.length === 1 ? decodeCreatedId(json[0]) : undefined;
  if (!isObject(json)) return undefined;
  const inner = json.id ?? json.client_id ?? wrapped(json);
  return inner === undefined ? undefined : decodeCreatedId(inner);
}

/**
 * The API's own message where the JSON states a failure: `error`, `errors`, or `success: false`.
 *
 * @returns `undefined` where it states none; a blank text where it gives no words
 */
export function apiMessage(json: unknown): string | undefined {
  if (!isObject(json)) return undefined;
  const stated = [json.error, json.errors].filter(isStated);
  if (stated.length === 0 && json.success !== false) return undefined;
  return [...stated, json.message, json.detail].flatMap(wordsOf).join(' ');
}

/** The shape of JSON for an error text: keys and types, never a value. */
export function describeShape(json: unknown, depth = 2): string {
  if (json === undefined) return 'empty';
  if (json === null) return 'null';
  if (Array.isArray(json)) {
    return json.length === 0 ? 'empty list' : `list of ${json.length} (${describeShape(json[0], depth - 1)}, ...)`;
  }
  if (!isObject(json)) return typeof json;
  const keys = Object.keys(json);
  if (depth <= 0) return `object with ${keys.length} keys`;
  const shown = keys
    .slice(0, 6)
    .map(key => `${/^[a-z][\w-]{0,30}$/i.test(key) ? key : '(key)'}: ${describeShape(json[key], depth - 1)}`);
  return `{${shown.join(', ')}${keys.length > 6 ? ', ...' : ''}}`;
}

type Row = readonly [key: string | undefined, value: unknown];

const wrappers = ['data', 'clients', 'results', 'records'];

/** The rows of a list or of a map, wrapped or not; `isRow` tells an object that is itself the only row. */
function rowsOf(json: unknown, isRow: (json: Record<string, unknown>) => boolean = () => false): Row[] {
  if (json === undefined || json === null || json === '') return [];
  if (Array.isArray(json)) return json.map(row => [undefined, row]);
  if (!isObject(json) || isRow(json)) return [[undefined, json]];
  const inner = wrapped(json);
  return inner === undefined ? Object.entries(json) : rowsOf(inner, isRow);
}

function isRecord(json: Record<string, unknown>): boolean {
  return Object.hasOwn(json, 'id');
}

/** What a wrapper such as `{data: [...], total: 2}` holds; any lone key with a list in it is a wrapper, too. */
function wrapped(json: Record<string, unknown>): unknown {
  const keys = Object.keys(json);
  const key = keys.find(name => isWrapper(name) && typeof json[name] === 'object' && json[name] !== null);
  if (key !== undefined) return json[key];
  if (keys.some(name => isWrapper(name) && json[name] === null)) return [];
  const [only] = keys;
  const isWrapped = keys.length === 1 && only !== undefined && !/^\d+$/.test(only) && Array.isArray(json[only]);
  return isWrapped ? json[only] : undefined;
}

function fieldOf(key: string | undefined, row: unknown): LiveField | undefined {
  if (typeof row === 'string') {
    const isName = key === undefined || /^\d+$/.test(key);
    return isName ? named(row) : named(key, row);
  }
  if (!isObject(row)) return key !== undefined && row === null ? named(key) : undefined;
  const name = [row.name, row.field, row.key].find(value => typeof value === 'string');
  const isKeyed = key !== undefined && !/^\d+$/.test(key);
  const label = [row.label, row.title, isKeyed ? row.name : undefined].find(value => typeof value === 'string');
  return named(isKeyed ? key : name, label, kindOf(row.type));
}

function named(name: string | undefined, label?: string, kind?: FieldKind): LiveField | undefined {
  const trimmed = name?.trim();
  if (!trimmed) return undefined;
  return { name: trimmed, ...(label?.trim() && { label: label.trim() }), ...(kind && { kind }) };
}

function kindOf(type: unknown): FieldKind | undefined {
  if (typeof type !== 'string') return undefined;
  if (/bool|yes|tick|check/i.test(type)) return 'yes_no';
  if (/list|option|select|radio|choice|dropdown|dictionary/i.test(type)) return 'choice';
  if (/int|num|count/i.test(type)) return 'count';
  return /date/i.test(type) ? 'date' : undefined;
}

function optionOf(key: string | undefined, row: unknown): Option | undefined {
  if (!isObject(row)) return key === undefined ? undefined : option(key, row);
  return option(row.id ?? key, row.name ?? row.value ?? row.label ?? row.description);
}

function option(id: unknown, name: unknown): Option | undefined {
  const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number';
  if (!isScalar(id) || !isScalar(name)) return undefined;
  return { id: String(id).trim(), name: String(name).trim() };
}

function isStated(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.trim()].filter(text => text !== '');
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  return isObject(value) ? Object.values(value).flatMap(wordsOf) : [];
}

/** The error for an answer in a form that nobody foresaw. */
export function unreadable(what: string, json: unknown): CharitylogError {
  return new CharitylogError(
    'unreadable',
    `Charitylog answered, but its ${what} have a form that this program does not know: ${describeShape(json)}. Please report ` +
      'this shape to the administrator; asking again will not help.',
    { logText: `unreadable ${what}` },
  );
}
