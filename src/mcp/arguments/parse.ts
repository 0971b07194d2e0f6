/**
 * Flat JSON Schemas for tools, and the forgiving validator behind them. It mends what can be mended without guessing,
 * says what it changed, and names everything else: an argument never vanishes.
 */

import { CharitylogError } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { perObject } from '../../base/memoize.ts';
import { closest, plain } from '../../base/spelling.ts';
import { decodeYesNo } from '../../charitylog/values.ts';

/** One argument of a tool. */
export interface Argument {
  /** As published. */
  readonly name: string;
  readonly kind: 'string' | 'integer' | 'boolean' | 'strings';
  /** Only where the name doesn't say it. */
  readonly description?: string;
  readonly required?: boolean;
  /** A string that may hold several values, separated by `;`, parsed to a list; integers take a list, too. */
  readonly several?: boolean;
  /** A string that is `Y` or `N` for true and false: the field may turn out to be a yes/no field. */
  readonly takesYesNo?: boolean;
  /** Other spellings that mean this argument and nothing else. */
  readonly aliases?: readonly string[];
  /** For integers: what is outside is taken as the nearest limit, with a note. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** Known to the validator and left out of the published schema. */
  readonly unpublished?: boolean;
}

/** A parsed value: a list for `strings` and for `several`. */
export type ArgumentValue = string | number | boolean | readonly string[];

/** What {@link parseArguments} made of a call's arguments. */
export interface ParsedArguments {
  /** By argument name; an argument that wasn't given isn't there. */
  readonly values: ReadonlyMap<string, ArgumentValue>;
  /** What was changed, in words for the caller. */
  readonly notes: readonly string[];
}

/** How a tool helps callers who got its arguments wrong. */
export interface ArgumentHelp {
  readonly tool: string;
  /** A correct call's arguments. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Says why this key can't be an argument here, where more is known than that it isn't one. */
  readonly explain?: (key: string) => string | undefined;
}

/** A JSON Schema of the subset that every host accepts: flat, typed leaves, no keyword that any host refuses. */
export type FlatSchema = {
  type: 'object';
  properties: Record<string, LeafSchema>;
  required: string[];
  additionalProperties: false;
};

type LeafSchema = {
  type: 'string' | 'integer' | 'boolean' | 'array';
  items?: { type: 'string' };
  minimum?: number;
  maximum?: number;
  description?: string;
};

/** Above this many arguments, an error names the closest ones only. */
const allNamedUpTo = 30;

/** The schema to publish for these arguments. */
export function inputSchema(list: readonly Argument[]): FlatSchema {
  const published = list.filter(argument => !argument.unpublished);
  return {
    type: 'object',
    properties: Object.fromEntries(published.map(argument => [argument.name, leafSchema(argument)])),
    required: published.filter(argument => argument.required).map(argument => argument.name),
    additionalProperties: false,
  };
}

/**
 * Reads a call's arguments against their definitions.
 *
 * @throws CharitylogError `invalid` naming every unknown, malformed and missing argument, what is right, and an example
 */
