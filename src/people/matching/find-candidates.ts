import { withDeadline } from '../../base/deadlines.ts';
import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import type { FieldLists } from '../../catalogue/catalogue.ts';
import type { Collector, PeopleApi } from '../../charitylog/api.ts';
import { pathValueProblem } from '../../charitylog/path.ts';
import { otherSpellings } from '../values/spellings.ts';
import { type Candidate, type Comparison, candidateOf, compare, isTelling, strongKeys } from './same-person.ts';

/** How long reading everybody for the check may take, in milliseconds. */
const longestCheckMs = 45_000;

/** What a check for duplicates found. */
export interface DuplicateCheck {
  /** The strongest first, then by id. */
  readonly candidates: readonly Candidate[];
  /**
   * Everybody of the same name or with the same key, contradicted or not: who was there before the record was made. The
   * value tells whether somebody may be the very record.
   */
  readonly namesakes: ReadonlyMap<number, boolean>;
  /** True where people could be compared by strong keys only, as reading everybody took too long. */
  readonly isPartial: boolean;
}

/**
 * Looks for people who may be the one to be added, over all types, inactive people included: by the strong keys that the
 * live system can filter by, and by reading the names of everybody with the fields that tell people apart, since filters
 * by name are not documented to find other spellings.
 *
 * @param record the new record as the API takes it
 * @throws CharitylogError where the check can't be made; nothing may be written then
 */
export async function findDuplicates(
  record: ReadonlyMap<string, string>,
  lists: FieldLists,
  people: PeopleApi,
  signal: AbortSignal,
): Promise<DuplicateCheck> {
  const fields = lists.selectable.map(field => field.name).filter(name => isTelling(name, record));
  if (!fields.includes('first_name') || !fields.includes('surname')) throw notChecked(namesHidden());
  const found = new Map<number, Comparison>();
  const names = { seen: 0, missing: 0 };
  const collector: Collector = {
    // Whoever comes again is found again.
    restart() {},
    add(person) {
      if (person.first_name === undefined && person.surname === undefined) names.missing++;
      names.seen++;
      const comparison = compare(record, person);
      if (candidateOf(comparison).length > 0 || comparison.isSameName) found.set(person.id, comparison);
    },
  };
  const isPartial = await withDeadline(signal, longestCheckMs, async bound => {
    const keys = [...record].filter(([name, value]) => isSearchable(name, value, lists));
    const byKeys = keys.map(([name, value]) => byKey(name, value, fields, collector, people, bound));
    const byName = people.eachPerson({ filters: new Map(), fields }, collector, bound).then(
      () => false,
      (error: unknown) => {
        if (keys.length === 0 || !isTooLong(error)) throw error;
        return true;
      },
    );
    return (await Promise.all([byName, ...byKeys]))[0];
  }).catch(error => {
    signal.throwIfAborted();
    throw notChecked(error);
  });
  if (names.seen > 0 && names.missing === names.seen) throw notChecked(namesHidden());
  const comparisons = [...found.values()];
  return {
    candidates: comparisons.flatMap(candidateOf).sort(byStrength),
    namesakes: new Map(comparisons.map(({ person, isIdentical }) => [person.id, isIdentical])),
    isPartial,
  };
}

/** True for a strong key that the live system can be asked for; reading everybody compares the others. */
function isSearchable(name: string, value: string, lists: FieldLists): boolean {
  const isFilter = lists.filterable.some(field => field.name === name);
  return strongKeys.test(name) && isFilter && pathValueProblem(value) === undefined;
}

/** Asks for a key in all its spellings, and in its own where the system doesn't take several; a refusal finds nobody. */
async function byKey(
  name: string,
  value: string,
  fields: readonly string[],
  collector: Collector,
  people: PeopleApi,
  signal: AbortSignal,
): Promise<void> {
  for (const values of [[value, ...otherSpellings(name, value)], [value]]) {
    try {
      await people.eachPerson({ filters: new Map([[name, values]]), fields }, collector, signal);
      return;
    } catch (error) {
      if (!isCharitylogError(error, 'invalid')) throw error;
    }
  }
}

function byStrength(a: Candidate, b: Candidate): number {
  const order = ['strong', 'likely', 'name only'];
  return order.indexOf(a.strength) - order.indexOf(b.strength) || a.person.id - b.person.id;
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
    `Nothing was written: whether this person is there already could not be checked. ${reason} An NHS number, an e-mail ` +
      'address or an external id can be checked faster; or the administrator can have new people put into the staging area ' +
      '(CHARITYLOG_CREATE_VIA=external_referral).',
    { logText: `duplicate check: ${isCharitylogError(error) ? error.logText : 'timeout'}`, cause: error },
  );
}
