/** The text of a host's file, with an entry set or taken away. Whatever else it says stays: comments, order, spaces. */

import { isDeepStrictEqual } from 'node:util';
import { applyEdits, findNodeAtLocation, format, modify, type ParseError, parse, parseTree } from 'jsonc-parser';
import { CharitylogError } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';

/** An entry of a host's file. */
export interface Entry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Where an entry stands: the key of the object of servers, and the name of the server. */
export type EntryPath = readonly [servers: string, name: string];

type JsonObject = Readonly<Record<string, unknown>>;

const comments = { allowTrailingComma: true, allowEmptyContent: true };

/**
 * The text with this entry. What the entry had before stays where the new one says nothing of it: further settings, flags
 * behind the program.
 *
 * @throws CharitylogError `config` where the text can't be read, or can't be changed with certainty; its message begins with "it"
 */
export function withEntry(text: string, path: EntryPath, entry: Entry & JsonObject): string {
  const before = readServers(text, path);
  const present = before[path[1]];
  if (present === undefined) return proven(text, insert(text, path, entry), path, entry);
  if (!isOurs(present)) throw unfit(`has a server "${path[1]}" that is another program. Give that one another name`);
  const wanted = merged(present, entry);
  return proven(text, replace(text, path, wanted), path, wanted);
}

/** The text without the entry; the same text where there is none. */
export function withoutEntry(text: string, path: EntryPath): string {
  const servers = readServers(text, path);
  const present = servers[path[1]];
  if (present === undefined || !isOurs(present)) return text;
  const isLast = Object.keys(servers).length === 1;
  const after = removed(text, isLast ? [path[0]] : [...path]);
  return proven(text, after, path, undefined);
}

/** True for an entry that starts this program, wherever it lies. */
function isOurs(entry: unknown): entry is JsonObject {
  if (!isObject(entry) || !Array.isArray(entry.args)) return false;
  return entry.args.some(isProgram);
}

function isProgram(argument: unknown): boolean {
  return /(^|[/\\])cli\.js$|charitylog-mcp/.test(String(argument));
}

function merged(present: JsonObject, entry: Entry & JsonObject): JsonObject {
  const args = Array.isArray(present.args) ? present.args.map(String) : [];
  const program = args.findIndex(isProgram);
  const flags = args.slice(program + 1).filter(flag => !entry.args.includes(flag));
  const env = isObject(present.env) ? present.env : {};
  return { ...present, ...entry, args: [...entry.args, ...flags], env: { ...env, ...entry.env } };
}

/** The servers of a file, after the file was read whole. */
function readServers(text: string, [key]: EntryPath): JsonObject {
  const errors: ParseError[] = [];
  const file: unknown = parse(text, errors, comments) ?? {};
  const [error] = errors;
  if (error) throw unfit(`is not valid JSON at line ${text.slice(0, error.offset).split('\n').length}. Mend it there`);
  if (!isObject(file)) throw unfit('is not a JSON object. Mend it');
  const servers = file[key] ?? {};
  if (!isObject(servers)) throw unfit(`has a "${key}" that is not an object. Mend it`);
  return servers;
}

/** Where a file names a key twice, readers disagree about which one counts, and so might the edit and the host. */
function proven(before: string, after: string, [key, name]: EntryPath, wanted: unknown): string {
  const expected = parse(before, [], comments) ?? {};
  const { [name]: _, ...others } = expected[key] ?? {};
  const servers = wanted === undefined ? others : { ...others, [name]: wanted };
  const { [key]: __, ...rest } = expected;
  const isEmpty = Object.keys(servers).length === 0;
  const errors: ParseError[] = [];
  const actual = parse(after, errors, comments);
  if (errors.length === 0 && isDeepStrictEqual(actual, isEmpty ? rest : { ...rest, [key]: servers })) return after;
  throw unfit('has a key twice, or is written in a way that cannot be changed with certainty. Add the entry by hand');
}

/** What is behind the property's comma stays, and with it the comments of others. */
function removed(text: string, path: string[]): string {
  const root = parseTree(text, [], comments);
  const property = root && findNodeAtLocation(root, path)?.parent;
  const comma = property && /^\s*,/.exec(text.slice(property.offset + property.length))?.[0];
  if (!property || !comma) return applyEdits(text, modify(text, path, undefined, {}));
  return text.slice(0, property.offset).trimEnd() + text.slice(property.offset + property.length + comma.length);
}

/** It becomes the first: what stands behind the last one may be a comment on that one. Nothing else is laid out anew. */
function insert(text: string, [key, name]: EntryPath, entry: JsonObject): string {
  const { unit, eol } = layoutOf(text);
  const root = parseTree(text, [], comments);
  if (!root) return `${text}${JSON.stringify({ [key]: { [name]: entry } }, null, unit)}${eol}`;
  const servers = findNodeAtLocation(root, [key]);
  const { object, property, depth } = servers
    ? { object: servers, property: { [name]: entry }, depth: 2 }
    : { object: root, property: { [key]: { [name]: entry } }, depth: 1 };
  const [, ...lines] = JSON.stringify(property, null, unit).split('\n').slice(0, -1);
  const indent = unit.repeat(depth - 1);
  const isFirst = object.children?.length === 0;
  const comment = /^[ \t]*\/\/.*/.exec(text.slice(object.offset + 1))?.[0] ?? '';
  const offset = object.offset + 1 + comment.length;
  const isLineEnd = /^[ \t]*\r?\n/.test(text.slice(offset));
  const end = isLineEnd ? '' : `${eol}${indent}${isFirst ? '' : unit}`;
  const content = `${lines.map(line => `${eol}${indent}${line}`).join('')}${isFirst ? '' : ','}${end}`;
  return applyEdits(text, [{ offset, length: 0, content }]);
}

function replace(text: string, path: EntryPath, entry: JsonObject): string {
  const { unit, eol } = layoutOf(text);
  const set = (before: string, [key, value]: [string | string[], unknown]) =>
    applyEdits(before, modify(before, [...path, ...[key].flat()], value, {}));
  const { env, ...others } = entry;
  const parts: [string | string[], unknown][] = [
    ...Object.entries(others),
    ...Object.entries(isObject(env) ? env : {}).map(([name, value]): [string[], unknown] => [['env', name], value]),
  ];
  const present = parse(text, [], comments)[path[0]][path[1]];
  const changed = parts.filter(([key, value]) => !isDeepStrictEqual(valueAt(present, [key].flat()), value));
  const after = changed.reduce(set, text);
  const root = parseTree(after, [], comments);
  const node = root && findNodeAtLocation(root, [...path]);
  if (!node || changed.length === 0) return after;
  const options = { insertSpaces: !unit.includes('\t'), tabSize: unit.length, eol };
  return applyEdits(after, format(after, { offset: node.offset, length: node.length }, options));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** The line ends of a text, and what its first indented line is indented by. */
function layoutOf(text: string): { eol: string; unit: string } {
  const unit = /^([ \t]+)["/]/m.exec(text)?.[1] ?? '  ';
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', unit: unit.startsWith('\t') ? '\t' : unit };
}

function unfit(problem: string): CharitylogError {
  return new CharitylogError('config', `it ${problem}, and run setup again.`);
}
