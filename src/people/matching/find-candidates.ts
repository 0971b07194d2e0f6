import { withDeadline } from '../../base/deadlines.ts';
import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import { Turn } from '../../base/turns.ts';
import type { FieldLists } from '../../catalogue/field.ts';
import { isKeyField, meaningOf } from '../../catalogue/meaning.ts';
import type { Collector } from '../../charitylog/api.ts';
import { pathValueProblem } from '../../charitylog/path.ts';
import type { Call } from '../call.ts';
import { kindOf } from '../values/kinds.ts';
import { CandidateCollector, type DuplicateCheck } from './candidate-collector.ts';
import { fieldsToCompare } from './compare-record.ts';
import type { PackedPeople } from './packed-people.ts';
import type { RecentReading } from './recent-reading.ts';

/** How long reading everybody for the check may take, in milliseconds. */
const longestCheckMs = 45_000;

/** The check of a record for which none is to be made. */
export const noCheck: DuplicateCheck = { candidates: [], namesakes: new Map(), hasSeen: () => false };

type Checking = Pick<Call, 'api' | 'catalogue' | 'writing' | 'waiting'>;
type NewValues = ReadonlyMap<string, string>;

/**
 * Looks for people who may be the one to be added, over all types, inactive people included: by the keys that the live
 * system can filter by, and by reading everybody with the fields that tell people apart, since filters by name are not
 * documented to find other spellings.
 *
 * @param record the new record as the API takes it
 * @throws CharitylogError where the check can't be made; nothing may be written then
 */
export async function findCandidates(record: NewValues, checking: Checking): Promise<DuplicateCheck> {
  const lists = await checking.catalogue.fields(checking.waiting);
  return readAndCompare(record, checking, { lists, fields: fieldsToCompare(lists.selectable, record.keys()) });
}

/** The same by a reading of everybody that others made within two minutes, where there is one: for what isn't to be written. */
export async function findCandidatesLately(
  record: NewValues,
  { recentReading, ...checking }: Checking & { readonly recentReading: RecentReading },
): Promise<DuplicateCheck> {
  const { catalogue, waiting } = checking;
  const lists = await catalogue.fields(waiting);
  const ofAnyRecord = lists.selectable.map(field => field.name);
  const fields = fieldsToCompare(lists.selectable, ofAnyRecord);
  const ways = {
    byKept: (packed: PackedPeople) => comparePacked(record, packed, waiting.signal),
    byReading: (keep: Collector) => readAndCompare(record, checking, { lists, fields, keep }),
  };
  return recentReading.answer(fields, ways, waiting.signal);
}

interface Reading {
  readonly lists: FieldLists;
  readonly fields: readonly string[];
  /** Takes everybody who is read besides. */
  readonly keep?: Collector;
}

async function readAndCompare(
  record: NewValues,
  { api, writing, waiting: { signal } }: Checking,
  { lists, fields, keep }: Reading,
): Promise<DuplicateCheck> {
  if (!fields.includes('first_name') || !fields.includes('surname')) throw notChecked(namesHidden());
  const known = new Set(fields);
  const people = new CandidateCollector(record, fields, person => {
    for (const field of lists.selectable) if (known.has(field.name)) writing.note(field, person[field.name]);
  });
  const read = async (
    filters: ReadonlyMap<string, readonly string[]>,
    bound: AbortSignal,
    collector: Collector = people,
  ) => {
    const { neverCame } = await api.eachPerson({ filters, fields }, collector, bound);
    if (neverCame.includes('first_name') || neverCame.includes('surname')) throw namesHidden();
  };
  const isPartial = await withDeadline(signal, longestCheckMs, async ({ signal: bound }) => {
    const keys = [...record].filter(([name, value]) => isSearchable(name, value, lists));
    const byKeys = keys.map(([name, value]) => readByKey(name, value, filters => read(filters, bound)));
    const everybody = read(new Map(), bound, keep ? both(people, keep) : people).then(
      () => false,
      (error: unknown) => {
        if (keys.length === 0 || !isTooLong(error)) throw error;
        return true;
      },
    );
    return (await Promise.all([everybody, ...byKeys]))[0];
  }).catch(error => {
    signal.throwIfAborted();
    throw notChecked(error);
  });
  // Those who came until then aren't everybody.
  if (isPartial) keep?.restart();
  return people.verdict(isPartial);
}

function both(people: Collector, keep: Collector): Collector {
  return {
    restart() {
      people.restart();
      keep.restart();
    },
    add(person) {
      keep.add(person);
      people.add(person);
    },
  };
}

async function comparePacked(record: NewValues, packed: PackedPeople, signal: AbortSignal): Promise<DuplicateCheck> {
  const people = new CandidateCollector(record, packed.fields);
  const turn = new Turn();
  for await (const part of packed.parts()) {
    for (const person of part) people.add(person);
    if (turn.isOver) await turn.next();
    signal.throwIfAborted();
  }
  return people.verdict(false);
}

/** True for a key that the live system can be asked for; reading everybody compares the others. */
function isSearchable(name: string, value: string, { filterable }: FieldLists): boolean {
  const isFilter = filterable.some(field => field.name === name);
  return isKeyField(name) && isFilter && pathValueProblem(value) === undefined;
}

/** Asks for a key in all its spellings, and in its own where the system doesn't take several; a refusal finds nobody. */
async function readByKey(
  name: string,
  value: string,
  read: (filters: ReadonlyMap<string, readonly string[]>) => Promise<void>,
): Promise<void> {
  const spellings = kindOf(meaningOf(name)).spellings(value);
  for (const values of [[...new Set([value, ...spellings])], [value]]) {
    try {
      return await read(new Map([[name, values]]));
    } catch (error) {
      if (!isCharitylogError(error, 'invalid')) throw error;
    }
  }
}

function isTooLong(error: unknown): boolean {
  return isCharitylogError(error, 'timeout') || (error instanceof DOMException && error.name === 'TimeoutError');
}

function namesHidden(): CharitylogError {
  return new CharitylogError('forbidden', "The API user may not see people's names.", { logText: 'no names' });
}

function notChecked(error: unknown): CharitylogError {
  const reason = error instanceof CharitylogError ? error.message : 'Reading the people took too long.';
  return new CharitylogError(
    isCharitylogError(error) ? error.kind : 'timeout',
    `Nothing was written: the program could not check whether this person is there already. ${reason} An NHS number, an e-mail ` +
      'address or an external id can be checked faster; or the administrator can have new people put into the staging area ' +
      '(CHARITYLOG_CREATE_VIA=external_referral).',
    { logText: `duplicate check: ${isCharitylogError(error) ? error.logText : 'timeout'}`, cause: error },
  );
}
