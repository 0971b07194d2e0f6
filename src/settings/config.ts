import { isHeaderValue, isSafeAddress } from '../base/addresses.ts';
import { CharitylogError } from '../base/errors.ts';
import { foldSpelling, nearest } from '../base/spelling.ts';
import { parseRequiredFields, type RequiredFields } from './required-fields.ts';
import {
  flag,
  isRedisUrl,
  isSyslogUrl,
  oneOf,
  optional,
  optionalText,
  parseAudience,
  parseBaseUrl,
  parseHiddenFields,
  parseHosts,
  parseYesNo,
  type Setting,
  setting,
  text,
  wholeNumber,
} from './setting.ts';
import { parseCreateMark, parseRecordUrl } from './traces.ts';

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

const dateFormats = ['YYYY-MM-DD', 'DD/MM/YYYY'] as const;

const keyFormat = 'one line of printable characters, as shown in Charitylog';
const fieldNames =
  'names of fields separated by ; (sensitive: all special-category ones), without id, type, first_name and surname';

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
  timeoutMs: wholeNumber('CHARITYLOG_TIMEOUT_MS', [100, 45_000], 20_000, ' of milliseconds'),
  /** File with extra CA certificates (PEM). */
  caFile: optionalText('CHARITYLOG_CA_FILE', 'a file path'),
  /** No write tool is registered. */
  readOnly: flag('CHARITYLOG_READ_ONLY'),
  /** Fields that no tool shows, filters by or writes; `sensitive` stands for all special-category ones. */
  hiddenFields: setting('CHARITYLOG_HIDDEN_FIELDS', fieldNames, [], parseHiddenFields),
  /** Fields whose values are shown in part, and searched and compared in full. */
  maskedFields: setting('CHARITYLOG_MASKED_FIELDS', fieldNames, [], parseHiddenFields),
  /** This charity's own minimum data set: the API ignores the web application's (manual: API clients). */
  requiredFields: setting<RequiredFields>(
    'CHARITYLOG_REQUIRED_FIELDS',
    'names of fields such as email;postcode, or by type such as Volunteers=date_of_birth;email,Staff=email',
    [],
    parseRequiredFields,
  ),
  /** How this system writes yes and no; learnt from its records unless set. */
  yesNo: optional(
    'CHARITYLOG_YES_NO',
    'the words for yes and no with a ; between them, such as Y;N or 1;0',
    parseYesNo,
  ),
  /** How this system writes days; learnt from its records unless set. */
  dateFormat: optional('CHARITYLOG_DATE_FORMAT', dateFormats.join(' or '), value =>
    dateFormats.find(format => format === value.toUpperCase()),
  ),
  createMethod: oneOf('CHARITYLOG_CREATE_METHOD', ['POST', 'PUT']),
  createEncoding: oneOf('CHARITYLOG_CREATE_ENCODING', ['form', 'json']),
  /** Where new people go: among the records, or into the staging area. */
  createVia: oneOf('CHARITYLOG_CREATE_VIA', ['clients', 'external_referral']),
  /** What goes with each person into the staging area (manual: API external referrals). */
  referralSource: optionalText('CHARITYLOG_REFERRAL_SOURCE', 'the number of this feed, such as 1'),
  referralRole: optionalText('CHARITYLOG_REFERRAL_ROLE', 'the id of a referral role'),
  referralDescription: optionalText('CHARITYLOG_REFERRAL_DESCRIPTION', 'a text'),
  /** Written into each new record, so that what came this way can be found. */
  createMark: optional(
    'CHARITYLOG_CREATE_MARK',
    'the name of one field, = and the text to write there as it stands, such as source_details=Added by the assistant ' +
      '(not id, type or a name)',
    parseCreateMark,
  ),
  /** Where a record is shown in the web application: each person comes with that link. */
  recordUrl: optional(
    'CHARITYLOG_RECORD_URL',
    'a web address with {id} in place of the id of the person, such as https://charity.example.org/people/{id}',
    parseRecordUrl,
  ),
  /**
   * When the person at the host is asked before somebody is added; `never` leaves the token route, and with `view` only a
   * click in the review view adds.
   */
  confirm: oneOf('CHARITYLOG_CONFIRM', ['duplicates', 'always', 'never', 'view']),
  /** `off` for hosts that claim to ask the person but don't. */
  elicitation: oneOf('CHARITYLOG_ELICITATION', ['on', 'off']),
  /** File for the audit log (JSON lines without values). */
  auditLog: optionalText('CHARITYLOG_AUDIT_LOG', 'a file path'),
  /** A collector of syslog that gets each line of the audit log, too. */
  auditSyslog: optionalText(
    'CHARITYLOG_AUDIT_SYSLOG',
    'the address of a collector with its port: tls://logs.example.org:6514, tcp:// or udp://',
    isSyslogUrl,
  ),
  /** A folder for files of people: over stdio, people can be written there. */
  exportDir: optionalText('CHARITYLOG_EXPORT_DIR', 'the path of a folder'),
  /** Nobody is added while the audit log can't be written. */
  auditRequired: flag('CHARITYLOG_AUDIT_REQUIRED'),
  /** File of who may call the HTTP service, and with which keys. */
  callers: optionalText('CHARITYLOG_CALLERS', 'a file path'),
  /** Exactly as given: it is compared with what tokens and the identity provider say. */
  oauthIssuer: optionalText(
    'CHARITYLOG_OAUTH_ISSUER',
    'the https address of the identity provider (plain http only to a loopback address), exactly as it calls itself',
    isSafeAddress,
  ),
  /** Whom tokens may be for. The first is this service's public address, which clients are told as the `resource`. */
  oauthAudience: setting<readonly string[]>(
    'CHARITYLOG_OAUTH_AUDIENCE',
    'the public address of the MCP endpoint such as https://mcp.example.org/mcp, and after a ; each what else tokens ' +
      'name as their audience, such as the id of an application',
    [],
    parseAudience,
  ),
  /** Names under which the HTTP service may be reached, in lower case. */
  allowedHosts: setting<readonly string[]>(
    'CHARITYLOG_ALLOWED_HOSTS',
    'host names such as mcp.example.org separated by ;, without scheme, port, path and wildcards',
    [],
    parseHosts,
  ),
  /** Where copies of a service share their ledger of creates. It may hold a password. */
  redisUrl: optionalText('CHARITYLOG_REDIS_URL', 'a redis:// or rediss:// address', isRedisUrl),
  /** How many tool calls a caller may make a minute. */
  callsPerMinute: wholeNumber('CHARITYLOG_CALLS_PER_MINUTE', [1, 1_000_000], 300),
  /** How many tool calls may be under way at once over HTTP. */
  callsInFlight: wholeNumber('CHARITYLOG_CALLS_IN_FLIGHT', [1, 1000], 32),
  /** What `check --url` shows to an HTTP service. Access tokens are long. */
  token: text('CHARITYLOG_TOKEN', 'one line of printable characters', value => isHeaderValue(value, 16_000)),
  /** Keys the confirm_tokens, and seals cursors; shared by the copies of a service. Derived from the API keys where it isn't set. */
  secret: text(
    'CHARITYLOG_SECRET',
    'at least 16 printable characters',
    value => isHeaderValue(value) && value.length >= 16,
  ),
} as const satisfies Record<string, Setting<unknown>>;

