/** Whether a record may be the person to be added: what is the same of both, and what contradicts it. */

import { plain } from '../../base/spelling.ts';
import type { Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';

/** Fields that tell one person for certain. */
export const strongKeys = /^(external_id|nhs_number|e_?mail)$/;
const birthDate = /^(date_of_birth|dob|birth_?date)$/;
const phone = /phone|mobile/;

/** What a person to be added and a person on the system have in common. */
export interface Comparison {
  readonly person: Person;
  readonly isSameName: boolean;
  /** First name and surname the other way round. */
  readonly isSwappedName: boolean;
  /** The strong keys that are the same. */
  readonly keys: readonly string[];
  readonly isSameBirthDate: boolean;
  /** Postcode and phones that are the same. */
  readonly contacts: readonly string[];
  /** The birth date or the NHS number is known of both, and differs. */
  readonly isContradicted: boolean;
  /** Nothing that is known of both differs, and the name is the same: it may be the very record. */
  readonly isIdentical: boolean;
}

/** Somebody who may be the person to be added. */
export interface Candidate {
  readonly person: Person;
  /** What is the same, in words: `same name`, `same nhs_number`, ... */
  readonly matches: readonly string[];
  /** `strong`: a key, or name and birth date; `likely`: name and postcode or phone; `name only`: nothing contradicts. */
  readonly strength: 'strong' | 'likely' | 'name only';
  readonly isInactive: boolean;
}

/** True for a field that the comparison needs of people, given what is known of the one to be added. */
export function isTelling(name: string, record: ReadonlyMap<string, string>): boolean {
  if (['id', 'first_name', 'surname', 'known_as', 'type', 'active'].includes(name)) return true;
  if (phone.test(name)) return [...record.keys()].some(given => phone.test(given));
  return record.has(name) && (strongKeys.test(name) || birthDate.test(name) || name === 'postcode');
}

/** Compares a new record with a person, without regard to case, accents and spacing. */
export function compare(record: ReadonlyMap<string, string>, person: Person): Comparison {
  const isSame = (name: string) => normal(name, record.get(name)) === normal(name, person[name]);
  const isKnown = (name: string) => normal(name, record.get(name)) !== '' && normal(name, person[name]) !== '';
  const known = [...record.keys()].filter(name => isTelling(name, record) && isKnown(name));
  const same = known.filter(isSame);
  const isSameName = isNamed(record, person.first_name, person.surname, person.known_as);
  return {
    person,
    isSameName,
    isSwappedName: !isSameName && isNamed(record, person.surname, person.first_name, undefined),
    keys: same.filter(name => strongKeys.test(name)),
    isSameBirthDate: same.some(name => birthDate.test(name)),
    contacts: [...same.filter(name => name === 'postcode'), ...(isSamePhone(record, person) ? ['phone'] : [])],
    isContradicted: known.some(name => (birthDate.test(name) || name === 'nhs_number') && !isSame(name)),
    isIdentical:
      isSameName && known.filter(name => !['type', 'active', 'known_as', 'first_name'].includes(name)).every(isSame),
  };
}

/** The person of a comparison as a candidate; nobody where nothing, or not enough, speaks for it. */
export function candidateOf(comparison: Comparison): Candidate[] {
  const { person, isSameName, isSwappedName, keys, isSameBirthDate, contacts, isContradicted } = comparison;
  if (!isSameName && !isSwappedName && keys.length === 0) return [];
  const matches = [
    ...keys.map(name => `same ${name}`),
    ...(isSameName ? ['same name'] : []),
    ...(isSwappedName ? ['same names the other way round'] : []),
    ...(isSameBirthDate ? ['same date of birth'] : []),
    ...contacts.map(name => `same ${name}`),
  ];
  const isStrong = keys.length > 0 || (isSameName && isSameBirthDate);
  const isLikely = contacts.length > 0 || isSameBirthDate;
  const strength = isStrong ? 'strong' : isLikely ? 'likely' : 'name only';
  if (strength === 'name only' && isContradicted) return [];
  return [{ person, matches, strength, isInactive: decodeYesNo(person.active) === false }];
}

function isNamed(record: ReadonlyMap<string, string>, first: unknown, surname: unknown, knownAs: unknown): boolean {
  const ours = [record.get('first_name'), record.get('known_as')].map(plainText).filter(name => name !== '');
  const theirs = [first, knownAs].map(plainText);
  return plainText(record.get('surname')) === plainText(surname) && ours.some(name => theirs.includes(name));
}

function isSamePhone(record: ReadonlyMap<string, string>, person: Person): boolean {
  const numbers = [...record].filter(([name]) => phone.test(name)).map(([, value]) => digitsOf(value));
  const theirs = Object.keys(person)
    .filter(name => phone.test(name))
    .map(name => digitsOf(person[name]));
  return numbers.some(number => number.length >= 6 && theirs.includes(number));
}

/**
 * A value as it is compared; blank where it can't be read. A date that is none (`0000-00-00`) or an NHS number without ten
 * digits is not known, and contradicts nothing.
 */
function normal(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (birthDate.test(field)) return dayOf(String(value));
  if (field === 'nhs_number') return /^\d{10}$/.test(digits(value)) ? digits(value) : '';
  return plainText(value);
}

/** A date as `YYYYMMDD`, from `YYYY-MM-DD` (with or without a time) or from the British `DD/MM/YYYY`. */
function dayOf(text: string): string {
  const [, year, month, day] = /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  const [, britishDay, britishMonth, britishYear] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text) ?? [];
  const parts = [year ?? britishYear, month ?? britishMonth, day ?? britishDay].map(part =>
    (part ?? '').padStart(2, '0'),
  );
  return parts.some(part => Number(part) === 0) ? '' : parts.join('');
}

/** Letters and digits; for a text of signs only, the text itself. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return plain(String(value)) || String(value).trim();
}

function digits(value: unknown): string {
  return String(value ?? '').replace(/\D/g, '');
}

/** A phone number's digits, those of +44 7700 900118 as of 07700 900118. */
function digitsOf(value: unknown): string {
  return digits(value).replace(/^(00)?44(?=\d{9,10}$)/, '0');
}
