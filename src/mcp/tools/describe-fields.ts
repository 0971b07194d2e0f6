import { invalid } from '../../base/errors.ts';
import { visibleLine } from '../../base/visible-text.ts';
import { calledBy } from '../../catalogue/called.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import { findField, unknownField } from '../../catalogue/find-field.ts';
import { searchOptions } from '../../catalogue/options.ts';
import { integerId } from '../../charitylog/values.ts';
import type { Argument } from '../arguments/schema.ts';
import { readArguments, readingAnnotations, type Tool, type ToolContext, withNotes } from '../tool.ts';

const maxFields = 60;
const maxOptions = 100;
const ownArguments: readonly Argument[] = [
  { name: 'field', kind: 'string' },
  { name: 'search', kind: 'string', description: 'part of a name' },
];

export const describeFields: Tool = {
  name: 'describe_fields',
  title: 'Describe fields',
  description:
    "Lists this system's fields, or the options of one field. Needed only when a field or an option was refused. Returns " +
    'fields with label and kind, or options with id and name.',
  annotations: readingAnnotations,

  example: { field: 'district', search: 'east' },
  arguments: () => ownArguments,

  async call(input, context) {
    const lists = await context.catalogue.fields(context.waiting);
    const { values, notes } = readArguments(describeFields, input, lists);
    const search = values.get('search') as string | undefined;
    const name = values.get('field') as string | undefined;
    const result = name === undefined ? fieldsOf(lists, search) : await optionsOf(lists, name, search, context);
    return { ...result.found, ...withNotes(...notes, ...result.notes) };
  },

  audited: () => ({}),
};

function fieldsOf(lists: FieldLists, search: string | undefined) {
  const fields = search === undefined ? allFields(lists) : allFields(lists).filter(calledBy(search));
  return {
    found: { fields: fields.slice(0, maxFields).map(field => describe(field, lists)) },
    notes: cutNotes(fields.length, maxFields, 'fields'),
  };
}

async function optionsOf(
  lists: FieldLists,
  name: string,
  search: string | undefined,
  { catalogue, waiting }: ToolContext,
) {
  const field = findField(allFields(lists), name);
  if (!field) throw invalid(unknownField(lists, name).text);
  const options = await catalogue.options(field, waiting);
  if (!options)
    return { found: { fields: [describe(field, lists)] }, notes: [`${field.name} has no list of options.`] };
  const found = search === undefined ? options : searchOptions(options, search);
  return {
    found: {
      field: field.name,
      options: found.slice(0, maxOptions).map(option => ({ id: integerId(option.id) ?? option.id, name: option.name })),
    },
    notes: cutNotes(found.length, maxOptions, 'options'),
  };
}

function describe(field: Field, lists: FieldLists): Record<string, unknown> {
  const has = (list: readonly Field[]) => list.some(other => other.name === field.name);
  return {
    name: visibleLine(field.name),
    label: field.label,
    kind: field.kind === 'unknown' ? 'text' : field.kind,
    ...(has(lists.filterable) && { filter: true }),
    ...(has(lists.writable) && { write: true }),
    ...(field.special && { special_category: true }),
    ...(field.masked && { masked: true }),
  };
}

function allFields(lists: FieldLists): readonly Field[] {
  return [...new Map([...lists.selectable, ...lists.filterable].map(field => [field.name, field])).values()];
}

function cutNotes(found: number, shown: number, what: string): string[] {
  return found > shown ? [`${shown} of ${found} ${what} shown; narrow them with search.`] : [];
}
