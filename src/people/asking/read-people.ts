import type { Call } from '../call.ts';
import { isTaken, readAgainWhereDoubtful } from './doubts.ts';
import { appliedOf, type Filter, withOtherSpellings, withValues } from './filters.ts';
import { type CountingCollector, openReader, type PeopleReader, type Showing } from './people-reader.ts';
import type { Question } from './question.ts';

/** How the people who were asked for were found. */
export interface Found {
  /** What was applied, as the caller is told of it. */
  readonly applied: Readonly<Record<string, unknown>>;
  /** What the caller should know of it. */
  readonly notes: readonly string[];
}

/**
 * Reads everybody who is asked for. The fields of the filters come along, and people who don't have what was asked for are
 * left out here: the API may not apply a filter.
 *
 * Where records may hold another usual spelling of a number or an address, all are asked for in one request; where that
 * finds nobody, each is tried alone. A value of several that brought nobody is asked for by itself once, and so is a yes/no
 * filter that has never brought anybody.
 */
export async function readPeople(
  question: Question,
  showing: Showing,
  collector: CountingCollector,
  call: Call,
): Promise<Found> {
  const widened = question.filters.map(withOtherSpellings);
  const isWidened = widened.some((filter, n) => filter !== question.filters[n]);
  const reader = await openReader({ question, showing, collector }, call);
  let filters: readonly Filter[] = widened;
  if (isWidened && !(await isTaken(reader.read(widened)))) filters = await readEach(question.filters, widened, reader);
  else if (!isWidened) await reader.read(widened);
  else if (collector.total === 0) filters = await readEach(question.filters, widened, reader);
  await readAgainWhereDoubtful(reader, filters, call);
  return { applied: { ...appliedOf(filters), ...question.appliedHere }, notes: reader.notes() };
}

/** Asks for each spelling by itself, the caller's first. */
async function readEach(
  filters: readonly Filter[],
  widened: readonly Filter[],
  reader: PeopleReader,
): Promise<readonly Filter[]> {
  await reader.read(filters);
  const changed = widened.filter((filter, n) => filter !== filters[n]);
  if (reader.total > 0 || changed.length > 1) return filters;
  for (const { argument, values } of changed) {
    const asWritten = filters.find(filter => filter.argument === argument);
    const other = values.find(text => !asWritten?.values.includes(text));
    if (other === undefined) continue;
    const tried = filters.map(filter => (filter === asWritten ? withValues(filter, [other]) : filter));
    await reader.read(tried);
    if (reader.total > 0) return tried;
  }
  return filters;
}
