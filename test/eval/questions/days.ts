import { agesOf, countAmong, idsAmong, type Test } from '../among.ts';
import { ageOn, daysAfter, isBirthdayWithin, yearsBefore } from '../calendar.ts';
import type { Question } from '../question.ts';
import { either } from '../truths.ts';

/** Whether somebody's age is known and will do. */
function isAged(isWanted: (age: number) => boolean): Test {
  return ({ date_of_birth }, today) => date_of_birth !== undefined && isWanted(ageOn(today, date_of_birth));
}

/** Questions about ages, birthdays, and the days on which something happened. */
export const dayQuestions: readonly Question[] = [
  {
    id: 'clients-over-65',
    kind: 'age',
    ask: 'How many of our active clients are over 65? Somebody who is 65 is not.',
    form: 'count',
    truth: countAmong(
      { type: 'Clients', active: 'Y' },
      isAged(age => age > 65),
    ),
  },
  {
    id: 'volunteers-18-to-25',
    kind: 'age',
    ask: 'How many volunteers are between 18 and 25, both included?',
    form: 'count',
    truth: countAmong(
      { type: 'Volunteers' },
      isAged(age => age >= 18 && age <= 25),
    ),
  },
  {
    id: 'turning-80-next-year',
    kind: 'age',
    ask: 'How many carers will have their 80th birthday in the next calendar year?',
    form: 'count',
    // Some are 78 today, some 79: the year of birth decides.
    truth: countAmong(
      { type: 'Carers' },
      ({ date_of_birth }, today) => date_of_birth?.slice(0, 4) === `${Number(today.slice(0, 4)) + 1 - 80}`,
    ),
  },
  {
    id: 'youngest-or-oldest',
    kind: 'age',
    ask: 'Our insurance excludes volunteers under 20 and over 80. How many volunteers does that leave out?',
    form: 'count',
    truth: countAmong(
      { type: 'Volunteers' },
      isAged(age => age < 20 || age > 80),
    ),
  },
  {
    id: 'oldest-volunteer',
    kind: 'age',
    ask: 'How old is our oldest volunteer, in years? Give the age as the count.',
    form: 'count',
    truth: agesOf({ type: 'Volunteers' }, ages => Math.max(...ages)),
  },
  {
    id: 'birthdays-in-two-weeks',
    kind: 'birthday',
    ask: 'Birthday cards: which active staff have a birthday from today up to and including the day two weeks from today?',
    form: 'ids',
    truth: idsAmong(
      { type: 'Staff', active: 'Y' },
      ({ date_of_birth }, today) =>
        date_of_birth !== undefined && isBirthdayWithin(date_of_birth, today.slice(5), daysAfter(today, 14).slice(5)),
    ),
  },
  {
    id: 'birthdays-over-the-turn-of-the-year',
    kind: 'birthday',
    ask: 'The office is shut from 24 December to 3 January. Which trustees have their birthday on those days, both included?',
    form: 'ids',
    truth: idsAmong(
      { type: 'Trustees' },
      ({ date_of_birth }) => date_of_birth !== undefined && isBirthdayWithin(date_of_birth, '12-24', '01-03'),
    ),
  },
  {
    id: 'leap-day',
    kind: 'birthday',
    ask: 'Has anybody got their birthday on 29 February? Who?',
    form: 'ids',
    truth: idsAmong({}, ({ date_of_birth = '' }) => date_of_birth.endsWith('-02-29')),
  },
  {
    id: 'added-this-year',
    kind: 'date',
    ask: 'How many people have been put on the system since 1 January of this year?',
    form: 'count',
    // Nobody: the made-up people were all added earlier.
    truth: countAmong({}, ({ created = '' }, today) => created >= today.slice(0, 4)),
  },
  {
    id: 'added-in-the-last-three-years',
    kind: 'date',
    ask: 'How many donors have been added in the last three years, up to today?',
    form: 'count',
    // The day three years ago may count or not.
    truth: either(
      countAmong({ type: 'Donors' }, ({ created = '' }, today) => created >= yearsBefore(today, 3)),
      countAmong({ type: 'Donors' }, ({ created = '' }, today) => created.slice(0, 10) > yearsBefore(today, 3)),
    ),
  },
  {
    id: 'added-in-the-last-months-of-2025',
    kind: 'date',
    ask: 'Which trustees did we add in the last three months of 2025?',
    form: 'ids',
    truth: idsAmong({ type: 'Trustees' }, ({ created = '' }) => created >= '2025-10' && created < '2026'),
  },
  {
    id: 'old-dbs-checks',
    kind: 'date',
    ask: 'How many active befrienders had their last DBS check more than three years ago?',
    form: 'count',
    truth: countAmong(
      { type: 'Befrienders', active: 'Y' },
      ({ dbs_check_date }, today) => dbs_check_date !== undefined && dbs_check_date < yearsBefore(today, 3),
    ),
  },
];
