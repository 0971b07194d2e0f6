import { closest, plain } from './closest.ts';
import { CharitylogError } from './errors.ts';
import { parseRequiredFields, type RequiredFields } from './required-fields.ts';

/** The three API keys (manual: API Authentication); an unset one is an empty string. */
export interface Keys {
  readonly source: string;
  readonly org: string;
  readonly user: string;
}

/** All settings of one run: complete and frozen, so nothing downstream asks whether something is set. */
export type Config = Readonly<Omit<Values, 'sourceKey' | 'orgKey' | 'userKey'>> & { readonly keys: Keys };

type Values = { [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never };

/** Where a setting came from; never its value. */
export type Origin = 'environment' | 'flag' | 'default' | 'not set';

type Environment = Readonly<Record<string, string | undefined>>;

interface Setting<T> {
  readonly variable: string;
  /** What `parse` accepts, as the end of "must be ...". */
  readonly accepts: string;
  readonly fallback: T;
  /** The value, or `undefined` when the text is none. */
  readonly parse: (text: string) => T | undefined;
}

const keyFormat = 'one line of printable characters, as shown in Charitylog';
const settings = {
  sourceKey: text('CHARITYLOG_SOURCE_KEY', keyFormat, isHeaderValue),
  orgKey: text('CHARITYLOG_ORG_KEY', keyFormat, isHeaderValue),
  userKey: text('CHARITYLOG_USER_KEY', keyFormat, isHeaderValue),
  /** Without a trailing slash. */
  baseUrl: setting(
    'CHARITYLOG_BASE_URL',
    'an https address such as https://api.dizions.co.uk/v2 (plain http only to a loopback address)',
    'https://api.dizions.co.uk/v2',
    parseBaseUrl,
  ),
  /** Milliseconds until an answer begins, and between its parts. */
  timeoutMs: setting('CHARITYLOG_TIMEOUT_MS', 'a whole number of milliseconds from 100 to 45000', 20_000, parseTimeout),
  /** File with extra CA certificates (PEM). */
  caFile: optional('CHARITYLOG_CA_FILE', 'a file path'),
  /** No write tool is registered. */
  readOnly: flag('CHARITYLOG_READ_ONLY'),
  /** Fields that no tool shows, filters by or writes; `sensitive` stands for all special-category ones. */
  hiddenFields: setting(
    'CHARITYLOG_HIDDEN_FIELDS',
    'names of fields separated by ; (sensitive: all special-category ones), without id, type, first_name and surname',
    [],
    parseHiddenFields,
  ),
  /** This charity's own minimum data set: the API ignores the web application's (manual: API clients). */
  requiredFields: setting<RequiredFields>(
    'CHARITYLOG_REQUIRED_FIELDS',
    'names of fields such as email;postcode, or by type such as Volunteers=date_of_birth;email,Staff=email',
    [],
    parseRequiredFields,
  ),
  createMethod: oneOf('CHARITYLOG_CREATE_METHOD', ['POST', 'PUT']),
  createEncoding: oneOf('CHARITYLOG_CREATE_ENCODING', ['form', 'json']),
  /** Where new people go: among the records, or into the staging area. */
  createVia: oneOf('CHARITYLOG_CREATE_VIA', ['clients', 'external_referral']),
  /** What goes with each person into the staging area (manual: API external referrals). */
  referralSource: optional('CHARITYLOG_REFERRAL_SOURCE', 'the number of this feed, such as 1'),
  referralRole: optional('CHARITYLOG_REFERRAL_ROLE', 'the id of a referral role'),
  referralDescription: optional('CHARITYLOG_REFERRAL_DESCRIPTION', 'a text'),
  /** When the person at the host is asked before somebody is added; `never` leaves the token route. */
  confirm: oneOf('CHARITYLOG_CONFIRM', ['duplicates', 'always', 'never']),
  /** `off` for hosts that claim to ask the person but don't. */
  elicitation: oneOf('CHARITYLOG_ELICITATION', ['on', 'off']),
  /** File for the audit log (JSON lines without values). */
  auditLog: optional('CHARITYLOG_AUDIT_LOG', 'a file path'),
  /** Nobody is added while the audit log can't be written. */
  auditRequired: flag('CHARITYLOG_AUDIT_REQUIRED'),
  /** Keys the confirm_tokens; shared by the copies of a service. Derived from the API keys where it isn't set. */
  secret: text(
    'CHARITYLOG_SECRET',
    'at least 16 printable characters',
    value => isHeaderValue(value) && value.length >= 16,
  ),
} as const satisfies Record<string, Setting<unknown>>;

const booleanWords: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

/** Flags that stand for a setting; a flag wins over its variable. */
export interface ConfigFlags {
  readonly readOnly?: boolean;
}

/**
 * Turns environment and flags into one frozen {@link Config}.
 *
 * Blank values and literal `${...}` placeholders, which hosts pass on for settings a user left empty, count as unset.
 *
 * @throws CharitylogError `config` naming every variable that is wrong or unknown, and what is right; never its value
 */
export function loadConfig(environment: Environment, flags: ConfigFlags = {}): Config {
  const problems = unknownVariables(environment);
  const read = <T>(setting: Setting<T>): T => {
    const given = givenText(environment, setting.variable);
    if (given === undefined) return setting.fallback;
    const value = setting.parse(given);
    if (value === undefined) problems.push(`${setting.variable} must be ${setting.accepts}.`);
    return value ?? setting.fallback;
  };
  const { sourceKey, orgKey, userKey, ...values } = Object.fromEntries(
    Object.entries(settings).map(([name, one]) => [name, read<unknown>(one)]),
  ) as Values;
  if (values.referralSource !== undefined && values.referralRole === undefined) {
    problems.push('CHARITYLOG_REFERRAL_SOURCE needs CHARITYLOG_REFERRAL_ROLE beside it.');
  }
  const hidden = values.hiddenFields.map(plain);
  if (values.requiredFields.some(part => part.fields.some(name => hidden.includes(plain(name))))) {
    problems.push('CHARITYLOG_REQUIRED_FIELDS must not name a field of CHARITYLOG_HIDDEN_FIELDS.');
  }
  if (values.auditRequired && values.auditLog === undefined) {
    problems.push('CHARITYLOG_AUDIT_REQUIRED needs CHARITYLOG_AUDIT_LOG beside it.');
  }
  if (problems.length > 0) throw new CharitylogError('config', problems.join('\n'));
  const keys = Object.freeze({ source: sourceKey, org: orgKey, user: userKey });
  return Object.freeze({ ...values, keys, readOnly: flags.readOnly ?? values.readOnly });
}

/** Each variable and where its value came from, for `check`. */
export function settingOrigins(environment: Environment, flags: ConfigFlags = {}): ReadonlyMap<string, Origin> {
  return new Map(
    Object.values(settings).map(({ variable, fallback }) => {
      if (variable === settings.readOnly.variable && flags.readOnly !== undefined) return [variable, 'flag'];
      if (givenText(environment, variable) !== undefined) return [variable, 'environment'];
      return [variable, fallback === undefined || fallback === '' || Array.isArray(fallback) ? 'not set' : 'default'];
    }),
  );
}

/** The variables of the keys that are not set. */
export function missingKeys(keys: Keys): readonly string[] {
  return (
    [
      [keys.source, settings.sourceKey],
      [keys.org, settings.orgKey],
      [keys.user, settings.userKey],
    ] as const
  ).flatMap(([value, setting]) => (value === '' ? [setting.variable] : []));
}

/** True for `localhost`, `127.x.x.x` and `[::1]`. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

function givenText(environment: Environment, variable: string): string | undefined {
  const value = environment[variable]?.trim();
  return !value || /^\$\{[^}]*\}$/.test(value) ? undefined : value;
}

/** A misspelt setting would silently switch off what it was meant to switch on, so it is refused. */
function unknownVariables(environment: Environment): string[] {
  const known: readonly string[] = Object.values(settings).map(setting => setting.variable);
  return Object.keys(environment)
    .filter(
      name => name.startsWith('CHARITYLOG_') && !known.includes(name) && givenText(environment, name) !== undefined,
    )
    .map(name => {
      const [nearest] = closest(name, known);
      return `${name} is not a setting${nearest ? `; did you mean ${nearest}?` : `. Settings: ${known.join(', ')}.`}`;
    });
}

function setting<T>(
  variable: string,
  accepts: string,
  fallback: T,
  parse: (text: string) => T | undefined,
): Setting<T> {
  return { variable, accepts, fallback, parse };
}

function text(variable: string, accepts: string, isValid: (value: string) => boolean): Setting<string> {
  return setting(variable, accepts, '', value => (isValid(value) ? value : undefined));
}

function optional(variable: string, accepts: string): Setting<string | undefined> {
  return setting<string | undefined>(variable, accepts, undefined, value => value);
}

function flag(variable: string): Setting<boolean> {
  return setting<boolean>(variable, 'true or false', false, value => booleanWords[value.toLowerCase()]);
}

function oneOf<const T extends string>(variable: string, values: readonly [T, ...T[]]): Setting<T> {
  const parse = (value: string) => values.find(candidate => candidate.toLowerCase() === value.toLowerCase());
  return setting<T>(variable, values.join(' or '), values[0], parse);
}

function parseTimeout(value: string): number | undefined {
  const isInRange = /^\d{3,5}$/.test(value) && Number(value) >= 100 && Number(value) <= 45_000;
  return isInRange ? Number(value) : undefined;
}

function parseHiddenFields(value: string): string[] | undefined {
  const names = value.split(/[;,]/).map(name => name.trim());
  const isField = (name: string) =>
    name !== '' && !['id', 'type', 'first_name', 'surname'].includes(name.toLowerCase());
  return names.every(isField) ? names : undefined;
}

function isHeaderValue(value: string): boolean {
  return /^[\x21-\x7e]{1,1000}$/.test(value);
}

function parseBaseUrl(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || url.username || url.password || url.search || url.hash) return undefined;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) return undefined;
  return url.href.replace(/\/+$/, '');
}
