import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../../../src/catalogue/field.ts';
import { type Condition, printCondition } from '../../../../src/people/asking/conditions/condition.ts';
import { decider } from '../../../../src/people/asking/conditions/decide.ts';
import { readCondition } from '../../../../src/people/asking/conditions/read-condition.ts';
import { readBeginning, subjectOf } from '../../../../src/people/asking/conditions/subject.ts';
import '../../../support/properties.ts';

const today = 20_261_126;

function field(name: string, kind: Field['kind'], meaning?: Field['meaning']): Field {
  return { name, label: name.replaceAll('_', ' '), kind, meaning, special: false };
}

const fields: readonly Field[] = [
  field('type', 'choice'),
  field('district', 'choice'),
  field('consent', 'choice'),
  field('colour', 'choice'),
  field('deceased', 'yes_no'),
  field('people_in_household', 'count'),
  field('date_of_birth', 'date', 'birth date'),
  field('created', 'date', 'date'),
  field('surname', 'text', 'name'),
  field('notes', 'text', 'note'),
  field('email', 'text', 'e-mail'),
  field('mobile', 'text', 'phone'),
  field('postcode', 'text', 'postcode'),
  field('hours', 'unknown'),
];

const optionNames: Readonly<Record<string, readonly string[]>> = {
  type: ['Clients', 'Volunteers', 'Staff'],
  district: ['Eastwick', 'Dunmere', 'Stow, North', 'Arts', 'Crafts Quarter', 'Arts; Crafts Quarter'],
  consent: ['None', 'Not yet asked', 'Yet asked', 'Given', 'No', 'Is blank', '6" tall'],
};

function optionsOf({ name }: Field) {
  return optionNames[name]?.map((option, n) => ({ id: String(n + 21), name: option }));
}

function read(text: string): Condition | string {
  const beginning = readBeginning(text, fields);
  if ('problem' in beginning) return beginning.problem;
  const { named, rest } = beginning;
  const options = named.name === named.field.name ? optionsOf(named.field) : undefined;
  const result = readCondition(subjectOf(named.field, options, named.name), rest, { text, today });
  return 'condition' in result ? result.condition : result.problem;
}

function printed(text: string): string {
  const condition = read(text);
  return typeof condition === 'string' ? 'refused' : printCondition(condition);
}

