import type { Field, FieldLists } from '../catalogue/catalogue.ts';
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
import { expandMore, fieldArguments } from './field-arguments.ts';
import { typeField } from './filters.ts';
import { viewOf } from './person-view.ts';
import type { Tool, ToolContext } from './tool.ts';
import { fieldValue } from './values.ts';

const help: ArgumentHelp = {
  tool: 'create_person',
  example: { first_name: 'Jo', surname: 'Smith', type: 'Volunteers' },
};

const ownArguments: readonly (Argument & { readonly field: Field })[] = [
  { ...required('first_name', 'First name'), aliases: ['forename', 'given_name'] },
  { ...required('surname', 'Surname'), aliases: ['last_name', 'family_name'] },
  { name: 'type', kind: 'string', aliases: ['client_type'], field: typeField },
];

export const createPerson: Tool = {
  name: 'create_person',
  title: 'Add a person',
  description:
    'Adds one new person, when the user asked for it and search_people found nobody who may be the same. Choices take ' +
    'whole option names, dates YYYY-MM-DD. Nothing can be changed or deleted afterwards. Returns status, id and ' +
    'stored_fields; after status unknown, look the person up first.',
  // Not idempotent: two calls make two people. Not destructive: nothing that exists is changed.
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },

  schema: lists => inputSchema(argumentsFor(lists).list),

  async call(input, context) {
    const { people, catalogue, memory, signal } = context;
    const lists = await catalogue.lists(signal);
    const { list, fields } = argumentsFor(lists);
    const parsed = parseArguments(list, expandMore(input, help), help);
    const record = await recordOf(parsed, fields, context);
    const notes = parsed.notes.length > 0 && { notes: parsed.notes };
    try {
      memory.forgetAnswers();
      const id = await people.createPerson(record, signal);
      return { status: 'created', id, ...(await readBack(id, record, lists, context)), ...notes };
    } catch (error) {
      if (!isCharitylogError(error, 'unknown_outcome')) throw error;
      return { status: 'unknown', next: nextAfterUnknown(error), ...notes };
    }
  },
};

function required(name: string, label: string): Argument & { readonly field: Field } {
  return { name, kind: 'string', required: true, field: { name, label, kind: 'text', special: false } };
}

function argumentsFor(lists: FieldLists) {
  const own = ownArguments.map(argument => argument.name);
  const writable = lists.writable.filter(field => !own.includes(field.name));
  const further = fieldArguments(writable, own, field => (field.kind === 'choice' ? { several: true } : {}));
  return {
    list: [...ownArguments, ...further.list],
    fields: new Map([...ownArguments.map(({ name, field }) => [name, field] as const), ...further.fields]),
  };
}

/** The new record as the API takes it: ids for type and options, `Y`/`N`, texts. */
async function recordOf(
  parsed: ParsedArguments,
  fields: ReadonlyMap<string, Field>,
  { catalogue, signal }: ToolContext,
): Promise<ReadonlyMap<string, string>> {
  const taken = await Promise.all(
    [...fields].map(async ([name, field]) => {
      const value = parsed.values.get(name);
      return value === undefined
        ? undefined
        : { field: field.name, ...(await fieldValue(name, field, value, catalogue, false, signal)) };
    }),
  );
  const given = taken.filter(value => value !== undefined);
  const problems = given.flatMap(value => value.problems);
  if (problems.length > 0) throw wrongArguments(problems, help);
  return new Map(given.map(({ field, values }) => [field, values.join(';')]));
}

/** What Charitylog stored, and what to look at where that isn't what was sent. */
async function readBack(
  id: number,
  sent: ReadonlyMap<string, string>,
  lists: FieldLists,
  { people, catalogue, signal }: ToolContext,
): Promise<Record<string, unknown>> {
  const fields = lists.selectable.filter(field => sent.has(field.name) || field.name === 'type');
  const names = [...new Set([...sent.keys(), 'type'])].filter(name => fields.some(field => field.name === name));
  try {
    const stored = await people.person(id, names, [], signal);
    if (!stored) throw new CharitylogError('not_found', 'Charitylog does not show the new record to this API user.');
    const shown = (await viewOf([stored], fields, catalogue, signal)).values(stored, names);
    const next = [...differences(sent, stored), ...(sent.has('type') ? [] : [defaultType(shown.type)])];
    return { stored_fields: shown, ...(next.length > 0 && { next: next.join(' ') }) };
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

function defaultType(type: unknown): string {
  return `No type was given, so Charitylog used its default: ${type ?? 'type 1'}.`;
}

function nextAfterUnknown(error: CharitylogError): string {
  return (
    `${error.message} The person may or may not have been added: look them up with search_people before trying again, ` +
    'and tell the user.'
  );
}
