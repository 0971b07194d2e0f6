import { expect, test } from 'vitest';
import { answer } from '../../../scripts/views/answers.ts';
import type { Params } from '../../../scripts/views/shown.ts';
import { useTools } from '../../support/tools.ts';
import { describeInBrowser, faultsOf, hostile, texts } from '../../support/views.ts';

const listed = (told: Params, input: Params = {}) =>
  answer('people', input, { applied_filters: {}, total: 1, ...told });
const person = { id: 12, name: 'Gwilym Tansley', type: 'Volunteers', date_of_birth: '1954-03-09' };

describeInBrowser('the people of search_people', host => {
  /** The view of a question, with the real server behind it. */
  async function search(input: Params) {
    const tools = await useTools();
    host().answerBy(async (_, params) => {
      const { name, arguments: args } = params as { name: string; arguments: Params };
      return name === undefined ? {} : await tools.client.callTool({ name, arguments: args });
    });
    const { data } = await tools.call('search_people', input);
    return { tools, data, frame: await host().show(answer('people', input, data)) };
  }

  test('are a table with the fields that are shown, as they are written in Britain', async () => {
    const frame = await host().show(listed({ people: [{ ...person, inactive: true, dog: false }], total: 1234 }));
    expect(await frame.textContent('h1')).toBe('1,234 people');
    expect(await texts(frame, 'thead th')).toEqual(['Name', 'Type', 'Date of birth', 'Dog']);
    expect(await texts(frame, 'tbody th, tbody td')).toEqual([
      'Gwilym Tansley id 12 Inactive',
      'Volunteers',
      '9 Mar 1954',
      'No',
      'Record',
    ]);
  });

  test('go on with calls of the view, of which the assistant learns only when the person wants it', async () => {
    const input = { type: 'Clients', fields: ['district'], limit: 3 };
    const { tools, frame, data } = await search(input);
    const all = await tools.call('search_people', { ...input, limit: 50 });
    const seen = await texts(frame, 'tbody th bdi, tbody th [dir]');
    expect(seen).toEqual(data.people.map(({ name }: { name: string }) => name));
    expect(await frame.locator('text=Tell the assistant').count()).toBe(0);
    await frame.click('text=Next');
    await frame.waitForSelector('text=Tell the assistant');
    const page = await texts(frame, 'tbody th [dir]');
    expect(page).toEqual(all.data.people.slice(3, 3 + page.length).map(({ name }: { name: string }) => name));
    expect(host().asks).toEqual([
      ['tools/call', { name: 'search_people', arguments: { ...input, limit: 20, cursor: data.next_cursor } }],
    ]);
    await frame.click('text=Tell the assistant');
    await frame.waitForSelector('text=The assistant knows');
    const [method, params] = host().asks[1] ?? ['', {}];
    expect(method).toBe('ui/update-model-context');
    const [{ text }] = params.content as [{ text: string }];
    expect(JSON.parse(text).shown_in_the_view.people).toEqual(all.data.people.slice(3, 3 + page.length));
  });

  test('are loaded once, however often the person clicks', async () => {
    const { frame } = await search({ type: 'Clients', limit: 3 });
    await frame.getByRole('button', { name: 'Next' }).dblclick();
    await frame.waitForSelector('text=Tell the assistant');
    const cursors = host().asks.map(([, params]) => (params.arguments as Params).cursor);
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  test('of a later page are not numbered as if they were the first', async () => {
    const frame = await host().show(listed({ people: [person], total: 30, next_cursor: 'y' }, { cursor: 'x' }));
    expect(await frame.textContent('[role=group]')).toBe('PreviousNext');
  });

  test('are sorted by a call of the view, up and down', async () => {
    const { frame, tools } = await search({ type: 'Volunteers', fields: ['date_of_birth'] });
    const first = async (sort: string) =>
      (await tools.call('search_people', { type: 'Volunteers', sort, limit: 1 })).data.people[0].name;
    await frame.selectOption('select', 'date_of_birth');
    await expect.poll(async () => (await texts(frame, 'tbody th [dir]'))[0]).toBe(await first('date_of_birth'));
    await frame.click('text=Last to first');
    await expect.poll(async () => (await texts(frame, 'tbody th [dir]'))[0]).toBe(await first('-date_of_birth'));
    expect(host().asks.map(([, params]) => (params.arguments as Params).sort)).toEqual([
      'date_of_birth',
      '-date_of_birth',
    ]);
    expect(await frame.inputValue('select')).toBe('date_of_birth');
  });

  test('have a way to the whole record, and to the web application where an address is set', async () => {
    host().answerBy();
    const url = 'https://charity.example.org/people/12';
    const frame = await host().show(listed({ people: [{ ...person, url }] }));
    await frame.click('text=Gwilym Tansley');
    await frame.getByRole('button', { name: 'Record of Gwilym Tansley' }).press('Enter');
    await expect.poll(() => host().asks.length).toBe(2);
    const text = 'Show the whole record of the person with id 12.';
    expect(host().asks).toEqual([
      ['ui/open-link', { url }],
      ['ui/message', { role: 'user', content: [{ type: 'text', text }] }],
    ]);
  });

  test('have no link that is anything but a web address', async () => {
    const frame = await host().show(listed({ people: [{ ...person, url: 'javascript:alert(1)' }] }));
    expect(await frame.locator('tbody th button').count()).toBe(0);
  });

  test('that are near are told as such', async () => {
    const frame = await host().show(listed({ total: 0, people: [], similar: [person] }, { name: 'Gwyllim' }));
    expect(await frame.innerText('main')).toMatch(/^0 people.*Similar names.*Gwilym Tansley/s);
  });

  test('tell where the host lets the view call nothing', async () => {
    host().answerBy(async () => ({ isError: true, content: [] }));
    const frame = await host().show(listed({ people: [person], total: 30, next_cursor: 'x' }));
    await frame.click('text=Next');
    await frame.waitForSelector('text=That did not work here. Ask the assistant instead.');
  });

  test('of any script are written in their own direction', async () => {
    const frame = await host().show(listed({ people: [{ ...person, name: 'ليلى حداد' }] }));
    expect(await frame.evaluate('getComputedStyle(document.querySelector("tbody th [dir]")).direction')).toBe('rtl');
  });

  const field = (n: number) => [`field_${n}`, 'somewhere long and far'];
  const wide = Object.fromEntries(Array.from({ length: 9 }, (_, n) => field(n)));
  const url = 'https://charity.example.org/people/12';
  test.each([
    ['one person', [person]],
    ['many people', Array.from({ length: 50 }, (_, n) => ({ ...person, id: n, url, deceased: true }))],
    ['many fields', Array.from({ length: 20 }, (_, n) => ({ ...person, id: n, ...wide }))],
    ['hostile and long values', [{ ...person, name: hostile, notes: hostile.repeat(9), email: 'x'.repeat(200) }]],
  ])('are accessible in both themes at each width: %s', async (_, people) => {
    const shown = listed({ people, total: 60, next_cursor: 'x', similar: [], notes: [hostile] });
    expect(await faultsOf(host(), shown)).toEqual([]);
  });
});
