import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const everybody = [
  { id: 1, first_name: 'Gwilym', surname: 'Tansley', type: '1', district: '21', active: 'Y', deceased: 'N' },
  { id: 2, first_name: 'Ines', surname: 'Quarmby', type: '7', district: '22', active: 'N', deceased: '' },
  { id: 3, first_name: 'Osric', surname: 'Fenwright', type: '7', district: '21', active: 'Y', deceased: '' },
  { id: 4, first_name: 'Carys', surname: 'Moore', type: '1', district: '', active: 'Y', deceased: 'Y' },
];
const people = (value: unknown, path = '/field/') => ({ kind: 'json', value, path }) as const;

describe('a filter that Charitylog does not apply', () => {
  test('is applied here, and a note says so', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave(people(everybody));
    const { data } = await tools.call('search_people', { type: 'Volunteers', district: 'Eastwick' });
    expect(data.people.map((person: { id: number }) => person.id)).toEqual([3]);
    expect(data.notes).toContain('Charitylog did not apply district as asked, so it was applied here.');
    expect((await tools.call('count_people', { type: 'Clients' })).data.total).toBe(2);
  });

  test('and asks for "no": a blank is no where nobody has one in words', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave(
      people(everybody.map(({ deceased, ...one }) => ({ ...one, deceased: deceased === 'Y' ? 'Y' : '' }))),
    );
    expect((await tools.call('count_people', { deceased: false })).data.total).toBe(3);
    tools.sandbox.misbehave(people(everybody));
    expect((await tools.call('count_people', { deceased: false, type: 'Clients' })).data.total).toBe(1);
  });

  test('because the system writes yes in its own way finds the people all the same', async () => {
    const tools = await useTools();
    const inNumbers = everybody.map(one => ({ ...one, active: one.active === 'Y' ? '1' : '0' }));
    tools.sandbox.misbehave(people([], '/active/'));
    tools.sandbox.misbehave(people(inNumbers, '/clients/field/'));
    expect((await tools.call('count_people', { active: true })).data.total).toBe(3);
    tools.newRequests();
    expect((await tools.call('count_people', { active: true })).data.total).toBe(3);
    expect(tools.newRequests()).toHaveLength(1);
  });

  test('but for the first of several values is noticed, and asked about once', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave(people(everybody.slice(0, 1), '/district/21;22/'));
    tools.sandbox.misbehave(people(everybody.slice(1, 2), '/district/22/'));
    tools.sandbox.misbehave(people(everybody, '/clients/field/'));
    const { data } = await tools.call('count_people', { district: 'Eastwick;Westbrook' });
    expect(data.total).toBe(3);
  });

  test('and whose field does not come is told as unproved', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave(people(everybody.map(({ district, ...one }) => one)));
    const { data } = await tools.call('count_people', { district: 'Eastwick' });
    expect(data.notes).toContain(
      'Charitylog does not show district, so whether it applied that filter could not be checked.',
    );
  });
});

test('a system that shows nobody without a filter is not told as empty', async () => {
  const tools = await useTools();
  tools.sandbox.misbehave(people([], '/clients/field/'));
  const { isError, text } = await tools.call('count_people', {});
  expect(isError).toBe(true);
  expect(text).toContain('shows nobody to a question without filters');
  const { data } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather', type: '1' });
  expect(data).toMatchObject({ status: 'needs_confirmation', next: expect.stringContaining('showed nobody at all') });
});
