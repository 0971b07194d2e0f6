import { withDeadline } from '../../base/deadlines.ts';
import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import { isKeyField, meaningOf } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import { pathValueProblem } from '../../charitylog/path.ts';
import { IdSet } from '../../charitylog/stream/id-set.ts';
import type { Call } from '../call.ts';
import { kindOf } from '../values/kinds.ts';
import { type Candidate, type Comparison, comparerFor, isCompared } from './same-person.ts';

/** How long reading everybody for the check may take, in milliseconds. */
const longestCheckMs = 45_000;

/** How so many people have their values tells how the system writes them. */
const lookedAt = 100;

/** What a check for duplicates found. */
export interface DuplicateCheck {
  /** The surest first, then by id. */
  readonly candidates: readonly Candidate[];
  /**
   * Everybody with the same name or key, even if another value differs: they were there before the record was made. The
   * value is true for a person who may be the new record itself.
   */
  readonly namesakes: ReadonlyMap<number, boolean>;
  /** True for somebody whom the check has read. */
  readonly hasSeen: (id: number) => boolean;
  /**
   * What the check couldn't tell: `keys only` where reading everybody took too long, `nobody` where it found nobody at
   * all, which a system with people may answer to a question without filters.
   */
  readonly doubt?: 'keys only' | 'nobody';
}

/** The check of a record for which none is to be made. */
export const noCheck: DuplicateCheck = { candidates: [], namesakes: new Map(), hasSeen: () => false };

/**
 * Looks for people who may be the one to be added, over all types, inactive people included: by the keys that the live
 * system can filter by, and by reading the names of everybody with the fields that tell people apart, since filters by
 * name are not documented to find other spellings.
 *
 * @param record the new record as the API takes it
 * @throws CharitylogError where the check can't be made; nothing may be written then
 */
export async function findCandidates(
  record: ReadonlyMap<string, string>,
  { api, catalogue, writing, signal }: Pick<Call, 'api' | 'catalogue' | 'writing' | 'signal'>,
): Promise<DuplicateCheck> {
  const lists = await catalogue.fields(signal);
  const compared = lists.selectable.filter(({ name }) => isCompared(name, record));
  const fields = compared.map(({ name }) => name);
  if (!fields.includes('first_name') || !fields.includes('surname')) throw notChecked(namesHidden());
  const people = new ComparedPeople(record, {
    fields: compared,
    note: person => {
      for (const field of compared) writing.note(field, person[field.name]);
    },
  });
  const read = async (filters: ReadonlyMap<string, readonly string[]>, bound: AbortSignal) => {
    const { neverCame } = await api.eachPerson({ filters, fields }, people, bound);
    if (neverCame.includes('first_name') || neverCame.includes('surname')) throw namesHidden();
  };
  const isPartial = await withDeadline(signal, longestCheckMs, async bound => {
    const keys = [...record].filter(([name, value]) => isSearchable(name, value, lists));
    const byKeys = keys.map(([name, value]) => readByKey(name, value, filters => read(filters, bound)));
    const everybody = read(new Map(), bound).then(
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
  return people.verdict(isPartial);
}

/** Takes everybody who is read, and keeps those with whom the new record has something in common. */
class ComparedPeople {
  readonly #compare: (person: Person) => Comparison;
  readonly #note: (person: Person) => void;
  readonly #found = new Map<number, Comparison>();
  readonly #seen = new IdSet();
  #count = 0;

  /** `note` looks at how the first ones have their values. */
  constructor(
    record: ReadonlyMap<string, string>,
    { fields, note }: { fields: readonly Field[]; note: (person: Person) => void },
  ) {
    this.#compare = comparerFor(record, fields);
    this.#note = note;
  }

  /** Somebody who is read twice is compared twice, and is one all the same. */
  restart(): void {}

  add(person: Person): void {
    if (++this.#count <= lookedAt) this.#note(person);
    this.#seen.add(person.id);
    const comparison = this.#compare(person);
    if (comparison.isSameName || comparison.candidate) this.#found.set(person.id, comparison);
  }

  verdict(isPartial: boolean): DuplicateCheck {
    const comparisons = [...this.#found.values()];
    const doubt = isPartial ? 'keys only' : this.#count === 0 ? 'nobody' : undefined;
    return {
      candidates: comparisons.flatMap(({ candidate }) => candidate ?? []).sort(bySureness),
      namesakes: new Map(comparisons.map(({ person, isIdentical }) => [person.id, isIdentical])),
      hasSeen: id => this.#seen.has(id),
      ...(doubt && { doubt }),
    };
  }
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

function bySureness(a: Candidate, b: Candidate): number {
  return b.weight - a.weight || a.person.id - b.person.id;
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
