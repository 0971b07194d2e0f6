/** What a setting is, and how the texts of settings are read. Each parser returns `undefined` for a text that is none. */

import { addressOf, isHeaderValue, isSafeAddress } from '../base/addresses.ts';

/** One setting: where its text comes from, and what it may be. */
export interface Setting<T> {
  readonly variable: string;
  /** What `parse` accepts, as the end of "must be ...". */
  readonly accepts: string;
  readonly fallback: T;
  /** The value, or `undefined` when the text is none. */
  readonly parse: (text: string) => T | undefined;
}

export function setting<T>(
  variable: string,
  accepts: string,
  fallback: T,
  parse: (text: string) => T | undefined,
): Setting<T> {
  return { variable, accepts, fallback, parse };
}

/** A text that is empty where it isn't set. */
export function text(variable: string, accepts: string, isValid: (value: string) => boolean): Setting<string> {
  return setting(variable, accepts, '', value => (isValid(value) ? value : undefined));
}

/** A value that is `undefined` where it isn't set. */
export function optional<T>(
  variable: string,
  accepts: string,
  parse: (text: string) => T | undefined,
): Setting<T | undefined> {
  return { variable, accepts, fallback: undefined, parse };
}

/** A text, kept exactly as given, or `undefined`. */
export function optionalText(variable: string, accepts: string, isValid: (value: string) => boolean = () => true) {
  return optional(variable, accepts, value => (isValid(value) ? value : undefined));
}

export function flag(variable: string): Setting<boolean> {
  const parse = (value: string) => {
    if (/^(true|yes|on|1)$/i.test(value)) return true;
    return /^(false|no|off|0)$/i.test(value) ? false : undefined;
  };
  return setting<boolean>(variable, 'true or false', false, parse);
}

/** One of the values, without regard to case; the first of them unless set. */
export function oneOf<const T extends string>(variable: string, values: readonly [T, ...T[]]): Setting<T> {
  const parse = (value: string) => values.find(candidate => candidate.toLowerCase() === value.toLowerCase());
  return setting(variable, values.join(' or '), values[0], parse);
}

/** @param unit what is counted, such as ` of milliseconds` */
export function wholeNumber(
  variable: string,
  [least, most]: readonly [number, number],
  fallback: number,
  unit = '',
): Setting<number> {
  const isInRange = (value: string) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return setting<number>(variable, `a whole number${unit} from ${least} to ${most}`, fallback, value =>
    isInRange(value) ? Number(value) : undefined,
  );
}

/** The words for yes and no, with a `;` between them. */
export function parseYesNo(value: string): [yes: string, no: string] | undefined {
  const [yes, no, ...rest] = value.split(';').map(word => word.trim());
  return yes && no && yes !== no && rest.length === 0 ? [yes, no] : undefined;
}

/** Names of fields separated by `;` or `,`, without those that every answer needs. */
export function parseHiddenFields(value: string): string[] | undefined {
  const names = value.split(/[;,]/).map(name => name.trim());
  const isField = (name: string) =>
    name !== '' && !['id', 'type', 'first_name', 'surname'].includes(name.toLowerCase());
  return names.every(isField) ? names : undefined;
}

/** An address that keys may be sent to, without a trailing slash. */
export function parseBaseUrl(value: string): string | undefined {
  return isSafeAddress(value) ? withoutEnd(new URL(value).href, '/') : undefined;
}

function withoutEnd(text: string, sign: string): string {
  let end = text.length;
  while (text[end - 1] === sign) end--;
  return text.slice(0, end);
}

/** Values separated by `;`, of which the first is an http(s) address. */
export function parseAudience(value: string): string[] | undefined {
  const values = value.split(';').map(one => one.trim());
  const { protocol = '' } = addressOf(values[0] ?? '') ?? {};
  return /^https?:$/.test(protocol) && values.every(one => isHeaderValue(one)) ? values : undefined;
}

/** Host names separated by `;` or `,`, in lower case; IPv6 addresses in brackets. */
export function parseHosts(value: string): string[] | undefined {
  const hosts = value.split(/[;,]/).map(host => host.trim().toLowerCase());
  return hosts.every(isHost) ? hosts : undefined;
}

/** True for a `redis:` or `rediss:` address with a host. */
export function isRedisUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
}

/** True for a `tls:`, `tcp:` or `udp:` address with a host and a port, and nothing else. */
export function isSyslogUrl(value: string): boolean {
  return /^(tls|tcp|udp):\/\/(\[[\da-f:.]+\]|[a-z\d._-]+):\d{1,5}\/?$/i.test(value) && URL.canParse(value);
}

/** Refuses what no `Host` header would ever equal: ports, wildcards, addresses in a spelling of their own. */
function isHost(host: string): boolean {
  const isSpelledAsHost = /^(\[[\da-f:.]+\]|[a-z\d_]([a-z\d._-]*[a-z\d_])?)$/.test(host);
  return isSpelledAsHost && URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname === host;
}
