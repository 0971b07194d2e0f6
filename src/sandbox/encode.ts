import type { Counts, SplitCounts } from './counts.ts';
import type { Dictionary } from './dictionaries.ts';
import { type Field, type FieldKind, getValue, type SandboxPerson } from './fields.ts';
import { type Answer, json, jsonText } from './respond.ts';
import type { Shape } from './shapes.ts';

/** A field that is written for each person; with `names`, names stand in place of its ids. */
export interface Column {
  readonly field: Field;
  readonly names: Dictionary | undefined;
}

const partLength = 32_768;
const streamedFrom = 200;

/** The answer that holds several people; large ones are encoded part by part while they are sent. */
export function answerPeople(shape: Shape, people: readonly SandboxPerson[], columns: readonly Column[]): Answer {
  const parts = encodePeople(shape, people, columns);
  return jsonText(200, people.length < streamedFrom ? [...parts].join('') : parts);
}

/** The answer to reading one record by its id. */
export function answerPerson(shape: Shape, person: SandboxPerson, columns: readonly Column[]): Answer {
  if (shape.single === 'list') return answerPeople(shape, [person], columns);
  const record = encodePerson(shape, person, columns);
  return json(200, shape.single === 'wrapped' ? wrap(shape, record) : record);
}

/** The answer to a question that matches nobody; counts have no wrapper. */
export function answerNobody(shape: Shape, kind: 'people' | 'counts'): Answer {
  if (shape.none === '404') return json(404, { error: 'no records found' });
  if (shape.none === 'empty-body') return jsonText(200, '');
  const nobody = shape.none === 'null' ? null : [];
  return json(200, kind === 'people' ? wrap(shape, nobody) : nobody);
}

function wrap(shape: Shape, value: unknown): unknown {
  return shape.wrap === 'none' ? value : { [shape.wrap]: value };
}

function* encodePeople(shape: Shape, people: readonly SandboxPerson[], columns: readonly Column[]): Generator<string> {
  const [open, close] = shape.people === 'map' ? '{}' : '[]';
  const [head, tail] = shape.wrap === 'none' ? ['', ''] : [`{"${shape.wrap}":`, '}'];
  let part = `${head}${open}`;
  let separator = '';
  for (const person of people) {
    part += separator + encodeEntry(shape, person, columns);
    separator = ',';
    if (part.length < partLength) continue;
    yield part;
    part = '';
  }
  yield `${part}${close}${tail}`;
}

function encodeEntry(shape: Shape, person: SandboxPerson, columns: readonly Column[]): string {
  const record = encodePerson(shape, person, columns);
  if (shape.people === 'array') return JSON.stringify(record);
  return `"${person.id}":${JSON.stringify({ ...record, id: undefined })}`;
}

function encodePerson(shape: Shape, person: SandboxPerson, columns: readonly Column[]): Record<string, unknown> {
  const record: Record<string, unknown> = { id: encodeId(shape, person.id) };
  for (const column of columns) {
    const value = encodeValue(shape, person, column);
    if (value !== undefined) record[column.field.name] = value;
  }
  return record;
}

const blanks = { omit: undefined, null: null, empty: '' };

function encodeValue(shape: Shape, person: SandboxPerson, { field, names }: Column): unknown {
  const value = getValue(person, field.name);
  if (value === undefined) return blanks[shape.blanks];
  if (typeof value === 'object') return encodeTypes(shape, value, names);
  const isId = field.options !== undefined || field.kind === 'id';
  return isId ? (names?.get(Number(value)) ?? encodeId(shape, Number(value))) : value;
}

function encodeTypes(shape: Shape, types: readonly number[], names: Dictionary | undefined): unknown {
  const values = types.map(type => names?.get(type) ?? encodeId(shape, type));
  if (shape.type === 'list') return values;
  if (shape.type === 'id' && values.length === 1) return values[0];
  return values.join(shape.type === 'comma' ? ',' : ';');
}

function encodeId(shape: Shape, id: number): number | string {
  return shape.ids === 'string' ? String(id) : id;
}

/** A look-up list in the configured shape. */
export function encodeDictionary(shape: Shape, options: Dictionary): unknown {
  const form = shape.dictionary;
  if (form === 'map') return Object.fromEntries(options);
  if (form === 'map-object') return Object.fromEntries([...options].map(([id, name]) => [id, { name }]));
  return Array.from(options, ([id, name]) => ({ id: encodeId(shape, id), [form]: name }));
}

const typeNames: Readonly<Record<FieldKind, string>> = {
  id: 'number',
  types: 'choice',
  text: 'text',
  code: 'text',
  date: 'date',
  datetime: 'datetime',
  count: 'number',
  'yes-no': 'yes/no',
  choice: 'choice',
};

/** A list of fields in the configured shape. */
export function encodeFields(shape: Shape, fields: readonly Pick<Field, 'name' | 'label' | 'kind'>[]): unknown {
  const form = shape.fields;
  if (form === 'strings') return fields.map(({ name }) => name);
  if (form === 'map') return Object.fromEntries(fields.map(({ name, label }) => [name, label]));
  if (form === 'map-object') {
    return Object.fromEntries(fields.map(({ name, label, kind }) => [name, { label, type: typeNames[kind] }]));
  }
  return fields.map(({ name, label }) => ({ [form]: name, label }));
}

/** The id of a record that was made or changed, in the configured shape. */
export function encodeCreated(shape: Shape, createdId: number): unknown {
  const id = encodeId(shape, createdId);
  const forms = { number: createdId, string: String(createdId), id: { id }, client_id: { client_id: id } };
  return { ...forms, list: [{ id }], data: { data: { id } } }[shape.created];
}

/** Counts in the configured shape. */
export function encodeCounts(shape: Shape, counts: Counts): unknown {
  if (shape.counts === 'map') return Object.fromEntries(counts);
  return Array.from(counts, ([key, count]) => ({ value: encodeKey(shape, key), count }));
}

/** Counts split by a second field, in the configured shape. */
export function encodeSplitCounts(shape: Shape, counts: SplitCounts): unknown {
  if (shape.counts === 'map') {
    return Object.fromEntries([...counts].map(([key, split]) => [key, Object.fromEntries(split)]));
  }
  return [...counts].flatMap(([key, split]) => {
    const value = encodeKey(shape, key);
    return Array.from(split, ([metric, count]) => ({ value, metric: encodeKey(shape, metric), count }));
  });
}

function encodeKey(shape: Shape, key: string): number | string {
  return /^\d+$/.test(key) ? encodeId(shape, Number(key)) : key;
}
