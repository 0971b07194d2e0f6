/** The entries of the callers file. Problems name callers and fields, and never quote a key, a token or a hash. */

import { isHeaderValue } from '../../base/addresses.ts';
import { isObject, tryParseJson } from '../../base/json.ts';
import { nearest } from '../../base/spelling.ts';
import { parseHiddenFields } from '../../settings/setting.ts';
import type { OAuthPerson } from './access-tokens.ts';

/** Somebody who may call the HTTP service, and the keys that their calls are made with. */
export interface Caller {
  readonly name: string;
  readonly org: string;
  readonly user: string;
  readonly readOnly: boolean;
  readonly hiddenFields: readonly string[];
  /** SHA-256 of the bearer token, in lower-case hex. An entry has this, a `subject` or a `claim`. */
  readonly tokenSha256?: string;
  /** The `sub` of the OAuth tokens that are this caller's. */
  readonly subject?: string;
  /** What the OAuth tokens of a group say, such as `groups` with the id of one. */
  readonly claim?: { readonly name: string; readonly value: string };
  /** Who it is, of a caller that an OAuth token was found to be. */
  readonly person?: OAuthPerson;
}

/** The callers of a file; none where something is wrong with it. */
export interface ParsedCallers {
  readonly callers: readonly Caller[];
  /** All that is wrong, as sentences. */
  readonly problems: readonly string[];
}

interface Field {
  /** What the value is to be, as the end of "must be ...". */
  readonly accepts: string;
  readonly isValid: (value: unknown) => boolean;
  readonly isRequired?: true;
}

const key = { accepts: 'a key as shown in Charitylog: one line of printable characters' };
const fields: Readonly<Record<string, Field>> = {
  name: { accepts: 'a text of 1 to 100 visible characters on one line', isValid: isName, isRequired: true },
  token_sha256: {
    accepts: 'the SHA-256 of a token as 64 hex digits, as `printf %s "$TOKEN" | sha256sum` prints it',
    isValid: isTokenHash,
  },
  subject: { accepts: 'the `sub` of the OAuth tokens: a text of 1 to 255 visible characters', isValid: isSubject },
  claim: {
    accepts:
      'an object of one claim of the OAuth tokens and its value: {"groups": "<id of a group>"} or {"roles": "<role>"}',
    isValid: value => claimOf(value) !== undefined,
  },
  org_key: { ...key, isValid: isKey, isRequired: true },
  user_key: { ...key, isValid: isKey, isRequired: true },
  read_only: { accepts: 'true or false', isValid: value => typeof value === 'boolean' },
  hidden_fields: {
    accepts: 'names of fields, as a list or separated by ;, without id, type, first_name and surname',
    isValid: value => hiddenFieldsOf(value) !== undefined,
  },
};

/** A hash of nothing: what a script writes whose token variable isn't set. */
const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Reads the text of a callers file. */
export function parseCallers(text: string): ParsedCallers {
  const value = tryParseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return refused('It is not JSON: `jq empty FILE` tells where.');
  if (!isObject(value) || !Array.isArray(value.callers) || value.callers.length === 0) {
    return refused('It must be an object with a list of at least one caller: {"callers": [{"name": ...}]}.');
  }
  const entries: readonly unknown[] = value.callers;
  const problems = [
    ...unknownKeys(value, ['callers'], 'The file'),
    ...entries.flatMap((entry, index) => entryProblems(entry, labelOf(entry, index))),
    ...repetitions(entries),
  ];
  return problems.length > 0 ? refused(...problems) : { callers: Object.freeze(entries.map(callerOf)), problems };
}

function refused(...problems: string[]): ParsedCallers {
  return { callers: [], problems };
}

