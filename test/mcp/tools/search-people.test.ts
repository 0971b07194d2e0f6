import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const metadata = /_fields$|dictionary/;

describe('search_people', () => {
  test('asks the API for the short form of exactly the people who match', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { type: 'Carers', registered_disabled: true });
    expect(tools.newRequests().filter(line => !metadata.test(line))).toEqual([
      'GET /clients/type/3/registered_disabled/Y/field/id;first_name;surname;type;active;deceased;registered_disabled',
    ]);
    const matching = tools.sandbox.people.filter(
      person => person.type.includes(3) && person.registered_disabled === 'Y',
    );
    expect(data.total).toBe(matching.length);
    expect(data.applied_filters).toEqual({ type: 'Carers', registered_disabled: true });
  });

  test('is one request when the lists are known', async () => {
    const tools = await useTools();
    await tools.call('search_people', { type: 'Carers', district: 'Eastwick' });
    tools.newRequests();
    await tools.call('search_people', { type: 'Staff', district: '22' });
    expect(tools.newRequests()).toHaveLength(1);
  });

  test('shows a person small: id, name, type, and what was asked for', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { email: 'jsmith@example.com', fields: ['email', 'mobile'] });
    const john = tools.sandbox.people.find(person => person.email === 'jsmith@example.com');
    expect(data.people[0]).toMatchObject({ id: john?.id, name: 'John Smith', email: 'jsmith@example.com' });
    expect(Object.keys(data.people[0])).not.toContain('surname');
  });

  test('marks inactive and deceased people, and says that they are included', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { active: 'no', limit: 50 });
    expect(data.people.every((person: { inactive?: boolean }) => person.inactive)).toBe(true);
    expect(data.notes).toBeUndefined();
    const all = await tools.call('search_people', { type: 'Staff' });
    expect(all.data.notes).toEqual(['Inactive people included.']);
  });

  test('several values of one filter mean any of them', async () => {
    const tools = await useTools();
    const count = async (type: string) => (await tools.call('search_people', { type, active: true })).data.total;
    const both = new Set(
      tools.sandbox.people
        .filter(({ type, active }) => active === 'Y' && (type.includes(7) || type.includes(8)))
        .map(({ id }) => id),
    );
    expect(await count('Volunteers; Staff')).toBe(both.size);
    expect(await count('7;8')).toBe(both.size);
  });

  test('nobody is an empty list, not an error', async () => {
    const tools = await useTools({ system: { none: '404' } });
    const { data, isError } = await tools.call('search_people', { email: 'nobody@example.org' });
    expect(isError).toBe(false);
    expect(data).toEqual({ total: 0, people: [], applied_filters: { email: 'nobody@example.org' } });
  });

  test('a page goes on with its cursor in another process, whatever the order of the answer', async () => {
    const first = await useTools({ people: 60, system: { people: 'map' } });
    const second = await useTools({ people: 60 });
    const one = await first.call('search_people', { limit: 25 });
    const two = await second.call('search_people', { limit: 50, cursor: one.data.next_cursor });
    const ids = [...one.data.people, ...two.data.people].map(person => person.id);
    expect(ids).toEqual(first.sandbox.people.map(person => person.id));
    expect(two.data.next_cursor).toBeUndefined();
  });

  test('a cursor of another question is refused', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { limit: 5 });
    const other = await tools.call('search_people', { type: 'Staff', cursor: data.next_cursor });
    expect(other.text).toMatch(/^cursor belongs to a search with other arguments/);
    expect((await tools.call('search_people', { cursor: 'abc' })).text).toMatch(/^cursor is not a next_cursor/);
  });

  test('a field that is not a filter here is asked for by a condition', async () => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { mobile: '07700 900118' });
    expect(text).toContain('mobile is no filter on this Charitylog system');
    const call = { where: ['mobile is 07700 900118'] };
    expect(text).toContain(`Mended call: search_people ${JSON.stringify(call)}`);
    expect((await tools.call('search_people', call)).data.people).toMatchObject([{ id: 3 }]);
  });

  test.each([
    ['age', '>= 65', 'age >= 65'],
    ['age', 40, 'age is 40'],
    ['dob', '1950-01-01', 'date_of_birth is 1950-01-01'],
  ])('%s as a filter is asked for by a condition', async (key, value, condition) => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { [key]: value });
    const call = { where: [condition] };
    expect(text).toContain(`Mended call: search_people ${JSON.stringify(call)}`);
    expect((await tools.call('search_people', call)).isError).toBe(false);
  });

  test('several mistakes in one argument are mended together', async () => {
    const tools = await useTools();
    for (const args of [{ fields: ['emial', 'postcoed'] }, { district: 'Eastwik; Millbek' }]) {
      const { text } = await tools.call('search_people', args);
      const [, call = '{}'] = /^Mended call: search_people (.*)$/m.exec(text) ?? [];
      expect(Object.keys(JSON.parse(call))).toEqual(Object.keys(args));
      expect((await tools.call('search_people', JSON.parse(call))).isError).toBe(false);
    }
  });

  test('an unknown field to show is refused with the nearest ones', async () => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { fields: ['e-mail adress'] });
    expect(text).toMatch(/no field "e-mail adress"/);
  });

  test.each([
    ['a slash', { gp_name: 'Dr Moss/Dr Lamb' }, 'gp_name has a slash'],
    ['dots', { postcode: '..' }, 'postcode is not a value'],
    ['a control character', { postcode: 'EW1\u00002AB' }, 'postcode has a control character'],
    ['an unknown type', { type: 'Volonteers' }, 'Did you mean Volunteers (7)?'],
    ['an unknown argument', { relgion: '3' }, 'Did you mean religion?'],
    [
      'eleven filters',
      Object.fromEntries(
        ['county', 'district', 'gender', 'school', 'consent', 'religion', 'ethnicity', 'gp_surgery', 'main_language']
          .map(name => [name, '1'])
          .concat([
            ['active', 'yes'],
            ['deceased', 'no'],
          ]),
      ),
      'at most 9 filters',
    ],
  ])('%s is refused before any request about people', async (_, args, problem) => {
    const tools = await useTools();
    const { isError, text } = await tools.call('search_people', args);
    expect(isError).toBe(true);
    expect(text).toContain(problem);
    expect(tools.newRequests().filter(line => !metadata.test(line))).toEqual([]);
  });

  test('a value that the log must not have is not in it', async () => {
    const tools = await useTools();
    await tools.call('search_people', { postcode: 'SECRET/1' });
    expect(tools.log).toEqual(['search_people: invalid (wrong arguments)']);
  });

  test('without a dictionary of types, types are shown as ids', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'status', status: 404, path: 'dictionary/client_type' });
    const { data } = await tools.call('search_people', { id: '1' });
    expect(data.people[0].type).toMatch(/^\d+/);
  });

  test('a field that the live system does not have is not asked for', async () => {
    const tools = await useTools({ hideFields: ['deceased', 'type'] });
    await tools.call('search_people', { district: '21' });
    expect(tools.newRequests()).toContain('GET /clients/district/21/field/id;first_name;surname;active;district');
  });
});
