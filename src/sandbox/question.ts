import { ApiError } from './api-error.ts';
import type { Field } from './fields.ts';
import type { Filter } from './filters.ts';

/** What a `/clients/...` URL asks, checked against the fields of the system (API Filters, API: Selecting Specific Fields). */
export interface Question {
  /** All of them hold for the people who are asked about. */
  readonly filters: readonly Filter[];
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
  const filters = pairs
    .filter(([key]) => !selects.has(key))
    .map(([key, value]) => ({ field: findFilter(fields, key), value }));
  const [first, ...others] = filters;
  const question = {
    filters,
    single: first?.field.kind === 'id' && !first.value.includes(';') && others.length === 0,
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
