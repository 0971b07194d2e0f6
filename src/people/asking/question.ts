import { perObject } from '../../base/memoize.ts';
import { plain } from '../../base/spelling.ts';
import type { FieldLists } from '../../catalogue/catalogue.ts';
import { findField } from '../../catalogue/find-field.ts';
import type { Person } from '../../charitylog/api.ts';
import { expandMore, type FieldArguments } from '../../mcp/arguments/field-arguments.ts';
import {
  type Argument,
  type ArgumentHelp,
  type FlatSchema,
  inputSchema,
  type ParsedArguments,
  parseArguments,
  wrongArguments,
} from '../../mcp/arguments/parse.ts';
import type { ToolContext } from '../../mcp/tool.ts';
import { nameFields, nameMatcher } from '../values/name.ts';
import { type Filters, filterArguments, readFilters } from './filters.ts';

/** Who is asked for: filters, and names, which are compared here because spelling may matter to the API. */
export interface Question {
  /** The filters that the API applies. */
  readonly query: Filters['query'];
  /** All filters, as the caller is told of them. */
  readonly applied: Readonly<Record<string, unknown>>;
  /** Whether a person has the names asked for; `undefined` where none is. */
  readonly hasName: ((person: Person) => boolean) | undefined;
  /** The question as text: equal for equal questions. */
  readonly key: string;
}

/** A tool that asks about people: its arguments besides `type`, `name` and the filters. */
export interface AskingTool {
  readonly tool: string;
  readonly example: ArgumentHelp['example'];
  readonly own: readonly Argument[];
}

/** A call of such a tool, its arguments read. */
export interface AskingCall {
  readonly lists: FieldLists;
  readonly args: FieldArguments;
  readonly parsed: ParsedArguments;
  readonly help: ArgumentHelp;
}

/** The schema of a tool that asks about people. */
export function questionSchema(asking: AskingTool, lists: FieldLists): FlatSchema {
  return inputSchema(argumentsOf(asking)(lists).list);
}

/**
 * Reads a call's arguments against the live lists.
 *
 * @throws CharitylogError `invalid` naming every unknown, malformed and missing argument
 */
export async function readCall(
  asking: AskingTool,
  input: unknown,
  { catalogue, signal }: ToolContext,
): Promise<AskingCall> {
  const lists = await catalogue.lists(signal);
  const args = argumentsOf(asking)(lists);
  const help = { tool: asking.tool, example: asking.example, explain: (key: string) => whyNoFilter(key, lists) };
  return { lists, args, help, parsed: parseArguments(args.list, expandMore(input, help), help) };
}

const nameArgument: Argument = { name: 'name', kind: 'string', aliases: ['full_name'] };

/** Made once for each tool and each load of the lists: calls come far more often. */
const argumentsOf = perObject(({ own }: AskingTool) =>
  perObject((lists: FieldLists): FieldArguments => {
    const reserved = [nameArgument, ...own].map(argument => argument.name);
    const { list, fields } = filterArguments(lists, reserved);
    const [type, ...filters] = list as readonly [Argument, ...Argument[]];
    return { list: [type, nameArgument, ...filters, ...own], fields };
  }),
);

function whyNoFilter(key: string, lists: FieldLists): string | undefined {
  if (plain(key) === 'inactive') return 'For inactive people, give active: false.';
  const field = findField(lists.selectable, key);
  if (!field || findField(lists.filterable, key)) return undefined;
  const instead = nameFields.includes(field.name)
    ? 'use name'
    : `show it with search_people and fields: ["${field.name}"]`;
  return `${field.name} cannot be searched by on this Charitylog system; ${instead}.`;
}

/**
 * Reads who is asked for from a call's arguments.
 *
 * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
 * @throws CharitylogError `invalid` saying what is wrong
 */
export async function readQuestion(
  { parsed, args, help }: AskingCall,
  otherPairs: number,
  { catalogue, signal }: ToolContext,
): Promise<Question> {
  const filters = await readFilters(parsed, args, otherPairs, help, catalogue, signal);
  const name = parsed.values.get('name') as string | undefined;
  if (name !== undefined && plain(name) === '') throw wrongArguments(['name has no letters.'], help);
  const isName = ([field]: readonly [string, readonly string[]]) => nameFields.includes(field);
  const names = [...filters.query].filter(isName);
  const query = [...filters.query].filter(filter => !isName(filter));
  const sorted = query.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    query: new Map(query),
    applied: { ...filters.applied, ...(name !== undefined && { name }) },
    hasName: name === undefined && names.length === 0 ? undefined : nameTest(name, names),
    key: JSON.stringify([sorted, names, name ?? null]),
  };
}

/** The test for a name, and for single name fields, each of which may have one of several values. */
function nameTest(name: string | undefined, names: readonly (readonly [string, readonly string[]])[]) {
  const alternatives = names.map(([field, texts]) => texts.map(text => nameMatcher(text, [field])));
  if (name !== undefined) alternatives.push([nameMatcher(name)]);
  return (person: Person) => alternatives.every(matchers => matchers.some(matches => matches(person)));
}

/** Nobody is left out unasked; a caller who may not expect that is told. */
export function inactiveNotes(question: Question, lists: FieldLists, total: number): string[] {
  const isFilter = lists.filterable.some(field => field.name === 'active');
  if (!isFilter || total === 0 || question.query.has('active')) return [];
  return ['Inactive people included.'];
}
