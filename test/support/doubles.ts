/** People entered twice with damage of every kind, and people of one household who are two: the same for the same seed. */
import { makePerson } from '../../src/sandbox/person.ts';
import { createRandom, type Random } from '../../src/sandbox/random.ts';

/** A record as it is sent or stored: texts by field. */
export type Fields = Readonly<Record<string, string>>;

/** The fields that doubles have. */
export const doubleFields = [
  'first_name',
  'surname',
  'known_as',
  'date_of_birth',
  'address_line_1',
  'town',
  'postcode',
  'telephone',
  'mobile',
  'email',
  'nhs_number',
] as const;

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** Somebody with all that tells people apart but the NHS number and the e-mail, which suffice alone. */
export function somebody(random: Random, id: number): Fields {
  const { first_name = '', surname = '' } = makePerson(random, id);
  return {
    first_name,
    surname,
    address_line_1: `${random.integer(1, 150)} ${random.pick(streets)}`,
    town: random.pick(['Eastwick', 'Dunmere', 'Northcombe', 'Saltley Bridge', 'Upper Marling']),
    postcode: `Q${random.pick([...'EWNSAM'])}${random.integer(1, 99)} ${random.integer(1, 9)}${random.pick(capitals)}${random.pick(capitals)}`,
    date_of_birth: dayIn(random, 1930, 2008),
    mobile: `07700 900${random.integer(100, 999)}`,
  };
}

const capitals = [...'ABDEFGHJLNPQRSTUWXYZ'];
const streets = [
  ...['Mill Lane', 'Station Road', 'Church Street', 'The Green', 'Orchard Close', 'Victoria Avenue', 'Quarry Hill'],
  ...['Lower Ferry Road', 'Weavers Court', 'St Anne’s Terrace', 'Larkfield Drive', 'Canal Walk', 'Hollins Grove'],
];

