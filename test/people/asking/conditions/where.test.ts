import { describe, expect, test } from 'vitest';
import { dayText, todayInUk } from '../../../../src/people/values/date.ts';
import type { SandboxPerson } from '../../../../src/sandbox/fields.ts';
import { namedSystems } from '../../../support/named-systems.ts';
import { type Tools, useTools } from '../../../support/tools.ts';

const today = dayText(todayInUk());
const yearsAgo = (years: number) => `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();

/** Each form, and who it holds for among the sandbox's people. */
const forms: readonly (readonly [where: string, holds: (person: SandboxPerson) => boolean])[] = [
  ['email is blank', ({ email }) => !email],
  ['date_of_birth is not blank', one => one.date_of_birth !== undefined],
  ['district is Eastwick;Millbeck', ({ district }) => district === 21 || district === 33],
  ['main_language is not English', one => one.main_language !== undefined && one.main_language !== 41],
  ['date_of_birth 1950-01-01..1959-12-31', one => /^195/.test(one.date_of_birth ?? '')],
  ['age >= 65', one => one.date_of_birth !== undefined && one.date_of_birth <= yearsAgo(65)],
  ['people_in_household < 3', one => (one.people_in_household ?? 9) < 3],
  ['created >= today-3y', one => (one.created ?? '') >= yearsAgo(3)],
  ['notes contains dog', ({ notes = '' }) => plain(notes).includes('dog')],
  ['postcode starts with qe1', ({ postcode = '' }) => postcode.startsWith('QE1')],
  ['type has all Clients;Volunteers', ({ type }) => type.includes(1) && type.includes(7)],
  ['type has only Volunteers', ({ type }) => type.length === 1 && type.includes(7)],
  ['birthday 12-20..01-10', one => one.date_of_birth !== undefined && isTurnOfYear(one.date_of_birth.slice(5))],
  ['surname is smith', ({ surname = '' }) => plain(surname) === 'smith'],
  ['mobile contains 900 3', ({ mobile = '' }) => mobile.replace(/\D/g, '').includes('9003')],
  ['first_aid_trained is no', one => one.first_aid_trained === 'N'],
  ['website_photo_consent is not No photos', one => (one.website_photo_consent ?? 108) !== 108],
  ['id is 5;37', ({ id }) => id === 5 || id === 37],
];

function isTurnOfYear(day: string): boolean {
  return day >= '12-20' || day <= '01-10';
}

async function idsOf(tools: Tools, args: Record<string, unknown>): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const { data, text, isError } = await tools.call('search_people', {
      ...args,
      limit: 50,
      ...(cursor && { cursor }),
    });
    expect(isError, text).toBe(false);
    ids.push(...data.people.map((person: { id: number }) => person.id));
    cursor = data.next_cursor;
    if (!cursor) return ids;
  }
}

const systems = ['usual', 'phpMap', 'wrappedMap', 'phpRows'] as const;

describe.each([
  ...systems.map(name => [name, namedSystems[name] ?? {}] as const),
  ['with dates as DD/MM/YYYY and zeros for none', { dates: 'dmy', noDate: 'zeros', yesNo: '1/0' }] as const,
])('on a system that answers as "%s"', (_, system) => {
  test.each(forms)('%s', async (where, holds) => {
    const tools = await useTools({ people: 200, system });
    const expected = tools.sandbox.people.filter(holds).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(await idsOf(tools, { where: [where] })).toEqual(expected);
    const { data } = await tools.call('count_people', { where: [where], by: 'district' });
    expect(data.total).toBe(expected.length);
    expect(data.applied_filters.where).toHaveLength(1);
  });
});

describe('conditions', () => {
  test('hold together with filters, names and each other', async () => {
    const tools = await useTools({ people: 500 });
    const where = ['age >= 40', 'email is not blank', 'main_language is not Polish'];
    const expected = tools.sandbox.people.filter(
      one =>
        one.active === 'Y' &&
        (one.date_of_birth ?? '9') <= yearsAgo(40) &&
        one.email &&
        (one.main_language ?? 45) !== 45 &&
        `${one.first_name} ${one.surname} ${one.known_as}`.split(/[ -]/).includes('John'),
    );
    const { data } = await tools.call('search_people', { active: true, name: 'John', where, limit: 50 });
    expect(data.people.map((person: { id: number }) => person.id)).toEqual(expected.map(({ id }) => id));
    expect(data.applied_filters).toEqual({ active: true, name: 'John', where });
  });

  test('go into the URL as far as the API filters and there is room; the others bring their fields', async () => {
    const tools = await useTools();
    await tools.call('count_people', {
      district: 'Eastwick',
      where: ['type is Clients', 'gender is not Male', 'district is Millbeck'],
    });
    const [line] = tools.newRequests().filter(one => one.includes('/field/'));
    expect(line).toMatch(/^GET \/clients\/district\/21\/type\/1\/field\/id;district;type;gender$/);
    const eight = [
      'county',
      'school',
      'accommodation',
      'religion',
      'ethnicity',
      'gp_surgery',
      'marital_status',
      'consent',
    ];
    const where = eight
      .map(name => `${name} is not blank`)
      .concat('type is Clients', 'gender is Male', 'active is yes');
    const filters = {
      district: 'Eastwick',
      county: '102',
      deceased: false,
      people_in_household: 1,
      registered_disabled: true,
      blue_badge_holder: false,
      nhs_number: '9991234578',
    };
    const { isError } = await tools.call('count_people', { ...filters, where });
    expect(isError).toBe(false);
    const pairs = tools
      .newRequests()
      .filter(one => one.includes('/nhs_number/'))
      .map(one => one.split('/').length);
    expect(Math.max(...pairs)).toBeLessThanOrEqual(2 + 20);
  });

  test('are told as they were read, also for the next page', async () => {
    const tools = await useTools({ people: 200 });
    const first = await tools.call('search_people', { where: 'DISTRICT != eastwick', limit: 5 });
    expect(first.data.applied_filters).toEqual({ where: ['district is not Eastwick'] });
    const cursor = first.data.next_cursor;
    const next = await tools.call('search_people', { where: ['district is not Eastwick'], limit: 5, cursor });
    expect(next.data.people[0].id).toBeGreaterThan(first.data.people.at(-1).id);
    expect(next.data.total).toBe(first.data.total);
    const other = await tools.call('search_people', { where: ['district is not Millbeck'], limit: 5, cursor });
    expect(other.text).toMatch(/^cursor belongs to a search with other arguments/);
  });

  test('do not show the fields they need', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { where: ['ethnicity is not blank', 'age > 18'] });
    expect(Object.keys(data.people[0])).toEqual(['id', 'name', 'type']);
  });

  test('count who has no value, where it could matter', async () => {
    const tools = await useTools({ people: 200 });
    const living = tools.sandbox.people.filter(one => one.active === 'Y' && one.deceased !== 'Y');
    const blank = living.filter(one => one.people_in_household === undefined);
    const note = `Left out: ${blank.length} with no people_in_household recorded.`;
    const ask = async (where: string) =>
      (await tools.call('count_people', { active: true, deceased: false, where: [where] })).data.notes;
    expect(await ask('people_in_household >= 2')).toEqual([note]);
    expect(await ask('people_in_household is not 2')).toEqual([note]);
    expect(await ask('people_in_household is blank')).toBeUndefined();
  });

  test('cannot name a hidden field, nor what is derived from it', async () => {
    const tools = await useTools({}, { hiddenFields: ['date_of_birth', 'sensitive'] });
    for (const where of ['date_of_birth is blank', 'age >= 65', 'birthday is 12-25', 'religion is Muslim']) {
      const { isError, text } = await tools.call('search_people', { where: [where] });
      expect(isError).toBe(true);
      expect(text).toContain('is no field of this system that can be read');
    }
  });

  test('of a field that nobody comes with are not answered as if it were blank', async () => {
    const tools = await useTools({ people: 50 });
    const rows = tools.sandbox.people.map(({ id, surname, type }) => ({ id, surname, type: type.join(';') }));
    tools.sandbox.misbehave({ kind: 'json', value: rows, path: '/field/' });
    const { isError, text } = await tools.call('count_people', { where: ['mobile is blank'] });
    expect(isError).toBe(true);
    expect(text).toMatch(/^Charitylog shows nobody's mobile/);
  });

  test('of a field that few people have are answered, though none of those asked for has it', async () => {
    const tools = await useTools({ people: 200 });
    const { data } = await tools.call('count_people', { id: '5', where: ['notes is blank'] });
    expect(data.total).toBe(1);
    tools.newRequests();
    await tools.call('count_people', { id: '6', where: ['notes is blank'] });
    expect(tools.newRequests()).toHaveLength(1);
  });

  test('that cannot be read are refused with the forms that there are', async () => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { where: ['age is old', 'distrct is Eastwick'] });
    expect(text).toContain('where: "age is old" cannot be read. Forms: "age >= 65", "age 18..24", "age is blank".');
    expect(text).toContain('Did you mean district?');
  });

  test.each([
    ['birthdy today..today+14d', 'birthday'],
    ['creatd 2025-01-01..today', 'created'],
    ['peple_in_household 3..5', 'people_in_household'],
  ])('whose field is misspelt before a range are refused with the field: %s', async (where, field) => {
    const tools = await useTools({ people: 5 });
    const { text } = await tools.call('search_people', { where: [where] });
    expect(text).toContain(`Did you mean ${field}?`);
  });

  test('that are too many at once are refused with the number that is taken', async () => {
    const tools = await useTools();
    const textsOf = async (where: string[]) => (await tools.call('count_people', { where })).text;
    const ages = Array.from({ length: 21 }, (_, n) => `age > ${n}`);
    expect(await textsOf(ages)).toContain('where takes at most 20 conditions, not 21.');
    const words = Array.from({ length: 31 }, (_, n) => `w${n}`).join(';');
    expect(await textsOf([`notes contains ${words}`])).toContain(
      'where looks for 31 texts inside of values; at most 30',
    );
  });

  test('of notes too long to look through are told apart, whether something is to be in them or not', async () => {
    const tools = await useTools({ people: 50 });
    const [one] = tools.sandbox.people;
    Object.assign(one as object, { notes: `dog ${'x'.repeat(100_000)}` });
    for (const condition of ['contains dog', 'does not contain cat']) {
      const { data } = await tools.call('search_people', { where: [`notes ${condition}`], limit: 50 });
      expect(data.people.map(({ id }: { id: number }) => id)).not.toContain(one?.id);
      expect(data.notes).toContain('Left out: 1 whose notes cannot be compared.');
    }
  });
});

test('a consent is given by nobody who refused it', async () => {
  const tools = await useTools({ people: 60 });
  for (const condition of ['consent is given', 'consent is not given', 'religion is none', 'mobile is no']) {
    expect((await tools.call('count_people', { where: [condition] })).isError).toBe(true);
  }
});

test('a part of a postcode, a number or an address is found by "is", too, and signs by "contains"', async () => {
  const tools = await useTools({ people: 300 });
  const totalOf = async (args: Record<string, unknown>) => (await tools.call('count_people', args)).data.total;
  const [district] = tools.sandbox.people.flatMap(({ postcode }) => /^[A-Z]+\d+(?= )/.exec(postcode ?? '')?.[0] ?? []);
  expect(await totalOf({ where: [`postcode is ${district}`] })).toBe(await totalOf({ postcode: district }));
  const hyphens = tools.sandbox.people.filter(({ surname }) => surname?.includes('-')).length;
  expect(await totalOf({ where: ['surname contains "-"'] })).toBe(hyphens);
  expect(hyphens).toBeGreaterThan(0);
});

test('where nobody has it, the answer says what else may be meant', async () => {
  const tools = await useTools({ people: 60 });
  const notesOf = async (where: string[]) => (await tools.call('count_people', { where })).data.notes.join(' ');
  expect(await notesOf(['telephone is 07700 900999'])).toContain('A number may also be in mobile');
  expect(await notesOf(['town is Marl'])).toContain('"town contains" finds a part');
});
