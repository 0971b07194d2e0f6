import type { SandboxPerson } from './fields.ts';
import { type Page, wrapPage } from './paging.ts';
import { type Answer, json, jsonText } from './respond.ts';
import type { Switches } from './switches.ts';
import { type Column, writeId, writerOf } from './values.ts';

const partLength = 32_768;
const streamedFrom = 200;

/** The answer that holds several people; large ones are encoded part by part while they are sent. */
export function answerPeople(switches: Switches, page: Page<SandboxPerson>, columns: readonly Column[]): Answer {
  const { status, headers, head, tail } = wrapPage(switches, page);
  const parts = encodePeople(switches, page.rows, { columns, head, tail });
  const answer = jsonText(status, page.rows.length < streamedFrom ? [...parts].join('') : parts);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** The answer to reading one record by its id. */
export function answerPerson(switches: Switches, person: SandboxPerson, columns: readonly Column[]): Answer {
  const own = switches.idField === 'not-of-one' ? columns.filter(({ field }) => field.kind !== 'id') : columns;
  if (switches.single === 'list') return answerPeople(switches, { rows: [person] }, own);
  const record = recordWriter(switches, own)(person);
  return json(200, switches.single === 'wrapped' ? wrap(switches, record) : record);
}

/** The answer to a question that matches nobody; counts have no wrapper. */
export function answerNobody(switches: Switches, kind: 'people' | 'counts', none: Switches['none']): Answer {
  if (none === '404') return json(404, { error: 'no records found' });
  if (none === '204') return { status: 204, headers: {}, body: '' };
  if (none === 'empty-body') return jsonText(200, '');
  const nobody = none === 'null' ? null : [];
  return json(200, kind === 'people' ? wrap(switches, nobody) : nobody);
}

function wrap({ wrap: key }: Switches, value: unknown): unknown {
  return key === 'none' ? value : { [key]: value };
}

interface Frame {
  readonly columns: readonly Column[];
  /** What comes before and after the people. */
  readonly head: string;
  readonly tail: string;
}

function* encodePeople(
  switches: Switches,
  people: readonly SandboxPerson[],
  { columns, head, tail }: Frame,
): Generator<string> {
  const [open, close] = switches.people === 'map' ? '{}' : '[]';
  const encode = entryEncoder(switches, columns);
  let part = `${head}${open}`;
  let separator = '';
  for (const person of people) {
    part += separator + encode(person);
    separator = ',';
    if (part.length < partLength) continue;
    yield part;
    part = '';
  }
  yield `${part}${close}${tail}`;
}

function entryEncoder(switches: Switches, columns: readonly Column[]): (person: SandboxPerson) => string {
  if (switches.people === 'array') {
    const write = recordWriter(switches, columns);
    return person => JSON.stringify(write(person));
  }
  const own = columns.filter(({ field }) => field.kind !== 'id');
  const write = recordWriter(switches, own);
  return person => `"${person.id}":${JSON.stringify(write(person))}`;
}

type Written = Record<string, unknown>;

function recordWriter(switches: Switches, columns: readonly Column[]): (person: SandboxPerson) => Written {
  if (switches.nesting === 'flat') return flatWriter(switches, columns);
  const hasId = columns.some(({ field }) => field.kind === 'id');
  const write = flatWriter(
    switches,
    columns.filter(({ field }) => field.kind !== 'id'),
  );
  return person => ({
    ...(hasId && { id: writeId(switches, person.id) }),
    [switches.nesting]: write(person),
  });
}

function flatWriter(switches: Switches, columns: readonly Column[]): (person: SandboxPerson) => Written {
  const writers = columns.map(column => ({
    key: keyOf(switches, column.field.name),
    write: writerOf(switches, column),
  }));
  return person => {
    const record: Written = {};
    for (const { key, write } of writers) {
      const value = write(person);
      if (value !== undefined) record[key] = value;
    }
    return record;
  };
}

function keyOf({ keys }: Switches, name: string): string {
  if (keys === 'capitalised') return name.replace(/(?<![a-z0-9])[a-z]/g, letter => letter.toUpperCase());
  return keys === 'prefixed' ? `client_${name}` : name;
}
