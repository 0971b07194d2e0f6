import { describe, expect, test } from 'vitest';
import { dayInUk } from '../../../src/people/values/date.ts';
import { districts } from '../../../src/sandbox/dictionaries.ts';
import type { SandboxPerson } from '../../../src/sandbox/sandbox.ts';
import { guesses } from '../../people/asking/counting/attacker.ts';
import { useTools } from '../../support/tools.ts';

interface Group {
  value: string;
  count: number;
  groups?: Group[];
}

const asMap = (groups: Group[]): Record<string, unknown> =>
  Object.fromEntries(groups.map(({ value, count, groups: inner }) => [value, inner ? asMap(inner) : count]));
const valuesOf = (groups: Group[]) => groups.map(({ value }) => value);
const reports = (lines: string[]) => lines.filter(line => line.includes('/dimension/'));

/** How many of each, as the groups have them. */
function countsOf(values: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value ?? '(not recorded)'] = (counts[value ?? '(not recorded)'] ?? 0) + 1;
  return counts;
}

function ageToday(born: string): number {
  const [today, day] = [dayInUk(new Date()), born];
  return Number(today.slice(0, 4)) - Number(day.slice(0, 4)) - (today.slice(5) < day.slice(5) ? 1 : 0);
}

/** People by district name, counted here. */
function byDistrict(people: readonly SandboxPerson[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { district } of people) {
    const name = district === undefined ? '(not recorded)' : (districts.get(district) ?? '');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('count_people', () => {
  test('counts everybody who matches, in one small request', async () => {
    const tools = await useTools();
    await tools.call('list_client_types');
    await tools.call('count_people', { district: 'Eastwick' });
    tools.newRequests();
    const { data, text } = await tools.call('count_people', { type: 'Volunteers', district: 'Eastwick' });
    const expected = tools.sandbox.people.filter(person => person.type.includes(7) && person.district === 21).length;
    expect(data).toEqual({
      total: expected,
      applied_filters: { type: 'Volunteers', district: 'Eastwick' },
      notes: ['Inactive people included.'],
    });
    expect(tools.newRequests()).toEqual(['GET /clients/type/7/district/21/field/id;type;district']);
    expect(JSON.parse(text)).toEqual(data);
  });

  test('breaks down by one field, in the order of its options, those without a value last', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: 'district' });
    expect(asMap(data.groups)).toEqual(byDistrict(tools.sandbox.people));
    expect(data.total).toBe(tools.sandbox.people.length);
    expect(valuesOf(data.groups)).toEqual([...districts.values(), '(not recorded)']);
  });

  test.each([
    ['groups by', { by: 'ethnicity' }, 'ethnicity'],
    ['an average of', { summary_of: 'people_in_household' }, 'people_in_household'],
  ])('%s a field that nobody comes with are no answer', async (_, args, field) => {
    const tools = await useTools({ people: 50 });
    const rows = tools.sandbox.people.map(({ id, surname, type }) => ({ id, surname, type: type.join(';') }));
    tools.sandbox.misbehave({ kind: 'json', value: rows, path: '/field/' });
    const { isError, text } = await tools.call('count_people', args);
    expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringMatching(`shows nobody's ${field}`) });
  });

  test('nor where they are found by a part of a text only', async () => {
    const tools = await useTools({ people: 50, system: { texts: 'exact' } });
    const rows = tools.sandbox.people.map(({ id, surname, type, gp_name }) => ({
      id,
      surname,
      type: type.join(';'),
      gp_name,
    }));
    const doctor = rows
      .find(row => row.gp_name !== undefined)
      ?.gp_name?.split(' ')
      .at(-1);
    tools.sandbox.misbehave({ kind: 'json', value: rows, path: '/clients/field/' });
    const { isError, text } = await tools.call('count_people', { gp_name: doctor, by: 'ethnicity' });
    expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringMatching("shows nobody's ethnicity") });
  });

  test('looks no further where nobody is found, and where the field has come before', async () => {
    const tools = await useTools({ people: 50 });
    await tools.call('count_people', { by: 'district' });
    const { id } = tools.sandbox.people.find(({ district }) => district === undefined) ?? {};
    tools.newRequests();
    await tools.call('count_people', { id, by: 'district' });
    await tools.call('count_people', { name: 'Quarmby', by: 'ethnicity' });
    expect(tools.newRequests().filter(line => line.startsWith('GET /clients/'))).toHaveLength(2);
  });

  test('those asked for may all have no value in the field of the groups', async () => {
    const tools = await useTools({ people: 50 });
    const { id } = tools.sandbox.people.find(({ district }) => district === undefined) ?? {};
    const { data } = await tools.call('count_people', { id, by: 'district' });
    expect(asMap(data.groups)).toEqual({ '(not recorded)': 1 });
  });

  test('reads records, and asks for no report that might be wrong', async () => {
    const tools = await useTools();
    await tools.call('count_people', { by: ['district', 'gender'], active: true });
    await tools.call('count_people', { by: ['district', 'gender'], active: true });
    expect(reports(tools.newRequests())).toEqual([]);
  });

  test('a person of several types counts in each, and once in the total', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: 'type' });
    const { people } = tools.sandbox;
    expect(asMap(data.groups)).toMatchObject({ Volunteers: people.filter(person => person.type.includes(7)).length });
    expect(data.total).toBe(people.length);
    expect(reports(tools.newRequests())).toEqual([]);
    expect(data.notes).toContain('People with several values of type count in each group.');
  });

  test('yes/no fields read as Yes and No', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: 'registered_disabled' });
    expect(asMap(data.groups)).toMatchObject({ Yes: expect.any(Number), No: expect.any(Number) });
  });

  test('says how many options have nobody', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: 'district', email: 'jsmith@example.com' });
    expect(data.notes).toContain(`${districts.size - 1} further district options have nobody.`);
  });

  test('counts by name', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { name: "o'brien", by: 'type' });
    const matching = tools.sandbox.people.filter(({ surname = '' }) => /^o\W?\s?brien/i.test(surname));
    expect(data.total).toBe(matching.length);
  });

  test('groups within groups, of three fields', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: ['district', 'gender', 'active'], type: 'Clients' });
    const eastwick = data.groups.find(({ value }: Group) => value === 'Eastwick');
    const women = eastwick.groups.find(({ value }: Group) => value === 'Female');
    const of = (active: string) =>
      tools.sandbox.people.filter(
        one => one.type.includes(1) && one.district === 21 && one.gender === 2 && one.active === active,
      ).length;
    expect(asMap(women.groups)).toMatchObject({ Yes: of('Y'), No: of('N') });
  });

  test.each([
    ['years of a date', 'created:year', (one: SandboxPerson) => one.created?.slice(0, 4)],
    ['months of a date', 'created:month', (one: SandboxPerson) => one.created?.slice(0, 7)],
    [
      'quarters of a date',
      'dbs_check_date:quarter',
      ({ dbs_check_date: day }: SandboxPerson) =>
        day && `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`,
    ],
    ['years of birth', 'date_of_birth:year', (one: SandboxPerson) => one.date_of_birth?.slice(0, 4)],
    [
      'postcode areas',
      'postcode:area',
      ({ postcode }: SandboxPerson) => postcode && /^[A-Z]+/.exec(postcode.toUpperCase())?.[0],
    ],
    [
      'postcode districts',
      'postcode:district',
      ({ postcode }: SandboxPerson) => postcode?.toUpperCase().replace(/ /g, '').slice(0, -3),
    ],
  ])('groups by %s', async (_, by, valueIn) => {
    const tools = await useTools({ people: 80 });
    const { data, text } = await tools.call('count_people', { by });
    expect(asMap(data.groups), text).toEqual(countsOf(tools.sandbox.people.map(one => valueIn(one))));
    const values = valuesOf(data.groups).filter(value => value !== '(not recorded)');
    if (!by.startsWith('postcode')) expect(values).toEqual(values.toSorted());
    expect(valuesOf(data.groups).indexOf('(not recorded)')).toBeOneOf([-1, data.groups.length - 1]);
  });

  test('groups by bands of age, today in the UK', async () => {
    const tools = await useTools({ people: 200 });
    const bandOf = (age: number) => (age < 18 ? 'under 18' : age < 25 ? '18-24' : age < 65 ? '25-64' : '65+');
    const ages = tools.sandbox.people.map(({ date_of_birth: day }) => (day ? ageToday(day) : undefined));
    const { data } = await tools.call('count_people', { by: 'age:18,25,65' });
    expect(asMap(data.groups)).toEqual(countsOf(ages.map(age => (age === undefined ? age : bandOf(age)))));
    expect(valuesOf(data.groups)).toEqual(['under 18', '18-24', '25-64', '65+', '(not recorded)']);
    const tens = await tools.call('count_people', { by: ['age:10'] });
    const tenOf = (age: number) => `${Math.floor(age / 10) * 10}-${Math.floor(age / 10) * 10 + 9}`;
    expect(asMap(tens.data.groups)).toEqual(countsOf(ages.map(age => (age === undefined ? age : tenOf(age)))));
  });

  test('gives shares of the group above, to one decimal', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: ['gender', 'active'], percent: true });
    const share = (count: number, whole: number) => Math.round((1000 * count) / whole) / 10;
    for (const group of data.groups) {
      expect(group.percent).toBe(share(group.count, data.total));
      for (const inner of group.groups) expect(inner.percent).toBe(share(inner.count, group.count));
    }
    expect((await tools.call('count_people', { percent: true })).text).toMatch(/percent is of groups/);
  });

  test('summarises ages and numbers', async () => {
    const tools = await useTools();
    const numbers = tools.sandbox.people.flatMap(one => one.people_in_household ?? []).sort((a, b) => a - b);
    const { length } = numbers;
    const { data } = await tools.call('count_people', { summary_of: 'people_in_household' });
    expect(data.summary).toEqual({
      count: length,
      not_recorded: tools.sandbox.people.length - length,
      min: numbers[0],
      median: ((numbers[(length - 1) >> 1] ?? 0) + (numbers[length >> 1] ?? 0)) / 2,
      mean: Math.round((10 * numbers.reduce((sum, one) => sum + one, 0)) / length) / 10,
      max: numbers.at(-1),
    });
    const ages = tools.sandbox.people.flatMap(one => (one.date_of_birth ? [ageToday(one.date_of_birth)] : []));
    const { summary } = (await tools.call('count_people', { summary_of: 'average age' })).data;
    expect(summary).toMatchObject({ count: ages.length, min: Math.min(...ages), max: Math.max(...ages) });
    expect((await tools.call('count_people', { average: 'age' })).data.summary).toEqual(summary);
    const nobody = await tools.call('count_people', { name: 'Quarmby', summary_of: 'age' });
    expect(nobody.data).toMatchObject({ total: 0, summary: { count: 0, not_recorded: 0 } });
  });

  test.each([
    ['month of created', 'created:month'],
    ['created by month', 'created:month'],
    ['monthly of created', 'created:month'],
    ['quarter of dbs check date', 'dbs_check_date:quarter'],
    ['year of birth', 'date_of_birth:year'],
    ['postcode area', 'postcode:area'],
    ['first half of postcode', 'postcode:district'],
    ['age in tens', 'age:10'],
    ['age in 10-year bands', 'age:10'],
    ['age bands 0-17, 18-64, 65+', 'age:0,18,65'],
    ['date_of_birth:18,65', 'age:18,65'],
  ])('by %j is read as %s, and a note says so', async (said, meant) => {
    const tools = await useTools({ people: 60 });
    const [one, other] = [
      await tools.call('count_people', { by: said }),
      await tools.call('count_people', { by: meant }),
    ];
    expect(one.data?.groups, one.text).toEqual(other.data.groups);
    expect(one.data.notes[0]).toBe(`by ${JSON.stringify(said.replaceAll(', ', ','))} was taken as ${meant}.`);
    expect(other.text).not.toMatch(/was taken/);
  });

  test('bounds of bands that a client took apart belong together', async () => {
    const tools = await useTools({ people: 60 });
    const { data } = await tools.call('count_people', { by: ['age:18', '25', '65', 'gender'] });
    const whole = await tools.call('count_people', { by: 'age:18,25,65; gender' });
    expect(data.groups).toEqual(whole.data.groups);
  });

  test('says how many of the active are deceased', async () => {
    const tools = await useTools();
    const dead = tools.sandbox.people.filter(({ active, deceased }) => active === 'Y' && deceased === 'Y').length;
    const notesOf = async (args: Record<string, unknown>) => (await tools.call('count_people', args)).data.notes;
    expect(await notesOf({ active: true })).toEqual([`${dead} of them are deceased.`]);
    expect(await notesOf({ where: ['active is yes'] })).toEqual([`${dead} of them are deceased.`]);
    expect(await notesOf({ active: true, suppress_below: dead + 1 })).toEqual(['Some of them are deceased.']);
    expect(await notesOf({ active: true, deceased: false })).toBeUndefined();
    expect(await notesOf({ active: true, by: 'deceased' })).toBeUndefined();
    expect(await notesOf({ active: false })).toBeUndefined();
  });

  test('says for how many a number or a yes is not recorded', async () => {
    const tools = await useTools();
    const { people } = tools.sandbox;
    const clients = people.filter(({ type }) => type.includes(1));
    const blank = clients.filter(one => one.people_in_household === undefined).length;
    const notesOf = async (args: Record<string, unknown>) =>
      (await tools.call('count_people', { type: 'Clients', ...args })).data.notes;
    expect(await notesOf({ people_in_household: 3 })).toContain(
      `Left out: ${blank} with no people_in_household recorded.`,
    );
    const untold = clients.filter(one => one.blue_badge_holder === undefined).length;
    expect(await notesOf({ blue_badge_holder: true })).toContain(
      `Left out: ${untold} with no blue_badge_holder recorded.`,
    );
    expect(await notesOf({ people_in_household: 3, suppress_below: 900 })).toContain(
      'Left out: fewer than 900 with no people_in_household recorded.',
    );
    expect(await notesOf({ district: 'Eastwick' })).toEqual(['Inactive people included.']);
  });

  test('says nothing of options that a filter leaves out', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: ['district'], district: 'Eastwick;Millbeck' });
    expect(data.notes).toEqual(['Inactive people included.']);
  });

  test.each([
    [['ethnicity']],
    [['district', 'gender']],
    [['type', 'gender']],
    [['age:10', 'gender', 'main_language']],
    [['created:quarter']],
  ])('hides small counts by %j, and what gives them away', async by => {
    const tools = await useTools();
    const { data, text } = await tools.call('count_people', { by, suppress_below: 5, percent: true, active: true });
    const mayOverlap = by.map(name => name === 'type');
    const found = guesses({ total: data.total, groups: data.groups, below: 5, mayOverlap });
    expect(found.length).toBeGreaterThan(0);
    for (const { path, values } of found) expect(values.length, path).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/"count":[1-4][,}]/);
  });

  test('hides the summary of few people, and one that would tell of hidden groups', async () => {
    const tools = await useTools();
    const ask = async (args: Record<string, unknown>) =>
      (await tools.call('count_people', { ...args, suppress_below: 8 })).data;
    const few = await ask({ type: 'Trustees', summary_of: 'age' });
    expect(few).toMatchObject({ total: 17, summary: { not_recorded: '<8', count: 'suppressed', min: 'suppressed' } });
    const ages = await ask({ type: 'Clients', by: 'age:10', summary_of: 'age' });
    expect(ages.summary).toMatchObject({ count: 'suppressed', mean: 'suppressed', max: 'suppressed' });
    expect((await ask({ type: 'Clients', by: 'gender', summary_of: 'age' })).summary.mean).toBeTypeOf('number');
  });

  test.each([
    ['an unknown field', { by: 'distrikt' }, /no field "distrikt". Did you mean district\?.*{"by":\["district"\]}/s],
    ['four fields', { by: 'age:10;district;gender;religion' }, /by takes one to three fields/],
    ['a name', { by: 'surname' }, /surname tells people apart one by one/],
    ['a date of birth', { by: 'date_of_birth' }, /tells people apart one by one. Give age:10.*{"by":\["age:10"\]}/s],
    ['age alone', { by: ['gender', 'age'] }, /needs its bands: age:10.*{"by":\["gender","age:10"\]}/s],
    ['one bound', { by: 'age:65' }, /{"by":\["age:0,65"\]}/],
    [
      'an unknown part',
      { by: 'created:mnth' },
      /created:year, created:quarter or created:month.*{"by":\["created:month"\]}/s,
    ],
    ['a word that every object has', { by: 'constructor:month' }, /constructor:month/],
    ['a part that says more', { by: 'financial year of created' }, /"financial year" is no part of created.*Example/s],
    ['a part without a date', { by: 'quarter' }, /"quarter" needs a date: .*created:quarter/],
    ['a summary of options', { summary_of: 'district' }, /takes age or a field of numbers, which district is not/],
    ['a summary of days', { summary_of: 'date_of_birth' }, /{"summary_of":"age"}/],
    ['a summary of names', { summary_of: 'surname' }, /takes age or a field of numbers/],
  ])('%s is refused', async (_, args, problem) => {
    const tools = await useTools();
    expect((await tools.call('count_people', args)).text).toMatch(problem);
  });
});
