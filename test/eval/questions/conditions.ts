import type { SandboxPerson } from '../../../src/sandbox/sandbox.ts';
import type { Question } from '../question.ts';
import { letters, squeezed } from '../spelling.ts';
import { ageToday, countOfThose, daysToBirthday, idsOfThose, labels, yearsAgo } from '../truths.ts';

const isOf = (person: SandboxPerson, ...types: readonly string[]) =>
  types.every(type => labels(person, 'type').includes(type));
const has = (person: SandboxPerson, field: Parameters<typeof labels>[1], ...values: readonly string[]) =>
  labels(person, field).some(label => values.includes(label));
const isRecorded = (person: SandboxPerson, field: Parameters<typeof labels>[1]) => labels(person, field).length > 0;
const digits = (text = '') => text.replace(/\D/g, '').replace(/^44/, '0');

/** Questions that filters alone can't answer. */
export const conditionQuestions: readonly Question[] = [
  {
    id: 'any-language-but-english',
    kind: 'condition',
    ask: 'How many volunteers have a main language on file that is not English?',
    form: 'count',
    truth: countOfThose(
      p => isOf(p, 'Volunteers') && isRecorded(p, 'main_language') && !has(p, 'main_language', 'English'),
    ),
  },
  {
    id: 'anywhere-but-eastwick',
    kind: 'condition',
    ask: 'How many staff live in a district that we know of, other than Eastwick and Westbrook?',
    form: 'count',
    truth: countOfThose(
      p => isOf(p, 'Staff') && isRecorded(p, 'district') && !has(p, 'district', 'Eastwick', 'Westbrook'),
    ),
  },
  {
    id: 'no-e-mail',
    kind: 'condition',
    ask: 'For how many clients do we have no e-mail address?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && !p.email),
  },
  {
    id: 'no-way-to-ring',
    kind: 'condition',
    ask: 'How many befrienders could we not ring at all, neither at home nor on a mobile?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Befrienders') && !p.telephone && !p.mobile),
  },
  {
    id: 'mobile-but-no-e-mail',
    kind: 'condition',
    ask: 'How many carers have a mobile number but no e-mail address on file?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Carers') && Boolean(p.mobile) && !p.email),
  },
  {
    id: 'no-birth-date',
    kind: 'condition',
    ask: 'How many people have no date of birth on the system?',
    form: 'count',
    truth: countOfThose(p => !p.date_of_birth),
  },
  {
    id: 'gender-not-recorded',
    kind: 'condition',
    ask: 'For how many of all our people has nobody recorded the gender?',
    form: 'count',
    truth: countOfThose(p => !isRecorded(p, 'gender')),
  },
  {
    id: 'over-ninety',
    kind: 'age',
    ask: 'How many clients are aged 90 or more today?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && (ageToday(p) ?? 0) >= 90),
  },
  {
    id: 'young-volunteers',
    kind: 'age',
    ask: 'How many of our volunteers are between 18 and 25 years old, 18 and 25 included?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Volunteers') && between(ageToday(p), 18, 25)),
  },
  {
    id: 'under-age',
    kind: 'age',
    ask: 'How many clients are not yet 18?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && between(ageToday(p), 0, 17)),
  },
  {
    id: 'fifties-births',
    kind: 'age',
    ask: 'How many carers were born in the nineteen-fifties?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Carers') && /^195/.test(p.date_of_birth ?? '')),
  },
  {
    id: 'birthdays-soon',
    kind: 'age',
    ask: 'How many people have a birthday within the next seven days, today and the seventh day from today included?',
    form: 'count',
    truth: countOfThose(p => between(daysToBirthday(p), 0, 7)),
  },
  {
    id: 'christmas-birthdays',
    kind: 'age',
    ask: 'We send cards over Christmas: how many clients have their birthday from 24 December to 2 January?',
    form: 'count',
    truth: countOfThose(
      p =>
        isOf(p, 'Clients') &&
        ((p.date_of_birth?.slice(5) ?? '') >= '12-24' || isIn(p.date_of_birth?.slice(5), '01-01', '01-02')),
    ),
  },
  {
    id: 'leap-day',
    kind: 'age',
    ask: 'Who was born on a 29 February? Among our trustees and volunteers, that is, and only in 1984.',
    form: 'ids',
    truth: idsOfThose(p => p.date_of_birth === '1984-02-29' && ['Volunteers', 'Trustees'].some(type => isOf(p, type))),
  },
  {
    id: 'added-this-year',
    kind: 'date',
    ask: 'How many people were put on the system in 2024?',
    form: 'count',
    truth: countOfThose(p => /^2024/.test(p.created ?? '')),
  },
  {
    id: 'added-in-a-quarter',
    kind: 'date',
    ask: 'How many clients were added between 1 April and 30 June 2023?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && isIn(p.created?.slice(0, 10), '2023-04-01', '2023-06-30')),
  },
  {
    id: 'before-2020',
    kind: 'date',
    ask: 'How many volunteers have been with us on the system since before 2020?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Volunteers') && (p.created ?? '9') < '2020-01-01'),
  },
  {
    id: 'dbs-too-old',
    kind: 'date',
    ask: 'How many volunteers had their DBS check more than three years ago? The check was on or before this day three years ago.',
    form: 'count',
    truth: countOfThose(
      p => isOf(p, 'Volunteers') && Boolean(p.dbs_check_date) && (p.dbs_check_date ?? '') <= yearsAgo(3),
    ),
  },
  {
    id: 'no-dbs',
    kind: 'date',
    ask: 'How many volunteers have no DBS check date at all?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Volunteers') && !p.dbs_check_date),
  },
  {
    id: 'notes-mention',
    kind: 'part of a text',
    ask: 'How many people have something about a key in their notes? The word, or a part of a word.',
    form: 'count',
    truth: countOfThose(p => letters(p.notes ?? '').includes('key')),
  },
  {
    id: 'postcode-district',
    kind: 'part of a text',
    ask: 'How many clients live in postcode district QE1?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && /^QE1\d[A-Z]{2}$/.test(squeezedCode(p.postcode))),
  },
  {
    id: 'postcode-area',
    kind: 'part of a text',
    ask: 'How many volunteers have a postcode that begins with QM?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Volunteers') && squeezedCode(p.postcode).startsWith('QM')),
  },
  {
    id: 'e-mail-ends',
    kind: 'part of a text',
    ask: 'How many staff have an e-mail address that ends in example.net?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Staff') && (p.email ?? '').toLowerCase().endsWith('example.net')),
  },
  {
    id: 'phone-ending',
    kind: 'part of a text',
    ask: 'I have only the end of a mobile number, 900118. Whose is it?',
    form: 'ids',
    truth: idsOfThose(p => digits(p.mobile).endsWith('900118')),
  },
  {
    id: 'phone-with-brackets',
    kind: 'part of a text',
    ask: 'A call came from +44 (0)1632 960014. Who has that as the home number?',
    form: 'ids',
    truth: idsOfThose(p => digits(p.telephone) === '01632960014'),
  },
  {
    id: 'nhs-number-run-together',
    kind: 'part of a text',
    ask: 'Whose NHS number is 9991234578, however it is spaced?',
    form: 'ids',
    truth: idsOfThose(p => digits(p.nhs_number) === '9991234578'),
  },
  {
    id: 'lives-in-a-lane',
    kind: 'part of a text',
    ask: 'How many clients have Mill Lane in the first line of their address?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && letters(p.address_line_1 ?? '').includes('milllane')),
  },
  {
    id: 'both-types',
    kind: 'condition',
    ask: 'How many people are clients and volunteers at the same time?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients', 'Volunteers')),
  },
  {
    id: 'client-but-no-volunteer',
    kind: 'condition',
    ask: 'How many carers are carers only, so hold no other type beside it?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Carers') && p.type.length === 1),
  },
  {
    id: 'four-or-more-at-home',
    kind: 'condition',
    ask: 'How many clients live in a household of four people or more?',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && (p.people_in_household ?? 0) >= 4),
  },
  {
    id: 'active-and-living',
    kind: 'condition',
    ask: 'How many active clients are alive? Count as alive whoever is not recorded as deceased.',
    form: 'count',
    truth: countOfThose(p => isOf(p, 'Clients') && p.active === 'Y' && p.deceased !== 'Y'),
  },
  {
    id: 'old-and-far-and-silent',
    kind: 'condition',
    ask: 'How many clients aged 75 or over live in Eastwick and have neither a mobile nor an e-mail address on file?',
    form: 'count',
    truth: countOfThose(
      p => isOf(p, 'Clients') && (ageToday(p) ?? 0) >= 75 && has(p, 'district', 'Eastwick') && !p.mobile && !p.email,
    ),
  },
  {
    id: 'married-name-titles',
    kind: 'spelling',
    ask: 'There is a letter for "Mr John Smith OBE". Which records could that be? All of exactly that first name and surname.',
    form: 'ids',
    truth: idsOfThose(
      p =>
        [p.first_name, p.known_as].some(name => letters(name ?? '') === 'john') && letters(p.surname ?? '') === 'smith',
    ),
  },
  {
    id: 'family-name-first',
    kind: 'spelling',
    ask: 'Look up "BARRACLOUGH, Edith" for me.',
    form: 'ids',
    truth: idsOfThose(p => letters(p.first_name ?? '') === 'edith' && letters(p.surname ?? '') === 'barraclough'),
  },
  {
    id: 'no-space',
    kind: 'spelling',
    ask: 'Somebody typed agnieszkakowalska in one word. Who is meant? All of that name.',
    form: 'ids',
    truth: idsOfThose(p => letters((p.first_name ?? '') + (p.surname ?? '')) === 'agnieszkakowalska'),
  },
  {
    id: 'either-of-two-names',
    kind: 'spelling',
    ask: 'How many people are called Null or Barraclough by surname?',
    form: 'count',
    truth: countOfThose(p => ['null', 'barraclough'].includes(letters(p.surname ?? ''))),
  },
];

function between(number: number | undefined, from: number, to: number): boolean {
  return number !== undefined && number >= from && number <= to;
}

function isIn(text: string | undefined, from: string, to: string): boolean {
  return text !== undefined && text >= from && text <= to;
}

function squeezedCode(postcode = ''): string {
  return squeezed(postcode).toUpperCase();
}
