import { CharitylogError } from '../../base/errors.ts';
import { plain } from '../../base/spelling.ts';
import type { Field, FieldLists } from '../../catalogue/catalogue.ts';
import { optionName } from '../../catalogue/options.ts';
import { expandMore, fieldArguments } from '../../mcp/arguments/field-arguments.ts';
import {
  type Argument,
  type ArgumentHelp,
  type ParsedArguments,
  parseArguments,
  wrongArguments,
} from '../../mcp/arguments/parse.ts';
import type { ToolContext } from '../../mcp/tool.ts';
import { missingFields, type RequiredFields, requiredForAll } from '../../settings/required-fields.ts';
import { fieldValue } from '../asking/filter-value.ts';
import { typeField } from '../asking/filters.ts';
import { nameFields } from '../values/name.ts';

/** A person to be added, as read from a call's arguments. */
export interface NewRecord {
  /** Field name to value, as the API takes it: ids for type and options, `Y`/`N`, texts. */
  readonly values: ReadonlyMap<string, string>;
  /** The same by argument name and with names of options, as the caller is told. */
  readonly shown: Readonly<Record<string, string | number | boolean>>;
  readonly notes: readonly string[];
  readonly isDryRun: boolean;
  readonly confirmToken: string | undefined;
}

const help: ArgumentHelp = {
  tool: 'create_person',
  example: { first_name: 'Jo', surname: 'Smith', type: 'Volunteers' },
};

const namedArguments: readonly (Argument & { readonly field: Field })[] = [
  { ...requiredText('first_name', 'First name'), aliases: ['forename', 'given_name'] },
  { ...requiredText('surname', 'Surname'), aliases: ['last_name', 'family_name'] },
  { name: 'type', kind: 'string', aliases: ['client_type'], field: typeField },
];

const controls: readonly Argument[] = [
  { name: 'dry_run', kind: 'boolean' },
  { name: 'confirm_token', kind: 'string' },
];

/**
 * The arguments of `create_person`: the names, the type, every writable field, and how to go about it.
 *
 * @param required the charity's own minimum data set: what holds for all types is required in the schema
 */
export function newRecordArguments(
  lists: FieldLists,
  required: RequiredFields,
): {
  list: readonly Argument[];
  fields: ReadonlyMap<string, Field>;
} {
  const own = namedArguments.map(argument => argument.name);
  const writable = lists.writable.filter(field => !own.includes(field.name));
  const reserved = [...own, ...controls.map(argument => argument.name)];
  const always = requiredForAll(required).map(plain);
  const further = fieldArguments(writable, reserved, field => ({
    ...(field.kind === 'choice' && { several: true }),
    ...(always.includes(plain(field.name)) && { required: true }),
  }));
  return {
    list: [...namedArguments, ...further.list, ...controls],
    fields: new Map([...namedArguments.map(({ name, field }) => [name, field] as const), ...further.fields]),
  };
}

/**
 * Reads the person to be added from a call's arguments.
 *
 * @throws CharitylogError `invalid` naming everything that is missing, unknown or malformed
 */
export async function readNewRecord(input: unknown, lists: FieldLists, context: ToolContext): Promise<NewRecord> {
  const { list, fields } = newRecordArguments(lists, context.config.requiredFields);
  const parsed = parseArguments(list, expandMore(input, help), help);
  const given = await givenValues(parsed, fields, context);
  const problems = [
    ...given.flatMap(value => value.problems),
    ...given.flatMap(lineBreaks),
    ...(await missingByType(given, fields, context)),
    ...(await malformed(given, context)),
  ];
  if (problems.length > 0) throw wrongArguments(problems, help);
  return {
    values: new Map(given.map(({ field, values }) => [field.name, values.join(';')])),
    shown: Object.fromEntries(given.map(({ name, shown }) => [name, shown])),
    notes: parsed.notes,
    isDryRun: parsed.values.get('dry_run') === true,
    confirmToken: parsed.values.get('confirm_token') as string | undefined,
  };
}

/** A name is one line: another could pass for words of somebody else, wherever it is shown. */
function lineBreaks({ name, field, values }: Given[number]): string[] {
  return nameFields.includes(field.name) && values.some(value => /[\n\r\t]/.test(value))
    ? [`${name} has a line break.`]
    : [];
}

type Given = Awaited<ReturnType<typeof givenValues>>;

/** What the charity requires of people of this type; without a type, of those of type 1, which the API then uses. */
async function missingByType(
  given: Given,
  fields: ReadonlyMap<string, Field>,
  { config, catalogue, signal }: ToolContext,
): Promise<string[]> {
  if (config.requiredFields.length === 0) return [];
  const writable = new Set([...fields.values()].map(field => plain(field.name)));
  const unknown = config.requiredFields.flatMap(part => part.fields).filter(name => !writable.has(plain(name)));
  if (unknown.length > 0) {
    throw new CharitylogError(
      'config',
      `CHARITYLOG_REQUIRED_FIELDS names ${unknown.join(', ')}, which cannot be written on this system: nobody can be added ` +
        'until the administrator corrects the setting.',
      { logText: 'required fields' },
    );
  }
  const type = given.find(({ field }) => field.name === 'type');
  const id = type?.values[0] ?? '1';
  const names = [id, optionName(await catalogue.typesToShow(signal), id)];
  const missing = missingFields(config.requiredFields, names, new Set(given.map(({ field }) => field.name)));
  return missing.map(name => `${name} is missing: this charity requires it${type ? ` of ${type.shown}` : ''}.`);
}

/** Doubtful dates, addresses and numbers. Options are ids by now, and yes/no is `Y` and `N`. */
async function malformed(given: Given, { catalogue }: ToolContext): Promise<string[]> {
  const isText = ({ field }: Given[number]) =>
    !['choice', 'yes_no'].includes(field.kind) && !catalogue.knownOptions(field);
  const texts = given.filter(isText).map(({ field, values }) => [field.name, values.join(';')] as const);
  const { formatProblems } = await import('../values/record-formats.ts');
  return formatProblems(new Map(texts));
}

async function givenValues(
  parsed: ParsedArguments,
  fields: ReadonlyMap<string, Field>,
  { catalogue, signal }: ToolContext,
) {
  const read = [...fields].flatMap(([name, field]) => {
    const value = parsed.values.get(name);
    return value === undefined ? [] : [{ name, field, value }];
  });
  return Promise.all(
    read.map(async ({ name, field, value }) => ({
      name,
      field,
      ...(await fieldValue(name, field, value, catalogue, false, signal)),
    })),
  );
}

function requiredText(name: string, label: string): Argument & { readonly field: Field } {
  return { name, kind: 'string', required: true, field: { name, label, kind: 'text', special: false } };
}