function dayIn(random: Random, first: number, last: number): string {
  return `${random.integer(first, last)}-${two(random.integer(1, 12))}-${two(random.integer(2, 28))}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

type Damage = (person: Fields, random: Random) => Fields;

/** Each kind of damage, by its name. */
export const damages: Readonly<Record<string, Damage>> = {
  'a slip in the first name': onField('first_name', slip),
  'a slip in the surname': onField('surname', slip),
  'a slip in the street': onField('address_line_1', slip),
  'names exchanged': person => ({ ...person, first_name: person.surname ?? '', surname: person.first_name ?? '' }),
  'no accents': person => ({
    ...person,
    first_name: withoutAccents(person.first_name),
    surname: withoutAccents(person.surname),
  }),
  capitals: person => ({ ...person, surname: person.surname?.toUpperCase() ?? '' }),
  'a middle name': (person, random) => ({
    ...person,
    first_name: `${person.first_name} ${random.pick(['Huw', 'Maria', 'Lee', 'Ann', 'Ahmed'])}`,
  }),
  'a middle initial': (person, random) => ({ ...person, first_name: `${person.first_name} ${random.pick(capitals)}.` }),
  'a double surname': (person, random) => ({
    ...person,
    surname: `${person.surname}-${random.pick(['Moore', 'Quarmby', 'Tansley', 'Begum'])}`,
  }),
  'an initial for the first name': person => ({ ...person, first_name: person.first_name?.slice(0, 1) ?? '' }),
  'a title': (person, random) => ({
    ...person,
    first_name: `${random.pick(['Mrs', 'Mr', 'Dr'])} ${person.first_name}`,
  }),
  'day and month exchanged': onField('date_of_birth', day => {
    const [year, month = '', date = ''] = day.split('-');
    return Number(date) <= 12 ? `${year}-${date}-${month}` : day;
  }),
  'a digit of the year': onField(
    'date_of_birth',
    (day, random) => `${day.slice(0, 3)}${random.integer(0, 9)}${day.slice(4)}`,
  ),
  'a digit of the day': onField('date_of_birth', (day, random) => `${day.slice(0, 9)}${random.integer(1, 8)}`),
  'a British date': onField('date_of_birth', day => day.split('-').reverse().join('/')),
  'no birthday': onField('date_of_birth', () => ''),
  'a wrong postcode': onField('postcode', (code, random) => `${code.slice(0, -1)}${random.pick(capitals)}`),
  'a postcode without a space': onField('postcode', code => code.replaceAll(' ', '').toLowerCase()),
  'no postcode': onField('postcode', () => ''),
  'a phone with the country code': onField('mobile', phone => phone.replace(/^0/, '+44 (0)')),
  'a phone without its 0': onField('mobile', phone => phone.replace(/^0/, '')),
  'no phone': onField('mobile', () => ''),
  'no address': person => ({ ...person, address_line_1: '', town: '' }),
  'a short street': onField('address_line_1', line => line.replace('Road', 'Rd').replace('Street', 'St.')),
  'a move': (person, random) => {
    const { address_line_1 = '', town = '', postcode = '' } = somebody(random, 1);
    return { ...person, address_line_1, town, postcode };
  },
  'a marriage': (person, random) => ({ ...person, surname: random.pick(['Ashdown', 'Pellow', 'Ravensworth']) }),
};

/** The same person entered once more, with one to three kinds of damage; their names come with it. */
export function damaged(person: Fields, random: Random): { readonly double: Fields; readonly how: readonly string[] } {
  const how = new Set(Array.from({ length: random.integer(1, 3) }, () => random.pick(Object.keys(damages))));
  // Who has married and moved, and tells nothing else, is anybody.
  if (how.has('a marriage')) for (const other of how) if (other !== 'a marriage') how.delete(other);
  let double = person;
  for (const name of how) double = damages[name]?.(double, random) ?? double;
  return { double, how: [...how] };
}

function onField(field: string, change: (text: string, random: Random) => string): Damage {
  return (person, random) => ({ ...person, [field]: change(person[field] ?? '', random) });
}

/** A typing error: a letter too many, too few, another one, or two exchanged. */
function slip(text: string, random: Random): string {
  const at = random.integer(1, Math.max(1, text.length - 2));
  const [before, rest] = [text.slice(0, at), text.slice(at)];
  return random.pick([
    `${before}${random.pick(letters)}${rest}`,
    `${before}${rest.slice(1)}`,
    `${before}${random.pick(letters)}${rest.slice(1)}`,
    `${before}${rest.slice(1, 2)}${rest.slice(0, 1)}${rest.slice(2)}`,
  ]);
}

function withoutAccents(text = ''): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Two people of one household, who are two. */
export interface Household {
  readonly kind: string;
  readonly pair: readonly [Fields, Fields];
}

/** So many pairs of two people who have much in common. */
export function households(count: number, seed: number): Household[] {
  const random = createRandom(seed);
  const kinds = Object.keys(relations);
  return Array.from({ length: count }, (_, n) => {
    const kind = kinds[n % kinds.length] ?? '';
    const person = { ...somebody(random, n), ...shared[kind] };
    return { kind, pair: [person, { ...person, ...relations[kind]?.(person, random) }] };
  });
}

/** What both have of some kinds. */
const shared: Readonly<Record<string, Fields>> = {
  'couple with one e-mail': { email: 'the.tansleys@example.org' },
  'guests of one hostel, both born on an unknown day': { date_of_birth: '1990-01-01' },
  'people of one office phone': { mobile: '01632 960000' },
};

/** Another person, by what isn't shared: everything else is. */
const relations: Readonly<Record<string, (person: Fields, random: Random) => Fields>> = {
  couple: (person, random) => ({ first_name: another(person, random), date_of_birth: around(person, random, 8) }),
  'couple with one e-mail': (person, random) => ({
    first_name: another(person, random),
    date_of_birth: around(person, random, 8),
  }),
  'father and son of one name': (person, random) => ({ date_of_birth: later(person, random, 18, 44) }),
  'mother and daughter of one name, each with a phone': (person, random) => ({
    date_of_birth: later(person, random, 18, 42),
    mobile: `07700 900${random.integer(100, 999)}`,
  }),
  'parent and child': (person, random) => ({
    first_name: another(person, random),
    date_of_birth: later(person, random, 17, 45),
  }),
  'brothers or sisters': (person, random) => ({
    first_name: another(person, random),
    date_of_birth: around(person, random, 9),
  }),
  'guests of one hostel': (_, random) => ({ ...namesOf(random), date_of_birth: dayIn(random, 1950, 2005) }),
  'guests of one hostel, both born on an unknown day': (_, random) => namesOf(random),
  'guests of one hostel with one first name': (_, random) => ({
    surname: namesOf(random).surname ?? '',
    date_of_birth: dayIn(random, 1950, 2005),
  }),
  'people of one office phone': (_, random) => ({ ...somebody(random, 1), mobile: '01632 960000' }),
  'namesakes elsewhere': (person, random) => {
    const other = somebody(random, 2);
    return { ...other, first_name: person.first_name ?? '', surname: person.surname ?? '' };
  },
};

/** Twins: the only ones who may be asked about. */
export function twins(count: number, seed: number): Household[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const person = somebody(random, n);
    return { kind: 'twins', pair: [person, { ...person, first_name: another(person, random) }] };
  });
}

function namesOf(random: Random): Fields {
  const { first_name = '', surname = '' } = somebody(random, 3);
  return { first_name, surname };
}

/** Another first name: one that isn't nearly the same. */
function another({ first_name = '' }: Fields, random: Random): string {
  const others = ['Ines', 'Gwilym', 'Marjorie', 'Tobias', 'Farida', 'Desmond', 'Ottilie', 'Kwame', 'Beatrix', 'Hugh'];
  return random.pick(others.filter(name => name[0] !== first_name[0]));
}

function around({ date_of_birth = '' }: Fields, random: Random, years: number): string {
  const year = Number(date_of_birth.slice(0, 4));
  return dayIn(random, year - years, year + years);
}

function later({ date_of_birth = '' }: Fields, random: Random, least: number, most: number): string {
  const year = Number(date_of_birth.slice(0, 4));
  return dayIn(random, year + least, year + most);
}
