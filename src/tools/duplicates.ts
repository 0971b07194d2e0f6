import type { FieldLists } from '../catalogue/catalogue.ts';
import { decodeYesNo } from '../charitylog/decode.ts';
import type { PeopleApi, Person } from '../charitylog/people-api.ts';
import { plain } from '../closest.ts';
import { CharitylogError, isCharitylogError } from '../errors.ts';
import { otherSpellings } from './spellings.ts';

/** How long reading everybody for the check may take, in milliseconds. */
const longestCheckMs = 45_000;

/** Fields that tell one person for certain; an API that can filter by one is asked directly. */
const strongKeys = /^(external_id|nhs_number|e_?mail)$/;
const birthDate = /^(date_of_birth|dob|birth_?date)$/;
const phone = /phone|mobile/;

/** Somebody who may be the person to be added. */
export interface Candidate {
  readonly person: Person;
  /** What is the same, in words: `same name`, `same nhs_number`, ... */
  readonly matches: readonly string[];
  /** `strong`: a key, or name and birth date; `likely`: name and postcode or phone; `name only`: nothing contradicts. */
  readonly strength: 'strong' | 'likely' | 'name only';
  readonly isInactive: boolean;
}

/** What a check for duplicates found. */
export interface DuplicateCheck {
  /** The strongest first, then by id. */
  readonly candidates: readonly Candidate[];
  /** Everybody of the same name or with the same key, contradicted or not: who was there before the record was made. */
  readonly namesakes: ReadonlySet<number>;
  /** True where people could be compared by strong keys only, as reading everybody took too long. */
  readonly isPartial: boolean;
}

/**
 * Looks for people who may be the one to be added, over all types, inactive people included, without regard to case,
 * accents and spacing: by the strong keys that the live system can filter by, and by reading the names of everybody with
 * the fields that tell people apart, since filters by name are not documented to find other spellings.
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
  const fields = fieldsToCompare(record, lists);
  const found = new Map<number, Comparison>();
  const take = (person: Person) => {
    const comparison = compare(record, person);
    if (comparison.isSameName || comparison.keys.length > 0) found.set(person.id, comparison);
  };
  const bound = AbortSignal.any([signal, AbortSignal.timeout(longestCheckMs)]);
  const filterable = [...record].filter(
    ([name]) => strongKeys.test(name) && lists.filterable.some(field => field.name === name),
  );
  const byKeys = filterable.map(([name, value]) =>
    people.eachPerson(
      { filters: new Map([[name, [value, ...otherSpellings(name, value)]]]), fields },
      () => take,
      bound,
    ),
  );
  const byName = people
    .eachPerson({ filters: new Map(), fields }, () => take, bound)
    .then(
      () => true,
      (error: unknown) => {
        if (filterable.length === 0 || !isTooLong(error)) throw error;
        return false;
      },
    );
  const [isWhole] = await Promise.all([byName, ...byKeys]).catch(error => {
    signal.throwIfAborted();
    throw notChecked(error);
  });
  const candidates = [...found.values()].flatMap(comparison => candidateOf(comparison));
  return { candidates: candidates.sort(byStrength), namesakes: new Set(found.keys()), isPartial: !isWhole };
}

/** The fields that the comparison needs, as far as the live system shows them. */
function fieldsToCompare(record: ReadonlyMap<string, string>, lists: FieldLists): string[] {
  const isTelling = (name: string) =>
    record.has(name) && (strongKeys.test(name) || birthDate.test(name) || name === 'postcode');
  const isPhone = (name: string) => phone.test(name) && [...record.keys()].some(given => phone.test(given));
  const always = ['id', 'first_name', 'surname', 'known_as', 'type', 'active'];
  return lists.selectable
    .map(field => field.name)
    .filter(name => always.includes(name) || isTelling(name) || isPhone(name));
}

interface Comparison {
  readonly person: Person;
  readonly isSameName: boolean;
  /** The strong keys that are the same. */
  readonly keys: readonly string[];
  readonly isSameBirthDate: boolean;
  /** Postcode and phones that are the same. */
  readonly contacts: readonly string[];
  /** A birth date or a key that is known of both and differs. */
  readonly isContradicted: boolean;
}

function compare(record: ReadonlyMap<string, string>, person: Person): Comparison {
  const isSame = (name: string) => normal(name, record.get(name)) === normal(name, person[name]);
  const isKnown = (name: string) => normal(name, record.get(name)) !== '' && normal(name, person[name]) !== '';
  const names = [...record.keys()].filter(isKnown);
  const same = names.filter(isSame);
  const dates = names.filter(name => birthDate.test(name));
  const contradictable = names.filter(name => birthDate.test(name) || name === 'nhs_number');
  return {
    person,
    isSameName: isSameName(record, person),
    keys: same.filter(name => strongKeys.test(name)),
    isSameBirthDate: dates.some(isSame),
    contacts: [...same.filter(name => name === 'postcode'), ...(isSamePhone(record, person) ? ['phone'] : [])],
    isContradicted: contradictable.some(name => !isSame(name)),
  };
}

function candidateOf({ person, isSameName, keys, isSameBirthDate, contacts, isContradicted }: Comparison): Candidate[] {
  const matches = [
    ...keys.map(name => `same ${name}`),
    ...(isSameName ? ['same name'] : []),
    ...(isSameBirthDate ? ['same date of birth'] : []),
    ...contacts.map(name => `same ${name}`),
  ];
  const isStrong = keys.length > 0 || (isSameName && isSameBirthDate);
  const strength = isStrong ? 'strong' : contacts.length > 0 ? 'likely' : 'name only';
  if (strength === 'name only' && isContradicted) return [];
  return [{ person, matches, strength, isInactive: decodeYesNo(person.active) === false }];
}

function isSameName(record: ReadonlyMap<string, string>, person: Person): boolean {
  const first = [record.get('first_name'), record.get('known_as')].map(plainText).filter(name => name !== '');
  const theirs = [person.first_name, person.known_as].map(plainText);
  return plainText(record.get('surname')) === plainText(person.surname) && first.some(name => theirs.includes(name));
}

function isSamePhone(record: ReadonlyMap<string, string>, person: Person): boolean {
  const numbers = [...record].filter(([name]) => phone.test(name)).map(([, value]) => digitsOf(value));
  const theirs = Object.keys(person)
    .filter(name => phone.test(name))
    .map(name => digitsOf(person[name]));
  return numbers.some(number => number.length >= 6 && theirs.includes(number));
}

/** A value as it is compared: dates by their day, everything else without case, accents, spaces and signs. */
function normal(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  return birthDate.test(field) ? String(value).trim().slice(0, 10) : plainText(value);
}

function plainText(value: unknown): string {
  return value === null || value === undefined ? '' : plain(String(value));
}

/** A phone number's digits, those of +44 7700 900118 as of 07700 900118. */
function digitsOf(value: unknown): string {
  return String(value ?? '')
    .replace(/\D/g, '')
    .replace(/^(00)?44(?=\d{9,10}$)/, '0');
}

function byStrength(a: Candidate, b: Candidate): number {
  const order = ['strong', 'likely', 'name only'];
  return order.indexOf(a.strength) - order.indexOf(b.strength) || a.person.id - b.person.id;
}

function isTooLong(error: unknown): boolean {
  return isCharitylogError(error, 'timeout') || (error instanceof DOMException && error.name === 'TimeoutError');
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