const settingNames = Object.keys(settings) as SettingName[];

/** What needs what beside it. */
const needs = [
  ['referralSource', 'referralRole'],
  ['auditRequired', 'auditLog'],
  ['oauthIssuer', 'oauthAudience'],
  ['oauthAudience', 'oauthIssuer'],
  ['oauthIssuer', 'callers'],
] as const satisfies readonly (readonly [SettingName, SettingName])[];

type SettingName = keyof typeof settings;

/** Texts from the command line, by the name of their setting; each wins over its variable and is read as it would be. */
export type ConfigFlags = { readonly [K in SettingName]?: string | undefined };

/**
 * Turns environment and flags into one frozen {@link Config}.
 *
 * @throws CharitylogError `config` naming every variable or flag that is wrong or unknown, and what is right; never its
 * value
 */
export function loadConfig(environment: Environment, flags: ConfigFlags = {}): Config {
  const problems = unknownVariables(environment);
  const given = (name: SettingName) => givenSetting(name, environment, flags);
  const read = (name: SettingName): unknown => {
    const { parse, accepts, fallback }: Setting<unknown> = settings[name];
    const { text, from } = given(name) ?? {};
    if (text === undefined) return fallback;
    const value = parse(text);
    if (value === undefined) problems.push(`${from} must be ${accepts}.`);
    return value ?? fallback;
  };
  const { sourceKey, orgKey, userKey, ...values } = Object.fromEntries(
    settingNames.map(name => [name, read(name)]),
  ) as Values;
  for (const [name, needed] of needs) {
    const isOff = !given(name) || values[name] === false;
    if (!isOff && !given(needed)) problems.push(`${given(name)?.from} needs ${settings[needed].variable} beside it.`);
  }
  const hidden = new Set(values.hiddenFields.map(foldSpelling));
  const isHidden = (field: string) => hidden.has(foldSpelling(field));
  if (values.requiredFields.some(part => part.fields.some(isHidden))) {
    problems.push('CHARITYLOG_REQUIRED_FIELDS must not name a field of CHARITYLOG_HIDDEN_FIELDS.');
  }
  if (values.createMark && isHidden(values.createMark.field)) {
    problems.push('CHARITYLOG_CREATE_MARK must not name a field of CHARITYLOG_HIDDEN_FIELDS.');
  }
  if (problems.length > 0) throw new CharitylogError('config', problems.join('\n'));
  const keys = Object.freeze({ source: sourceKey, org: orgKey, user: userKey });
  return Object.freeze({ ...values, keys });
}

