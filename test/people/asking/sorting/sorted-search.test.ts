import { describe, expect, test } from 'vitest';
import { type Tools, useTools } from '../../../support/tools.ts';

const collator = new Intl.Collator('en-GB', { numeric: true, ignorePunctuation: true });

async function everybody(tools: readonly Tools[], args: Record<string, unknown>) {
  const seen: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  for (let n = 0; n === 0 || cursor; n++) {
    const one = tools[n % tools.length] as Tools;
    const { data, text } = await one.call('search_people', { ...args, ...(cursor && { cursor }) });
    if (!data) throw new Error(text);
    seen.push(...data.people);
    cursor = data.next_cursor;
  }
  return seen;
}

describe('a sorted search', () => {
  test('goes up and down, pages of any process go on where the last one ended, and nobody is missing', async () => {
    const tools = [await useTools({ people: 620, system: { people: 'map' } }), await useTools({ people: 620 })];
    const people = tools[0]?.sandbox.people ?? [];
    for (const sign of [1, -1]) {
      const sort = sign > 0 ? 'surname' : '-surname';
      const expected = people.toSorted(
        (a, b) => sign * collator.compare(String(a.surname), String(b.surname)) || a.id - b.id,
      );
      const seen = await everybody(tools, { sort, limit: 50 });
      expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  });

  test.each(['iso', 'dmy', 'iso-time'] as const)('tells the last of one day by the time (%s)', async dates => {
    const tools = await useTools({ people: 40, system: { dates, people: 'map' } });
    const [first, second, third] = tools.sandbox.people.slice(5);
    Object.assign(first ?? {}, { created: '2026-11-24 23:59:00' });
    Object.assign(second ?? {}, { created: '2026-11-25 10:16:00' });
    Object.assign(third ?? {}, { created: '2026-11-25 10:52:00' });
    const { data } = await tools.call('search_people', { sort: '-created', limit: 2 });
    expect(data.people.map(({ id }: { id: number }) => id)).toEqual([third?.id, second?.id]);
  });

  test.each([
    ['array', 'heeded', 'iso'],
    ['map', 'ignored', 'dmy'],
    ['array', 'ignored', 'iso-time'],
  ] as const)(
    'is by what a field holds, however the system writes it: %s, %s, %s',
    async (people, resolveIds, dates) => {
      const tools = await useTools({ people: 80, system: { people, resolveIds, dates, wrap: 'data' } });
      const values = async (sort: string, field: string) => {
        const rows = await everybody([tools], { sort, fields: [field], limit: 50 });
        expect(rows).toHaveLength(tools.sandbox.people.length);
        const all = rows.map(row => row[field]);
        const known = all.filter(value => value !== undefined);
        // Who has no value comes last, both ways.
        expect(all.slice(0, known.length)).toEqual(known);
        return known as string[];
      };
      const day = (text: string) => (text.includes('/') ? text.split('/').reverse().join('-') : text.slice(0, 10));
      const born = (await values('age', 'date_of_birth')).map(day);
      expect(born.length).toBeGreaterThan(20);
      expect(born).toEqual(born.toSorted().reverse());
      const district = await values('-district', 'district');
      expect(new Set(district).size).toBeGreaterThan(3);
      expect(district).toEqual(district.toSorted((a, b) => collator.compare(b, a)));
      const sizes = await values('people in household desc', 'people_in_household');
      expect(sizes.map(Number)).toEqual(sizes.map(Number).toSorted((a, b) => b - a));
    },
  );

  test('asks for the field, and shows it of nobody', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { type: 'Carers', sort: 'religion', limit: 3 });
    expect(tools.newRequests().filter(line => line.includes('/field/'))).toEqual([
      'GET /clients/type/3/field/id;first_name;surname;type;active;deceased;religion/?resolveIds[]=ALL',
    ]);
    expect(JSON.stringify(data.people)).not.toContain('religion');
  });

  test('of a hidden field is refused as of an unknown one', async () => {
    const tools = await useTools({}, { hiddenFields: ['sensitive', 'date_of_birth'] });
    for (const sort of ['religion', '-date_of_birth', 'age', 'birthday']) {
      const { text, isError } = await tools.call('search_people', { sort });
      expect(isError).toBe(true);
      expect(text).toContain(`no field "${sort.replace('-', '')}"`);
    }
  });

  test('goes on with a cursor, and not where it is of another sort or no sort', async () => {
    const tools = await useTools({ people: 30 });
    const { data } = await tools.call('search_people', { sort: '-surname', limit: 5 });
    const cursor = data.next_cursor;
    expect((await tools.call('search_people', { sort: 'surname desc', limit: 5, cursor })).isError).toBe(false);
    for (const args of [{ sort: 'surname' }, {}, { sort: '-surname', type: 'Staff' }])
      expect((await tools.call('search_people', { ...args, cursor })).text).toMatch(/^cursor belongs to a search/);
  });

  test('goes on after somebody whose value has changed, or who is gone', async () => {
    const tools = await useTools({ people: 30 });
    const { data } = await tools.call('search_people', { sort: 'surname', limit: 10 });
    const last = tools.sandbox.people.find(({ id }) => id === data.people.at(-1).id);
    Object.assign(last as object, { surname: 'Aaaa' });
    tools.answers.clear();
    const next = await tools.call('search_people', { sort: 'surname', limit: 50, cursor: data.next_cursor });
    const ids = [...data.people, ...next.data.people].map(({ id }: { id: number }) => id);
    expect(ids.toSorted((a, b) => a - b)).toEqual(tools.sandbox.people.map(({ id }) => id));
  });

  test('of several pages is one request where the first is recent', async () => {
    const tools = await useTools({ people: 60 });
    await everybody([tools], { sort: 'surname', limit: 20 });
    expect(tools.newRequests().filter(line => line.includes('/field/'))).toHaveLength(1);
  });

  test('is told in the words of the call that does it where it is misspelt', async () => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { type: 'Staff', sort: 'surnme desc' });
    expect(text).toContain('Mended call: search_people {"type":"Staff","sort":"-surname"}');
    const said = await tools.call('search_people', { sort_by: 'age, oldest first', limit: 1 });
    expect(said.data.notes).toContain('sort "age, oldest first" was taken as -age.');
  });
});
