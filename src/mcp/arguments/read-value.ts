import { bounds } from '../../base/bounds.ts';
import { withCommas } from '../../base/numbers.ts';
import { quote } from '../../base/quote.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { GivenValue } from '../../people/call.ts';
import type { Argument } from './schema.ts';

/** What a raw value was read as, or the end of the sentence that says what is wrong with it. */
export type ReadValue = { readonly value: GivenValue; readonly note?: string } | { readonly problem: string };

/** Reads one argument's value, mending what can be mended without guessing. */
export function readValue(argument: Argument, raw: unknown): ReadValue {
  if (typeof raw === 'string' && raw.trim() === '') return { value: '' };
  const longest = argument.isStored ? bounds.storedText : bounds.shortText;
  const read = readAny(argument, raw);
  const texts = 'value' in read && typeof read.value === 'object' ? read.value : ['value' in read ? read.value : ''];
  const tooLong = texts.find(text => typeof text === 'string' && text.length > longest);
  return tooLong === undefined
    ? read
    : { problem: `takes at most ${withCommas(longest)} characters, not ${withCommas(String(tooLong).length)}` };
}

function readAny(argument: Argument, raw: unknown): ReadValue {
  if (typeof raw === 'boolean' && argument.takesYesNo) return readAny(argument, raw ? 'Y' : 'N');
  switch (argument.kind) {
    case 'string':
      return argument.several ? readList(raw, /;/) : readText(raw);
    case 'strings':
      return readList(raw, argument.isWhole ? /\n/ : /[;,]/);
    case 'integer':
      return argument.several && isSeveral(raw) ? readIntegers(raw) : readInteger(raw, argument.range);
    case 'boolean':
      return readBoolean(raw);
  }
}

function readText(raw: unknown): ReadValue {
  if (typeof raw === 'number' && Number.isFinite(raw)) return { value: String(raw) };
  if (Array.isArray(raw) && raw.length === 1 && !Array.isArray(raw[0])) return readText(raw[0]);
  if (typeof raw !== 'string') return { problem: `takes one text, not ${typeName(raw)}` };
  if (/[^\P{Cc}\n\r\t]/u.test(raw)) return { problem: 'has a control character; send plain text' };
  return { value: raw.trim() };
}

function readList(raw: unknown, separator: RegExp): ReadValue {
  if (Array.isArray(raw)) return readItems(raw);
  if (typeof raw === 'string' && raw.length > bounds.listText) {
    return { problem: `takes at most ${withCommas(bounds.listText)} characters in all, not ${withCommas(raw.length)}` };
  }
  const text = readText(raw);
  if ('problem' in text) return { problem: text.problem.replace('one text', 'text, or several texts separated by ;') };
  return readItems(jsonList(text.value) ?? String(text.value).split(separator, bounds.values + 1));
}

function readItems(items: readonly unknown[]): ReadValue {
  if (items.length > bounds.values) {
    return { problem: `takes at most ${bounds.values} values at once; ask in parts` };
  }
  const values: string[] = [];
  for (const item of items) {
    const read = readText(item);
    if ('problem' in read) return read;
    if (!isBlank(read.value)) values.push(String(read.value));
  }
  return { value: [...new Set(values)] };
}

function readInteger(raw: unknown, range: Argument['range']): ReadValue {
  const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    return { problem: `takes a whole number, not ${quote(raw)}` };
  }
  if (!range || (number >= range[0] && number <= range[1])) return { value: number };
  const nearest = number < range[0] ? range[0] : range[1];
  return { value: nearest, note: `goes from ${range[0]} to ${range[1]}; ${nearest} was used` };
}

function isSeveral(raw: unknown): boolean {
  return Array.isArray(raw) || (typeof raw === 'string' && raw.includes(';'));
}

function readIntegers(raw: unknown): ReadValue {
  const list = readList(raw, /;/);
  const wrong = 'value' in list && Array.isArray(list.value) ? list.value.find(item => !/^\d+$/.test(item)) : undefined;
  return wrong === undefined ? list : { problem: `takes whole numbers, not ${quote(wrong)}` };
}

function readBoolean(raw: unknown): ReadValue {
  const value = decodeYesNo(raw);
  return value === undefined ? { problem: `takes true or false, not ${quote(raw)}` } : { value };
}

/** The list that a JSON-looking text such as `["a","b"]` holds, or `undefined`. */
export function jsonList(text: unknown): unknown[] | undefined {
  if (typeof text !== 'string' || !text.trimStart().startsWith('[') || !text.trimEnd().endsWith(']')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for a text or a list with nothing in it. */
export function isBlank(value: GivenValue): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function typeName(raw: unknown): string {
  if (Array.isArray(raw)) return 'a list';
  return typeof raw === 'object' ? 'an object' : typeof raw;
}
