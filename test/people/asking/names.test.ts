import { describe, expect, test } from 'vitest';
import { type Tools, useTools } from '../../support/tools.ts';

const everybody = [
  ['Mohammed', 'Khan'],
  ['Mohamed', 'Kahn'],
  ['Kathryn', 'Tansley'],
  ['William', 'Tansley-Moore'],
  ['Agnieszka', 'Kowalska'],
  ['Siân', 'O\u02BCDwyer'],
  ['Gwilym Huw', 'Tansley'],
  ['Ines', 'Quarmby'],
  ['Abdul', 'Choudhury'],
  ['John', 'Smith'],
  ['Eilidh', 'MacDonald'],
].map(([first_name, surname], n) => ({ id: n + 1, first_name, surname, type: '1', active: 'Y', deceased: 'N' }));

async function useEverybody(): Promise<Tools> {
  const tools = await useTools();
  tools.sandbox.misbehave({ kind: 'json', value: everybody, path: '/field/' });
  return tools;
}

const namesOf = (list: readonly { name: string }[] = []) => list.map(({ name }) => name);

describe('a receptionist asks for', () => {
  test.each([
    ['Mrs Quarmby', ['Ines Quarmby']],
    ['QUARMBY, Ines', ['Ines Quarmby']],
    ['Ines Quarmby MBE', ['Ines Quarmby']],
    ["sian o'dwyer", ['Siân O\u02BCDwyer']],
    ['gwilymtansley', ['Gwilym Huw Tansley']],
    ['Mac Donald', ['Eilidh MacDonald']],
    ['Smith; Quarmby', ['Ines Quarmby', 'John Smith']],
    ['Mr J. Smith', ['John Smith']],
  ])('%s, who is there', async (name, found) => {
    const tools = await useEverybody();
    const { data } = await tools.call('search_people', { name });
    expect(namesOf(data.people)).toEqual(found);
    expect(data.total).toBe(found.length);
    expect(data).not.toHaveProperty('similar');
    expect(data.applied_filters).toEqual({ name });
  });

  test.each([
    ['Muhammad Khan', ['Mohammed Khan', 'Mohamed Kahn']],
    ['Kate Tansley', ['Kathryn Tansley']],
    ['Bill Tansley', ['William Tansley-Moore', 'Gwilym Huw Tansley']],
    ['Agnieszka Kowalsky', ['Agnieszka Kowalska']],
    ["Shan O'Dwyer", ['Siân O\u02BCDwyer']],
    ['Abdul Chowdhury', ['Abdul Choudhury']],
    ['Jon Smyth', ['John Smith']],
    ['Helen Macdonald; Jon Smyth', ['Eilidh MacDonald', 'John Smith']],
    ['Qaurmby', ['Ines Quarmby']],
  ])('%s, whom nobody is called', async (name, near) => {
    const tools = await useEverybody();
    tools.newRequests();
    const { data } = await tools.call('search_people', { name });
    expect(data.total).toBe(0);
    expect(data.people).toEqual([]);
    expect(namesOf(data.similar).toSorted()).toEqual(near.toSorted());
    expect(data.similar[0]).toMatchObject({ id: expect.any(Number), type: 'Clients' });
    expect(data.notes[0]).toMatch(/^Nobody has that name\. similar has people whose names are near/);
    expect(tools.newRequests().filter(line => line.includes('/field/'))).toHaveLength(1);
  });

  test('somebody whom nobody is like: no similar, no note', async () => {
    const tools = await useEverybody();
    const { data } = await tools.call('search_people', { name: 'Xanthippe Vorderman' });
    expect(data).toEqual({ total: 0, people: [], applied_filters: { name: 'Xanthippe Vorderman' } });
  });

  test('a common name misspelt: the nearest five, and how many there are', async () => {
    const tools = await useTools({ people: 500 });
    const { data } = await tools.call('search_people', { name: 'Smiht' });
    const smiths = tools.sandbox.people.filter(({ surname = '' }) => /smith/i.test(surname)).map(({ id }) => id);
    expect(smiths).toEqual(expect.arrayContaining(data.similar.map((person: { id: number }) => person.id)));
    expect(data.similar).toHaveLength(5);
    expect(data.notes[0]).toMatch(/near, the nearest 5 of \d+; each may be somebody else\.$/);
  });
});

test('who is near has all else that was asked for, and single name fields count', async () => {
  const tools = await useTools({ people: 500 });
  const staff = await tools.call('search_people', { name: 'Smiht', type: 'Staff' });
  for (const { type } of staff.data.similar ?? []) expect(type).toContain('Staff');
  const byFields = await useTools({ people: 500, nameFilters: true });
  const { data } = await byFields.call('search_people', { surname: 'Smiht' });
  expect(data.total).toBe(0);
  expect(data.similar.every(({ name }: { name: string }) => /smith/i.test(name))).toBe(true);
});

test('a name that denies is refused for each of several, too', async () => {
  const tools = await useTools();
  expect((await tools.call('search_people', { name: '!Smith; !Jones' })).isError).toBe(true);
});
