import { bounds } from '../../base/bounds.ts';
import { memoizeFirst } from '../../base/memoize.ts';
import { dayNumber } from '../values/date.ts';
import { kindOf } from '../values/kinds.ts';
import { comparePostcodes, nearDays } from './compare-details.ts';
import { compareFirst, compareSurnames, isNear } from './compare-names.ts';
import { detailIn, type KnownDetails, phonesIn, wordsOf } from './known-details.ts';
import { isNoFirstName, isNoName } from './no-names.ts';
import { areInOtherScripts } from './scripts.ts';

/** So many texts of names are remembered a check: very many people share a name. */
const maxRemembered = 20_000;

/** How a text of a stored name fits the two names of the new record, as bits. */
const [nearFirst, nearSurname] = [1, 2];

/** The bit of a text in another script than the new record: it may be either name, beside one that is near. */
const unlike = 4;

/** Where a number's last digits are compared, in digits and in characters: a longer text may hold several numbers. */
const [tailDigits, singleNumber] = [4, 20];

type Values = Readonly<Record<string, unknown>>;

/**
 * A cheap test that leaves few of very many people, who come with these fields: false for nobody whom {@link judge} takes for
 * a candidate. What is known of the new record is prepared once.
 */
export function quickTestFor(known: KnownDetails, fields: Iterable<string>): (person: Values) => boolean {
  const all = [...fields];
  const isNameless = isNoName(known.surname) && known.firstNames.every(isNoFirstName);
  const isNamedLike = isNameless ? sameTextTestFor(known) : nameTestFor(known);
  const tests = all.flatMap(field => {
    const test = valueTestFor(known, field);
    return test ? [{ field, test }] : [];
  });
  return person => {
    for (const { field, test } of tests) {
      const value = person[field];
      if (isText(value) ? test(value) : typeof value === 'number' && test(String(value))) return true;
    }
    return isNamedLike(person);
  };
}

/** The test whether a field's value agrees at all; `undefined` where it tells nothing alone. */
function valueTestFor(known: KnownDetails, field: string): ((text: string) => boolean) | undefined {
  switch (detailIn(field)) {
    case 'NHS number':
      return known.nhsNumber === '' ? undefined : text => kindOf('NHS number').normal(text) === known.nhsNumber;
    case 'external id':
      return known.externalId === '' ? undefined : text => kindOf('external id').normal(text) === known.externalId;
    case 'e-mail':
      return known.emails.length === 0 ? undefined : emailTest(known.emails);
    case 'phone':
      return known.phones.length === 0 ? undefined : phoneTest(known.phones);
    case 'birth date': {
      const days = known.born === undefined ? undefined : nearDays(known.born);
      return days && (text => days.has(dayNumber(text) ?? 0));
    }
    case 'postcode': {
      const { normal } = kindOf('postcode');
      if (known.postcode === '') return undefined;
      return text => comparePostcodes(normal(text), known.postcode) !== 'different';
    }
    default:
      return undefined;
  }
}

function emailTest(emails: readonly string[]): (text: string) => boolean {
  const { normal } = kindOf('e-mail');
  return text => {
    const written = text.toLowerCase();
    return emails.some(email => written.includes(email)) && emails.includes(normal(text));
  };
}

function phoneTest(phones: readonly string[]): (text: string) => boolean {
  const tails = new Set(phones.map(lastDigits));
  return text =>
    (text.length > singleNumber || tails.has(lastDigits(text))) && phonesIn(text).some(one => phones.includes(one));
}

/** The last digits of a text, as a number. */
function lastDigits(text: string): number {
  let number = 0;
  let scale = 1;
  for (let at = text.length - 1; at >= 0 && scale < 10 ** tailDigits; at--) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) continue;
    number += digit * scale;
    scale *= 10;
  }
  return number;
}

/** `Mr` `Unknown` is nobody's name: only the same text has it in common. */
function sameTextTestFor({ firstNames, surname }: KnownDetails): (person: Values) => boolean {
  const own = new Set([[], ...firstNames].map(words => [...words, ...surname].join('')));
  const textOf = memoizeFirst(maxRemembered, (text: string) => wordsOf(text).join(''));
  return ({ first_name, known_as, surname: last }) => {
    const family = isText(last) ? textOf(last) : '';
    return [first_name, known_as, ''].some(first => own.has((isText(first) ? textOf(first) : '') + family));
  };
}

/** First name and surname are near, each in its own place or in the other's; what isn't known is near. */
function nameTestFor({ firstNames, surname }: KnownDetails): (person: Values) => boolean {
  const isSurnameKnown = surname.join('').length > 1;
  const all = [...firstNames.flat(), ...surname];
  const firstOf = memoizeFirst(maxRemembered, (text: string) => {
    const words = wordsOf(text);
    if (areInOtherScripts(words, all)) return unlike;
    const fits = firstNames.length === 0 || firstNames.some(own => isNear(compareFirst(words, own)));
    const isOtherWay =
      !isSurnameKnown || isNear(compareSurnames(words, surname)) || isNear(compareFirst(words, surname));
    return (fits ? nearFirst : 0) | (isOtherWay ? nearSurname : 0);
  });
  const surnameOf = memoizeFirst(maxRemembered, (text: string) => {
    const words = wordsOf(text);
    if (areInOtherScripts(words, all)) return unlike;
    const isInitial = words.join('').length < 2;
    const fits = !isSurnameKnown || isInitial || isNear(compareSurnames(words, surname));
    const isOtherWay =
      isInitial || firstNames.some(own => isNear(compareFirst(words, own)) || isNear(compareSurnames(words, own)));
    return (fits ? nearSurname : 0) | (isOtherWay ? nearFirst : 0);
  });
  return ({ first_name, known_as, surname: last }) => {
    const called = isText(first_name) ? firstOf(first_name) : 0;
    const first = isText(known_as) ? called | firstOf(known_as) : isText(first_name) ? called : nearFirst | nearSurname;
    if (first === 0) return false;
    const other = isText(last) ? surnameOf(last) : nearFirst | nearSurname;
    return fitTogether(first, other);
  };
}

/** True for two names of which each may be another one of the new record, and one is near. */
function fitTogether(first: number, surname: number): boolean {
  return (
    ((first & nearFirst) !== 0 && (surname & (nearSurname | unlike)) !== 0) ||
    ((first & nearSurname) !== 0 && (surname & (nearFirst | unlike)) !== 0) ||
    ((first & unlike) !== 0 && (surname & (nearFirst | nearSurname)) !== 0)
  );
}

/** A long value counts as not known, as in the whole comparison. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= bounds.compared;
}
