import type { Field, FieldLists } from '../catalogue/catalogue.ts';
import { matchType } from '../catalogue/options.ts';
import type { Person } from '../charitylog/people-api.ts';
import { CharitylogError, isCharitylogError } from '../errors.ts';
import {
  type Argument,
  type ArgumentHelp,
  inputSchema,
  type ParsedArguments,
  parseArguments,
  wrongArguments,
} from './arguments.ts';
import { expandMore, type FieldArguments, fieldArguments } from './field-arguments.ts';
import { apiValues } from './filters.ts';
import { hasValue, typeNames } from './person-view.ts';
import type { Tool, ToolContext } from './tool.ts';

const help: ArgumentHelp = {
  tool: 'create_person',
  example: { first_name: 'Jo', surname: 'Smith', type: 'Volunteers' },
};

const ownArguments: readonly Argument[] = [
  { name: 'first_name', kind: 'string', required: true, aliases: ['forename', 'given_name'] },
  { name: 'surname', kind: 'string', required: true, aliases: ['last_name', 'family_name'] },
  { name: 'type', kind: 'string', description: 'Client type, name or id', aliases: ['client_type'] },
];

export const createPerson: Tool = {
  name: 'create_person',
  title: 'Add a person',
  description:
    'Adds one new person to Charitylog. Use it only when the user asked for this person to be added, and search_people ' +
    'first to see that they are not there yet: nothing can be deleted or changed from here afterwards. The request is sent ' +
    'once and never repeated. Returns {status, id, stored_fields}; status "unknown" means Charitylog did not confirm it: ' +
    'look the person up before doing anything else.',
  // Not idempotent: two calls make two people. Not destructive: nothing that exists is changed.
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },

  schema: lists => inputSchema(argumentsFor(lists).list),

  async call(input, context) {
    const { people, catalogue, signal } = context;
    const lists = await catalogue.lists(signal);
    const { list, fields } = argumentsFor(lists);
    const parsed = parseArguments(list, expandMore(input, help), help);
    const values = await recordValues(parsed, fields, context);
    try {
      const id = await people.createPerson(values, signal);
      return { status: 'created', id, ...(await readBack(id, values, lists, context)), ...withNotes(parsed) };
    } catch (error) {
      if (!isCharitylogError(error, 'unknown_outcome')) throw error;
      return { status: 'unknown', next: afterUnknown(error), ...withNotes(parsed) };
    }
  },
};

function argumentsFor(lists: FieldLists) {
  const own = ownArguments.map(argument => argument.name);
  const writable = lists.writable.filter(field => !own.includes(field.name));
  const fields = fieldArguments(writable, [...own, 'dry_run', 'confirm_token'], () => ({}));
  return { list: [...ownArguments, ...fields.list], fields };
}

/** The new record as the API takes it: ids for type and options, `Y`/`N`, texts. */
async function recordValues(
  parsed: ParsedArguments,
  fields: FieldArguments,
  { catalogue, signal }: ToolContext,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const problems: string[] = [];
  for (const { name } of ownArguments) {
    const value = parsed.values.get(name);
    if (value === undefined) continue;
    values.set(name, name === 'type' ? matchType(await catalogue.types(signal), String(value)).id : String(value));
  }
  for (const [name, field] of fields.fields) {
    const value = parsed.values.get(name);
    if (value === undefined) continue;
    const [text = ''] = apiValues(value);
    problems.push(...problemsOf(name, field, text));
    values.set(field.name, text);
  }
  if (problems.length > 0) throw wrongArguments(problems, help);
  return values;
}

function problemsOf(name: string, field: Field, text: string): string[] {
  return field.kind === 'choice' && !/^\d+$/.test(text)
    ? [`${name} takes an option id (a number), not ${JSON.stringify(text)}.`]
    : [];
}

/** What Charitylog stored, and what to look at where that isn't what was sent. */
async function readBack(
  id: number,
  sent: ReadonlyMap<string, string>,
  lists: FieldLists,
  { people, catalogue, signal }: ToolContext,
): Promise<Record<string, unknown>> {
  const names = [...new Set([...sent.keys(), 'type'])].filter(name =>
    lists.selectable.some(field => field.name === name),
  );
  try {
    const [stored, types] = await Promise.all([people.person(id, names, signal), catalogue.typesToShow(signal)]);
    if (!stored) throw new CharitylogError('not_found', 'Charitylog does not show the new record to this API user.');
    const shown = names.filter(name => hasValue(stored[name]));
    const next = [...differences(sent, stored), ...defaultType(sent, stored, types)];
    return {
      stored_fields: Object.fromEntries(
        shown.map(name => [name, name === 'type' ? typeNames(stored.type, types) : stored[name]]),
      ),
      ...(next.length > 0 && { next: next.join(' ') }),
    };
  } catch (error) {
    const reason = error instanceof CharitylogError ? error.message : 'the call ended early.';
    return { next: `The record was created; do not create it again. It could not be read back: ${reason}` };
  }
}

function differences(sent: ReadonlyMap<string, string>, stored: Person): string[] {
  const differing = [...sent].filter(([name, value]) => name !== 'type' && String(stored[name] ?? '') !== value);
  if (differing.length === 0) return [];
  return [`Not stored as sent: ${differing.map(([name]) => name).join(', ')}. Check the record in Charitylog.`];
}

function defaultType(
  sent: ReadonlyMap<string, string>,
  stored: Person,
  types: Parameters<typeof typeNames>[1],
): string[] {
  if (sent.has('type')) return [];
  return [`No type was given, so Charitylog used its default: ${typeNames(stored.type, types) || 'type 1'}.`];
}

function afterUnknown(error: CharitylogError): string {
  return (
    `${error.message} The person may or may not have been added: look them up with search_people before trying again, ` +
    'and tell the user.'
  );
}

function withNotes({ notes }: ParsedArguments): Record<string, unknown> {
  return notes.length > 0 ? { notes } : {};
}
