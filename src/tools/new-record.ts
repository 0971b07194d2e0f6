import type { Field, FieldLists } from '../catalogue/catalogue.ts';
import { type Argument, type ArgumentHelp, type ParsedArguments, parseArguments, wrongArguments } from './arguments.ts';
import { expandMore, fieldArguments } from './field-arguments.ts';
import { typeField } from './filters.ts';
import type { ToolContext } from './tool.ts';
import { fieldValue } from './values.ts';

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

/** The arguments of `create_person`: the names, the type, every writable field, and how to go about it. */
export function newRecordArguments(lists: FieldLists): {
  list: readonly Argument[];
  fields: ReadonlyMap<string, Field>;
} {
  const own = namedArguments.map(argument => argument.name);
  const writable = lists.writable.filter(field => !own.includes(field.name));
  const reserved = [...own, ...controls.map(argument => argument.name)];
  const further = fieldArguments(writable, reserved, field => (field.kind === 'choice' ? { several: true } : {}));
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
  const { list, fields } = newRecordArguments(lists);
  const parsed = parseArguments(list, expandMore(input, help), help);
  const given = await givenValues(parsed, fields, context);
  const problems = given.flatMap(value => value.problems);
  if (problems.length > 0) throw wrongArguments(problems, help);
  return {
    values: new Map(given.map(({ field, values }) => [field.name, values.join(';')])),
    shown: Object.fromEntries(given.map(({ name, shown }) => [name, shown])),
    notes: parsed.notes,
    isDryRun: parsed.values.get('dry_run') === true,
    confirmToken: parsed.values.get('confirm_token') as string | undefined,
  };
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
