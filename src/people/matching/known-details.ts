import { bounds } from '../../base/bounds.ts';
import { foldedParts, foldSpelling, withPlainApostrophes } from '../../base/spelling.ts';
import { isKeyField, meaningOf } from '../../catalogue/meaning.ts';
import { dayNumber, isCalendarNumber } from '../values/date.ts';
import { kindOf } from '../values/kinds.ts';
import { withoutTitles } from '../values/titles.ts';

/** A name's words, folded, without titles. */
export type Words = readonly string[];

/** The lines of an address. */
export interface Address {
  /** `14`, `14b` */
  readonly numbers: readonly string[];
  /** The other words, in their usual short forms. */
  readonly words: Words;
  /** The other words as they are, run together. */
  readonly street: string;
}

/** What is known of a person that tells them apart, ready to be compared: blank texts and empty lists are not known. */
export interface KnownDetails {
  readonly nhsNumber: string;
  readonly externalId: string;
  readonly emails: readonly string[];
  /** As dialled within the country, without the leading 0. */
  readonly phones: readonly string[];
  /** As 19480517; `undefined` where no day of the calendar is known. */
  readonly born: number | undefined;
  /** What the person is called: the first name, and known-as. */
  readonly firstNames: readonly Words[];
  readonly surname: Words;
  readonly postcode: string;
  readonly address: Address;
  readonly town: string;
}

/** The kinds of details that fields hold, as far as they are compared. */
type Detail = 'NHS number' | 'external id' | 'e-mail' | 'phone' | 'birth date' | 'postcode' | 'address' | 'town';

/** The detail that a field holds; `undefined` for the names, and for what tells nobody apart. */
export function detailIn(field: string): Detail | undefined {
  if (/^(town|city|suburb)$/i.test(field)) return 'town';
  const meaning = meaningOf(field);
  switch (meaning) {
    // Another person's, such as a partner's, doesn't tell this one.
    case 'NHS number':
    case 'external id':
    case 'e-mail':
      return isKeyField(field) ? meaning : undefined;
    case 'phone':
    case 'birth date':
    case 'postcode':
    case 'address':
      return meaning;
    default:
      return undefined;
  }
}

/** Reads the details out of records that come with these fields. */
export function detailsReader(fields: Iterable<string>): (record: Readonly<Record<string, unknown>>) => KnownDetails {
  const fieldsOf = new Map<Detail | undefined, string[]>();
  for (const field of fields) fieldsOf.set(detailIn(field), [...(fieldsOf.get(detailIn(field)) ?? []), field]);
  return record => {
    const textsOf = (detail: Detail) => (fieldsOf.get(detail) ?? []).map(field => textOf(record[field]));
    const normals = (detail: 'NHS number' | 'external id' | 'e-mail' | 'postcode') =>
      textsOf(detail)
        .map(kindOf(detail).normal)
        .filter(value => value !== '');
    return {
      nhsNumber: normals('NHS number')[0] ?? '',
      externalId: normals('external id')[0] ?? '',
      emails: normals('e-mail'),
      phones: textsOf('phone').flatMap(phonesIn),
      born: textsOf('birth date')
        .map(dayOfCalendar)
        .find(day => day !== undefined),
      firstNames: [record.first_name, record.known_as]
        .map(name => wordsOf(textOf(name)))
        .filter(words => words.length > 0),
      surname: wordsOf(textOf(record.surname)),
      postcode: normals('postcode')[0] ?? '',
      address: addressOf(textsOf('address').join(' ')),
      town: foldSpelling(textsOf('town').join(' ')),
    };
  };
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return text.length > bounds.compared ? '' : text;
}

/** A field may hold several numbers. */
export function phonesIn(text: string): string[] {
  return text
    .split(/[;,/|]|\bor\b/)
    .map(number => kindOf('phone').normal(number).replace(/^0+/, ''))
    .filter(number => number !== '');
}

/** A day that can't be is not known. */
function dayOfCalendar(text: string): number | undefined {
  const day = dayNumber(text);
  return day !== undefined && isCalendarNumber(day) ? day : undefined;
}

/** `Dr Mary-Jane O'Dwyer` is mary, jane and odwyer; a text of signs only is one word. */
export function wordsOf(text: string): Words {
  const parts = withPlainApostrophes(text)
    .split(/[,;]+/)
    .map(part => part.split(/[\s\-\u2010-\u2015/.()]+/).filter(isWord));
  const words = withoutTitles(parts).map(foldSpelling);
  return words.length > 0 || text.trim() === '' ? words : [text.trim().toLowerCase()];
}

function isWord(text: string): boolean {
  return foldSpelling(text) !== '';
}

/** Words that addresses have long and short. */
const shortForms = new Map(
  'road rd,street st,saint st,avenue ave,av ave,close cl,lane ln,drive dr,court ct,crescent cres,cresent cres,terrace ter,terr ter,gardens gdns,garden gdns,place pl,square sq,grove gr,park pk,apartment flat,apt flat,house ho,circuit cct,mount mt'
    .split(',')
    .map(pair => pair.split(' ') as [string, string]),
);

function addressOf(text: string): Address {
  const words = foldedParts(withPlainApostrophes(text), /[^\p{L}\p{N}\p{M}']+/u);
  const others = words.filter(word => !/^\d/.test(word));
  return {
    numbers: words.filter(word => /^\d/.test(word)),
    words: others.map(word => shortForms.get(word) ?? word),
    street: others.join(''),
  };
}