describe('a condition', () => {
  test.each([
    // As the design writes them
    ['email is blank', 'email is blank'],
    ['email is not blank', 'email is not blank'],
    ['district is Eastwick;Dunmere', 'district is Eastwick;Dunmere'],
    ['district is not Eastwick', 'district is not Eastwick'],
    ['date_of_birth 1950-01-01..1959-12-31', 'date_of_birth 1950-01-01..1959-12-31'],
    ['age >= 65', 'age >= 65'],
    ['people_in_household < 3', 'people_in_household < 3'],
    ['notes contains dog', 'notes contains dog'],
    ['postcode starts with ZZ3', 'postcode starts with ZZ3'],
    ['type has all Volunteers;Staff', 'type has all Volunteers;Staff'],
    ['birthday 12-20..01-10', 'birthday 12-20..01-10'],
    // As people write them
    ['EMAIL IS EMPTY', 'email is blank'],
    ['e-mail is not recorded', 'email is blank'],
    ["email isn't blank", 'email is not blank'],
    ['email is recorded', 'email is not blank'],
    ['email != null', 'email is not blank'],
    ['email = *', 'email is not blank'],
    ['District = eastwick', 'district is Eastwick'],
    ['district: 22', 'district is Dunmere'],
    ['district != Eastwick', 'district is not Eastwick'],
    ['district <> Eastwick', 'district is not Eastwick'],
    ['district isn’t Eastwick', 'district is not Eastwick'],
    ['district not in Eastwick, Dunmere', 'district is not Eastwick;Dunmere'],
    ['district is Eastwick or Dunmere', 'district is Eastwick;Dunmere'],
    ['district is "Eastwick"', 'district is Eastwick'],
    ['district is Stow, North', 'district is Stow, North'],
    ['type is a volunteer', 'refused'],
    ['type is volunteer', 'type is Volunteers'],
    ['type has all Volunteers and Staff', 'type has all Volunteers;Staff'],
    ['type does not have all Volunteers;Staff', 'type does not have all Volunteers;Staff'],
    ['age ≥ 65', 'age >= 65'],
    ['age is at least 65', 'age >= 65'],
    ['age over 65', 'age > 65'],
    ['age under 18', 'age < 18'],
    ['age 65+', 'age >= 65'],
    ['age 65 and over', 'age >= 65'],
    ['age between 18 and 25', 'age 18..25'],
    ['age is between 18 and 25', 'age 18..25'],
    ['age 18–25', 'age 18..25'],
    ['age 18-25', 'age 18..25'],
    ['age is not 18..25', 'age not 18..25'],
    ['age no more than 17', 'age <= 17'],
    ['age not less than 65', 'age >= 65'],
    ['people_in_household is 2 or 3', 'people_in_household is 2;3'],
    ['created after 2020-01-01', 'created > 2020-01-01'],
    ['created before 01/02/2020', 'created < 2020-02-01'],
    ['created after 2020', 'created > 2020-12-31'],
    ['created in 2025', 'created 2025-01-01..2025-12-31'],
    ['created 2024-02', 'created 2024-02-01..2024-02-29'],
    ['created since today-3y', 'created >= 2023-11-26'],
    ['created >= today - 6 months', 'created >= 2026-05-26'],
    ['created before 2 weeks ago', 'created < 2026-11-12'],
    ['created from 2020 to 2021', 'created 2020-01-01..2021-12-31'],
    ['born before 1950', 'date_of_birth < 1950-01-01'],
    ['birthday in December', 'birthday 12-01..12-31'],
    ['birthday is 25/12', 'birthday is 12-25'],
    ['birthday today..today+7d', 'birthday 11-26..12-03'],
    ['deceased is false', 'deceased is no'],
    ['deceased not yes', 'deceased is not yes'],
    ["notes doesn't contain dog", 'notes does not contain dog'],
    ['notes contains dog;cat', 'notes contains dog;cat'],
    ['notes contains "dog or cat"', 'notes contains "dog or cat"'],
    ['postcode begins with qm2', 'postcode starts with qm2'],
    ['surname is Smith-Jones', 'surname is Smith-Jones'],
    ["surname is O'Brien", "surname is O'Brien"],
    ["district IN ('Eastwick', 'Stow, North')", 'district is Eastwick;Stow, North'],
    ["notes like '%dog%'", 'notes contains dog'],
    ['surname not like Smi%', 'surname does not start with Smi'],
    ['created in the last 12 months', 'created 2025-11-26..2026-11-26'],
    ['created between 1 April 2018 and 31 March 2019', 'created 2018-04-01..2019-03-31'],
    ['born May 1948', 'date_of_birth 1948-05-01..1948-05-31'],
    ['hours >= 5', 'hours >= 5'],
    ['hours is 5-6', 'hours is 5-6'],
    // An option's whole name wins over the words in it
    ['consent is None', 'consent is None'],
    ['consent is Not yet asked', 'consent is Not yet asked'],
    ['consent is not Not yet asked', 'consent is not Not yet asked'],
    ['consent is not Yet asked', 'consent is Not yet asked'],
    ['consent is No', 'consent is No'],
    ['district is Arts; Crafts Quarter', 'district is "Arts; Crafts Quarter"'],
    ['district is "Arts";"Crafts Quarter"', 'district is "Arts";"Crafts Quarter"'],
  ])('%s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test.each([
    'created 2020..2010',
    'email is not blank;mobile is not blank',
    'notes contains dog;mobile is blank',
    'surname is Smith and age > 5',
    'created last year',
    'age 65..18',
    'age',
    'email',
    'not district is Eastwick',
    'district is !Eastwick',
    'district is Eastwick and type is Staff',
    'district > Eastwick',
    'district is',
    'notes contains dog or cat',
    'notes contains dog and cat',
    'notes contains dog and age > 5',
    'surname is Smi*',
    'surname is not not Smith',
    'surname is !Smith',
    'surname is Null',
    'surname is A..C',
    'surname is Smith or Jones',
    'date_of_birth is 30/02/1950',
    'date_of_birth > 12/31/1950',
    'date_of_birth over 1950',
    'people_in_household after 3',
    'created older than 3',
    'birthday 02-30',
    'birthday 13-01',
    'age 18.5',
    'deceased is perhaps',
    'shoe is 5',
  ])('%s is refused', text => {
    expect(read(text)).toBeTypeOf('string');
  });

  test('that is refused names the forms of its field, with its options', () => {
    expect(read('district > 3')).toBe(
      '"district > 3" cannot be read. Forms: "district is Eastwick;Dunmere", "district is not Eastwick", "district is blank".',
    );
    expect(read('created 2020..2010')).toContain('ends before it begins');
  });
});

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-11-26'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10));

