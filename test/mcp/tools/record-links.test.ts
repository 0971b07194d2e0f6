import { expect, test } from 'vitest';
import { withLink } from '../../../src/people/asking/record-link.ts';
import { useTools } from '../../support/tools.ts';

const recordUrl = 'https://charity.example.org/index.php?page=client&id={id}';
const linkTo = (id: unknown) => `https://charity.example.org/index.php?page=client&id=${id}`;
const linked = () => useTools({}, { config: { recordUrl } });

test('each person who is found, or whose name is near, comes with the link to the record', async () => {
  const tools = await linked();
  const { people } = (await tools.call('search_people', { limit: 3 })).data;
  expect(people).toHaveLength(3);
  for (const { id, url } of people) expect(url).toBe(linkTo(id));

  await tools.call('create_person', { first_name: 'Gwilym', surname: 'Tansley', type: 'Clients' });
  const { data } = await tools.call('search_people', { name: 'Gwilim Tansley' });
  expect(data.total).toBe(0);
  expect(data.similar).toEqual([expect.objectContaining({ url: linkTo(data.similar[0].id) })]);
});

test('so does a record that is read, named fields or not, and as a resource', async () => {
  const tools = await linked();
  expect((await tools.call('get_person', { id: 5 })).data.person.url).toBe(linkTo(5));
  expect((await tools.call('get_person', { id: 5, fields: ['email'] })).data.person.url).toBe(linkTo(5));
  const { contents } = await tools.client.readResource({ uri: 'charitylog://people/5' });
  expect(JSON.parse((contents[0] as { text: string }).text).person.url).toBe(linkTo(5));
});

test('so do a new person, and those who may be the same', async () => {
  const tools = await linked();
  const ines = { first_name: 'Ines', surname: 'Quarmby', type: 'Clients', email: 'ines@example.org' };
  const { data } = await tools.call('create_person', ines);
  expect(data.url).toBe(linkTo(data.id));
  const again = { ...ines, postcode: 'ZZ1 1ZZ' };
  for (const args of [again, { ...again, dry_run: true }]) {
    const { candidates } = (await tools.call('create_person', args)).data;
    expect(candidates).toEqual([expect.objectContaining({ id: data.id, url: linkTo(data.id) })]);
  }
});

test('a field that the system itself calls url stays what it is', () => {
  const shown = { id: 5, name: 'Ines Quarmby', url: 'https://ines.example.org' };
  expect(withLink(shown, recordUrl)).toEqual(shown);
});

test('without the setting, nobody has a link', async () => {
  const tools = await useTools();
  expect((await tools.call('search_people', { limit: 1 })).data.people[0]).not.toHaveProperty('url');
});
