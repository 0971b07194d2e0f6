/** Made-up answers of each tool that has a view: for the showroom, the screenshots and the tests. */
import type { Shown } from './shown.ts';

type Made = Omit<Shown, 'context' | 'without'>;

/** A tool's answer as a host hands it to a view. */
export function answer(view: string, input: Shown['input'], told: Shown['input'], _meta?: Shown['input']): Made {
  return {
    view,
    input,
    result: {
      content: [{ type: 'text', text: JSON.stringify(told) }],
      structuredContent: told,
      ...(_meta && { _meta }),
    },
  };
}

const districts = [
  'Eastwick',
  'Westbrook',
  'Northmoor',
  'Southmere',
  'Dunmere',
  'Ashcombe Vale',
  'Fernhurst Green',
  'Long Marling',
];

/** Groups of a count, `many` of them. */
export function groups(many: number) {
  return Array.from({ length: many }, (_, n) => ({
    value: districts[n] ?? `District ${n + 1}`,
    count: n === 5 ? '<5' : n === 6 ? 'suppressed' : 61 - ((n * 7) % 53),
  }));
}

const byGender = [
  {
    value: 'Eastwick',
    count: 57,
    percent: 29.5,
    groups: [
      { value: 'Female', count: 31, percent: 54.4 },
      { value: 'Male', count: 26, percent: 45.6 },
    ],
  },
  {
    value: 'Dunmere',
    count: 44,
    percent: 22.8,
    groups: [
      { value: 'Female', count: 25, percent: 56.8 },
      { value: 'Male', count: 12, percent: 27.3 },
      { value: 'Non-binary', count: 7, percent: 15.9 },
    ],
  },
  {
    value: 'Northmoor',
    count: 92,
    percent: 47.7,
    groups: [
      { value: 'Female', count: 50, percent: 54.3 },
      { value: 'Male', count: 'suppressed', percent: 'suppressed' },
      { value: '(not recorded)', count: '<5', percent: 'suppressed' },
    ],
  },
];

const people = [
  {
    id: 12,
    name: 'Gwilym Tansley',
    type: 'Volunteers',
    date_of_birth: '1954-03-09',
    district: 'Eastwick',
    mobile: '07700 900118',
  },
  {
    id: 31,
    name: 'Ines Quarmby',
    type: 'Volunteers; Befrienders',
    inactive: true,
    date_of_birth: '1987-11-30',
    district: 'Dunmere',
    mobile: '07700 900256',
  },
  { id: 57, name: 'ليلى حداد', type: 'Volunteers', date_of_birth: '1992-07-14', district: 'Northmoor' },
  {
    id: 88,
    name: 'Oluwaseun Adebayo-Whitcombe',
    type: 'Volunteers',
    date_of_birth: '1979-01-02',
    district: 'Eastwick',
    mobile: '07700 900731',
  },
  {
    id: 90,
    name: 'Nia Pryce',
    type: 'Volunteers',
    date_of_birth: '2001-05-21',
    district: 'Westbrook',
    mobile: '07700 900404',
  },
  {
    id: 104,
    name: 'Tadeusz Wróblewski',
    type: 'Volunteers',
    deceased: true,
    date_of_birth: '1938-09-17',
    district: 'Southmere',
  },
  {
    id: 119,
    name: 'Maeve Carrick',
    type: 'Volunteers',
    date_of_birth: '1966-12-24',
    district: 'Dunmere',
    mobile: '07700 900583',
  },
  {
    id: 140,
    name: 'Imran Sadiq',
    type: 'Volunteers',
    date_of_birth: '1971-02-11',
    district: 'Eastwick',
    mobile: '07700 900662',
  },
].map(person => ({ ...person, url: `https://charity.example.org/people/${person.id}` }));

const input = {
  first_name: 'Gwilym',
  surname: 'Tansley',
  type: 'volunteer',
  date_of_birth: '09/03/1954',
  mobile: '07700 900118',
};
const payload = {
  first_name: 'Gwilym',
  surname: 'Tansley',
  type: 'Volunteers',
  date_of_birth: '1954-03-09',
  mobile: '07700 900118',
  district: 'Eastwick',
};
const candidates = [
  {
    id: 12,
    name: 'Gwilym Tansley',
    type: 'Volunteers',
    born: 1954,
    postcode: 'ZZ3 4AB',
    matches: 'same name, same date of birth, same phone',
    url: 'https://charity.example.org/people/12',
  },
  {
    id: 203,
    name: 'William Tansley',
    type: 'Clients',
    born: 1991,
    postcode: 'ZZ3 4AB',
    inactive: true,
    matches: 'same surname, same phone',
    differs: 'different first name, different date of birth',
    url: 'https://charity.example.org/people/203',
  },
];
const next = 'Nothing was added. Ask the user whether one of the candidates is the person.';

/** By a name for the showroom, each answer that is worth a look. */
export const answers: Readonly<Record<string, Made>> = {
  'counts by district': answer(
    'breakdown',
    { by: ['district'] },
    {
      total: 412,
      groups: groups(8),
      applied_filters: { type: 'Clients', active: true },
      notes: ['3 of them are deceased.'],
    },
  ),
  'counts by district and gender': answer(
    'breakdown',
    { by: ['district', 'gender'], percent: true },
    {
      total: 193,
      groups: byGender,
      applied_filters: { type: 'Clients', where: ['age > 30'] },
    },
  ),
  'counts by sixty districts': answer(
    'breakdown',
    { by: ['district'] },
    { total: 2104, groups: groups(60), applied_filters: {} },
  ),
  'a single number': answer(
    'breakdown',
    { summary_of: 'age' },
    {
      total: 74,
      summary: { count: 63, not_recorded: 11, min: 20, median: 59, mean: 57.2, max: 98 },
      applied_filters: { type: 'Volunteers' },
      notes: ['Inactive people included.'],
    },
  ),
  people: answer(
    'people',
    { type: 'Volunteers', fields: ['date_of_birth', 'district', 'mobile'] },
    {
      total: 23,
      people,
      applied_filters: { type: 'Volunteers' },
      next_cursor: 'made-up',
      notes: ['Inactive people included.'],
    },
  ),
  'names that are near': answer(
    'people',
    { name: 'Gwyllim Tansly' },
    {
      total: 0,
      people: [],
      applied_filters: { name: 'Gwyllim Tansly' },
      similar: people.slice(0, 1),
      notes: ['Nobody has that name. similar has people whose names are near; each may be somebody else.'],
    },
  ),
  'a new person like two others': answer(
    'review',
    input,
    { status: 'possible_duplicates', candidates, confirm_token: 'made-up', next },
    { 'charitylog/review': { payload } },
  ),
  'a new person like nobody': answer(
    'review',
    input,
    { status: 'needs_confirmation', next },
    { 'charitylog/review': { payload, confirm_token: 'made-up' } },
  ),
  'a person who was added': answer('review', input, { status: 'created', id: 746, stored_fields: payload }),
};
