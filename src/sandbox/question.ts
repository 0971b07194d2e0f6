import { ApiError } from './api-error.ts';
import { type Field, getValue, type SandboxPerson } from './fields.ts';

/** What a `/clients/...` URL asks, checked against the fields of the system (API Filters, API: Selecting Specific Fields). */
export interface Question {
  /** True for the people who are asked about. */
  readonly matches: (person: SandboxPerson) => boolean;
  /** True when the URL reads a single record by its id and filters by nothing else. */
  readonly single: boolean;
  /** The chosen fields; undefined without `/field/`. */
  readonly fields: readonly Field[] | undefined;
  readonly dimension: Field | undefined;
  readonly metric: Field | undefined;
  /** Whether the values of a field are asked for as names instead of ids. */
  readonly resolves: (field: Field) => boolean;
}

type Fields = ReadonlyMap<string, Field>;

/** API Filters: up to ten key/value pairs. */
const maxPairs = 10;

/**
 * Reads the decoded path segments after `/clients`, as in `['37', 'field', 'email;postcode']`, and the query.
 *
 * @throws ApiError 400 that names the filter, field, value or number of pairs that isn't accepted.
 */
export function parseQuestion(segments: readonly string[], query: URLSearchParams, fields: Fields): Question {
  const pairs = readPairs(segments);
  const selects = new Map(pairs.filter(([key]) => ['field', 'dimension', 'metric'].includes(key)));
  const filters = pairs.filter(([key]) => !selects.has(key));
  const [first, ...others] = filters;
  const predicates = filters.map(([key, value]) => makePredicate(findFilter(fields, key), value));
  const question = {
    matches: (person: SandboxPerson) => predicates.every(predicate => predicate(person)),
    single: first?.[0] === 'id' && !first[1].includes(';') && others.length === 0,
    fields: selects
      .get('field')
      ?.split(';')
      .map(name => findSelectable(fields, name)),
    dimension: findGroup(fields, selects.get('dimension')),
    metric: findGroup(fields, selects.get('metric')),
    resolves: readResolves(query, fields),
  };
  if (question.metric && !question.dimension) throw new ApiError(400, 'metric needs a dimension');
  return question;
}

function readPairs(segments: readonly string[]): [key: string, value: string][] {
  const path = /^\d+$/.test(segments[0] ?? '') ? ['id', ...segments] : segments;
  if (path.length > 2 * maxPairs) throw new ApiError(400, `at most ${maxPairs} key/value pairs are accepted`);
  return Array.from({ length: Math.ceil(path.length / 2) }, (_, index) => {
    const [key = '', value = ''] = path.slice(2 * index);
    if (value === '') throw new ApiError(400, `${key} has no value`);
    return [key, value];
  });
}

function findFilter(fields: Fields, name: string): Field {
  const field = fields.get(name);
  if (!field?.filterable) throw new ApiError(400, `${name} is not a filter, see clients/filterable_fields`);
  return field;
}

function findSelectable(fields: Fields, name: string): Field {
  const field = fields.get(name);
  if (!field?.selectable) throw new ApiError(400, `${name} is not a field, see clients/selectable_fields`);
  return field;
}

function findGroup(fields: Fields, name: string | undefined): Field | undefined {
  if (name === undefined) return undefined;
  const field = findFilter(fields, name);
  if (!field.options && field.kind !== 'yes-no') throw new ApiError(400, `people can't be counted by ${name}`);
  return field;
}

function readResolves(query: URLSearchParams, fields: Fields): (field: Field) => boolean {
  const names = new Set(query.getAll('resolveIds[]'));
  const everything = names.delete('ALL');
  for (const name of names) findSelectable(fields, name);
  return field => field.options !== undefined && (everything || names.has(field.name));
}

/** Several values, separated by `;`, mean any of them. */
function makePredicate(field: Field, value: string): (person: SandboxPerson) => boolean {
  const wanted = new Set(value.split(';').map(text => readWanted(field, text)));
  if (field.kind === 'types') return person => person.type.some(type => wanted.has(type));
  return person => {
    const actual = getValue(person, field.name);
    return actual !== undefined && wanted.has(typeof actual === 'string' ? fold(field, actual) : Number(actual));
  };
}

function readWanted(field: Field, text: string): string | number {
  const numeric = field.options !== undefined || field.kind === 'id' || field.kind === 'count';
  if (!numeric) return fold(field, text);
  if (!/^\d+$/.test(text)) throw new ApiError(400, `${field.name} is compared with numbers, not with "${text}"`);
  return Number(text);
}

/** Text is compared regardless of case, codes exactly as stored. */
function fold(field: Field, text: string): string {
  return field.kind === 'code' ? text : text.toLowerCase();
}
