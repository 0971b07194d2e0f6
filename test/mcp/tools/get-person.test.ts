import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

describe('get_person', () => {
  test('shows every field that has a value, names for ids, special-category fields left out', async () => {
    const tools = await useTools();
    const { data } = await tools.call('get_person', { id: '37' });
    expect(data.notes).toContainEqual(expect.stringMatching(/^Not shown unless named in fields: .*religion/));
    expect(data.person).toMatchObject({
      id: 37,
      first_name: 'Edith',
      surname: 'Barraclough',
      type: expect.stringContaining('Clients'),
    });
    const keys = Object.keys(data.person);
    expect(keys.slice(0, 4)).toEqual(['id', 'name', 'type', 'first_name']);
    for (const special of [
      'ethnicity',
      'religion',
      'main_disability',
      'registered_disabled',
      'blue_badge_holder',
      'sexual_orientation',
    ]) {
      expect(keys).not.toContain(special);
      expect(decodeURIComponent(tools.newRequests().join())).not.toContain(special);
    }
    expect(Object.values(data.person).every(value => value !== null && value !== '')).toBe(true);
    expect(data.person.district).not.toMatch(/^\d+$/);
  });

  test('shows exactly the fields that are named, special-category ones too', async () => {
    const tools = await useTools();
    const { data } = await tools.call('get_person', { id: 1, fields: ['religion', 'Postcode'] });
    expect(data.person).toEqual({ id: 1, name: 'John Smith', religion: 'Christian', postcode: 'QE1 4AB' });
  });

  test('is one request when the lists are known', async () => {
    const tools = await useTools();
    await tools.call('get_person', { id: 1 });
    tools.newRequests();
    await tools.call('get_person', { id: 37 });
    expect(tools.newRequests()).toHaveLength(1);
  });

  test.each([4, 0, 999_999])('of id %d, which nobody has, is a clear answer', async id => {
    const tools = await useTools();
    const { isError, text } = await tools.call('get_person', { id });
    expect(isError).toBe(true);
    expect(text).toContain(`There is no person with id ${id}`);
  });

  test('without an id is refused', async () => {
    const tools = await useTools();
    expect((await tools.call('get_person')).text).toMatch(/^id is missing\./);
  });
});
