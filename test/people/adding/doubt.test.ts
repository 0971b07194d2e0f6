import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

/** Answers that look right and aren't: each must be told as what it is. */
describe('an answer that may be wrong is not given', () => {
  test('at an address where everything is 404, nobody is not "nobody"', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'status', status: 404 });
    for (const [tool, args] of [
      ['search_people', { name: 'Smith' }],
      ['count_people', {}],
      ['get_person', { id: 1 }],
    ] as const) {
      const { isError, text } = await tools.call(tool, args);
      expect(isError).toBe(true);
      expect(text).toContain('CHARITYLOG_BASE_URL');
    }
  });

  test.each([
    ['a total above the people given', { total: 3, data: [{ id: 1 }] }],
    ['a next page', { data: [{ id: 1 }], next_page_url: 'https://api.example/2' }],
    ['several pages', { data: [{ id: 1 }], last_page: 9 }],
  ])('a part of an answer (%s) is refused', async (_, value) => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'json', value, path: '/field/' });
    const { isError, text } = await tools.call('count_people', {});
    expect(isError).toBe(true);
    expect(text).toContain('in pages');
  });

  test('a bad answer to the lists of fields is forgotten soon, and good lists outlast it', async () => {
    let now = 0;
    const tools = await useTools({}, { now: () => now });
    const release = tools.sandbox.misbehave({ kind: 'garbage', path: 'filterable_fields' });
    expect((await tools.call('search_people', { shoe_size: '8' })).isError).toBe(true);
    release();
    now += 31_000;
    expect((await tools.call('search_people', { shoe_size: '8' })).isError).toBe(false);
    tools.sandbox.misbehave({ kind: 'garbage', path: 'filterable_fields' });
    now += 600_000;
    expect((await tools.call('search_people', { shoe_size: '8' })).isError).toBe(false);
  });

  test('an empty dictionary is no dictionary', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'json', value: [], path: 'dictionary/extension_database/shoe_size' });
    tools.sandbox.misbehave({ kind: 'json', value: [], path: 'dictionary/organisations/shoe_size' });
    expect((await tools.call('search_people', { shoe_size: '8' })).isError).toBe(false);
  });

  test('a name without letters is refused', async () => {
    const tools = await useTools();
    expect((await tools.call('count_people', { name: "'" })).text).toMatch(/^name has no letters\./);
  });

  test("another person's id in the answer to a create is not taken for the new record's", async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'json', value: 1, method: 'POST' });
    const { data, text } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather', type: '1' });
    expect(data.status).toBe('unknown');
    expect(text).not.toContain('1948');
  });

  test('an error beside an id is looked up', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'json', value: { id: 9, errors: ['postcode not recognised'] }, method: 'POST' });
    const { data } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather', type: '1' });
    expect(data).toMatchObject({ status: 'unknown', next: expect.stringMatching(/^Do not send it again yet/) });
    expect(data.next).not.toMatch(/try again/i);
  });

  test('a person of several types is counted once in each outer group', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { by: ['gender', 'type'] });
    const women = tools.sandbox.people.filter(person => person.gender === 2).length;
    expect(data.groups.find((group: { value: string }) => group.value === 'Female').count).toBe(women);
  });

  test.each([
    ['by a field that tells people apart', 'count_people', { by: 'email' }, /email tells people apart/],
    ['with a blank filter', 'search_people', { district: '' }, /district is blank/],
    ['for inactive people', 'search_people', { inactive: true }, /give active: false/],
    [
      'by a date in another form',
      'search_people',
      { dbs_check_date: '17/05/2020' },
      /no filter on this .*where.*dbs_check_date is 17\/05\/2020/s,
    ],
    ['by name for one record', 'get_person', { name: 'Smith' }, /search_people finds by name/],
  ])('a question %s is answered with what is right', async (_, tool, args, text) => {
    const tools = await useTools();
    const answer = await tools.call(tool, args);
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(text);
  });
});

test('a create that the API does not take in this way names the settings', async () => {
  const tools = await useTools();
  tools.sandbox.misbehave({ kind: 'status', status: 405, method: 'POST' });
  const { isError, text } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather', type: '1' });
  expect(isError).toBe(true);
  expect(text).toMatch(/nothing was added.*CHARITYLOG_CREATE_METHOD=PUT/);
});

test.each<[string, object]>([
  ['to a question without filters', { kind: 'json', value: [] }],
  ['behind two byte order marks, which are passed over', { kind: 'garbage', body: '\uFEFF\uFEFF[]' }],
])('a dry run tells that nobody was shown %s, as the create does', async (_, fault) => {
  const tools = await useTools({ people: 5 });
  tools.sandbox.misbehave({ ...fault, path: '/clients/field/' } as never);
  const ines = { first_name: 'Ines', surname: 'Quarmby', type: 'Clients' };
  const { data } = await tools.call('create_person', { ...ines, dry_run: true });
  expect(data.next).toMatch(/^Charitylog showed nobody at all.*Ask the user/);
  expect((await tools.call('create_person', ines)).data.status).toBe('needs_confirmation');
});

test('a create that is answered by a fault that passes may have been made: it is looked up, and not told as refused', async () => {
  const tools = await useTools({ people: 5 });
  tools.sandbox.misbehave({ kind: 'error-200', message: 'Database connection timed out', method: 'POST' });
  const { data } = await tools.call('create_person', { first_name: 'Ines', surname: 'Quarmby', type: 'Clients' });
  expect(data.status).toBe('unknown');
});
