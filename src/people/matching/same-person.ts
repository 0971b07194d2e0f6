/** Whether a record may be the person to be added: by the one rule, and to the letter. */
import { bounds } from '../../base/bounds.ts';
import { memoizeFirst } from '../../base/memoize.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { Field } from '../../catalogue/field.ts';
import { isKeyField, type Meaning, meaningOf } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { dayNumber } from '../values/date.ts';
import { kindOf } from '../values/kinds.ts';
import { compareNames } from './compare-names.ts';
import { isOther, judge, mayShareDay } from './judge.ts';
import { detailIn, detailsReader, type KnownDetails, wordsOf } from './known-details.ts';

/** What a person to be added and a person on the system have in common. */
export interface Comparison {
  readonly person: Person;
  readonly isSameName: boolean;
  /** Nothing that is known of both differs, and the name is the same: it may be the very record. */
  readonly isIdentical: boolean;
  /** Where they may be the same person. */
  readonly candidate?: Candidate;
}

/** Somebody who may be the person to be added. */
export interface Candidate {
  readonly person: Person;
  /** What is the same, in words: `same name`, `same nhs_number`, ... */
  readonly matches: readonly string[];
  /** What is known of both and isn't the same, in words. */
  readonly differs: readonly string[];
  /** How sure it is: the more, the surer. */
  readonly weight: number;
  /** The year of birth. */
  readonly born?: number;
  readonly postcode?: string;
  readonly isInactive: boolean;
}

/** Fields that are always needed of people: to tell them apart, and to show them. */
const always: ReadonlySet<string> = new Set([
  'id',
  'first_name',
  'surname',
  'known_as',
  'type',
  'active',
  'deceased',
  'date_of_birth',
  'postcode',
]);

/** True for a field that the comparison needs of people, given what is known of the one to be added. */
export function isCompared(name: string, record: ReadonlyMap<string, string>): boolean {
  if (always.has(name)) return true;
  const detail = detailIn(name);
  return detail !== undefined && [...record.keys()].some(given => detailIn(given) === detail);
}

/**
 * The comparison of a new record with people, without regard to case, accents and spacing. The record's own values are
 * prepared once.
 *
 * @param fields the fields that the people come with
 */
export function comparerFor(
  record: ReadonlyMap<string, string>,
  fields: readonly Field[],
): (person: Person) => Comparison {
  const isIdentical = identityTest(record);
  const isSameName = nameTest(record);
  const candidateFor = candidateReader(record, fields);
  return person => {
    const isNamed = isSameName(person);
    const candidate = candidateFor(person);
    return {
      person,
      isSameName: isNamed,
      isIdentical: isNamed && isIdentical(person),
      ...(candidate && { candidate }),
    };
  };
}

function candidateReader(record: ReadonlyMap<string, string>, all: readonly Field[]) {
  const fields = all.map(({ name }) => name);
  const own = detailsReader(record.keys())(Object.fromEntries(record));
  const detailsOf = detailsReader(fields);
  const mayBeOne = cheapTest(own, record, fields);
  const postcodes = all.flatMap(({ name, masked }) => (detailIn(name) === 'postcode' && !masked ? [name] : []));
  return (person: Person): Candidate | undefined => {
    if (!mayBeOne(person)) return undefined;
    const details = detailsOf(person);
    const { isCandidate, agrees, differs, weight } = judge(own, details);
    if (!isCandidate) return undefined;
    const [postcode] = postcodes.map(name => textOf(person[name]).trim()).filter(text => text !== '');
    return {
      person,
      matches: agrees,
      differs,
      weight,
      ...(details.born !== undefined && { born: Math.floor(details.born / 10_000) }),
      ...(postcode && { postcode }),
      isInactive: decodeYesNo(person.active) === false,
    };
  };
}

/** Names that are compared once for all who have them. */
const rememberedNames = 20_000;

/**
 * False for most people who can't be the one: nobody is a candidate without a key that is the same, a near birthday, or a name
 * that is near.
 */
function cheapTest(own: KnownDetails, record: ReadonlyMap<string, string>, fields: readonly string[]) {
  const keys = keyTests(record, fields);
  const births = own.born === undefined ? [] : fields.filter(name => detailIn(name) === 'birth date');
  const isNearDay = memoizeFirst(rememberedNames, (text: string) => mayShareDay(own.born, dayNumber(text)));
  const isNear = memoizeFirst(rememberedNames, (text: string) => {
    const words = wordsOf(text);
    const { first, surname } = compareNames(own, {
      ...own,
      firstNames: words.length > 0 ? [words] : [],
      surname: words,
    });
    return (first !== undefined && !isOther(first)) || (surname !== undefined && !isOther(surname));
  });
  return (person: Person): boolean => {
    if ([person.first_name, person.surname, person.known_as].some(name => isNear(textOf(name)))) return true;
    if (births.some(name => isNearDay(textOf(person[name])))) return true;
    return keys.some(isSame => isSame(person));
  };
}

/** One test for each field that may hold a key that is known of the new record. */
function keyTests(record: ReadonlyMap<string, string>, fields: readonly string[]): ((person: Person) => boolean)[] {
  return fields.flatMap(name => {
    const detail = detailIn(name);
    if (detail !== 'NHS number' && detail !== 'external id' && detail !== 'e-mail') return [];
    const normal = normalFor(detail);
    const known = new Set([...record].flatMap(([given, text]) => (detailIn(given) === detail ? [normal(text)] : [])));
    known.delete('');
    return known.size > 0 ? [(person: Person) => known.has(normal(person[name]))] : [];
  });
}

/** True for a field whose values, where they differ, are two people's. */
function tellsApart(name: string, meaning: Meaning | undefined): boolean {
  return ['phone', 'birth date', 'postcode'].includes(meaning ?? '') || isKeyField(name) || name === 'surname';
}

/** Whether nothing that identifies people, and is known of both, differs. */
function identityTest(record: ReadonlyMap<string, string>): (person: Person) => boolean {
  const known = [...record].flatMap(([name, text]) => {
    const meaning = meaningOf(name);
    const normal = normalFor(meaning);
    const value = tellsApart(name, meaning) ? normal(text) : '';
    return value === '' ? [] : [{ name, normal, value }];
  });
  return person => known.every(({ name, normal, value }) => ['', value].includes(normal(person[name])));
}

function nameTest(record: ReadonlyMap<string, string>): (person: Person) => boolean {
  const first = [record.get('first_name'), record.get('known_as')].map(plainText).filter(name => name !== '');
  const surname = plainText(record.get('surname'));
  return person =>
    surname === plainText(person.surname) &&
    (first.includes(plainText(person.first_name)) || first.includes(plainText(person.known_as)));
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