export function parseArguments(list: readonly Argument[], input: unknown, help: ArgumentHelp): ParsedArguments {
  const problems: string[] = [];
  const notes: string[] = [];
  const values = new Map<string, ArgumentValue>();
  const malformed = new Set<string>();
  const index = spellings(list);
  for (const [key, raw] of Object.entries(isObject(input) ? input : {})) {
    if (raw === null || raw === undefined) continue;
    const argument = index.get(key) ?? index.get(plain(key));
    if (!argument) {
      problems.push(unknownArgument(key, list, help));
    } else if (values.has(argument.name)) {
      problems.push(`${argument.name} is given twice (also as ${JSON.stringify(key)}); give it once.`);
    } else {
      if (key !== argument.name) notes.push(`${JSON.stringify(key)} was taken as ${argument.name}.`);
      const read = readValue(argument, raw);
      if ('problem' in read) {
        malformed.add(argument.name);
        problems.push(`${argument.name} ${read.problem}.`);
      } else if (isBlank(read.value) && argument.several)
        problems.push(`${argument.name} is blank: leave it out, or give a value.`);
      else if (isBlank(read.value)) notes.push(`${argument.name} was blank and was left out.`);
      else values.set(argument.name, read.value);
      if ('note' in read && read.note) notes.push(`${argument.name} ${read.note}.`);
    }
  }
  const isMissing = ({ name, required }: Argument) => required && !values.has(name) && !malformed.has(name);
  const missing = list.filter(isMissing).map(({ name }) => name);
  if (missing.length > 0) problems.push(`${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
  if (problems.length > 0) throw wrongArguments(problems, help);
  return { values, notes };
}

/** The error for arguments that are wrong, with a correct example; tools use it for their own checks, too. */
export function wrongArguments(problems: readonly string[], help: ArgumentHelp): CharitylogError {
  const example = `Example for ${help.tool}: ${JSON.stringify(help.example)}`;
  return new CharitylogError('invalid', [...problems, example].join('\n'), { logText: 'wrong arguments' });
}

function leafSchema({ kind, description, range }: Argument): LeafSchema {
  const leaf: LeafSchema = kind === 'strings' ? { type: 'array', items: { type: 'string' } } : { type: kind };
  return { ...leaf, ...(range && { minimum: range[0], maximum: range[1] }), ...(description && { description }) };
}

/** Exact names first; then every spelling that differs only by case, spaces and separators, and the aliases. */
const spellings = perObject((list: readonly Argument[]): ReadonlyMap<string, Argument> => {
  const index = new Map(list.map(argument => [argument.name, argument]));
  for (const argument of list) {
    for (const spelling of [argument.name, ...(argument.aliases ?? [])]) {
      for (const key of [spelling, plain(spelling)]) if (!index.has(key)) index.set(key, argument);
    }
  }
  return index;
});

function unknownArgument(key: string, list: readonly Argument[], help: ArgumentHelp): string {
  const explained = help.explain?.(key);
  if (explained) return explained;
  const names = list.map(argument => argument.name);
  const near = closest(key, names);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  const everything = names.length === 0 ? ' It takes no arguments.' : ` It takes: ${names.join(', ')}.`;
  const all = names.length <= allNamedUpTo || near.length === 0 ? everything : '';
  return `${help.tool} has no argument ${JSON.stringify(key)}.${hint}${all}`;
}

type Read = { readonly value: ArgumentValue; readonly note?: string } | { readonly problem: string };

function readValue(argument: Argument, raw: unknown): Read {
  if (typeof raw === 'string' && raw.trim() === '') return { value: '' };
  if (typeof raw === 'boolean' && argument.takesYesNo) return readValue(argument, raw ? 'Y' : 'N');
  switch (argument.kind) {
    case 'string':
      return argument.several ? readList(raw, /;/) : readText(raw);
    case 'strings':
      return readList(raw, /[;,]/);
    case 'integer':
      return argument.several && isSeveral(raw) ? readIntegers(raw) : readInteger(raw, argument.range);
    case 'boolean':
      return readBoolean(raw);
  }
}

function readText(raw: unknown): Read {
  if (typeof raw === 'number' && Number.isFinite(raw)) return { value: String(raw) };
  if (Array.isArray(raw) && raw.length === 1) return readText(raw[0]);
  if (typeof raw !== 'string') return { problem: `takes one text, not ${typeName(raw)}` };
  if (/[^\P{Cc}\n\r\t]/u.test(raw)) return { problem: 'has a control character; send plain text' };
  return { value: raw.trim() };
}

function readList(raw: unknown, separator: RegExp): Read {
  if (Array.isArray(raw)) return readItems(raw);
  const text = readText(raw);
  if ('problem' in text) return { problem: text.problem.replace('one text', 'text, or several texts separated by ;') };
  return readItems(jsonList(text.value) ?? String(text.value).split(separator));
}

function readItems(items: readonly unknown[]): Read {
  const values: string[] = [];
  for (const item of items) {
    const read = readText(item);
    if ('problem' in read) return read;
    if (!isBlank(read.value)) values.push(String(read.value));
  }
  return { value: [...new Set(values)] };
}

function readInteger(raw: unknown, range: Argument['range']): Read {
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

function readIntegers(raw: unknown): Read {
  const list = readList(raw, /;/);
  const wrong = 'value' in list && Array.isArray(list.value) ? list.value.find(item => !/^\d+$/.test(item)) : undefined;
  return wrong === undefined ? list : { problem: `takes whole numbers, not ${quote(wrong)}` };
}

function readBoolean(raw: unknown): Read {
  const value = decodeYesNo(raw);
  return value === undefined ? { problem: `takes true or false, not ${quote(raw)}` } : { value };
}

/** The list that a JSON-looking text such as `["a","b"]` holds, or `undefined`. */
export function jsonList(text: unknown): unknown[] | undefined {
  if (typeof text !== 'string' || !/^\s*\[.*\]\s*$/s.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isBlank(value: ArgumentValue): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function typeName(raw: unknown): string {
  if (Array.isArray(raw)) return 'a list';
  return typeof raw === 'object' ? 'an object' : typeof raw;
}

/** The caller's own words, cut short. */
function quote(raw: unknown): string {
  const text = JSON.stringify(raw) ?? String(raw);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
