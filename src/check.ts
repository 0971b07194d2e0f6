import manifest from '../package.json' with { type: 'json' };
import { AuditLog } from './audit.ts';
import { CharitylogClient } from './charitylog/client.ts';
import type { LiveField } from './charitylog/people-api.ts';
import { plain } from './closest.ts';
import { type Config, type ConfigFlags, isLoopback, loadConfig, type Origin, settingOrigins } from './config.ts';
import { CharitylogError, isCharitylogError } from './errors.ts';

/** One thing that was looked at. `detail` says what was found, or what went wrong and what to do about it. */
export interface CheckStep {
  readonly name: string;
  readonly result: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
}

/** What `check` found; no value of a secret setting and nobody's data is in it. */
export interface CheckReport {
  readonly ok: boolean;
  readonly version: string;
  readonly settings: Readonly<Record<string, Origin>>;
  readonly steps: readonly CheckStep[];
}

/** The longest that the whole check may take, in milliseconds. */
const longestCheckMs = 60_000;

/** Looks at Node, the settings and the connection, one after the other. It writes nothing. */
export async function check(environment: NodeJS.ProcessEnv, flags: ConfigFlags): Promise<CheckReport> {
  const steps = [nodeStep(), ...(await connectionSteps(environment, flags))];
  return {
    ok: steps.every(step => step.result === 'ok'),
    version: manifest.version,
    settings: Object.fromEntries(settingOrigins(environment, flags)),
    steps,
  };
}

/** The report as text, a line a step. */
export function reportText({ ok, version, settings, steps }: CheckReport): string {
  const width = Math.max(...steps.map(step => step.name.length));
  return [
    `charitylog-mcp ${version}`,
    ...Object.entries(settings).map(([name, origin]) => `  ${name}: ${origin}`),
    ...steps.map(({ name, result, detail }) => `${result.padEnd(7)} ${name.padEnd(width)}  ${detail}`),
    ok ? 'Everything works.' : 'Something needs attention: see above.',
    '',
  ].join('\n');
}

function nodeStep(): CheckStep {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isRecent = major > 20 || (major === 20 && minor >= 19);
  return isRecent
    ? { name: 'Node', result: 'ok', detail: process.version }
    : { name: 'Node', result: 'failed', detail: `${process.version} is too old: install Node 20.19 or later.` };
}

async function connectionSteps(environment: NodeJS.ProcessEnv, flags: ConfigFlags): Promise<CheckStep[]> {
  let config: Config;
  try {
    config = loadConfig(environment, flags);
  } catch (error) {
    return [failed('settings', error)];
  }
  const client = new CharitylogClient(config);
  const signal = AbortSignal.timeout(longestCheckMs);
  const questions: readonly (readonly [name: string, ask: () => Promise<string>])[] = [
    ['keys', () => client.checkKeys(signal).then(() => 'accepted')],
    ['client types', () => client.dictionary('client_type', signal).then(types => `${types.length} read`)],
    ['filterable fields', () => client.fields('filterable', signal).then(fields => `${fields.length} read`)],
    ['selectable fields', () => client.fields('selectable', signal).then(fields => fieldsDetail(config, fields))],
  ];
  const steps: CheckStep[] = [{ name: 'settings', result: 'ok', detail: connectionDetail(config, environment) }];
  if (config.auditLog !== undefined) steps.push(await stepOf('audit log', async () => auditDetail(config.auditLog)));
  for (const [name, ask] of questions) {
    const isUseless = steps.some(step => step.result === 'failed' && step.name === 'keys');
    steps.push(isUseless ? { name, result: 'skipped', detail: 'needs the keys' } : await stepOf(name, ask));
  }
  await client.close();
  return steps;
}

async function stepOf(name: string, ask: () => Promise<string>): Promise<CheckStep> {
  try {
    return { name, result: 'ok', detail: await ask() };
  } catch (error) {
    return failed(name, error);
  }
}

function failed(name: string, error: unknown): CheckStep {
  const detail = isCharitylogError(error) ? error.message : 'failed in an unexpected way; please report it.';
  return { name, result: 'failed', detail: detail.replaceAll('\n', ' ') };
}

/** Creates the audit log where it isn't there, as the first call would. */
function auditDetail(file = ''): string {
  new AuditLog({ file, identity: 'check', report: () => undefined }).check();
  return 'can be written';
}

/** What was read, and each field that a setting names and the system doesn't have: a slip there would go unnoticed. */
function fieldsDetail({ hiddenFields, requiredFields }: Config, fields: readonly LiveField[]): string {
  const known = new Set(fields.map(field => plain(field.name)));
  const missing = (names: readonly string[]) => names.filter(name => !known.has(plain(name)) && name !== 'sensitive');
  const slips = [
    ...missing(hiddenFields).map(name => `CHARITYLOG_HIDDEN_FIELDS names ${name}`),
    ...missing(requiredFields.flatMap(part => part.fields)).map(name => `CHARITYLOG_REQUIRED_FIELDS names ${name}`),
  ];
  if (slips.length === 0) return `${fields.length} read`;
  throw new CharitylogError('config', `${slips.join('; ')}, which this system does not have. Correct the setting.`);
}

function connectionDetail(config: Config, environment: NodeJS.ProcessEnv): string {
  const proxied = environment.HTTPS_PROXY || environment.https_proxy ? 'through the proxy of HTTPS_PROXY' : 'direct';
  const route = isLoopback(new URL(config.baseUrl)) ? 'direct' : proxied;
  return `${config.baseUrl}, ${route}${config.caFile ? ', with the certificates of CHARITYLOG_CA_FILE' : ''}`;
}