function entryProblems(entry: unknown, label: string): string[] {
  if (!isObject(entry)) return [`${label} must be an object with name, org_key, user_key and so on.`];
  const wrong = Object.entries(fields).flatMap(([name, { accepts, isValid, isRequired }]) => {
    if (entry[name] === undefined) return isRequired ? [`${label} has no ${name}: it must be ${accepts}.`] : [];
    return isValid(entry[name]) ? [] : [`${name} of ${label} must be ${accepts}.`];
  });
  const proofs = [entry.token_sha256, entry.subject, entry.claim].filter(proof => proof !== undefined);
  const proof = proofs.length === 1 ? [] : [`${label} must have one of token_sha256, subject and claim.`];
  return [...unknownKeys(entry, Object.keys(fields), label), ...wrong, ...proof];
}

/** An unknown key is quoted only where it is a known one misspelt: anything else could be a secret in a wrong place. */
function unknownKeys(object: object, known: readonly string[], label: string): string[] {
  return Object.keys(object)
    .filter(name => !known.includes(name))
    .map(name => {
      const [near] = name.length <= 20 ? nearest(name, known) : [];
      return near
        ? `${label} has an unknown key ${JSON.stringify(name)}; did you mean ${near}?`
        : `${label} has an unknown key. Keys: ${known.join(', ')}.`;
    });
}

/** Two callers of one name, token, subject or claim could not be told apart. */
function repetitions(entries: readonly unknown[]): string[] {
  return ['name', 'token_sha256', 'subject', 'claim'].flatMap(field => {
    const first = new Map<string, string>();
    return entries.flatMap((entry, index) => {
      const given = isObject(entry) ? entry[field] : undefined;
      const value = field === 'claim' && given !== undefined ? JSON.stringify(given) : given;
      if (typeof value !== 'string') return [];
      const spelling = field === 'subject' || field === 'claim' ? value : value.toLowerCase();
      const label = labelOf(entry, index);
      const other = first.get(spelling);
      first.set(spelling, other ?? label);
      return other === undefined ? [] : [`${label} has the same ${field} as ${other}; each must have its own.`];
    });
  });
}

function labelOf(entry: unknown, index: number): string {
  const place = `caller ${index + 1}`;
  return isObject(entry) && isName(entry.name) ? `${place} (${entry.name})` : place;
}

/** The caller of an entry without problems. */
function callerOf(entry: unknown): Caller {
  const valid = entry as Readonly<Record<'name' | 'org_key' | 'user_key', string>> &
    Readonly<Partial<Record<'token_sha256' | 'subject', string>>> & {
      read_only?: boolean;
      hidden_fields?: unknown;
      claim?: unknown;
    };
  const claim = claimOf(valid.claim);
  return Object.freeze({
    name: valid.name,
    org: valid.org_key,
    user: valid.user_key,
    readOnly: valid.read_only ?? false,
    hiddenFields: Object.freeze(hiddenFieldsOf(valid.hidden_fields ?? []) ?? []),
    ...(valid.token_sha256 !== undefined && { tokenSha256: valid.token_sha256.toLowerCase() }),
    ...(valid.subject !== undefined && { subject: valid.subject }),
    ...(claim && { claim }),
  });
}

function claimOf(value: unknown): Caller['claim'] {
  if (!isObject(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0 || !isName(entry[0]) || !isSubject(entry[1])) return undefined;
  return Object.freeze({ name: entry[0], value: String(entry[1]) });
}

function hiddenFieldsOf(value: unknown): string[] | undefined {
  if (typeof value === 'string') return parseHiddenFields(value);
  if (!Array.isArray(value) || !value.every(one => typeof one === 'string')) return undefined;
  return value.length === 0 ? [] : parseHiddenFields(value.join(';'));
}

function isName(value: unknown): value is string {
  return isVisibleLine(value, 100);
}

function isSubject(value: unknown): boolean {
  return isVisibleLine(value, 255);
}

function isVisibleLine(value: unknown, longest: number): value is string {
  return (
    typeof value === 'string' &&
    /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(value) &&
    /^\S(.*\S)?$/u.test(value) &&
    value.length <= longest
  );
}

function isTokenHash(value: unknown): boolean {
  return typeof value === 'string' && /^[\da-f]{64}$/i.test(value) && value.toLowerCase() !== sha256OfNothing;
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' && isHeaderValue(value);
}
