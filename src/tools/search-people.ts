import type { FieldLists } from '../catalogue/catalogue.ts';
import { closest } from '../closest.ts';
import {
  type Argument,
  type ArgumentHelp,
  inputSchema,
  type ParsedArguments,
  parseArguments,
  wrongArguments,
} from './arguments.ts';
import { expandMore } from './field-arguments.ts';
import { filterArguments, readFilters, typeArgument } from './filters.ts';
import { Page, readCursor, writeCursor } from './page.ts';
import { fieldsToAsk, shortForm } from './person-view.ts';
import { readingAnnotations, type Tool } from './tool.ts';

const defaultLimit = 10;
const ownArguments: readonly Argument[] = [
  typeArgument,
  { name: 'fields', kind: 'strings', description: 'Further fields to show' },
  { name: 'limit', kind: 'integer', range: [1, 50], description: `People a page, ${defaultLimit} unless given` },
  { name: 'cursor', kind: 'string', description: 'next_cursor of the page before' },
];

export const searchPeople: Tool = {
  name: 'search_people',
  title: 'Search people',
  description:
    'Finds people (clients, carers, volunteers, staff, ...) on Charitylog who match all the filters given, inactive and ' +
    'deceased people included. Every filter is an argument of its own; several values separated by ; mean any of them, ' +
    'and choices take option ids. Changes nothing. Returns {total, people: [{id, name, type, ...}], applied_filters, ' +
    'next_cursor?}; name further fields to see in fields, and repeat the call with cursor for the next page.',
  annotations: readingAnnotations,

  schema: lists => inputSchema(argumentsFor(lists).list),

  async call(input, { people, catalogue, signal }) {
    const lists = await catalogue.lists(signal);
    const { list, filters } = argumentsFor(lists);
    const help = helpFor(lists);
    const parsed = parseArguments(list, expandMore(input, help), help);
    const extra = shownFields(parsed, lists, help);
    const { query, applied } = await readFilters(parsed, filters, catalogue, help, signal);
    const question = [...query].sort(([a], [b]) => (a < b ? -1 : 1));
    const afterId = readCursor(parsed.values.get('cursor') as string | undefined, question);
    const page = new Page(Number(parsed.values.get('limit') ?? defaultLimit), afterId);
    const [types] = await Promise.all([
      catalogue.typesToShow(signal),
      people.eachPerson({ filters: query, fields: fieldsToAsk(lists, extra) }, person => page.offer(person), signal),
    ]);
    const notes = [...parsed.notes, ...inactiveNote(lists, query, page.total)];
    return {
      total: page.total,
      people: page.people.map(person => shortForm(person, extra, types)),
      applied_filters: applied,
      ...(page.nextAfterId !== undefined && { next_cursor: writeCursor(page.nextAfterId, question) }),
      ...(notes.length > 0 && { notes }),
    };
  },
};

function argumentsFor(lists: FieldLists) {
  const filters = filterArguments(lists, ['name', ...ownArguments.map(argument => argument.name)]);
  const [type, ...rest] = ownArguments as readonly [Argument, ...Argument[]];
  return { list: [type, ...filters.list, ...rest], filters };
}

function helpFor(lists: FieldLists): ArgumentHelp {
  const shown = new Set(lists.selectable.map(field => field.name));
  return {
    tool: 'search_people',
    example: { type: 'Volunteers', postcode: 'EW1 2AB', fields: ['email'] },
    explain: key =>
      shown.has(key)
        ? `${key} cannot be searched by on this Charitylog system. Search by other filters and show it with fields: ["${key}"].`
        : undefined,
  };
}

/** The fields to show, each of which this system must have. */
function shownFields(parsed: ParsedArguments, lists: FieldLists, help: ArgumentHelp): readonly string[] {
  const names = lists.selectable.map(field => field.name);
  const wanted = (parsed.values.get('fields') ?? []) as readonly string[];
  const problems = wanted
    .filter(name => !names.includes(name))
    .map(name => {
      const near = closest(name, names);
      return `fields: this system has no field ${JSON.stringify(name)}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ` It has: ${names.join(', ')}.`}`;
    });
  if (problems.length > 0) throw wrongArguments(problems, help);
  return wanted;
}

function inactiveNote(lists: FieldLists, query: ReadonlyMap<string, unknown>, total: number): string[] {
  const isFilter = lists.filterable.some(field => field.name === 'active');
  return isFilter && total > 0 && !query.has('active')
    ? ['Inactive people are included; active: true leaves them out.']
    : [];
}
