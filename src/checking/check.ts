import { AuditFile } from '../audit/audit-file.ts';
import { openCollector } from '../audit/collector.ts';
import { isLoopback } from '../base/addresses.ts';
import { CharitylogError } from '../base/errors.ts';
import { foldSpelling } from '../base/spelling.ts';
import type { LiveField } from '../charitylog/api.ts';
import { CharitylogClient } from '../charitylog/client.ts';
import { type Config, type ConfigFlags, loadConfig, settingOrigins } from '../settings/config.ts';
import { type CheckReport, type CheckStep, failed, reportOf, stepOf } from './report.ts';

/** The longest that the whole check may take, in milliseconds. */
const longestCheckMs = 60_000;

/** Looks at Node, the settings and the connection, one after the other. It writes nothing. */
export async function check(environment: NodeJS.ProcessEnv, flags: ConfigFlags): Promise<CheckReport> {
  const steps = [nodeStep(), ...(await connectionSteps(environment, flags))];
  return reportOf(steps, Object.fromEntries(settingOrigins(environment, flags)));
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
  try {
    return await stepsWith(client, config, environment);
  } finally {
    await client.close();
  }
}

async function stepsWith(
  client: CharitylogClient,
  config: Config,
  environment: NodeJS.ProcessEnv,
): Promise<CheckStep[]> {
  const signal = AbortSignal.timeout(longestCheckMs);
  const questions: readonly (readonly [name: string, ask: () => Promise<string>])[] = [
    ['keys', () => client.checkKeys(signal).then(() => 'accepted')],
    ['client types', () => client.dictionary('client_type', signal).then(types => `${types.length} read`)],
    ['filterable fields', () => client.fields('filterable', signal).then(fields => `${fields.length} read`)],
    ['selectable fields', () => client.fields('selectable', signal).then(fields => fieldsDetail(config, fields))],
    ...(config.createMark ? [['mark of new records', () => markDetail(config, client, signal)] as const] : []),
  ];
  const steps: CheckStep[] = [{ name: 'settings', result: 'ok', detail: connectionDetail(config, environment) }];
  const { auditLog, auditSyslog, exportDir } = config;
  if (auditLog !== undefined) steps.push(await stepOf('audit log', () => auditDetail(auditLog)));
  if (auditSyslog !== undefined) steps.push(await stepOf('audit syslog', () => collectorDetail(config)));
  if (exportDir !== undefined) steps.push(await stepOf('export folder', () => exportDetail(exportDir)));
  for (const [name, ask] of questions) {
    const isUseless = steps.some(step => step.result === 'failed' && step.name === 'keys');
    steps.push(isUseless ? { name, result: 'skipped', detail: 'needs the keys' } : await stepOf(name, ask));
  }
  return steps;
}

/** Creates the audit log where it isn't there, as the first call would. */
function auditDetail(file: string): Promise<string> {
  return new AuditFile(file).check().then(() => 'can be written');
}

async function collectorDetail(config: Config): Promise<string> {
  const collector = await openCollector(config);
  await collector?.check();
  return 'reached';
}

async function exportDetail(path: string): Promise<string> {
  const { LocalExportFolder } = await import('../serving/exports/export-folder.ts');
  await new LocalExportFolder(path).check();
  return 'can be written';
}

/** How many fields were read. Throws for each field that a setting names and the system doesn't have: nobody would notice the misspelling. */
function fieldsDetail({ hiddenFields, maskedFields, requiredFields }: Config, fields: readonly LiveField[]): string {
  const known = new Set(fields.map(field => foldSpelling(field.name)));
  const missing = (names: readonly string[]) =>
    names.filter(name => !known.has(foldSpelling(name)) && name !== 'sensitive');
  const slips = [
    ...missing(hiddenFields).map(name => `CHARITYLOG_HIDDEN_FIELDS names ${name}`),
    ...missing(maskedFields).map(name => `CHARITYLOG_MASKED_FIELDS names ${name}`),
    ...missing(requiredFields.flatMap(part => part.fields)).map(name => `CHARITYLOG_REQUIRED_FIELDS names ${name}`),
  ];
  if (slips.length === 0) return `${fields.length} read`;
  throw new CharitylogError('config', `${slips.join('; ')}, which this system does not have. Correct the setting.`);
}

/** Where the mark goes. Throws where this system can't take it, as each create would. */
async function markDetail(settings: Config, client: CharitylogClient, signal: AbortSignal): Promise<string> {
  const { Catalogue } = await import('../catalogue/catalogue.ts');
  const { readMark } = await import('../people/adding/mark.ts');
  const catalogue = new Catalogue(client, settings);
  const { writable } = await catalogue.fields({ signal });
  const mark = await readMark(writable, { catalogue, waiting: { signal }, settings });
  return `written into ${mark?.field.name}`;
}

function connectionDetail(config: Config, environment: NodeJS.ProcessEnv): string {
  const proxied = environment.HTTPS_PROXY || environment.https_proxy ? 'through the proxy of HTTPS_PROXY' : 'direct';
  const route = isLoopback(new URL(config.baseUrl)) ? 'direct' : proxied;
  return `${config.baseUrl}, ${route}${config.caFile ? ', with the certificates of CHARITYLOG_CA_FILE' : ''}`;
}