/** Each variable and where its value came from, for `check`. */
export function settingOrigins(environment: Environment, flags: ConfigFlags = {}): ReadonlyMap<string, Origin> {
  return new Map(
    settingNames.map(name => {
      const { variable, fallback }: Setting<unknown> = settings[name];
      const { from } = givenSetting(name, environment, flags) ?? {};
      if (from !== undefined) return [variable, from === variable ? 'environment' : 'flag'];
      return [variable, fallback === undefined || fallback === '' || Array.isArray(fallback) ? 'not set' : 'default'];
    }),
  );
}

/** The variables of the keys that are not set. */
export function missingKeys(keys: Keys): readonly string[] {
  const missing = (['source', 'org', 'user'] as const).filter(key => keys[key] === '');
  return missing.map(key => settings[`${key}Key`].variable);
}

/** The text of a setting, and the flag or the variable that it is from. */
function givenSetting(
  name: SettingName,
  environment: Environment,
  flags: ConfigFlags,
): { text: string; from: string } | undefined {
  const { variable } = settings[name];
  const fromFlag = givenText(flags[name]);
  if (fromFlag !== undefined) return { text: fromFlag, from: flagOf(name) };
  const text = givenText(environment[variable]);
  return text === undefined ? undefined : { text, from: variable };
}

/** @example flagOf('readOnly') // '--read-only' */
function flagOf(name: SettingName): string {
  return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** What is set: nothing for a blank text, and for a literal `${...}` that a host passes on where a user left it empty. */
export function givenText(given: string | undefined): string | undefined {
  const value = given?.trim();
  return !value || /^\$\{[^}]*\}$/.test(value) ? undefined : value;
}

/** A misspelt setting would silently switch off what it was meant to switch on, so it is refused. */
function unknownVariables(environment: Environment): string[] {
  const known: readonly string[] = Object.values(settings).map(setting => setting.variable);
  const isUnknown = (name: string) => name.startsWith('CHARITYLOG_') && !known.includes(name);
  const given = Object.keys(environment).filter(name => isUnknown(name) && givenText(environment[name]) !== undefined);
  return given.map(name => {
    const [near] = nearest(name, known);
    return `${name} is not a setting${near ? `; did you mean ${near}?` : `. Settings: ${known.join(', ')}.`}`;
  });
}
