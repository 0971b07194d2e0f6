import { Catalogue } from '../catalogue/catalogue.ts';
import { type Category, categoryOf, documentedFields, type Field, fieldLists } from '../catalogue/field.ts';
import { CharitylogClient } from '../charitylog/client.ts';
import { type Caller, CallersFile } from '../serving/callers/callers-file.ts';
import { tracesCollector } from '../serving/http/observers.ts';
import { type Config, missingKeys } from '../settings/config.ts';

/** How long the lists may take, in milliseconds. */
const longestMs = 60_000;

/** What can leave under these settings: nobody's data is in it, and no value of a setting but names of fields and callers. */
export interface PrivacyReport {
  /** False where the keys are missing, and the documented fields stand in for the system's own. */
  readonly isLive: boolean;
  readonly recipients: readonly Recipient[];
  readonly fields: readonly LeavingField[];
  readonly callers: readonly CallerLimits[];
  readonly canAdd: boolean;
}

interface Recipient {
  readonly who: string;
  readonly gets: string;
}

interface LeavingField {
  readonly name: string;
  readonly category: Category;
  readonly shown: 'never' | 'in part' | 'in every row' | 'when named' | 'when named, and in a whole record';
}

type CallerLimits = Pick<Caller, 'name' | 'readOnly' | 'hiddenFields'>;

/** Tells what can leave, to whom: by our settings, and by the variables of OpenTelemetry. It writes nothing. */
export async function privacyReport(config: Config, environment: NodeJS.ProcessEnv): Promise<PrivacyReport> {
  const { isLive, all, visible } = await fieldsOf(config);
  const callers = config.callers === undefined ? [] : await callersOf(config.callers);
  return {
    isLive,
    recipients: recipientsOf(config, environment),
    fields: all.map(field => leaving(field, visible.get(field.name))),
    callers,
    canAdd: !config.readOnly,
  };
}

/** The report as text. */
export function privacyText({ isLive, recipients, fields, callers, canAdd }: PrivacyReport): string {
  const width = Math.max(...fields.map(({ name }) => name.length));
  const categories: readonly Category[] = ['special category', 'identifies or reaches somebody', 'other'];
  return [
    'What can leave under these settings, and who gets it',
    '',
    ...recipients.map(({ who, gets }) => `- ${who}: ${gets}`),
    ...callers.map(callerText),
    '',
    isLive ? 'Fields of your system:' : 'Fields that the manual names (set the keys for those of your system):',
    ...categories.flatMap(category => [
      `\n${category}`,
      ...fields
        .filter(field => field.category === category)
        .map(({ name, shown }) => `  ${name.padEnd(width)}  ${shown}`),
    ]),
    '',
    `Adding people: ${canAdd ? 'on. What was stored comes back as above' : 'off'}.`,
    'Counts can tell of every field that is shown. What a free text holds can not be told by its name.',
    '',
  ].join('\n');
}

function callerText({ name, readOnly, hiddenFields }: CallerLimits): string {
  const never = hiddenFields.join(', ') || '(no more than everybody)';
  return `- caller ${name}: ${readOnly ? 'only reads' : 'reads and adds'}; never gets: ${never}`;
}

async function fieldsOf(config: Config) {
  const { hiddenFields, maskedFields } = config;
  if (missingKeys(config.keys).length > 0) {
    const lists = (limits: Pick<Config, 'hiddenFields' | 'maskedFields'>) =>
      fieldLists(documentedFields, false, limits).selectable;
    return { isLive: false, all: lists({ hiddenFields: [], maskedFields: [] }), visible: byName(lists(config)) };
  }
  const api = new CharitylogClient(config);
  const waiting = { signal: AbortSignal.timeout(longestMs) };
  try {
    const [all, visible] = await Promise.all([
      new Catalogue(api).fields(waiting),
      new Catalogue(api, { hiddenFields, maskedFields }).fields(waiting),
    ]);
    return { isLive: all.isLive, all: all.selectable, visible: byName(visible.selectable) };
  } finally {
    await api.close();
  }
}

function byName(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map(field => [field.name, field]));
}

const alwaysShown: readonly string[] = ['id', 'type', 'first_name', 'surname', 'active', 'deceased'];

function leaving(field: Field, visible: Field | undefined): LeavingField {
  return { name: field.name, category: categoryOf(field), shown: shownOf(field, visible) };
}

function shownOf({ name, special }: Field, visible: Field | undefined): LeavingField['shown'] {
  if (!visible) return 'never';
  if (visible.masked) return 'in part';
  if (alwaysShown.includes(name)) return 'in every row';
  return special ? 'when named' : 'when named, and in a whole record';
}

async function callersOf(file: string): Promise<readonly CallerLimits[]> {
  const callers = await CallersFile.open(file, () => undefined);
  callers.close();
  return callers.callers.map(({ name, readOnly, hiddenFields }) => ({ name, readOnly, hiddenFields }));
}

const auditLines = 'names of tools, arguments and fields, and ids; no value';

function recipientsOf(config: Config, environment: NodeJS.ProcessEnv): readonly Recipient[] {
  const traces = tracesCollector(environment);
  const { baseUrl, auditLog, auditSyslog, exportDir, oauthIssuer, redisUrl } = config;
  const recipients: readonly (readonly [who: string | undefined, gets: string])[] = [
    ['the assistant, and the company that runs its model', 'each answer: the fields below, counts, names of options'],
    [new URL(baseUrl).host, 'the questions as filters, and new records'],
    [exportDir && 'the folder of CHARITYLOG_EXPORT_DIR', 'rows of people, as below'],
    [auditLog && 'the file of CHARITYLOG_AUDIT_LOG', auditLines],
    [auditSyslog && new URL(auditSyslog).host, auditLines],
    [oauthIssuer, 'nothing about people: its public keys are read'],
    [
      traces && hostOf(traces),
      'names of tools, methods and statuses of API requests, outcomes and times of the HTTP service',
    ],
    [redisUrl && 'Redis', 'hashes, ids and times of records that were added'],
  ];
  return recipients.flatMap(([who, gets]) => (who === undefined ? [] : [{ who, gets }]));
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'the collector of OpenTelemetry';
}
