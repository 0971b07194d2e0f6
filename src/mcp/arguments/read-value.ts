import { bounds } from '../../base/bounds.ts';
import { tryParseJson } from '../../base/json.ts';
import { withCommas } from '../../base/numbers.ts';
import { quote } from '../../base/quote.ts';
import { typedText } from '../../base/visible-text.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { type GivenValue, isBlank } from '../../people/call.ts';
import type { Argument } from './schema.ts';

/** What a raw value was read as, or the end of the sentence that says what is wrong with it. */
export type ReadValue = { readonly value: GivenValue; readonly note?: string } | { readonly problem: string };

/** Reads one argument's value, mending what can be mended without guessing. */
export function readValue(argument: Argument, raw: unknown): ReadValue {
  if (typeof raw === 'string' && typedText(raw.slice(0, bounds.storedText)).trim() === '') return { value: '' };
  const longest = longestOf(argument);
  const read = readAny(argument, raw);
  const texts = 'value' in read && typeof read.value === 'object' ? read.value : ['value' in read ? read.value : ''];
  const tooLong = texts.find(text => typeof text === 'string' && text.length > longest);
  return tooLong === undefined ? read : { problem: tooLongFor(argument, String(tooLong)) };
}

function longestOf({ isStored }: Stored): number {
  return isStored === 'text' ? bounds.storedText : bounds.shortText;
}

function tooLongFor(argument: Stored, text: string): string {
  return `takes at most ${withCommas(longestOf(argument))} characters, not ${withCommas(text.length)}`;
}

function readAny(argument: Argument, raw: unknown): ReadValue {
  if (typeof raw === 'boolean' && argument.takesYesNo) return readAny(argument, raw ? 'Y' : 'N');
  switch (argument.kind) {
    case 'string':
      return argument.several ? readList(raw, /;/, argument) : readText(raw, argument);
    case 'strings':
      return readList(raw, argument.isWhole ? /\n/ : /[;,]/, argument);
    case 'integer':
      return argument.several && isSeveral(raw) ? readIntegers(raw, argument) : readInteger(raw, argument.range);
    case 'boolean':
      return readBoolean(raw);
  }
}

type Stored = Pick<Argument, 'isStored'>;

function readText(raw: unknown, argument: Stored): ReadValue {
  if (typeof raw === 'number' && Number.isFinite(raw)) return { value: String(raw) };
  if (Array.isArray(raw) && raw.length === 1 && !Array.isArray(raw[0])) return readText(raw[0], argument);
  if (typeof raw !== 'string') return { problem: `takes one text, not ${typeName(raw)}` };
  // Cleaning a very long text takes a while.
  if (raw.length > bounds.listText) return { problem: tooLongFor(argument, raw) };
  if (/[^\P{Cc}\n\r\t\v\f\u0085]/u.test(raw)) return { problem: 'has a control character; send plain text' };
  return { value: argument.isStored ? withoutPlainEnds(raw) : typedText(raw).trim() };
}

/** A text to be stored keeps what nobody sees, at its ends too: whoever stores it takes that out, and tells. */
function withoutPlainEnds(text: string): string {
  const isPlain = (at: number) => /[ \n\r\t]/.test(text.charAt(at));
  let [start, end] = [0, text.length];
  while (isPlain(start)) start++;
  while (end > start && isPlain(end - 1)) end--;
  return text.slice(start, end);
}

function readList(raw: unknown, separator: RegExp, argument: Stored): ReadValue {
  if (Array.isArray(raw)) return readItems(raw, argument);
  if (typeof raw === 'string' && raw.length > bounds.listText) {
    return { problem: `takes at most ${withCommas(bounds.listText)} characters in all, not ${withCommas(raw.length)}` };
  }
  const text = readText(raw, argument);
  if ('problem' in text) return { problem: text.problem.replace('one text', 'text, or several texts separated by ;') };
  return readItems(jsonList(text.value) ?? String(text.value).split(separator, bounds.values + 1), argument);
}

function readItems(items: readonly unknown[], argument: Stored): ReadValue {
  if (items.length > bounds.values) {
    return { problem: `takes at most ${bounds.values} values at once; ask in parts` };
  }
  const values: string[] = [];
  for (const item of items) {
    const read = readText(item, argument);
    if ('problem' in read) return read;
    if (!isBlank(read.value)) values.push(String(read.value));
  }
  return { value: [...new Set(values)] };
}

function readInteger(raw: unknown, range: Argument['range']): ReadValue {
  const number = typeof raw === 'string' && raw.trim() !== '' ? Number(typedText(raw)) : raw;
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

function readIntegers(raw: unknown, argument: Stored): ReadValue {
  const list = readList(raw, /;/, argument);
  const wrong = 'value' in list && Array.isArray(list.value) ? list.value.find(item => !/^\d+$/.test(item)) : undefined;
  return wrong === undefined ? list : { problem: `takes whole numbers, not ${quote(wrong)}` };
}

function readBoolean(raw: unknown): ReadValue {
  const value = decodeYesNo(typeof raw === 'string' ? typedText(raw) : raw);
  return value === undefined ? { problem: `takes true or false, not ${quote(raw)}` } : { value };
}

/** The list that a JSON-looking text such as `["a","b"]` holds, or `undefined`. */
export function jsonList(text: unknown): unknown[] | undefined {
  const isListLike = typeof text === 'string' && text.trimStart().startsWith('[') && text.trimEnd().endsWith(']');
  return isListLike ? (tryParseJson(text) as unknown[] | undefined) : undefined;
}

function typeName(raw: unknown): string {
  if (Array.isArray(raw)) return 'a list';
  return typeof raw === 'object' ? 'an object' : typeof raw;
}
