import { isCharitylogError } from '../../base/errors.ts';
import { perObject } from '../../base/memoize.ts';
import type { FieldLists } from '../../catalogue/catalogue.ts';
import type { Person } from '../../charitylog/api.ts';
import type { ToolContext } from '../../mcp/tool.ts';
import { nameFields } from '../values/name.ts';
import { otherSpellings } from '../values/spellings.ts';
import type { Filters } from './filters.ts';
import type { Question } from './question.ts';

/** What takes in the people of an answer. */
export interface Collector {
  offer(person: Person): void;
  readonly total: number;
}

/** An answer: what was collected, and how it came about. */
export interface Answer<C extends Collector> {
  readonly collected: C;
  readonly applied: Readonly<Record<string, unknown>>;
}

/**
 * Reads everybody who is asked for. Where records may hold another usual spelling of a number or an address, all are
 * asked for in one request; where that finds nobody, each is tried alone.
 *
 * @param fields what to return of each person; none that the live list doesn't have is asked for
 * @param begin makes what takes the people in, anew where an answer broke off
 */
export async function ask<C extends Collector>(
  question: Question,
  fields: readonly string[],
  resolve: readonly string[],
  lists: FieldLists,
  begin: () => C,
  context: ToolContext,
): Promise<Answer<C>> {
  const { query: filters, hasName = () => true } = question;
  const known = selectableNames(lists);
  const wanted = [...new Set([...fields, ...(question.hasName ? nameFields : [])])].filter(field => known.has(field));
  const read = async (query: Filters['query']) => {
    let collected = begin();
    let seen = 0;
    await context.people.eachPerson(
      { filters: query, fields: wanted, resolve },
      {
        restart() {
          collected = begin();
          seen = 0;
        },
        add(person) {
          if (++seen % 1000 === 0) context.progress(seen);
          if (hasName(person)) collected.offer(person);
        },
      },
      context.signal,
    );
    return collected;
  };
  const { applied } = question;
  const widened = withOtherSpellings(filters);
  if (!widened) return { collected: await read(filters), applied };
  const collected = await read(new Map([...filters, ...widened])).catch(error => {
    if (isCharitylogError(error, 'invalid')) return undefined;
    throw error;
  });
  if (!collected || collected.total === 0) return askEach(read, filters, widened, applied);
  return {
    collected,
    applied: { ...applied, ...Object.fromEntries([...widened].map(([field, texts]) => [field, texts.join('; ')])) },
  };
}

const selectableNames = perObject(({ selectable }: FieldLists) => new Set(selectable.map(field => field.name)));

/** Asks for each spelling by itself, in case that this system doesn't take several values here; the caller's comes first. */
async function askEach<C extends Collector>(
  read: (query: Filters['query']) => Promise<C>,
  filters: Filters['query'],
  widened: Filters['query'],
  applied: Question['applied'],
): Promise<Answer<C>> {
  const asWritten = await read(filters);
  if (asWritten.total > 0 || widened.size > 1) return { collected: asWritten, applied };
  for (const [field, texts] of widened) {
    const [other] = texts.filter(text => !filters.get(field)?.includes(text));
    if (other === undefined) continue;
    const collected = await read(new Map([...filters, [field, [other]]]));
    if (collected.total > 0) return { collected, applied: { ...applied, [field]: other } };
  }
  return { collected: asWritten, applied };
}

/** The filters that have another usual spelling, with both; `undefined` where there are none. */
export function withOtherSpellings(query: Filters['query']): Map<string, readonly string[]> | undefined {
  const widened = [...query].flatMap(([field, texts]): [string, readonly string[]][] => {
    const others = texts.flatMap(text => otherSpellings(field, text));
    return others.length > 0 ? [[field, [...new Set([...texts, ...others])]]] : [];
  });
  return widened.length > 0 ? new Map(widened) : undefined;
}