const word = fc.oneof(
  fc.constantFrom(
    'dog',
    'Ł',
    "O'Brien",
    'a;b',
    'not',
    'dog or cat',
    '"',
    "'",
    '*',
    'null',
    '-',
    '5',
    '07700 900',
    '..',
    'Zoë',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
);

/** Conditions as people write them, from the operators and values that there are. */
const condition = fc.oneof(
  fc.constantFrom(...fields.map(({ name }) => name), 'age', 'birthday').map(name => `${name} is blank`),
  fc
    .tuple(
      fc.constantFrom('type', 'district', 'consent'),
      fc.constantFrom('is', 'is not', 'has all'),
      fc.nat(20),
      fc.nat(20),
    )
    .map(([name, operator, a, b]) => {
      const names = optionNames[name] ?? [];
      const chosen = [names[a % names.length], names[b % names.length]].map(one => `"${one?.replaceAll('"', '""')}"`);
      return `${name} ${operator} ${chosen.join(';')}`;
    }),
  fc
    .tuple(fc.constantFrom('age', 'people_in_household', 'hours'), fc.constantFrom('>', '<', '>=', '<='), fc.nat(110))
    .map(parts => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('age', 'people_in_household', 'hours'), fc.nat(90), fc.nat(20))
    .map(([name, a, b]) => `${name} ${a}..${a + b}`),
  fc
    .tuple(fc.constantFrom('date_of_birth', 'created'), fc.constantFrom('>', '<', '>=', '<=', 'is', 'not'), day)
    .map(parts => parts.join(' ')),
  fc.tuple(day, day).map(([a, b]) => `birthday ${a.slice(5)}..${b.slice(5)}`),
  fc.constantFrom('deceased is yes', 'deceased is no', 'deceased is not yes'),
  fc
    .tuple(
      fc.constantFrom('surname', 'notes', 'email', 'mobile', 'postcode', 'hours'),
      fc.constantFrom('is', 'is not', 'contains', 'starts with', 'ends with', 'does not contain'),
      word,
    )
    .map(([name, operator, text]) => `${name} ${operator} "${text.replaceAll('"', '""')}"`),
);

const value = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    '',
    ' ',
    [],
    0,
    1,
    '1',
    'Y',
    'N',
    true,
    'Eastwick',
    '21',
    22,
    '21;22',
    ['21', '23'],
    '0000',
    'None',
  ),
  day,
  day.map(text => `${text} 10:15:00`),
  day.map(text => text.split('-').reverse().join('/')),
  word,
  fc.nat(120),
  fc.record({ nested: fc.string() }),
);

