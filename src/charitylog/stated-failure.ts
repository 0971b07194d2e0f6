import { bounds } from '../base/bounds.ts';
import { firstKeys, isObject, keysUpTo } from '../base/json.ts';
import { hasId } from './record.ts';
import { isWrapper, wrapped } from './rows.ts';
import { foldKey } from './values.ts';

/** A failure that an answer states in its body. */
export interface StatedFailure {
  /** The answer's own words; blank where it gives none. */
  readonly message: string;
  /** The HTTP status that it names, such as 403. */
  readonly status: number | undefined;
  /** `inferred` from odd words where nothing else came; `contradicted` where the answer also says that it succeeded. */
  readonly certainty: 'plain' | 'contradicted' | 'inferred';
  /** True for a fault of the system that passes, as its words tell: what was asked for wasn't refused. */
  readonly isPassing: boolean;
}

const passing =
  /\btime[ -]?out\b|\btimed out\b|\bbusy\b|\btry again\b|temporar|unavailable|overload|maintenance|\bdatabase\b|\bconnection\b|internal (?:server )?error/i;

/**
 * What one key of an answer says. Where nothing came, `denied` counts too; `failing` unless something succeeded; and
 * `doubtful` likewise where there is an empty place for what was asked for.
 */
type Sign = 'failed' | 'denied' | 'failing' | 'doubtful' | 'succeeded' | undefined;

const flags = keySet(
  'success successful succeeded issuccess issuccessful ok isok acknowledged authenticated authorized authorised allowed',
);
const failureFlags = keySet('failed failure fail iserror haserror haserrors isfailed');
const states = keySet('status state result outcome responsestatus statustext response resultstatus ack');
const codes = keySet(
  'code statuscode httpcode httpstatus httpstatuscode responsecode resultcode returncode errorcode errno',
);
const errors = keySet(
  'error errors err fault exception exceptions apierror errormessage errormsg errordescription errordetails errortext validationerrors faultstring',
);
const messages = keySet(
  'message messages msg detail details description reason statusmessage responsemessage resultmessage info text notice',
);
/** Objects about the answer, beside or around what was asked for. */
const headers = keySet('meta http status result response header head envelope api data body error fault info');
const surroundings = keySet(
  'jsonrpc timestamp time date requestid traceid version type title trace file line debug url path method name links meta page total count took duration server help docs documentation',
);

function keySet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

const maxHeaders = 20;
/** An object with more keys is a map of things, and not about an answer. */
const maxKeys = 40;

/**
 * The failure that the JSON states, whatever its status: by `error`, `errors`, `success: false`, `status: "error"`,
 * `code: 403` and the like, at the top or in what surrounds the rows. Rows and records are never looked at, as a field may
 * have any of these names.
 *
 * @param isRecord tells an object that is a record, and no answer about one
 * @returns `undefined` where it states none
 */
export function statedFailure(json: unknown, isRecord = hasIdAndFields): StatedFailure | undefined {
  if (!isObject(json) || isRecord(json)) return undefined;
  const parts = headersOf(json, isRecord);
  const signs = parts.flatMap(part => Object.keys(part).map(key => signOf(part, key)));
  const hasSucceeded = signs.includes('succeeded');
  const isDenied =
    isWithoutRows(json) &&
    (signs.includes('denied') ||
      (!hasSucceeded && (signs.includes('failing') || (wrapped(json) !== undefined && signs.includes('doubtful')))));
  const hasFailed = signs.includes('failed');
  if (!hasFailed && !isDenied) return undefined;
  const status = parts.flatMap(statusesOf).find(code => code >= 400);
  const certainty = !hasFailed ? 'inferred' : hasSucceeded ? 'contradicted' : 'plain';
  const message = messageOf(json);
  return { message, status, certainty, isPassing: passing.test(message) };
}

/** The words of an answer that failed, at most 2,000 characters; a blank text where it has none. */
export function messageOf(json: unknown): string {
  if (!isObject(json)) return '';
  const entries = headersOf(json, () => false).flatMap(part => Object.entries(part));
  const among = (names: ReadonlySet<string>) =>
    entries.flatMap(([key, value]) => (names.has(foldKey(key)) ? [value] : []));
  const words = textsIn([...among(errors), ...among(messages)]);
  const others =
    words.length > 0 ? [] : textsIn([...among(states), ...among(codes)]).filter(text => /[a-z]{3}/i.test(text));
  return [...new Set([...words, ...others])].join(' ').slice(0, 2000);
}

