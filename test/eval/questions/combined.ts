import { countAmong, idsAmong } from '../among.ts';
import { ageOn } from '../calendar.ts';
import type { Question } from '../question.ts';
import { countOf } from '../truths.ts';

/** Questions about people of several types, about those who have died, and with several conditions at once. */
export const combinedQuestions: readonly Question[] = [
  {
    id: 'volunteer-and-trustee',
    kind: 'all of several',
    ask: 'Who is a volunteer and a trustee at the same time, and lives in Eastwick or Westbrook?',
    form: 'ids',
    truth: idsAmong({ district: ['Eastwick', 'Westbrook'] }, ({ type }) => type.includes(7) && type.includes(15)),
  },
  {
    id: 'client-and-carer',
    kind: 'all of several',
    ask: 'How many people are both clients and carers?',
    form: 'count',
    // "Clients;Carers" means either.
    truth: countAmong({}, ({ type }) => type.includes(1) && type.includes(3)),
  },
  {
    id: 'deceased-yet-active',
    kind: 'deceased',
    ask: 'How many people are still marked as active although they have died?',
    form: 'count',
    truth: countOf({ active: 'Y', deceased: 'Y' }),
  },
  {
    id: 'active-and-alive',
    kind: 'deceased',
    ask: 'How many clients does the newsletter go to: active, and not those who have died?',
    form: 'count',
    truth: countOf({ type: 'Clients', active: 'Y', deceased: 'N' }),
  },
  {
    id: 'old-and-alone-without-email',
    kind: 'combined',
    ask: 'Which active clients over 80 in Millbeck are known to live alone, one in the household, and have no e-mail address?',
    form: 'ids',
    truth: idsAmong(
      { type: 'Clients', active: 'Y', district: 'Millbeck', people_in_household: 1 },
      ({ date_of_birth, email }, today) => date_of_birth !== undefined && ageOn(today, date_of_birth) > 80 && !email,
    ),
  },
  {
    id: 'polish-and-checked',
    kind: 'combined',
    ask: 'Which Polish-speaking volunteers in Eastwick or Westbrook had a DBS check in 2024 or later?',
    form: 'ids',
    truth: idsAmong(
      { type: 'Volunteers', main_language: 'Polish', district: ['Eastwick', 'Westbrook'] },
      ({ dbs_check_date = '' }) => dbs_check_date >= '2024',
    ),
  },
];
