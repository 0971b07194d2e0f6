/** What the weights come to, in pairs of records: who is asked about, and who isn't. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/people/matching/judge.ts';
import { detailsReader } from '../../../src/people/matching/known-details.ts';

const fields = [
  ...['first_name', 'surname', 'known_as', 'date_of_birth', 'nhs_number', 'external_id', 'email'],
  ...['telephone', 'mobile', 'partner_email', 'address_line_1', 'address_line_2', 'town', 'postcode'],
];
const read = detailsReader(fields);

const gwilym = { first_name: 'Gwilym', surname: 'Tansley', date_of_birth: '1948-05-17' };
const home = { address_line_1: '14 Mill Lane', town: 'Eastwick', postcode: 'QE1 4AB' };
const phone = { telephone: '01632 960123' };
const mobile = { mobile: '07700 900456' };
const name = (first_name: string, surname: string) => ({ first_name, surname });
const born = (date_of_birth: string) => ({ date_of_birth });

type Details = Readonly<Record<string, string>>;
type Pair = readonly [why: string, one: Details, other: Details, agrees: string, differs?: string];

const asked: readonly Pair[] = [
  [
    'the NHS number is one person’s alone',
    { ...gwilym, nhs_number: '999 123 4578' },
    { ...name('Ines', 'Quarmby'), ...born('1971-03-02'), nhs_number: '9991234578' },
    'same nhs_number',
    'different first name, different surname, different date of birth',
  ],
  [
    'so is another system’s key',
    { ...gwilym, external_id: 'CRM-1' },
    { ...name('G', 'T'), external_id: 'crm-1' },
    'same external_id',
  ],
  [
    'an e-mail suffices where the first name agrees',
    { ...gwilym, email: 'gt@example.org' },
    { ...name('Gwilym', 'Moore'), ...born('1971-03-02'), email: 'GT@example.org' },
    'same email, same first name',
    'different surname, different date of birth',
  ],
  [
    'and where the birthday isn’t known of both',
    { ...gwilym, email: 'gt@example.org' },
    { ...name('Ines', 'Quarmby'), email: 'gt@example.org' },
    'same email',
    'different first name, different surname',
  ],
  ['two names and a birthday are two kinds', gwilym, { ...gwilym, ...home }, 'same name, same date of birth'],
  [
    'somebody who has moved has the same name and birthday',
    { ...gwilym, ...home },
    { ...gwilym, address_line_1: '3 The Green', town: 'Dunmere', postcode: 'QN2 7XX' },
    'same name, same date of birth',
    'different postcode, different address, different town',
  ],
  ['letters exchanged in the surname', gwilym, { ...gwilym, surname: 'Tanslye' }, 'similar name, same date of birth'],
  [
    'a name by its sound',
    { ...name('Siân', 'Pugh'), ...phone },
    { ...name('Shan', 'Pugh'), ...phone },
    'similar name, same phone',
  ],
  [
    'a short name',
    { ...name('William', 'Moore'), ...home },
    { ...name('Bill', 'Moore'), ...home },
    'similar name, same postcode, same address',
  ],
  [
    'a name from another alphabet',
    { ...name('Mohammed', 'Chowdhury'), ...born('1979-11-05') },
    { ...name('Muhammad', 'Choudhury'), ...born('1979-11-05') },
    'similar name, same date of birth',
  ],
  [
    'the names in each other’s field',
    gwilym,
    { ...gwilym, ...name('Tansley', 'Gwilym') },
    'same names the other way round, same date of birth',
  ],
  [
    'exchanged and misspelt',
    gwilym,
    { ...gwilym, ...name('Tansly', 'Gwilym') },
    'similar names the other way round, same date of birth',
  ],
  [
    'a middle name',
    { ...gwilym, ...home },
    { ...gwilym, first_name: 'Gwilym Huw', postcode: 'QE14AB' },
    'similar name, same date of birth, same postcode',
  ],
  ['a middle initial', gwilym, { ...gwilym, first_name: 'Gwilym H.' }, 'similar name, same date of birth'],
  [
    'a middle name in the surname',
    gwilym,
    { ...gwilym, ...name('Gwilym', 'Huw Tansley') },
    'similar name, same date of birth',
  ],
  [
    'the initial alone',
    { ...gwilym, ...home },
    { ...gwilym, first_name: 'G', ...home },
    'similar name, same date of birth, same postcode, same address',
  ],
  [
    'a double surname, of which one half is known',
    { ...name('Carys', 'Tansley'), ...born('1990-01-30'), ...phone },
    { ...name('Carys', 'Tansley-Moore'), ...born('1990-01-30'), ...phone },
    'similar name, same date of birth, same phone',
  ],
  [
    'a surname in one word or in several',
    { ...name('Anna', 'van der Berg'), ...home },
    { ...name('Anna', 'Vanderberg'), ...home },
    'same name, same postcode, same address',
  ],
  [
    'what people are called by',
    { ...name('Margaret', 'Ashworth'), known_as: 'Peggy', ...phone },
    { ...name('Peggy', 'Ashworth'), ...phone },
    'same name, same phone',
  ],
  [
    'an apostrophe that is a letter',
    { ...name('Róisín', 'O\u02BCDwyer'), ...phone },
    { ...name('Roisin', "O'Dwyer"), ...phone },
    'same name, same phone',
  ],
  ['a title in the name', gwilym, { ...gwilym, first_name: 'Mr Gwilym' }, 'same name, same date of birth'],
  [
    'day and month exchanged',
    { ...gwilym, ...born('1948-05-07') },
    { ...gwilym, ...born('1948-07-05') },
    'same name, day and month of birth exchanged',
  ],
  ['a digit wrong in the year', gwilym, { ...gwilym, ...born('1958-05-17') }, 'same name, date of birth one digit off'],
  ['a British date', gwilym, { ...gwilym, ...born('17/05/1948') }, 'same name, same date of birth'],
  [
    'a date that can’t be isn’t known',
    { ...gwilym, ...phone },
    { ...gwilym, ...phone, ...born('1948-02-31') },
    'same name, same phone',
  ],
  [
    'a phone with the country code and a needless 0',
    { ...name('Ines', 'Quarmby'), ...phone },
    { ...name('Ines', 'Quarmby'), mobile: '+44 (0)1632 960123' },
    'same name, same phone',
  ],
  [
    'a phone that a spreadsheet took the 0 from',
    { ...name('Ines', 'Quarmby'), ...phone },
    { ...name('Ines', 'Quarmby'), mobile: '1632960123' },
    'same name, same phone',
  ],
  [
    'one of several phones in a field',
    { ...name('Ines', 'Quarmby'), ...phone },
    { ...name('Ines', 'Quarmby'), mobile: '07700 900001 or 01632 960123' },
    'same name, same phone',
  ],
  [
    'a sign of the postcode',
    { ...name('Ines', 'Quarmby'), postcode: 'QE1 4AB' },
    { ...name('Ines', 'Quarmby'), postcode: 'QE1 4AD' },
    'same name, postcode one sign off',
  ],
  [
    'a marriage: first name, birthday and phone',
    { ...name('Carys', 'Tansley'), ...born('1990-02-03'), ...phone },
    { ...name('Carys', 'Pellow'), ...born('1990-02-03'), ...phone },
    'same first name, same date of birth, same phone',
    'different surname',
  ],
  [
    'twins may be asked about',
    { ...gwilym, ...home },
    { ...gwilym, first_name: 'Dafydd', ...home },
    'same surname, same date of birth, same postcode, same address',
    'different first name',
  ],
  [
    'a day that a program wrote where none was known',
    { ...gwilym, ...home, ...mobile },
    { ...gwilym, ...born('1900-01-01'), ...home, ...mobile },
    'same name, same phone, same postcode, same address',
  ],
  [
    'likewise, with another address',
    { ...gwilym, ...home, ...mobile },
    {
      ...gwilym,
      ...born('1970-01-01'),
      address_line_1: '3 The Green',
      town: 'Dunmere',
      postcode: 'QN2 7XX',
      ...mobile,
    },
    'same name, same phone',
    'different postcode, different address, different town',
  ],
  [
    'a 1 January that stands for a day nobody knew',
    { ...name('Ahmad', 'Karimi'), ...born('1988-01-01'), ...mobile, email: 'a.karimi@example.org' },
    { ...name('Ahmad', 'Karimi'), ...born('1965-04-12'), ...mobile, email: 'karimi65@example.org' },
    'same name, same phone',
    'different date of birth, different email',
  ],
  [
    'namesakes on one 1 January',
    { ...name('Ahmad', 'Karimi'), ...born('1990-01-01') },
    { ...name('Ahmed', 'Karimi'), ...born('1990-01-01') },
    'similar name, same date of birth',
  ],
  [
    'an e-mail address with two letters exchanged',
    { ...name('Shanice', 'Bartholomew'), email: 'shanice.b88@gmail.com' },
    { ...name('Shanice', 'Bartholomew'), email: 'shanice.b88@gmial.com' },
    'same name, similar email',
  ],
  [
    'an e-mail address without its dot, after a move',
    { ...name('Rupert', 'Fotheringay'), ...home, email: 'rupert.fotheringay@gmail.com' },
    {
      ...name('Rupert', 'Fotheringay'),
      ...{ address_line_1: '3 The Green', postcode: 'QN2 7XX' },
      email: 'rupertfotheringay@gmail.com',
    },
    'same name, similar email',
    'different postcode, different address',
  ],
  ...['Mr', 'Mrs', 'Mr & Mrs', '-', 'Unknown', 'N/A'].map(
    (none): Pair => [
      `${none} for a first name`,
      { ...name(none, 'Tansley'), ...born('1948-05-17') },
      gwilym,
      'same surname, same date of birth',
    ],
  ),
  [
    'Unknown for a surname',
    { ...name('Gwilym', 'Unknown'), ...born('1948-05-17'), ...mobile },
    { ...gwilym, ...mobile },
    'same first name, same date of birth, same phone',
  ],
  [
    'a badly typed record of somebody who seems a generation older',
    { ...gwilym, ...home },
    { ...gwilym, ...born('1976-11-20'), ...home, address_line_1: '14 Milllane' },
    'same name, same postcode, similar address',
    'different date of birth',
  ],
  [
    'likewise, where the postcode alone is known',
    { ...gwilym, postcode: 'QE1 4AB' },
    { ...gwilym, surname: 'Tanslye', ...born('1976-11-20'), postcode: 'QE1 4BA' },
    'similar name, postcode one sign off',
    'different date of birth',
  ],
  ...(
    [
      [name('Seán', 'Ó Súilleabháin'), name('Sean', "O'Sullivan")],
      [name('Seán', 'Mac Cárthaigh'), name('Sean', 'McCarthy')],
      [name('Sorcha', 'Ní Dhomhnaill'), name('Sorcha', "O'Donnell")],
      [name('Olha', 'Hryhorenko'), name('Olha', 'Grigorenko')],
      [name('Mary', 'St John'), name('Mary', 'Saint John')],
      [name('Serhii', 'Bondar'), name('Sergey', 'Bondar')],
      [name('Yevhen', 'Bondar'), name('Eugene', 'Bondar')],
      [name('Oksana', 'Bondar'), name('Xenia', 'Bondar')],
      [name('Wojciech', 'Nowak'), name('Voytek', 'Nowak')],
    ] as const
  ).map(
    ([one, other]): Pair => [
      `${one.first_name} ${one.surname} and ${other.first_name} ${other.surname}`,
      { ...one, ...born('1985-04-12') },
      { ...other, ...born('1985-04-12') },
      'similar name, same date of birth',
    ],
  ),
  [
    'Marvin, who may be Martin, where no birthday is known',
    { ...name('Martin', 'Tansley'), ...home },
    { ...name('Marvin', 'Tansley'), ...home },
    'similar name, same postcode, same address',
  ],
  [
    'a name in Cyrillic letters, with birthday and mobile',
    { ...name('Олена', 'Шевченко'), ...born('1985-04-12'), ...mobile },
    { ...name('Olena', 'Shevchenko'), ...born('1985-04-12'), ...mobile },
    'same date of birth, same phone',
  ],
  [
    'in Arabic letters',
    { ...name('محمد', 'الأحمد'), ...born('1985-04-12'), ...home },
    { ...name('Mohammed', 'Al-Ahmad'), ...born('1985-04-12'), ...home },
    'same date of birth, same postcode, same address',
  ],
  [
    'in Chinese letters',
    { ...name('伟', '张'), ...born('1985-04-12'), ...mobile },
    { ...name('Wei', 'Zhang'), ...born('1985-04-12'), ...mobile },
    'same date of birth, same phone',
  ],
  [
    'what people are called by, in the other’s letters',
    { ...name('Олена', 'Шевченко'), known_as: 'Olena', ...home, ...mobile },
    { ...name('Olena', 'Shevchenko'), ...home, ...mobile },
    'same first name, same phone, same postcode, same address',
  ],
  [
    'a name alone, where nothing else is known of both',
    name('Ines', 'Quarmby'),
    { ...gwilym, ...name('Ines', 'Quarmby'), ...home },
    'same name',
  ],
];

const passedOver: readonly Pair[] = [
  [
    'husband and wife',
    { ...gwilym, ...home, ...phone },
    { ...name('Ines', 'Tansley'), ...born('1950-09-02'), ...home, ...phone },
    'same surname, same phone, same postcode, same address',
    'different first name, different date of birth',
  ],
  [
    'husband and wife with one e-mail',
    { ...gwilym, email: 'the.tansleys@example.org' },
    { ...name('Ines', 'Tansley'), ...born('1950-09-02'), email: 'the.tansleys@example.org' },
    'same email, same surname',
    'different first name, different date of birth',
  ],
  [
    'husband and wife whose birthdays aren’t known',
    { ...name('Gwilym', 'Tansley'), ...home, ...phone },
    { ...name('Ines', 'Tansley'), ...home, ...phone },
    'same surname, same phone, same postcode, same address',
    'different first name',
  ],
  [
    'John and Joan',
    { ...name('John', 'Tansley'), ...home },
    { ...name('Joan', 'Tansley'), ...home },
    'same surname, same postcode, same address',
    'different first name',
  ],
  [
    'father and son of one name',
    { ...gwilym, ...home, ...phone },
    { ...gwilym, ...born('1976-11-20'), ...home, ...phone },
    'same name, same phone, same postcode, same address',
    'different date of birth',
  ],
  [
    'father and son, called by a short name',
    { ...name('William', 'Moore'), ...born('1948-05-17'), ...home },
    { ...name('Bill', 'Moore'), ...born('1976-11-20'), ...home },
    'similar name, same postcode, same address',
    'different date of birth',
  ],
  [
    'brothers',
    { ...gwilym, ...home, ...phone },
    { ...name('Dafydd', 'Tansley'), ...born('1951-02-08'), ...home, ...phone },
    'same surname, same phone, same postcode, same address',
    'different first name, different date of birth',
  ],
  [
    'neighbours of one common name, each with an e-mail address',
    { ...name('Manjit', 'Singh'), ...born('1972-10-03'), ...home, email: 'm.singh@example.org' },
    {
      ...name('Manjit', 'Singh'),
      ...born('1960-08-30'),
      ...home,
      address_line_1: '16 Mill Lane',
      email: 'ms@example.org',
    },
    'same name, same postcode, same street',
    'different date of birth, different email',
  ],
  [
    'brothers of near names',
    { ...name('Rakesh', 'Raval'), ...born('1977-09-05'), ...home, email: 'rakesh@example.org' },
    { ...name('Rajesh', 'Raval'), ...born('1985-11-17'), ...home, email: 'rajesh@example.org' },
    'similar name, same postcode, same address',
    'different date of birth, different email',
  ],
  [
    'guests of one hostel',
    { ...gwilym, ...home, ...phone },
    { ...name('Farid', 'Haidari'), ...born('1990-06-30'), ...home, ...phone },
    'same phone, same postcode, same address',
    'different first name, different surname, different date of birth',
  ],
  [
    'guests of one hostel whose birthdays nobody knows',
    { ...name('Selam', 'Tesfaye'), ...born('1990-01-01'), ...home, ...phone },
    { ...name('Farid', 'Haidari'), ...born('1990-01-01'), ...home, ...phone },
    'same date of birth, same phone, same postcode, same address',
    'different first name, different surname',
  ],
  [
    'guests of one hotel, born on 1 January as their papers have it',
    { ...name('Ahmad', 'Karimi'), ...born('1990-01-01'), ...home },
    { ...name('Mohammad', 'Ahmadi'), ...born('1990-01-01'), ...home },
    'similar surname, same date of birth, same postcode, same address',
    'different first name',
  ],
  [
    'likewise, in years that are one digit apart',
    { ...name('Selam', 'Tesfaye'), ...born('1990-01-01'), ...home, ...phone },
    { ...name('Farid', 'Haidari'), ...born('1980-01-01'), ...home, ...phone },
    'date of birth one digit off, same phone, same postcode, same address',
    'different first name, different surname',
  ],
  [
    'likewise, with one first name',
    { ...name('Ahmad', 'Karimi'), ...born('1990-01-01'), ...home },
    { ...name('Ahmad', 'Haidari'), ...born('1990-01-01'), ...home },
    'same first name, same date of birth, same postcode, same address',
    'different surname',
  ],
  [
    'likewise, with names in two scripts',
    { ...name('محمد', 'الأحمد'), ...born('1990-01-01'), ...home, ...phone },
    { ...name('Farid', 'Haidari'), ...born('1990-01-01'), ...home, ...phone },
    'same date of birth, same phone, same postcode, same address',
  ],
  [
    'father and son of one name, one born on 1 January, with one landline',
    { ...gwilym, ...home, ...phone },
    { ...gwilym, ...born('1976-01-01'), ...home, ...phone },
    'same name, same phone, same postcode, same address',
    'different date of birth',
  ],
  [
    'namesakes whose mailboxes have two numbers',
    { ...name('John', 'Smith'), email: 'john.smith71@example.org' },
    { ...name('John', 'Smith'), email: 'john.smith72@example.org' },
    'same name',
    'different email',
  ],
  ['two whose names nobody knows', name('Unknown', 'Unknown'), name('Unknown', 'Unknown'), ''],
  [
    'grandfather and grandson of one name',
    { ...name('George', 'Wetherall'), ...born('1938-03-09'), ...home, ...phone },
    { ...name('George', 'Wetherall'), ...born('1999-10-21'), ...home, ...phone },
    'same name, same phone, same postcode, same address',
    'different date of birth',
  ],
  [
    'grandmother and granddaughter, called by a short name',
    { ...name('Elizabeth', 'Marsden'), ...born('1935-03-09'), ...home },
    { ...name('Lizzie', 'Marsden'), ...born('1999-10-21'), ...home },
    'similar name, same postcode, same address',
    'different date of birth',
  ],
  ...(
    [
      ['Joan', 'Jean', 'different first name, different date of birth'],
      ['Martin', 'Marvin', 'different date of birth'],
      ['Rahima', 'Halima', 'different date of birth'],
      ['Jan', 'Janina', 'different date of birth'],
      ['Rakesh', 'Rajesh', 'different date of birth'],
    ] as const
  ).map(
    ([one, other, differs]): Pair => [
      `${one} and ${other}, born on other days`,
      { ...name(one, 'Tansley'), ...born('1980-03-04'), ...home },
      { ...name(other, 'Tansley'), ...born('1983-11-20'), ...home },
      `${differs.startsWith('different first') ? 'same surname' : 'similar name'}, same postcode, same address`,
      differs,
    ],
  ),
  [
    'a birthday alone',
    gwilym,
    { ...name('Ines', 'Quarmby'), ...born('1948-05-17') },
    'same date of birth',
    'different first name, different surname',
  ],
  [
    'a birthday, and names in two scripts',
    { ...name('Олена', 'Шевченко'), ...born('1985-04-12') },
    { ...name('Olena', 'Shevchenko'), ...born('1985-04-12') },
    'same date of birth',
  ],
  [
    'neighbours whose names are in two scripts',
    { ...name('Олена', 'Шевченко'), ...home },
    { ...name('Farid', 'Haidari'), ...home },
    'same postcode, same address',
  ],
  [
    'two names in one script that isn’t Latin',
    { ...name('Олена', 'Шевченко'), ...born('1985-04-12'), ...home },
    { ...name('Андрій', 'Бондар'), ...born('1990-07-30'), ...home },
    'same postcode, same address',
    'different first name, different surname, different date of birth',
  ],
  [
    'a birthday and a surname',
    gwilym,
    { ...name('Ines', 'Tansley'), ...born('1948-05-17') },
    'same surname, same date of birth',
    'different first name',
  ],
  [
    'namesakes born on other days',
    gwilym,
    { ...gwilym, ...born('1971-03-02') },
    'same name',
    'different date of birth',
  ],
  [
    'namesakes who live elsewhere',
    { ...name('Ines', 'Quarmby'), ...home },
    { ...name('Ines', 'Quarmby'), address_line_1: '3 The Green', town: 'Dunmere', postcode: 'QN2 7XX' },
    'same name',
    'different postcode, different address, different town',
  ],
  [
    'two e-mail addresses that differ by a dot',
    { ...name('Jo', 'Smith'), email: 'jo.n.smith@example.org' },
    { ...name('Jon', 'Smithers'), email: 'jon-smith@example.org' },
    'similar surname, similar email',
    'different first name',
  ],
];

describe('somebody is asked about', () => {
  test.each(asked.map(pair => [pair[0], pair] as const))('%s', (_, [, one, other, agrees, differs = '']) => {
    const { isCandidate, ...verdict } = judge(read(one), read(other));
    expect({ isCandidate, agrees: verdict.agrees.join(', '), differs: verdict.differs.join(', ') }).toEqual({
      isCandidate: true,
      agrees,
      differs,
    });
  });
});

describe('nobody is asked about', () => {
  test.each(passedOver.map(pair => [pair[0], pair] as const))('%s', (_, [, one, other, agrees, differs = '']) => {
    const { isCandidate, ...verdict } = judge(read(one), read(other));
    expect({ isCandidate, agrees: verdict.agrees.join(', '), differs: verdict.differs.join(', ') }).toEqual({
      isCandidate: false,
      agrees,
      differs,
    });
  });
});

test('a partner’s e-mail is not the person’s own', () => {
  const one = { ...gwilym, email: 'gt@example.org' };
  const other = { ...name('Ines', 'Quarmby'), partner_email: 'gt@example.org' };
  expect(judge(read(one), read(other)).isCandidate).toBe(false);
});

test.each([name('Mr', 'Tansley'), name('Gwilym', 'Unknown'), name('-', '-'), name('Олена', 'Шевченко')])(
  'a record of the name %o is known again',
  one => {
    const { isSameName, isIdentical } = judge(read({ ...one, ...home }), read({ ...one, ...home }));
    expect({ isSameName, isIdentical }).toEqual({ isSameName: true, isIdentical: true });
  },
);
