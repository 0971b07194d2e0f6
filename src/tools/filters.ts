import type { Catalogue, Field, FieldLists } from '../catalogue/catalogue.ts';
import { matchType } from '../catalogue/options.ts';
import { maxPairs, pathValueProblem } from '../charitylog/path.ts';
import { type Argument, type ArgumentHelp, type ParsedArguments, wrongArguments } from './arguments.ts';
import { type FieldArguments, fieldArguments } from './field-arguments.ts';

/** Filters as the API takes them, and as the caller is told that they were applied. */
export interface Filters {
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly applied: Readonly<Record<string, string | number | boolean>>;
}

/** The `type` argument of the tools that read. */
export const typeArgument: Argument = {
  name: 'type',
  kind: 'string',
  several: true,
  description: 'Client type, name or id',
  aliases: ['client_type', 'types'],
};

/** One argument for each field that this charity's system can filter by. */
export function filterArguments(lists: FieldLists, reserved: readonly string[]): FieldArguments {
  const fields = lists.filterable.filter(field => field.name !== 'type');
  return fieldArguments(fields, reserved, field => (isTyped(field) ? {} : { several: true }));
}

/**
 * The filters among a call's arguments.
 *
 * @throws CharitylogError `invalid` for a value that can't be searched for, an unknown type, and too many filters
 */
export async function readFilters(
  parsed: ParsedArguments,
  filters: FieldArguments,
  catalogue: Catalogue,
  help: ArgumentHelp,
  signal: AbortSignal,
): Promise<Filters> {
  const query = new Map<string, readonly string[]>();
  const applied: Record<string, string | number | boolean> = {};
  const problems: string[] = [];
  const types = parsed.values.get('type') as readonly string[] | undefined;
  if (types) {
    const known = await catalogue.types(signal);
    const matches = types.map(text => matchType(known, text));
    query.set('type', [...new Set(matches.map(type => type.id))]);
    applied.type = matches.map(type => type.name).join('; ');
  }
  for (const [name, field] of filters.fields) {
    const value = parsed.values.get(name);
    if (value === undefined) continue;
    const values = apiValues(value);
    problems.push(...values.flatMap(text => problemsOf(name, field, text)));
    query.set(field.name, values);
    applied[name] = typeof value === 'object' ? value.join('; ') : value;
  }
  if (query.size > maxPairs - 1) {
    problems.push(
      `A question takes at most ${maxPairs - 1} filters, type included; this one has ${query.size}. Leave out ` +
        `${query.size - maxPairs + 1} of them.`,
    );
  }
  if (problems.length > 0) throw wrongArguments(problems, help);
  return { query, applied };
}

/** An argument's value as the API writes it: `Y`/`N`, digits, texts. */
export function apiValues(value: string | number | boolean | readonly string[]): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'Y' : 'N'];
  return typeof value === 'object' ? value : [String(value)];
}

function isTyped(field: Field): boolean {
  return field.kind === 'yes_no' || field.kind === 'count';
}

function problemsOf(name: string, field: Field, text: string): string[] {
  const problem = pathValueProblem(text);
  if (problem) return [`${name} ${problem}.`];
  if (field.kind === 'choice' && !/^\d+$/.test(text))
    return [`${name} takes option ids (numbers), not ${JSON.stringify(text)}.`];
  return [];
}
