import type { Question } from '../question.ts';
import { ageToday, groupsBy, labels, medianAge, numbersOf, shares, where } from '../truths.ts';

const label = (field: Parameters<typeof labels>[1]) => (person: Parameters<typeof labels>[0]) => labels(person, field);
const part = (text: string | undefined, make: (text: string) => string) => (text ? [make(text)] : []);

/** What funders and trustees ask for: tables, and figures of all. */
export const funderQuestions: readonly Question[] = [
  {
    id: 'three-fields',
    kind: 'funders',
    ask: 'For the funder: our trustees by gender, then by whether they are active, then by whether they are deceased.',
    form: 'three groups',
    truth: groupsBy(people => where(people, { type: 'Trustees' }), label('gender'), label('active'), label('deceased')),
  },
  {
    id: 'new-by-year',
    kind: 'funders',
    ask: 'How many volunteers joined in each year? By the day they were put on the system.',
    form: 'groups',
    truth: groupsBy(
      people => where(people, { type: 'Volunteers' }),
      p => part(p.created, day => day.slice(0, 4)),
    ),
  },
  {
    id: 'new-by-quarter',
    kind: 'funders',
    ask: 'New clients per quarter of 2024, please, as in 2024-Q1.',
    form: 'groups',
    truth: groupsBy(
      people => where(people, { type: 'Clients' }).filter(p => p.created?.startsWith('2024')),
      p => part(p.created, day => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`),
    ),
  },
  {
    id: 'new-by-month',
    kind: 'funders',
    ask: 'And per month in 2023, all people together, as in 2023-04?',
    form: 'groups',
    truth: groupsBy(
      people => people.filter(p => p.created?.startsWith('2023')),
      p => part(p.created, day => day.slice(0, 7)),
    ),
  },
  {
    id: 'age-bands-of-ten',
    kind: 'funders',
    ask: 'The ages of our carers in bands of ten years, such as 60-69.',
    form: 'groups',
    truth: groupsBy(
      people => where(people, { type: 'Carers' }),
      p => {
        const age = ageToday(p);
        return age === undefined ? [] : [`${Math.floor(age / 10) * 10}-${Math.floor(age / 10) * 10 + 9}`];
      },
    ),
  },
  {
    id: 'age-bands-of-the-funder',
    kind: 'funders',
    ask: 'Clients in the bands of the lottery fund: under 18, 18-24, 25-64 and 65+.',
    form: 'groups',
    truth: groupsBy(
      people => where(people, { type: 'Clients' }),
      p => {
        const age = ageToday(p);
        if (age === undefined) return [];
        return [age < 18 ? 'under 18' : age < 25 ? '18-24' : age < 65 ? '25-64' : '65+'];
      },
    ),
  },
  {
    id: 'by-postcode-area',
    kind: 'funders',
    ask: 'How many volunteers do we have in each postcode area, the letters at the front of the postcode?',
    form: 'groups',
    truth: groupsBy(
      people => where(people, { type: 'Volunteers' }),
      p => part(p.postcode, code => /^[A-Z]+/.exec(code)?.[0] ?? code),
    ),
  },
  {
    id: 'shares-of-gender',
    kind: 'funders',
    ask: 'What percentage of our staff is of each gender, to one decimal? Count those without a gender as a group, too.',
    form: 'groups',
    truth: shares(people => where(people, { type: 'Staff' }), label('gender')),
  },
  {
    id: 'shares-of-languages',
    kind: 'funders',
    ask: 'And what percentage of all our trustees has each main language, to one decimal? With those without one.',
    form: 'groups',
    truth: shares(people => where(people, { type: 'Trustees' }), label('main_language')),
  },
  {
    id: 'median-age',
    kind: 'funders',
    ask: 'What is the median age of our befrienders?',
    form: 'count',
    truth: medianAge(people => where(people, { type: 'Befrienders' })),
  },
  {
    id: 'oldest-age',
    kind: 'funders',
    ask: 'How old is our oldest volunteer?',
    form: 'count',
    truth: numbersOf(
      people => where(people, { type: 'Volunteers' }),
      ages => Math.max(...ages),
    ),
  },
  {
    id: 'age-bands-and-gender',
    kind: 'funders',
    ask: 'Trustees by gender, and within that under 40 and 40 or over (40+).',
    form: 'two groups',
    truth: groupsBy(
      people => where(people, { type: 'Trustees' }),
      label('gender'),
      p => {
        const age = ageToday(p);
        return age === undefined ? [] : [age < 40 ? 'under 40' : '40+'];
      },
    ),
  },
  {
    id: 'districts-of-the-old',
    kind: 'funders',
    ask: 'In which districts do our clients of 85 and over live, and how many in each?',
    form: 'groups',
    truth: groupsBy(
      people => where(people, { type: 'Clients' }).filter(p => (ageToday(p) ?? 0) >= 85),
      label('district'),
    ),
  },
  {
    id: 'languages-but-english',
    kind: 'funders',
    ask: 'Which main languages other than English do our carers have, and how many carers each?',
    form: 'groups',
    truth: groupsBy(
      people =>
        where(people, { type: 'Carers' }).filter(p => labels(p, 'main_language').some(name => name !== 'English')),
      label('main_language'),
    ),
  },
];
