import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

describe('an answer that is neither yes nor no', () => {
  const everybody = ['Yes', 'No', 'Not asked'].map((answer, n) => ({ id: n + 1, surname: 'Tansley', active: answer }));

  test('is none of them', async () => {
    const tools = await useTools({ people: 5 });
    tools.sandbox.misbehave({ kind: 'json', value: everybody, path: '/clients/' });
    for (const active of [true, false]) {
      const { data } = await tools.call('count_people', { active });
      expect(data.total).toBe(1);
      expect(data.notes.join(' ')).toContain('Left out: 1 whose active is neither yes nor no.');
    }
  });

  test('is refused with the setting where nobody has another, and read by it', async () => {
    const people = everybody.map(({ active: _, ...person }, n) => ({ ...person, active: n < 2 ? 'Live' : 'Closed' }));
    const tools = await useTools({ people: 5 });
    tools.sandbox.misbehave({ kind: 'json', value: people, path: '/clients/' });
    expect((await tools.call('count_people', { active: true })).text).toContain('CHARITYLOG_YES_NO');
    const set = await useTools({ people: 5 }, { config: { yesNo: ['Live', 'Closed'] } });
    set.sandbox.misbehave({ kind: 'json', value: people, path: '/clients/' });
    expect((await set.call('count_people', { active: true })).data.total).toBe(2);
  });
});

test('nobody is looked for by a name that is blank for all', async () => {
  const tools = await useTools({ people: 5 });
  tools.sandbox.misbehave({ kind: 'json', value: [{ id: 1, first_name: '', surname: null }], path: '/clients/' });
  expect((await tools.call('search_people', { name: 'Tansley' })).text).toContain('without their names');
});

test.each([0, '0', -1, '-', 'NULL', {}, false])('a choice of %j is none, where no option has that', async none => {
  const tools = await useTools({ people: 5 });
  const [[id = 0, name = ''] = []] = tools.sandbox.optionsOf('district') ?? [];
  const people = [id, none, none].map((district, n) => ({ id: n + 1, surname: 'Tansley', district }));
  tools.sandbox.misbehave({ kind: 'json', value: people, path: '/clients/' });
  const totalOf = async (where: string) => (await tools.call('count_people', { where: [where] })).data.total;
  expect(await totalOf('district is blank')).toBe(2);
  expect(await totalOf(`district is not ${name}`)).toBe(0);
  const { data } = await tools.call('count_people', { by: ['district'] });
  expect(data.groups).toEqual([
    { value: name, count: 1 },
    { value: '(not recorded)', count: 2 },
  ]);
});

test('a fault of the system that it calls a success is no list without options', async () => {
  const tools = await useTools({ people: 20 });
  tools.sandbox.misbehave({ kind: 'json', value: { error: 'Timeout' }, path: '/dictionary/' });
  const { isError, text } = await tools.call('search_people', { district: 'Eastwick' });
  expect(isError).toBe(true);
  expect(text).toContain('could not answer');
});

test('several rows of one person are one record with all their values', async () => {
  const rows = [
    { id: 3, surname: 'Tansley', type: 1, email: 'a@example.org' },
    { id: 3, surname: 'Tansley', type: 7, email: null },
    { id: 5, surname: 'Quarmby', type: 7 },
    { id: 5, surname: 'Quarmby', type: 7 },
  ];
  const tools = await useTools({ people: 5 });
  tools.sandbox.misbehave({ kind: 'json', value: rows, path: '/clients/' });
  const { data } = await tools.call('search_people', { where: ['type has all Clients;Volunteers'], fields: ['email'] });
  expect(data.people).toEqual([{ id: 3, name: 'Tansley', type: 'Clients; Volunteers', email: 'a@example.org' }]);
  expect((await tools.call('count_people', {})).data.total).toBe(2);
  const { data: record } = await tools.call('get_person', { id: 3 });
  expect(record.person ?? record).toMatchObject({ type: 'Clients; Volunteers' });
});