describe('of every condition', () => {
  test('what was printed reads as the same', () => {
    fc.assert(
      fc.property(condition, text => {
        const first = read(text);
        if (typeof first === 'string') return;
        expect(read(printCondition(first))).toEqual(first);
      }),
      { numRuns: 5000 },
    );
  });

  test('it, its negation and "is blank" part everybody into three', () => {
    fc.assert(
      fc.property(condition, value, (text, held) => {
        const positive = read(text);
        if (typeof positive === 'string' || positive.test.form === 'blank') return;
        const blank: Condition = { ...positive, isNegated: false, test: { form: 'blank' } };
        const person = { id: 1, [positive.subject.field.name]: held };
        const parts = [positive, { ...positive, isNegated: !positive.isNegated }, blank];
        expect(parts.filter(one => decider(one, today)(person) === 'holds')).toHaveLength(1);
      }),
      { numRuns: 5000 },
    );
  });

  test('no text crashes the reader, or is read as something that prints otherwise', () => {
    const names = fc.constantFrom(
      ...fields.map(({ name }) => name),
      'age',
      'birthday',
      'district is',
      'created >=',
      '',
    );
    fc.assert(
      fc.property(names, fc.string({ maxLength: 40, unit: 'binary' }), (name, rest) => {
        const first = read(`${name} ${rest}`);
        if (typeof first !== 'string') expect(read(printCondition(first))).toEqual(first);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('decides', () => {
  const holds = (text: string, person: Record<string, unknown>) => {
    const one = read(text);
    return typeof one === 'string' ? one : decider(one, today)({ id: 1, ...person });
  };

  test.each([
    ['age >= 65', { date_of_birth: '1961-11-26' }, 'holds'],
    ['age >= 65', { date_of_birth: '1961-11-27' }, 'fails'],
    ['age < 18', { date_of_birth: '26/11/2008' }, 'fails'],
    ['age < 18', { date_of_birth: '2030-01-01' }, 'unreadable'],
    ['age 22..22', { date_of_birth: '2004-02-29' }, 'holds'],
    ['birthday 12-20..01-10', { date_of_birth: '1950-01-03' }, 'holds'],
    ['birthday 12-20..01-10', { date_of_birth: '1950-02-03' }, 'fails'],
    ['birthday in December', { date_of_birth: '' }, 'blank'],
    ['created <= 2020-01-31', { created: '2020-01-31 23:59:00' }, 'holds'],
    ['created <= 2020-01-31', { created: 'long ago' }, 'unreadable'],
    ['created not 2020', { created: 'long ago' }, 'holds'],
    ['district is Eastwick', { district: 'eastwick' }, 'holds'],
    ['district is Eastwick', { district: 21 }, 'holds'],
    ['district is Arts;"Crafts Quarter"', { district: 'Arts; Crafts Quarter' }, 'fails'],
    ['district is not Eastwick', { district: 'Elsewhere' }, 'holds'],
    ['district contains craft', { district: '26' }, 'holds'],
    ['type has all Volunteers;Staff', { type: '22;23' }, 'holds'],
    ['type has all Volunteers;Staff', { type: ['Volunteers'] }, 'fails'],
    ['type is not Clients', { type: '21,22' }, 'fails'],
    ['deceased is no', { deceased: '0' }, 'holds'],
    ['mobile is 07700 900118', { mobile: '+44 (0)7700-900118' }, 'holds'],
    ['mobile ends with 0118', { mobile: '07700 90 01 18' }, 'holds'],
    ['mobile starts with +44 7700', { mobile: '07700900118' }, 'holds'],
    ['postcode starts with zz3', { postcode: 'ZZ3 4AB' }, 'holds'],
    ['postcode is zz34ab', { postcode: 'ZZ3 4AB' }, 'holds'],
    ['email is jo.n@example.org', { email: 'jon@example.org' }, 'fails'],
    ['email ends with @EXAMPLE.org', { email: 'Jo@example.org' }, 'holds'],
    ['surname is obrien', { surname: 'O’Brien' }, 'holds'],
    ['surname is smith', { surname: 'Smithson' }, 'fails'],
    ['notes contains Guide Dog', { notes: 'has a guidedog' }, 'holds'],
    ['notes contains secret', { notes: { secret: 'secret' } }, 'fails'],
    ['hours >= 5', { hours: '7.5' }, 'holds'],
    ['hours >= 5', { hours: 'many' }, 'unreadable'],
    ['hours is yes', { hours: 'Y' }, 'holds'],
  ])('%s of %j: %s', (text, person, expected) => {
    expect(holds(text, person)).toBe(expected);
  });
});
