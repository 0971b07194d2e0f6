/** Where an answer's rows are: in a list, in a map, or in either of them in a wrapper such as `{"data": ...}`. */
import { bounds } from '../base/bounds.ts';
import { firstKeys, isObject, keysUpTo } from '../base/json.ts';
import { hasId } from './record.ts';
import { foldKey } from './values.ts';

/** A row, and its key where the rows are a map. */
export type Row = readonly [key: string | undefined, value: unknown];

const wrappers = ['data', 'clients', 'records', 'result', 'results', 'people', 'items', 'rows', 'embedded', 'response'];

/** More wrappers than this around the rows are no form that anybody meant. */
const maxWrappers = 6;

/** True for a key under which an answer may hold what was asked for. */
export function isWrapper(key: string): boolean {
  return wrappers.includes(foldKey(key));
}

/**
 * What is inside all wrappers: a list, a map, a row, or whatever it is; `[]` in place of nothing.
 *
 * @param isRow tells an object that is itself a row, and no wrapper
 */
export function unwrap(json: unknown, isRow: (json: Record<string, unknown>) => boolean = () => false): unknown {
  let inner = json;
  for (let depth = 0; depth < maxWrappers && isObject(inner) && !isRow(inner); depth++) {
    const next = wrapped(inner);
    if (next === undefined) return inner;
    inner = next;
  }
  return inner === undefined || inner === null || inner === '' ? [] : inner;
}

/** The rows of what {@link unwrap} gives. */
export function rowsOf(inner: unknown, isRow: (json: Record<string, unknown>) => boolean = () => false): Row[] {
  if (Array.isArray(inner)) return inner.map(row => [undefined, row]);
  return isObject(inner) && !isRow(inner) ? Object.entries(inner) : [[undefined, inner]];
}

/**
 * What a wrapper such as `{data: [...], total: 2}` holds; any lone key with a list in it is a wrapper, too. One that leads
 * to no rows, as `{result: {code: 200}, data: [...]}` has, comes after the others.
 */
export function wrapped(json: Record<string, unknown>, depth = maxWrappers): unknown {
  // What has more keys is a map of things.
  const keys = keysUpTo(json, bounds.fields);
  if (!keys) return undefined;
  const found = keys.filter(isWrapper);
  const key = found.find(name => leadsToRows(json[name], depth)) ?? found.find(name => isObject(json[name]));
  if (key !== undefined) return json[key];
  if (found.some(name => json[name] === null)) return [];
  const [only] = keys;
  const isWrapped = keys.length === 1 && only !== undefined && !/^\d+$/.test(only) && Array.isArray(json[only]);
  return isWrapped ? json[only] : undefined;
}

function leadsToRows(value: unknown, depth: number): boolean {
  if (!isObject(value)) return Array.isArray(value);
  const [first] = firstKeys(value, 1);
  if (first === undefined || /^\d+$/.test(first) || hasId(value)) return true;
  return depth > 0 && wrapped(value, depth - 1) !== undefined;
}

/** What surrounds the rows: the wrappers with nothing in them, or `undefined` where there is none. */
export function surroundingsOf(json: unknown, depth = maxWrappers): Record<string, unknown> | undefined {
  if (!isObject(json) || hasId(json) || depth === 0) return undefined;
  const inner = wrapped(json);
  if (inner === undefined) return undefined;
  const around = Object.entries(json).map(([key, value]) => [key, value === inner ? [] : value]);
  return { ...Object.fromEntries(around), ...surroundingsOf(inner, depth - 1) };
}
