import { CharitylogError } from '../base/errors.ts';
import { isObject } from '../base/json.ts';

/** The shape of JSON for an error text: keys and types, never a value. */
export function describeShape(json: unknown, depth = 2): string {
  if (json === undefined) return 'empty';
  if (json === null) return 'null';
  if (Array.isArray(json)) {
    if (json.length === 0) return 'empty list';
    return `list of ${json.length}${depth > 0 ? ` (${describeShape(json[0], depth - 1)}, ...)` : ''}`;
  }
  if (!isObject(json)) return typeof json;
  const keys = Object.keys(json);
  if (depth <= 0) return `object with ${keys.length} keys`;
  const shown = keys
    .slice(0, 6)
    .map(key => `${/^[a-z][\w-]{0,30}$/i.test(key) ? key : '(key)'}: ${describeShape(json[key], depth - 1)}`);
  return `{${shown.join(', ')}${keys.length > 6 ? ', ...' : ''}}`;
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
