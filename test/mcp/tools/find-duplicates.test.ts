import { describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../src/sandbox/sandbox.ts';
import { namedSystems } from '../../support/named-systems.ts';
import { type Tools, useTools } from '../../support/tools.ts';

type Facts = { -readonly [K in keyof SandboxPerson]?: SandboxPerson[K] };
type Group = { people: { id: number; name: string }[]; why: string };

/** What tells people apart, all blank. */
const nothingKnown: Facts = {
  ...{ first_name: '', surname: '', known_as: undefined, date_of_birth: undefined, nhs_number: undefined },
  ...{ external_id: undefined, email: undefined, telephone: undefined, mobile: undefined, postcode: undefined },
  ...{ address_line_1: undefined, address_line_2: undefined, town: undefined },
};

/** A system where nobody but these is named: they take the places of the people with the ids from 41 on. */
async function systemOf(
  facts: readonly Facts[],
  options: Parameters<typeof useTools>[0] = {},
  given = {},
): Promise<Tools> {
  const tools = await useTools({ people: 40 + facts.length, ...options }, given);
  tools.sandbox.people.forEach((person, n) => {
    const names = { first_name: `Only${letters(n)}`, surname: `One${letters(n * 7 + 3)}` };
    Object.assign(person, nothingKnown, names, facts[n - 40]);
  });
  return tools;
}

/** A word of its own for each number. */
function letters(n: number): string {
  return [...String(n)].map(digit => 'bcdfghjklm'.charAt(Number(digit)) + 'aeiouaeiou'.charAt(Number(digit))).join('');
}

const idsOf = ({ people }: Group) => people.map(({ id }) => id);
const groupsOf = async (tools: Tools, args = {}): Promise<Group[]> =>
  (await tools.call('find_duplicates', args)).data.groups;

const ines = { first_name: 'Ines', surname: 'Quarmby', date_of_birth: '1951-03-02', type: [1] };
const gwilym = {
  first_name: 'Gwilym',
  surname: 'Tansley',
  date_of_birth: '1948-05-17',
  postcode: 'ZZ3 4AB',
  type: [1],
};

/** Two pairs and a person of their own. */
const twoPairs: readonly Facts[] = [
  { ...ines, mobile: '07700 900101' },
  { ...gwilym, type: [7] },
  { first_name: 'Carys', surname: 'Vaisey', date_of_birth: '1980-01-09', type: [7] },
  { ...ines, first_name: 'Inés', mobile: '+44 7700 900101', type: [1, 7] },
  { ...gwilym, surname: 'Tanslye', postcode: 'zz34ab', type: [7], active: 'N' },
];

describe('people who may be recorded twice', () => {
  test('come in groups, with what agrees', async () => {
    const tools = await systemOf(twoPairs);
    const ids = tools.sandbox.people.slice(40).map(({ id }) => id);
    const { data } = await tools.call('find_duplicates');
    expect(data.total).toBe(2);
    expect(data.groups.map(idsOf).sort()).toEqual([
      [ids[0], ids[3]],
      [ids[1], ids[4]],
    ]);
    const [second] = data.groups.filter((group: Group) => group.people[0]?.name === 'Gwilym Tansley');
    expect(second.people[1]).toEqual({ id: ids[4], name: 'Gwilym Tanslye', type: 'Volunteers', inactive: true });
    expect(second.why).toBe('similar name, same date of birth, same postcode');
    expect(data.notes).toContain(`${tools.sandbox.people.length} people compared.`);
    expect(data.next_cursor).toBeUndefined();
  });

  test('of one type, or for whom a condition holds, are compared with each other alone', async () => {
    const tools = await systemOf(twoPairs);
    expect((await groupsOf(tools, { type: 'Volunteers' })).map(({ people }) => people[0]?.name)).toEqual([
      'Gwilym Tansley',
    ]);
    const where = ['date_of_birth 1950-01-01..1959-12-31'];
    expect((await groupsOf(tools, { where })).map(({ people }) => people[0]?.name)).toEqual(['Ines Quarmby']);
    expect((await tools.call('find_duplicates', { where: ['surname is Nobody'] })).data).toMatchObject({
      total: 0,
      groups: [],
    });
  });

  test.each(['usual', 'phpMap', 'results'])('are found however the API answers: %s', async name => {
    const tools = await systemOf(twoPairs, { system: namedSystems[name] ?? {} });
    expect((await groupsOf(tools)).map(({ people }) => people.length)).toEqual([2, 2]);
  });

  test('are those whom a create asks about', async () => {
    const tools = await useTools({ people: 300 });
    const { data } = await tools.call('find_duplicates', { limit: 50 });
    const surest = data.groups[0];
    expect(idsOf(surest)).toEqual([1, 2]);
    expect(surest.why).toContain('same nhs_number');
  });

  test('come with the links to their records', async () => {
    const config = { recordUrl: 'https://charity.example.org/{id}' };
    const tools = await systemOf(twoPairs, {}, { config });
    for (const { people } of await groupsOf(tools)) {
      for (const person of people) expect(person).toMatchObject({ url: `https://charity.example.org/${person.id}` });
    }
  });
});

describe('groups', () => {
  test('have pages, each group once and the surest first', async () => {
    const pairs = Array.from({ length: 12 }, (_, n) => {
      const twin = {
        first_name: 'Ines',
        surname: `Quarmby${letters(n)}`,
        date_of_birth: `19${10 + n * 7}-04-0${1 + (n % 9)}`,
      };
      return n % 2 === 0
        ? [twin, twin]
        : [
            { ...twin, mobile: `07700 9001${10 + n}` },
            { ...twin, mobile: `07700 9001${10 + n}` },
          ];
    });
    const tools = await systemOf(pairs.flat());
    const seen: Group[] = [];
    let cursor: string | undefined;
    do {
      const { data } = await tools.call('find_duplicates', { limit: 5, ...(cursor && { cursor }) });
      expect(data.total).toBe(12);
      seen.push(...data.groups);
      cursor = data.next_cursor;
    } while (cursor !== undefined);
    expect(new Set(seen.map(group => idsOf(group).join())).size).toBe(12);
    expect(seen.map(({ why }) => why.includes('phone'))).toEqual([...Array(6).fill(true), ...Array(6).fill(false)]);
  });

  test('of a later page are those of the recent answer, and are found anew once it is gone', async () => {
    const tools = await systemOf(twoPairs);
    const first = (await tools.call('find_duplicates', { limit: 1 })).data;
    tools.newRequests();
    const later = await tools.call('find_duplicates', { limit: 1, cursor: first.next_cursor });
    expect(tools.newRequests()).toEqual([]);
    tools.answers.clear();
    const anew = await tools.call('find_duplicates', { limit: 1, cursor: first.next_cursor });
    expect(tools.newRequests()).not.toEqual([]);
    expect(anew.data).toEqual(later.data);
    expect(later.data.groups).toHaveLength(1);
    expect(later.data.groups[0]).not.toEqual(first.groups[0]);
  });

  test('a cursor of another question is refused', async () => {
    const tools = await systemOf([...twoPairs, ...twoPairs]);
    const { data } = await tools.call('find_duplicates', { limit: 1 });
    const { isError, text } = await tools.call('find_duplicates', {
      limit: 1,
      type: 'Clients',
      cursor: data.next_cursor,
    });
    expect(isError).toBe(true);
    expect(text).toContain('belongs to a search with other arguments');
  });

  test('are no chains: who may be one of a group, and not its first, has a group of their own', async () => {
    const tools = await systemOf([
      { first_name: 'Ines', surname: 'Quarmby', date_of_birth: '1951-03-02' },
      { first_name: 'Ines', surname: 'Quarmby', date_of_birth: '1951-03-02', email: 'ines@example.org' },
      { first_name: 'Bronwen', surname: 'Odell', email: 'ines@example.org' },
    ]);
    const [a, b, c] = tools.sandbox.people.slice(40).map(({ id }) => id);
    expect((await groupsOf(tools)).map(idsOf).sort()).toEqual([
      [a, b],
      [b, c],
    ]);
  });

  test('of three say by their ids who is in them why, where it differs', async () => {
    const tools = await systemOf([
      { ...ines, mobile: '07700 900101' },
      { ...ines, mobile: '07700 900101' },
      { ...ines, email: 'ines@example.org' },
    ]);
    const [, b, c] = tools.sandbox.people.slice(40).map(({ id }) => id);
    const [group, ...others] = await groupsOf(tools);
    expect(others).toEqual([]);
    expect(group?.why).toBe(`${b}: same name, same date of birth, same phone | ${c}: same name, same date of birth`);
  });
});

describe('fields that are hidden', () => {
  test('are neither compared nor told', async () => {
    const tools = await systemOf(
      [
        { first_name: 'Ines', surname: 'Quarmby', nhs_number: '943 476 5919', date_of_birth: '1951-03-02' },
        { first_name: 'Inez', surname: 'Quarmby', nhs_number: '9434765919', date_of_birth: '1951-03-02' },
        { first_name: 'Tomos', surname: 'Vaisey', nhs_number: '943 476 5870' },
        { first_name: 'Owen', surname: 'Pugh', nhs_number: '943 476 5870' },
      ],
      {},
      { hiddenFields: ['nhs_number'] },
    );
    const groups = await groupsOf(tools);
    expect(groups.map(({ people }) => people[0]?.name)).toEqual(['Ines Quarmby']);
    expect(JSON.stringify(groups)).not.toContain('nhs');
    expect(tools.newRequests().join()).not.toContain('nhs_number');
  });
});

describe('many who share one detail', () => {
  test('people of one name for nobody are not compared by it, and a note says so', async () => {
    const unknown = Array.from({ length: 600 }, () => ({ first_name: 'Unknown', surname: 'Unknown' }));
    const tools = await systemOf([...unknown, ...twoPairs]);
    const { data } = await tools.call('find_duplicates');
    expect(data.total).toBe(2);
    expect(data.notes).toContain('600 people share one name: they were not compared by it, but by everything else.');
  });

  test('a hostel of one phone and one address hides nobody who lives there twice', async () => {
    const home = { telephone: '01632 960123', postcode: 'ZZ3 4AB', address_line_1: '1 Quay Street' };
    const residents = Array.from({ length: 600 }, (_, n) => ({
      first_name: `Only${letters(n * 3 + 1)}`,
      surname: `Lodger${letters(n * 11 + 5)}`,
      date_of_birth: `${1930 + (n % 60)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
      ...home,
    }));
    const tools = await systemOf([...residents, { ...gwilym, ...home }, { ...gwilym, ...home, surname: 'Tanslye' }]);
    const groups = await groupsOf(tools, { limit: 50 });
    expect(groups.map(({ people }) => people.map(({ name }) => name))).toContainEqual([
      'Gwilym Tansley',
      'Gwilym Tanslye',
    ]);
  });
});

describe('as a tool', () => {
  test('it says that it only reads', async () => {
    const { client } = await useTools({}, { readOnly: true });
    const { tools } = await client.listTools();
    const tool = tools.find(({ name }) => name === 'find_duplicates');
    expect(tool?.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(['type', 'where', 'limit', 'cursor']);
  });

  test('a field given as a filter is refused with the condition that says it', async () => {
    const tools = await useTools();
    const { isError, text } = await tools.call('find_duplicates', { district: 'Eastwick' });
    expect(isError).toBe(true);
    expect(text).toContain('find_duplicates {"where":["district is Eastwick"]}');
  });

  test('a name is told where it is asked for', async () => {
    const tools = await useTools();
    const { isError, text } = await tools.call('find_duplicates', { name: 'Tansley' });
    expect(isError).toBe(true);
    expect(text).toMatch(/^name is no argument here: search_people .*"surname contains Tansley"/);
  });

  test('people without names that are shown are not compared', async () => {
    const tools = await useTools({ hideFields: ['surname', 'first_name'] });
    expect((await tools.call('find_duplicates')).isError).toBe(true);
  });
});
