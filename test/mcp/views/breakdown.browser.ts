import { expect, test } from 'vitest';
import { answer, groups } from '../../../scripts/views/answers.ts';
import type { Params } from '../../../scripts/views/shown.ts';
import { useTools } from '../../support/tools.ts';
import { describeInBrowser, faultsOf, hostile, texts } from '../../support/views.ts';

const counted = (input: Params, told: Params) => answer('breakdown', input, { applied_filters: {}, ...told });
const byDistrict = (list: readonly Params[]) => counted({ by: ['district'] }, { total: 99, groups: list });

describeInBrowser('the breakdown of count_people', host => {
  test('shows the numbers of the answer as bars, and as a table', async () => {
    const tools = await useTools();
    const input = { type: 'Volunteers', by: ['gender', 'type'], percent: true };
    const { data } = await tools.call('count_people', input);
    host().answerBy();
    const frame = await host().show(answer('breakdown', input, data));
    expect(await frame.textContent('h1')).toBe(`${data.total} people`);
    expect(await frame.textContent('.about')).toBe('Volunteers, by gender and type');
    const [first] = data.groups;
    expect((await texts(frame, '.bars li'))[0]?.split(/\s*\n\s*/)).toEqual([
      first.value,
      String(first.count),
      `${first.percent}%`,
    ]);
    await frame.click('text=Table');
    const [line, inner] = await texts(frame, 'tbody tr');
    expect(line?.split('\t')).toEqual([first.value, 'All', String(first.count), `${first.percent}%`]);
    const [within] = first.groups;
    expect(inner?.split('\t')).toEqual([first.value, within.value, String(within.count), `${within.percent}%`]);
  });

  test('asks for the people of the group that is clicked, by mouse and by keyboard', async () => {
    host().answerBy();
    const told = {
      total: 9,
      groups: [{ value: 'Eastwick', count: 9, groups: [{ value: '(not recorded)', count: 9 }] }],
    };
    const frame = await host().show(
      counted({ by: ['district', 'gender'] }, { ...told, applied_filters: { type: 'Clients', active: true } }),
    );
    await frame.click('text=Not recorded');
    await frame.getByRole('button', { name: /^Eastwick/ }).press('Enter');
    await expect.poll(() => host().asks.length).toBe(2);
    expect(host().asks).toEqual([
      ['ui/message', said('Clients who are active and whose district is “Eastwick” and gender is not recorded')],
      ['ui/message', said('Clients who are active and whose district is “Eastwick”')],
    ]);
  });

  test('shows hidden numbers as such, without a way to their people', async () => {
    const frame = await host().show(
      byDistrict([
        { value: 'A', count: '<5' },
        { value: 'B', count: 'suppressed' },
        { value: 'C', count: 7 },
      ]),
    );
    expect(await texts(frame, '.figures')).toEqual(['fewer than 5', 'hidden', '7']);
    expect(await frame.locator('.bars button').count()).toBe(1);
    expect(await frame.locator('.fill').count()).toBe(1);
  });

  test('has no button for what its host cannot do', async () => {
    const shown = { ...byDistrict(groups(3)), without: ['message', 'downloadFile'] };
    const frame = await host().show(shown);
    expect(await texts(frame, 'button')).toEqual(['Bars', 'Table', 'Copy as a table']);
  });

  test('has its host save all groups as CSV, in which nothing runs', async () => {
    host().answerBy();
    const frame = await host().show(byDistrict([...groups(60), { value: '=1+1, "x"', count: 2 }]));
    await frame.click('text=Save as CSV');
    await expect.poll(() => host().asks.length).toBe(1);
    const [[method, params] = ['', {}]] = host().asks;
    expect(method).toBe('ui/download-file');
    const [{ resource }] = params.contents as [{ resource: { text: string; mimeType: string } }];
    expect(resource.mimeType).toBe('text/csv');
    const lines = resource.text.split('\r\n');
    expect(lines[0]).toBe('\ufeffDistrict,People');
    expect(lines.at(-2)).toBe(`"'=1+1, ""x""",2`);
    expect(lines).toHaveLength(63);
  });

  test('copies all groups as a table and as text', async () => {
    await host().page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const frame = await host().show(byDistrict(groups(2)));
    await frame.click('text=Copy as a table');
    await frame.waitForSelector('text=Copied');
    const copied = await host().page.evaluate(
      `navigator.clipboard.read().then(async ([item]) =>
        Promise.all(['text/plain', 'text/html'].map(async type => (await item.getType(type)).text())))`,
    );
    const [plain, html] = copied as [string, string];
    expect(plain).toBe('District\tPeople\nEastwick\t61\nWestbrook\t54');
    expect(html).toContain('<td>Westbrook</td><td>54</td>');
  });

  test('shows many groups in pages, and all where its host gives it the whole window', async () => {
    host().answerBy();
    const full = { availableDisplayModes: ['inline', 'fullscreen'] as ('inline' | 'fullscreen')[] };
    const frame = await host().show({ ...byDistrict(groups(60)), context: full });
    const shown = await texts(frame, '.bars .name');
    expect(await frame.textContent('[role=group] span')).toBe(`1–${shown.length} of 60 groups`);
    await frame.click('text=Next');
    expect((await texts(frame, '.bars .name'))[0]).toBe(`District ${shown.length + 1}`);
    await frame.click('text=Previous');
    expect(await texts(frame, '.bars .name')).toEqual(shown);
    await frame.click('text=Full screen');
    await expect.poll(async () => (await texts(frame, '.bars .name')).length).toBe(50);
    expect(host().asks).toEqual([['ui/request-display-mode', { mode: 'fullscreen' }]]);
  });

  test('keeps the focus where it is when it is drawn anew', async () => {
    const frame = await host().show(byDistrict(groups(8)));
    await frame.getByRole('button', { name: 'Table', exact: true }).press('Enter');
    expect(await frame.evaluate('document.activeElement.textContent')).toBe('Table');
    expect(await frame.locator('[aria-pressed=true]').innerText()).toBe('Table');
  });

  test('moves nothing for people who want that', async () => {
    const frame = await host().show(byDistrict(groups(1)));
    const motion = () => frame.evaluate('getComputedStyle(document.querySelector(".fill")).transitionDuration');
    expect(await motion()).toBe('0s');
    await host().page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await motion()).not.toBe('0s');
    await host().page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test('tells an error as it is', async () => {
    const result = { isError: true, content: [{ type: 'text', text: 'There is no district "Estwick".' }] };
    const frame = await host().show({ view: 'breakdown', input: {}, result });
    expect(await frame.innerText('main')).toContain('There is no district "Estwick".');
  });

  const long = [
    { value: hostile, count: 12 },
    { value: 'x'.repeat(300), count: 3 },
    { value: 'حي الزيتون', count: 2 },
  ];
  test.each([
    ['one group', groups(1)],
    ['eight groups', groups(8)],
    ['sixty groups', groups(60)],
    ['hostile and long values', long],
  ])('is accessible in both themes at each width with %s, as bars and as a table', async (_, list) => {
    const shown = counted(
      { by: ['district', 'gender'], percent: true },
      {
        total: 2104,
        groups: list.map(group => ({ ...group, percent: 8.5, groups: [{ value: 'Female', count: 1, percent: 50 }] })),
        notes: [hostile],
      },
    );
    expect(await faultsOf(host(), shown)).toEqual([]);
    expect(await faultsOf(host(), shown, frame => frame.click('text=Table'))).toEqual([]);
  });

  test('takes the theme and the colours of its host, also when they change', async () => {
    const variables = { '--color-background-primary': 'rgb(1, 2, 3)' } as never;
    const frame = await host().show({ ...byDistrict(groups(1)), context: { theme: 'dark', styles: { variables } } });
    const back = () => frame.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await back()).toBe('rgb(1, 2, 3)');
    expect(await frame.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
    await host().page.evaluate('changeContext({ theme: "light" })');
    await expect.poll(() => frame.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light');
  });
});

function said(people: string): Params {
  return { role: 'user', content: [{ type: 'text', text: `Show the people of this group: ${people}.` }] };
}
