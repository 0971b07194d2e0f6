import { CharitylogError } from '../base/errors.ts';
import { quote } from '../base/quote.ts';

declare const apiPathBrand: unique symbol;

/** A path below the API's base URL that {@link apiPath} has built: `/clients/type/7`. */
export type ApiPath = string & { readonly [apiPathBrand]: true };

/** The most key/value pairs that one URL takes (manual: API clients, rev. 4 March 2025). */
export const maxPairs = 10;

/** A path segment: one value, or several of which any may match (joined by `;`, the API's own separator). */
export type Segment = string | readonly string[];

/**
 * The only way to build an API URL. Every value is percent-encoded on its own, so none can reach another path,
 * another filter or the query.
 *
 * @param segments e.g. `['clients', 'religion', ['1', '3'], 'field', ['id', 'surname']]`
 * @param resolveIds fields whose option ids the API should answer with names, or `['ALL']` (manual: API Dictionaries)
 * @returns e.g. `/clients/religion/1;3/field/id;surname`
 * @throws CharitylogError `invalid` for a value that a path can't carry: blank, `.` or `..`, or with `/`, `\`, `;`
 *   or a control character
 */
export function apiPath(segments: readonly Segment[], resolveIds: readonly string[] = []): ApiPath {
  const path = segments.map(segment => `/${encodeSegment(segment)}`).join('');
  if (resolveIds.length === 0) return path as ApiPath;
  const query = resolveIds.map(field => `resolveIds[]=${encodeValue(field)}`).join('&');
  return `${path}/?${query}` as ApiPath;
}

/**
 * The path of the page that the API names as the next one.
 *
 * @param address as the API gave it, whole or relative to the page that it is of
 * @param path the path of that page
 * @returns `undefined` for an address elsewhere, and for one that leaves out a condition of the question: its people would
 *   be others
 */
export function nextPath(address: string, path: ApiPath, baseUrl: string): ApiPath | undefined {
  const [base, here] = [new URL(baseUrl), new URL(baseUrl + path)];
  if (!URL.canParse(address, here.href)) return undefined;
  const there = new URL(address, here);
  // A proxy that speaks TLS hides it from the API behind it; the keys go to the configured origin anyway.
  const isSame = there.origin === base.origin || (there.protocol === 'http:' && there.host === base.host);
  const below = base.pathname.replace(/\/$/, '');
  if (!isSame || there.username !== '' || !there.pathname.startsWith(`${below}/`)) return undefined;
  const [resource, ...asked] = conditionsOf(here.pathname.slice(below.length));
  const [sameResource, ...inPath] = conditionsOf(there.pathname.slice(below.length));
  const kept = [...inPath, ...[...there.searchParams].map(([key, value]) => `${key}/${value}`)];
  if (resource !== sameResource || !asked.every(condition => kept.includes(condition))) return undefined;
  const missing = here.search
    .slice(1)
    .split('&')
    .filter(part => part !== '' && !there.search.includes(part));
  const query = [there.search.slice(1), ...missing].filter(part => part !== '').join('&');
  return `${there.pathname.slice(below.length)}${query === '' ? '' : `?${query}`}` as ApiPath;
}

/** The resource, and each `key/value` that follows it. */
function conditionsOf(path: string): string[] {
  const [resource = '', ...segments] = path
    .split('/')
    .filter(segment => segment !== '')
    .map(decoded);
  return [resource, ...segments.flatMap((key, n) => (n % 2 === 0 ? [`${key}/${segments[n + 1] ?? ''}`] : []))];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Why a value can't be sent in a path, as the end of a sentence, or `undefined` when it can. */
export function pathValueProblem(value: string): string | undefined {
  if (value.trim() === '') return 'is blank';
  if (value === '.' || value === '..') return 'is not a value';
  if (/[/\\]/.test(value)) return 'has a slash, which the Charitylog API cannot search for; leave that part out';
  if (value.includes(';')) return 'has a semicolon, which separates values and cannot be part of one';
  if (/\p{Cc}/u.test(value)) return 'has a control character; send plain text';
  if (!value.isWellFormed()) return 'is not well-formed text';
  return undefined;
}

function encodeSegment(segment: Segment): string {
  if (typeof segment === 'string') return encodeValue(segment);
  if (segment.length === 0) throw new CharitylogError('invalid', 'A filter needs at least one value.');
  return segment.map(encodeValue).join(';');
}

function encodeValue(value: string): string {
  if (/^[\w-]+$/.test(value)) return value;
  const problem = pathValueProblem(value);
  if (problem) throw new CharitylogError('invalid', `${quote(value)} ${problem}.`, { logText: 'path value' });
  // `@` stays as the manual writes it: /clients/email/jsmith@example.com
  return encodeURIComponent(value)
    .replaceAll('%40', '@')
    .replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