/** True for a key under which an answer tells of itself, and not of a person. */
export function isAboutAnswer(key: string): boolean {
  const name = foldKey(key);
  const told = [flags, failureFlags, states, codes, errors, messages, headers, surroundings];
  return told.some(names => names.has(name)) || isWrapper(key);
}

/** A record, as far as can be told: it has an id, and fields besides what an answer tells of itself. */
function hasIdAndFields(json: Record<string, unknown>): boolean {
  const isField = (key: string) => !/id$/i.test(key) && (!isAboutAnswer(key) || /^(?:name|title)$/i.test(key));
  return hasId(json) && json.success !== false && Object.keys(json).some(isField);
}

/** An answer, and the objects in it that are about it. */
function headersOf(
  json: Record<string, unknown>,
  isRecord: (json: Record<string, unknown>) => boolean,
): Record<string, unknown>[] {
  const found = [json];
  for (const part of found) {
    const keys = keysUpTo(part, maxKeys);
    if (found.length > maxHeaders || !keys) continue;
    for (const key of keys) {
      const value = part[key];
      if (headers.has(foldKey(key)) && isObject(value) && !isRecord(value)) found.push(value);
    }
  }
  return found.slice(0, maxHeaders).filter(part => keysUpTo(part, maxKeys));
}

/** @param depth how deep errors within errors are looked at */
function signOf(part: Record<string, unknown>, key: string, depth = 3): Sign {
  const name = foldKey(key);
  const value = part[key];
  if (isOfMap(part, key)) return undefined;
  if (flags.has(name)) return flagSign(value);
  if (failureFlags.has(name)) return flagSign(value) === 'succeeded' ? 'failed' : undefined;
  if (errors.has(name)) return isStated(value, depth) ? 'failed' : undefined;
  // What a create made may be told as its result.
  if ((name === 'result' || name === 'response') && isNumber(value))
    return Number(value) === 0 ? 'doubtful' : undefined;
  if (states.has(name)) return stateSign(value);
  if (name === 'type' || name === 'access') return stateSign(value) === 'failed' ? 'failed' : undefined;
  if (codes.has(name)) return codeSign(value);
  return messages.has(name) ? messageSign(textsIn([value]).join(' ')) : undefined;
}

/** True for a key of a map from names to numbers, labels or objects, which has others that no answer has of itself. */
function isOfMap(part: Record<string, unknown>, key: string): boolean {
  const value = part[key];
  if (Object.keys(part).every(isAboutAnswer)) return false;
  if (typeof value === 'string' && foldKey(value) === foldKey(key)) return true;
  if (isNumber(value)) return statusOf(value) === undefined && Object.values(part).every(isNumber);
  const isAboutFailure = (name: string) => codes.has(foldKey(name)) || foldKey(name) === 'message';
  return isObject(value) && !Object.keys(value).some(isAboutFailure) && Object.values(part).every(isObject);
}

function flagSign(value: unknown): Sign {
  if (isObject(value) || Array.isArray(value) || value === null) return undefined;
  const word = String(value).trim().toLowerCase();
  if (/^(?:true|1|y|yes|ok|success|t)$/.test(word)) return 'succeeded';
  return /^(?:false|0|n|no|f|off|fail(?:ed|ure)?|error|)$/.test(word) ? 'failed' : 'doubtful';
}

function stateSign(value: unknown): Sign {
  if (typeof value === 'boolean') return flagSign(value);
  if (typeof value === 'number') return value === 1 ? 'succeeded' : codeSign(value, 'doubtful');
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const words = value.slice(0, 200).toLowerCase().replace(/[_-]/g, ' ').trim();
  if (statusOf(words) !== undefined || isNumber(words))
    return words === '1' ? 'succeeded' : codeSign(words, 'doubtful');
  if (/^(?:ok|okay|success\w*|succeeded|true|y|yes|done|complete\w*|found|fine|good|no errors?|none)$/.test(words))
    return 'succeeded';
  return failureWords.test(words) || /^(?:err|n|no|ko|nok|not ok|false)$/.test(words) ? 'failed' : 'doubtful';
}

