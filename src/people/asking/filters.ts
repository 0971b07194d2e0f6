import type { Catalogue, Field, FieldLists } from '../../catalogue/catalogue.ts';
import { maxPairs, pathValueProblem } from '../../charitylog/path.ts';
import { type FieldArguments, fieldArguments } from '../../mcp/arguments/field-arguments.ts';
import { type Argument, type ArgumentHelp, type ParsedArguments, wrongArguments } from '../../mcp/arguments/parse.ts';
import { type FieldValue, fieldValue } from './filter-value.ts';

/** Filters as the API takes them, and as the caller is told that they were applied. */
export interface Filters {
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly applied: Readonly<Record<string, string | number | boolean>>;
}

/** The client type as a field: every system has it, whether its lists name it or not. */
export const typeField: Field = { name: 'type', label: 'Type', kind: 'choice', special: false };

const typeArgument: Argument = {
  name: 'type',
  kind: 'string',
  several: true,
  aliases: ['client_type', 'types'],
};

/** `type`, and one argument for each field that this charity's system can filter by. */
export function filterArguments(lists: FieldLists, reserved: readonly string[]): FieldArguments {
  const fields = lists.filterable.filter(field => field.name !== 'type');
  const filters = fieldArguments(fields, ['type', ...reserved], field =>
    field.kind === 'yes_no' ? {} : { several: true },
  );
  return { list: [typeArgument, ...filters.list], fields: new Map([['type', typeField], ...filters.fields]) };
}

/**
 * The filters among a call's arguments.
 *
 * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
 * @throws CharitylogError `invalid` for a value that can't be searched for, an unknown option, and too many filters
 */
export async function readFilters(
  parsed: ParsedArguments,
  filters: FieldArguments,
  otherPairs: number,
  help: ArgumentHelp,
  catalogue: Catalogue,
  signal: AbortSignal,
): Promise<Filters> {
  const given = [...parsed.values].flatMap(([name, value]) => {
    const field = filters.fields.get(name);
    return field ? [{ name, field, value }] : [];
  });
  const allowed = maxPairs - otherPairs;
  if (given.length > allowed) {
    const problem = `A question takes at most ${allowed} filters, type included; this one has ${given.length}. Leave out ${given.length - allowed}.`;
    throw wrongArguments([problem], help);
  }
  const values = await Promise.all(
    given.map(({ name, field, value }) => fieldValue(name, field, value, catalogue, true, signal)),
  );
  const problems = values.flatMap((value, n) => [...value.problems, ...unsendable(given[n]?.name ?? '', value)]);
  if (problems.length > 0) throw wrongArguments(problems, help);
  return {
    query: new Map(values.map(({ values }, n) => [given[n]?.field.name ?? '', values])),
    applied: Object.fromEntries(values.map(({ shown }, n) => [given[n]?.name ?? '', shown])),
  };
}

function unsendable(name: string, { values }: FieldValue): string[] {
  return values.flatMap(text => {
    const problem = pathValueProblem(text);
    return problem ? [`${name} ${problem}.`] : [];
  });
}
