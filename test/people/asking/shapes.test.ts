import { describe, expect, test } from 'vitest';
import { namedSystems } from '../../support/named-systems.ts';
import { useTools } from '../../support/tools.ts';

type Tools = Awaited<ReturnType<typeof useTools>>;
const ids = ({ data }: { data: { people: { id: number }[] } }) => data.people.map(person => person.id);

/** Staff's questions and their answers, which must not depend on how the API answers. */
const cases: readonly (readonly [string, (tools: Tools) => Promise<void>])[] = [
  [
    'Which volunteers in Eastwick speak Polish?',
    async tools => {
      const answer = await tools.call('search_people', {
        type: 'volunteer',
        district: 'Eastwick',
        main_language: 'Polish',
      });
      expect(ids(answer)).toEqual([5, 6, 8]);
      expect(answer.data.people).toMatchObject([
        { name: 'Agnieszka Kowalska', type: 'Volunteers' },
        { name: 'Łukasz Wiśniewski', type: 'Carers; Volunteers' },
        { name: 'Małgorzata Nowak-Reid', type: 'Volunteers', inactive: true },
      ]);
    },
  ],
  [
    'Who are the O’Briens?',
    async tools => {
      const cast = [10, 11, 12, 13, 15, 16];
      for (const name of ["O'Brien", 'o’brien', 'OBRIEN', 'o brien']) {
        const answer = await tools.call('search_people', { name, limit: 50 });
        expect(ids(answer).filter(id => id < 40)).toEqual(cast);
      }
    },
  ],
  [
    'Whose NHS number is this, in another spelling?',
    async tools => {
      for (const nhs_number of ['999 123 4578', '9991234578']) {
        const answer = await tools.call('search_people', { nhs_number });
        expect(ids(answer)).toEqual([1, 2]);
        expect(answer.data.applied_filters.nhs_number.split('; ').sort()).toEqual(['999 123 4578', '9991234578']);
      }
    },
  ],
  [
    'Who lives at this postcode, written in lower case?',
    async tools => {
      expect(ids(await tools.call('search_people', { postcode: 'qe1 4ab' }))).toEqual([1, 2]);
    },
  ],
  [
    'How many people are in each district?',
    async tools => {
      const { data } = await tools.call('count_people', { by: 'district' });
      expect(data.total).toBe(tools.sandbox.people.length);
      expect(data.groups.find((group: { value: string }) => group.value === 'Eastwick').count).toBe(
        tools.sandbox.people.filter(person => person.district === 21).length,
      );
    },
  ],
  [
    'Who is person 5?',
    async tools => {
      const { data } = await tools.call('get_person', { id: 5 });
      expect(data.person).toMatchObject({
        id: 5,
        surname: 'Kowalska',
        type: 'Volunteers',
        district: 'Eastwick',
        main_language: 'Polish',
      });
    },
  ],
  [
    'Is anybody at this address?',
    async tools => {
      const { data } = await tools.call('search_people', { email: 'nobody@example.org' });
      expect(data).toEqual({ total: 0, people: [], applied_filters: { email: 'nobody@example.org' } });
    },
  ],
  [
    'Register Jo.',
    async tools => {
      const { data } = await tools.call('create_person', {
        first_name: 'Jo',
        surname: 'Fairweather',
        type: 'Befrienders',
        district: 'Millbeck',
      });
      expect(data).toEqual({
        status: 'created',
        id: tools.sandbox.people.at(-1)?.id,
        stored_fields: { first_name: 'Jo', surname: 'Fairweather', type: 'Befrienders', district: 'Millbeck' },
      });
    },
  ],
];

const systems = [
  ...Object.entries(namedSystems).map(([name, system]) => [`as the system "${name}"`, { system }] as const),
  ['with names as filters', { nameFilters: true }] as const,
  [
    'with name fields hidden from filters and known-as from records',
    { hideFilters: ['first_name', 'surname'], hideFields: ['known_as'] },
  ] as const,
];

describe.each(systems)('on a system that answers %s', (_, options) => {
  test.each(cases)('%s', async (_question, check) => {
    await check(await useTools(options));
  });
});