/** @param zero what a code of 0 says: of `code` that nothing failed, of `status` nothing that is plain */
function codeSign(value: unknown, zero: Sign = undefined): Sign {
  const status = statusOf(value);
  if (status !== undefined) return status >= 400 ? 'failed' : status < 300 ? 'succeeded' : 'doubtful';
  if (isNumber(value)) return Number(value) === 0 ? zero : Number(value) === 1 ? undefined : 'doubtful';
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return stateSign(value);
}

function messageSign(message: string): Sign {
  const words = message.slice(0, 500).toLowerCase().replace(/[_-]/g, ' ').trim();
  if (words === '') return undefined;
  if (denialWords.test(words)) return 'denied';
  if (failureWords.test(words.replace(/\bno errors?\b/, ''))) return 'failing';
  return benignWords.test(words) || nobodyWords.test(words) ? undefined : 'doubtful';
}

const failureWords =
  /\b(?:errors?|fail(?:s|ed|ure)?|denied|forbidden|unauthori[sz]ed|unauthenticated|not (?:allowed|permitted|authori[sz]ed|authenticated|available)|permissions?|invalid|expired|refused|rejected|exceptions?|fault|fatal|disabled|revoked|blocked|suspended|maintenance|unavailable|cannot|could not|unable|too many|limit|timed? ?out|licen[cs]e)\b/;
const denialWords =
  /\b(?:denied|forbidden|unauthori[sz]ed|unauthenticated|not (?:allowed|permitted|authori[sz]ed|authenticated)|no permission|invalid|expired|revoked)\b/;
const benignWords =
  /\b(?:ok|done|retrieved|fetched|returned|loaded|listed?|found|none|empty|nothing)\b|\b(?:success|complete|0 \w)/;
const nobodyWords = /\bno (?:\w+ )?(?:records?|clients?|results?|data|people|persons?|entries|rows|match|items?)/;

/** The HTTP status that a value is, or begins with: 403, `"403"`, `403 Forbidden`, `HTTP/1.1 403 Forbidden`. */
function statusOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const [, status] = /^\s*(?:http\/[\d.]{1,3} )?([2-5]\d\d)(?:\s|$)/i.exec(String(value).slice(0, 40)) ?? [];
  return status === undefined ? undefined : Number(status);
}

function statusesOf(part: Record<string, unknown>): number[] {
  return Object.entries(part).flatMap(([key, value]) => {
    const name = foldKey(key);
    const isCode = codes.has(name) || states.has(name) || name === 'error';
    return isCode ? (statusOf(value) ?? []) : [];
  });
}

/** True where an answer holds nothing but what it says of itself. */
function isWithoutRows(json: Record<string, unknown>, depth = 6): boolean {
  const inner = wrapped(json);
  if (inner === undefined) return keysUpTo(json, bounds.fields)?.every(isAboutAnswer) ?? false;
  if (Array.isArray(inner)) return inner.length === 0;
  return (
    isObject(inner) &&
    (firstKeys(inner, 1).length === 0 || (depth > 0 && !hasId(inner) && isWithoutRows(inner, depth - 1)))
  );
}

function isStated(value: unknown, depth: number): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(value) !== 0 && statusOf(value) !== 200;
  if (typeof value === 'string') return !/^(?:|false|no|n|none|null|ok|success|no errors?)$/i.test(value.trim());
  if (Array.isArray(value)) return value.length > 0;
  if (!isObject(value)) return false;
  if (!keysUpTo(value, maxKeys)) return true;
  const inner = Object.values(value);
  if (inner.every(one => !one || (Array.isArray(one) && one.length === 0))) return false;
  const signs = depth > 0 ? Object.keys(value).map(key => signOf(value, key, depth - 1)) : [];
  const isZero = Object.keys(value).some(key => codes.has(foldKey(key)) && Number(value[key]) === 0);
  return signs.includes('failed') || !(signs.includes('succeeded') || isZero);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d{1,15}\s*$/.test(value));
}

/** Texts at any depth, in their order; without recursion, and of the first few hundred values. */
function textsIn(values: readonly unknown[]): string[] {
  const open = [...values].reverse();
  const texts: string[] = [];
  for (let looked = 0; open.length > 0 && looked < 300; looked++) {
    const value = open.pop();
    if (typeof value === 'string' && value.trim() !== '') texts.push(value.slice(0, 2000).trim());
    else if (typeof value === 'object' && value !== null) open.push(...Object.values(value).slice(0, 100).reverse());
  }
  return texts;
}
