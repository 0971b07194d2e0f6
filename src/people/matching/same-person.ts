/** Whether a record may be the person to be added: what is the same of both, and what contradicts it. */
import { bounds } from '../../base/bounds.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { isKeyField, type Meaning, meaningOf } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { kindOf } from '../values/kinds.ts';

/** What a person to be added and a person on the system have in common. */
export interface Comparison {
  readonly person: Person;
  readonly isSameName: boolean;
  /** First name and surname the other way round. */
  readonly isSwappedName: boolean;
  /** The keys that are the same: numbers and addresses that are one person's alone. */
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

/** Fields that are always needed of people: to tell them apart, and to show them. */
const always: ReadonlySet<string> = new Set(['id', 'first_name', 'surname', 'known_as', 'type', 'active']);

/** True for a field that the comparison needs of people, given what is known of the one to be added. */
export function isCompared(name: string, record: ReadonlyMap<string, string>): boolean {
  if (always.has(name)) return true;
  const meaning = meaningOf(name);
  if (meaning === 'phone') return [...record.keys()].some(given => meaningOf(given) === 'phone');
  return record.has(name) && (isKeyField(name) || meaning === 'birth date' || meaning === 'postcode');
}

/** A known value of the new record, ready to be compared. */
interface Known {
  readonly name: string;
  readonly meaning: Meaning | undefined;
  readonly normal: (value: unknown) => string;
  readonly value: string;
}

/**
 * The comparison of a new record with people, without regard to case, accents and spacing. The record's own values are
 * prepared once.
 *
 * @param fields the fields that the people come with
 */
export function comparerFor(
  record: ReadonlyMap<string, string>,
  fields: readonly string[],
): (person: Person) => Comparison {
  const known = [...record].flatMap(([name, text]): Known[] => {
    if (!isCompared(name, record)) return [];
    const meaning = meaningOf(name);
    const normal = normalFor(meaning);
    const value = normal(text);
    return value === '' ? [] : [{ name, meaning, normal, value }];
  });
  const phones = new Set(known.flatMap(({ meaning, value }) => (meaning === 'phone' ? [value] : [])));
  const phoneFields = phones.size > 0 ? fields.filter(name => meaningOf(name) === 'phone') : [];
  const normalPhone = normalFor('phone');
  const names = namesOf(record);
  return person => {
    const both = known.filter(({ name, normal }) => normal(person[name]) !== '');
    const isSame = ({ name, normal, value }: Known) => normal(person[name]) === value;
    const same = both.filter(isSame);
    const isSameName = isNamed(names, person.first_name, person.surname, person.known_as);
    const isTelling = ({ meaning }: Known) => meaning === 'birth date' || meaning === 'NHS number';
    return {
      person,
      isSameName,
      isSwappedName: !isSameName && isNamed(names, person.surname, person.first_name, undefined),
      keys: same.flatMap(({ name }) => (isKeyField(name) ? [name] : [])),
      isSameBirthDate: same.some(({ meaning }) => meaning === 'birth date'),
      contacts: [
        ...same.flatMap(({ name, meaning }) => (meaning === 'postcode' ? [name] : [])),
        ...(phoneFields.some(name => phones.has(normalPhone(person[name]))) ? ['phone'] : []),
      ],
      isContradicted: both.some(one => isTelling(one) && !isSame(one)),
      isIdentical:
        isSameName &&
        both.filter(({ name }) => !['type', 'active', 'known_as', 'first_name'].includes(name)).every(isSame),
    };
  };
}

/** The person of a comparison as a candidate; `undefined` where nothing, or not enough, speaks for it. */
export function candidateOf(comparison: Comparison): Candidate | undefined {
  const { person, isSameName, isSwappedName, keys, isSameBirthDate, contacts, isContradicted } = comparison;
  if (!isSameName && !isSwappedName && keys.length === 0) return undefined;
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
  if (strength === 'name only' && isContradicted) return undefined;
  return { person, matches, strength, isInactive: decodeYesNo(person.active) === false };
}

interface Names {
  readonly surname: string;
  /** First name and known-as, where given. */
  readonly first: readonly string[];
}

function namesOf(record: ReadonlyMap<string, string>): Names {
  const first = [record.get('first_name'), record.get('known_as')].map(plainText).filter(name => name !== '');
  return { surname: plainText(record.get('surname')), first };
}

function isNamed(names: Names, first: unknown, surname: unknown, knownAs: unknown): boolean {
  if (names.surname !== plainText(surname)) return false;
  return names.first.includes(plainText(first)) || names.first.includes(plainText(knownAs));
}

/** The normal form of a field's values; blank for what is no value, which contradicts nothing. */
function normalFor(meaning: Meaning | undefined): (value: unknown) => string {
  const { normal } = kindOf(meaning);
  return value => {
    const text = textOf(value);
    return text.length > bounds.compared ? '' : normal(text);
  };
}

/** Letters and digits; for a text of signs only, the text itself. */
function plainText(value: unknown): string {
  const text = textOf(value).slice(0, bounds.compared);
  return foldSpelling(text) || text.trim();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(value ?? '');
}
