import { ageBand, agesOf, groupsAmong, hiddenGroupsOf, mean, percentageOf, percentagesOf } from '../among.ts';
import { quarterOf } from '../calendar.ts';
import type { Question } from '../question.ts';
import { groupsOf } from '../truths.ts';

/** Questions of those who write reports to funders. */
export const funderQuestions: readonly Question[] = [
  {
    id: 'befrienders-by-three',
    kind: 'for a funder',
    ask: 'Split our befrienders by whether they are active (Yes, No), each of these by first aid training (Yes, No), and each of those by gender.',
    form: 'three groups',
    truth: groupsOf({ type: 'Befrienders' }, 'active', 'first_aid_trained', 'gender'),
  },
  {
    id: 'new-clients-by-quarter',
    kind: 'for a funder',
    ask: 'How many clients were added in each quarter of 2024 and 2025? Call the quarters 2024-Q1 and so on.',
    form: 'groups',
    truth: groupsAmong(
      { type: 'Clients' },
      ({ created = '' }) => created >= '2024' && created < '2026',
      ({ created = '' }) => quarterOf(created),
    ),
  },
  {
    id: 'clients-by-bands-of-today',
    kind: 'for a funder',
    ask: "Active clients by their age today, in the funder's bands: under 18, 18-24, 25-64, 65+.",
    form: 'groups',
    // The field for age ranges has other bands, and counts by calendar years.
    truth: groupsOf({ type: 'Clients', active: 'Y' }, ageBand(18, 25, 65)),
  },
  {
    id: 'volunteers-by-postcode-district',
    kind: 'for a funder',
    ask: 'How many volunteers in Millbeck are there in each postcode district (the part before the space, such as QM2)?',
    form: 'groups',
    truth: groupsOf({ type: 'Volunteers', district: 'Millbeck' }, ({ postcode }) => postcode?.slice(0, 3)),
  },
  {
    id: 'clients-by-gender-in-percent',
    kind: 'for a funder',
    ask: 'What percentage of our clients is of each gender? One decimal; those without one are a group as well.',
    form: 'groups',
    truth: percentagesOf({ type: 'Clients' }, 'gender'),
  },
  {
    id: 'first-aid-among-the-known',
    kind: 'for a funder',
    ask: 'Of the volunteers who have an answer about first aid, what percentage is trained? One decimal, given as the count.',
    form: 'count',
    // Percentages of groups are of everybody, those without an answer too.
    truth: percentageOf(
      { type: 'Volunteers' },
      ({ first_aid_trained }) => first_aid_trained !== undefined,
      ({ first_aid_trained }) => first_aid_trained === 'Y',
    ),
  },
  {
    id: 'small-groups-hidden',
    kind: 'for a funder',
    ask: 'For publication: clients in Castle Wynd by religion. Nothing below 5 may be told or worked out: such groups as "<5".',
    form: 'hidden groups',
    truth: hiddenGroupsOf({ type: 'Clients', district: 'Castle Wynd' }, 'religion'),
  },
  {
    id: 'mean-age-of-volunteers',
    kind: 'for a funder',
    ask: 'What is the average age of our active volunteers, to one decimal? Give it as the count.',
    form: 'count',
    truth: agesOf({ type: 'Volunteers', active: 'Y' }, mean),
  },
];
