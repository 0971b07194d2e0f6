import { describe, expect, test } from 'vitest';
import { districts } from '../../../src/sandbox/dictionaries.ts';
import type { SandboxPerson } from '../../../src/sandbox/sandbox.ts';
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

  test.each([
    ['an unknown field', { by: 'distrikt' }, /no field "distrikt". Did you mean district\?/],
  ])('%s is refused', async (_, args, problem) => {
    const tools = await useTools();
    expect((await tools.call('count_people', args)).text).toMatch(problem);
  });
});
