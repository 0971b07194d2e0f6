import { isCharitylogError } from '../../base/errors.ts';
import { memoizeByObject } from '../../base/memoize.ts';
import type { FieldLists } from '../../catalogue/field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Collector, Person } from '../../charitylog/api.ts';
import type { Call } from '../call.ts';
import { appliedOf, type Filter, queryOf, withOtherSpellings, withValues } from './filters.ts';
import type { Question } from './question.ts';

/** Takes the people who are asked for, and counts them. */
export interface CountingCollector extends Collector {
  readonly total: number;
}

/** What to return of each person; nothing that the live list doesn't have is asked for. */
export interface Showing {
  readonly fields: readonly string[];
  /** Fields whose options the API should answer with names instead of ids, or `['ALL']`. */
  readonly resolve: readonly string[];
}

/** After so many people, a waiting caller is told how many were read. */
const progressEvery = 1000;

/**
 * Reads everybody who is asked for. Where records may hold another usual spelling of a number or an address, all are
 * asked for in one request; where that finds nobody, each is tried alone.
 *
 * @returns what was applied, as the caller is told of it
 */
export async function readPeople(
  question: Question,
  showing: Showing,
  collector: CountingCollector,
  call: Call,
): Promise<Readonly<Record<string, unknown>>> {
  const read = await readerOf(question, showing, collector, call);
  const told = (filters: readonly Filter[]) => ({ ...appliedOf(filters), ...question.appliedHere });
  const widened = question.filters.map(withOtherSpellings);
  const changed = widened.filter((filter, n) => filter !== question.filters[n]);
  if (changed.length === 0) {
    await read(question.filters);
    return told(question.filters);
  }
  const isTaken = await read(widened).then(
    () => true,
    error => {
      if (isCharitylogError(error, 'invalid')) return false;
      throw error;
    },
  );
  if (isTaken && collector.total > 0) return told(widened);
  return told(await readEach(question.filters, changed, read, collector));
}

/** Asks for each spelling by itself, in case that this system doesn't take several values here; the caller's comes first. */
async function readEach(
  filters: readonly Filter[],
  changed: readonly Filter[],
  read: (filters: readonly Filter[]) => Promise<void>,
  collector: CountingCollector,
): Promise<readonly Filter[]> {
  await read(filters);
  if (collector.total > 0 || changed.length > 1) return filters;
  for (const { argument, values } of changed) {
    const asWritten = filters.find(filter => filter.argument === argument);
    const other = values.find(text => !asWritten?.values.includes(text));
    if (other === undefined) continue;
    const tried = filters.map(filter => (filter === asWritten ? withValues(filter, [other]) : filter));
    await read(tried);
    if (collector.total > 0) return tried;
  }
  return filters;
}

/** Reads the people whom some filters leave, and hands on those who have the names asked for. */
async function readerOf(
  { hasName }: Question,
  { fields, resolve }: Showing,
  collector: CountingCollector,
  { api, catalogue, progress, signal }: Call,
): Promise<(filters: readonly Filter[]) => Promise<void>> {
  const readable = selectableNames(await catalogue.fields(signal));
  const wanted = [...new Set([...fields, ...(hasName ? nameFields : [])])].filter(name => readable.has(name));
  return filters => {
    let read = 0;
    const meant: Collector = {
      restart() {
        read = 0;
        collector.restart();
      },
      add(person: Person) {
        if (++read % progressEvery === 0) progress(read);
        if (!hasName || hasName(person)) collector.add(person);
      },
    };
    return api.eachPerson({ filters: queryOf(filters), fields: wanted, resolve }, meant, signal);
  };
}

const selectableNames = memoizeByObject(({ selectable }: FieldLists) => new Set(selectable.map(field => field.name)));
