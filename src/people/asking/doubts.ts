/** Asks once more where a filter may have left out somebody: what came doesn't show it. */
import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import type { Collector } from '../../charitylog/api.ts';
import type { Call } from '../call.ts';
import { type FilterCheck, isYesNo } from './filter-check.ts';
import { type Filter, withValues } from './filters.ts';
import { Counter, type PeopleReader } from './people-reader.ts';

/** At most so many types are asked for, to tell a system without people from one that shows none. */
const maxTypes = 20;

/** At most so many values of a filter that brought nobody are asked for by themselves. */
const maxValues = 3;

/**
 * Reads again without the filters that are seen to leave out people who have what they ask for; they are applied here from
 * then on.
 *
 * @throws CharitylogError `unreadable` where nobody came without a filter, although the system has people
 */
export async function readAgainWhereDoubtful(
  reader: PeopleReader,
  filters: readonly Filter[],
  call: Call,
): Promise<void> {
  const { heeding } = call;
  for (const check of reader.checks) {
    const { name } = check.filter.field;
    if (heeding.isAppliedHere(name) || !(await leavesOut(check, filters, reader, call))) continue;
    heeding.applyHere(name);
    await reader.read(filters);
  }
  if (reader.came === 0 && filters.every(({ field }) => heeding.isAppliedHere(field.name))) await expectNobody(call);
}

/** False where the system doesn't take several values here. */
function isTaken(reading: Promise<unknown>): Promise<boolean> {
  return reading.then(
    () => true,
    error => {
      if (isCharitylogError(error, 'invalid')) return false;
      throw error;
    },
  );
}

async function leavesOut(
  check: FilterCheck,
  filters: readonly Filter[],
  reader: PeopleReader,
  call: Call,
): Promise<boolean> {
  const { heeding } = call;
  const { filter } = check;
  if (isYesNo(filter) || (check.left > 0 && filter.values.length === 1)) {
    if (check.isProved || heeding.isProved(filter) || !heeding.mayTry(filter)) return false;
    const others = filters.filter(other => other !== filter);
    const { came, fitting } = await reader.probe(filter, others);
    if (came === 0 && others.length === 0) await expectNobody(call);
    return fitting > 0;
  }
  const missing = filter.values.filter(value => !check.seen.has(value));
  if (filter.values.length < 2 || missing.length === 0) return false;
  if (heeding.takesLists === undefined) await tryList(call);
  if (heeding.takesLists !== undefined) return !heeding.takesLists;
  return heeding.mayTry(filter) && bringsAnyOf(missing.slice(0, maxValues), filter, filters, reader);
}

/** Learns whether the system takes several values, by asking for two people who are known to be there. */
async function tryList({ api, catalogue, heeding, waiting }: Call): Promise<void> {
  const ids = heeding.someIds.map(String);
  const { filterable } = await catalogue.fields(waiting);
  if (ids.length < 2 || !filterable.some(({ name }) => name === 'id')) return;
  const found = new Set<string>();
  const both: Collector = { restart: () => found.clear(), add: ({ id }) => void found.add(String(id)) };
  const areTaken = await isTaken(
    api.eachPerson({ filters: new Map([['id', ids]]), fields: ['id'] }, both, waiting.signal),
  );
  // Others come beside them where the filter isn't applied at all.
  if ([...found].every(id => ids.includes(id))) heeding.noteLists(areTaken && found.size === ids.length);
}

/** True where one of these values, asked for by itself, brings somebody. */
async function bringsAnyOf(
  values: readonly string[],
  filter: Filter,
  filters: readonly Filter[],
  reader: PeopleReader,
): Promise<boolean> {
  for (const value of values) {
    const alone = withValues(filter, [value]);
    const others = filters.map(other => (other === filter ? alone : other));
    if ((await reader.probe(alone, others)).fitting > 0) return true;
  }
  return false;
}

/**
 * Looks for anybody who comes with this field: who it came with nobody may have no value, or Charitylog doesn't show it.
 *
 * @throws CharitylogError `unreadable` where it is shown of nobody
 */
export async function expectShown(field: string, { api, heeding, waiting }: Call): Promise<void> {
  if (heeding.isShown(field)) return;
  const found = new Error('found');
  const first: Collector = {
    restart: () => undefined,
    add: person => {
      if (person[field] === undefined) return;
      heeding.noteShown(field);
      throw found;
    },
  };
  await api.eachPerson({ filters: new Map(), fields: ['id', field] }, first, waiting.signal).catch(error => {
    if (!heeding.isShown(field)) throw error;
  });
  if (heeding.isShown(field)) return;
  throw new CharitylogError(
    'unreadable',
    `Charitylog shows nobody's ${field}, so it is unknown who has one. Ask without it; the administrator can see whether the API ` +
      'user may read that field.',
    { logText: 'field not shown' },
  );
}

/** Nobody came to a question without filters: a system that has people all the same shows them by a filter only. */
async function expectNobody(call: Call): Promise<void> {
  if (!call.heeding.hasPeople && (await hasNobodyOfAnyType(call))) return;
  throw new CharitylogError(
    'unreadable',
    'Charitylog shows nobody to a question without filters, although it may have people. Ask again with a filter, such as ' +
      'type, and report this to the administrator.',
    { logText: 'nobody without a filter' },
  );
}

/** False also where the types aren't told: nothing is known then. Each is asked alone, as lists may not be taken. */
async function hasNobodyOfAnyType({ api, catalogue, waiting }: Call): Promise<boolean> {
  const types = await catalogue.typesToShow(waiting);
  const anybody = new Counter();
  for (const { id } of types.slice(0, maxTypes)) {
    await api.eachPerson({ filters: new Map([['type', [id]]]), fields: ['id'] }, anybody, waiting.signal);
    if (anybody.total > 0) return false;
  }
  return types.length > 0;
}
