/** How the API writes single values. */
import { bounds } from '../base/bounds.ts';
import { firstKeys, isObject } from '../base/json.ts';

/** An id as a positive whole number, from a number or a numeric string. */
export function integerId(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** A yes/no value as the API may write it (`Y`, `N`, 1, "true", ...), or `undefined` for anything else. */
export function decodeYesNo(value: unknown): boolean | undefined {
  if (typeof value === 'object') return undefined;
  const word = String(value).trim().toLowerCase();
  if (['y', 'yes', 'true', 't', 'on', '1', '-1'].includes(word)) return true;
  return ['n', 'no', 'false', 'f', 'off', '0'].includes(word) ? false : undefined;
}

/**
 * True for what databases and PHP write for no date: `0000-00-00` and `0001-01-01`, with a time or without, `00/00/0000`,
 * and `-0001-11-30`, which PHP makes of the first.
 */
export function isNoDate(text: string): boolean {
  return /^(?:0000(?:-00-00|\/00\/00|\.00\.00)|00(?:-00-|\/00\/|\.00\.)(?:00)?00|-0*1-11-30|30[-/.]11[-/.]-0*1|30 Nov(?:ember)? -0*1|0001-01-01)(?:[T ][\d:.]+)?(?:Z|[+-]\d\d:?\d\d)?$/.test(
    text.trim(),
  );
}

/** True where all of these are the same value, as a number or as text; a list or an object is like itself only. */
export function isOneValue(values: readonly unknown[]): boolean {
  return new Set(values.map(value => (typeof value === 'object' ? value : String(value)))).size <= 1;
}

/** A key without case and separators: `First_Name`, `firstName` and `FIRST NAME` are `firstname`. */
export function foldKey(key: string): string {
  // As most keys are; and each key of very many rows passes here.
  if (/^[a-z0-9]*$/.test(key)) return key;
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A person's type ids (or names), from one id, a list, ids joined by `;` or `,`, or `{id, name}`; each once. */
export function decodeTypes(value: unknown): string[] {
  const types = Array.isArray(value) ? value.slice(0, bounds.ofOnePerson).flatMap(typesOf) : typesOf(value);
  return [...new Set(types)].slice(0, bounds.ofOnePerson);
}

function typesOf(value: unknown): string[] {
  if (!isObject(value)) return wordsOf(value);
  if ('id' in value) return wordsOf(value.id);
  const keys = firstKeys(value, bounds.ofOnePerson);
  if (areTicks(value, keys)) return keys.filter(key => decodeYesNo(value[key]));
  // PHP's filtered list: `{"0": 1, "2": 7}`; else ids with their names.
  const isList = keys.every(key => /^\d+$/.test(key) && integerId(value[key]) !== undefined);
  return isList ? keys.flatMap(key => wordsOf(value[key])) : keys;
}

/** Tick boxes: `{"1": "Y", "3": "N"}`. Where all are 1, a key of 0 tells that it is a list of ids. */
function areTicks(value: Record<string, unknown>, keys: readonly string[]): boolean {
  const held = keys.map(key => value[key]);
  if (held.some(one => decodeYesNo(one) === undefined)) return false;
  const isSaid = held.some(one => decodeYesNo(one) === false || one === true || one === 'Y');
  return isSaid || (!('0' in value) && held.every(one => integerId(one) === 1));
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string') return [];
  return value
    .split(/[;,]/, bounds.ofOnePerson)
    .map(part => part.trim())
    .filter(part => part !== '');
}
