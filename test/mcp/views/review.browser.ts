import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Frame } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { answer } from '../../../scripts/views/answers.ts';
import type { Params } from '../../../scripts/views/shown.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { atEnd } from '../../support/lifetime.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { describeInBrowser, drawing, faultsOf, hostile, texts } from '../../support/views.ts';

const john = { first_name: 'John', surname: 'Smith', type: 'volunteer' };
const jo = { first_name: 'Jo', surname: 'Fairweather', type: 'Clients', date_of_birth: '1954-03-09' };

describeInBrowser('the review of create_person', host => {
  let sandbox: Sandbox;
  let before: number;
  const added = () => sandbox.people.length - before;

  beforeEach(async () => {
    sandbox = await useSandbox();
    before = sandbox.people.length;
  });

  /** What the built program answers to a host that draws views, and the view of it with that program behind it. */
  async function create(input: Params, env: Record<string, string> = {}) {
    const client = new Client({ name: 'host', version: '1' }, { capabilities: drawing });
    const start = { command: process.execPath, args: ['dist/cli.js'], env: { ...settingsFor(sandbox), ...env } };
    await client.connect(new StdioClientTransport(start));
    atEnd(() => client.close());
    const call = async (args: Params) => (await client.callTool({ name: 'create_person', arguments: args })) as Params;
    host().answerBy(async (_, { arguments: args }) => (args === undefined ? {} : await call(args as Params)));
    const result = await call(input);
    return { call, result, frame: await host().show({ view: 'review', input, result }) };
  }

  const tokenOf = ({ _meta, structuredContent }: Params) => ({
    told: (structuredContent as Params).confirm_token,
    alone: ((_meta as Params | undefined)?.['charitylog/review'] as Params | undefined)?.confirm_token,
  });

  test('shows what would be stored by names, and who may be there already', async () => {
    const { frame, result } = await create(john);
    expect(await frame.textContent('h1')).toBe('Add John Smith?');
    expect(await texts(frame, '.fields div')).toEqual(['First name\nJohn', 'Surname\nSmith', 'Type\nVolunteers']);
    const { candidates } = result.structuredContent as { candidates: Params[] };
    expect(await frame.locator('.candidates li').count()).toBe(candidates.length);
    expect((await texts(frame, '.candidates li'))[0]).toMatch(
      /^John Smith id 1\s+Clients, born 1948, QE1 4AB\s+Agrees: name/,
    );
  });

  test('adds by a click with the token that the assistant has, and tells it the outcome without what was stored', async () => {
    const { frame, result } = await create(john);
    const { told, alone } = tokenOf(result);
    expect(alone).toBeUndefined();
    await frame.click('text=Add as a new person');
    await frame.waitForSelector('text=John Smith was added');
    await expect.poll(() => host().asks.length).toBe(2);
    const id = sandbox.people.at(-1)?.id;
    const text = `The user clicked Add in the review view. Outcome: created, id ${id}.`;
    expect(host().asks).toEqual([
      ['tools/call', { name: 'create_person', arguments: { ...john, confirm_token: told } }],
      ['ui/update-model-context', { content: [{ type: 'text', text }] }],
    ]);
    expect(added()).toBe(1);
    expect(await frame.locator('button').count()).toBe(0);
    expect(await frame.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  test('adds after a dry run, too, without running dry again', async () => {
    const { frame } = await create({ ...jo, dry_run: true });
    expect(await texts(frame, '.fields dd')).toContain('9 Mar 1954');
    await frame.getByRole('button', { name: 'Add', exact: true }).press('Enter');
    await frame.waitForSelector('text=Jo Fairweather was added');
    expect(added()).toBe(1);
  });

  test.each([
    ['It is this person', 'It is the person with id 1, who is there already. Do not add a new record.'],
    ['Don’t add', 'Do not add this person.'],
  ])('says so when the person clicks "%s", and offers nothing more', async (button, text) => {
    const { frame } = await create(john);
    await frame.locator(`button:has-text("${button}")`).first().click();
    await expect.poll(() => host().asks).toEqual([['ui/message', { role: 'user', content: [{ type: 'text', text }] }]]);
    expect(await frame.locator('button').count()).toBe(0);
    expect(added()).toBe(0);
  });

  test('offers the choice again, with the new candidates, when its token is too old for them', async () => {
    const { frame, call } = await create(john);
    const { told } = tokenOf(await call({ ...john, type: 'Staff', dry_run: true }));
    await call({ ...john, type: 'Staff', confirm_token: told });
    await frame.click('text=Add as a new person');
    await frame.waitForSelector(`text=id ${sandbox.people.at(-1)?.id}`);
    await frame.waitForSelector('text=Look again, then decide.');
    expect(await frame.locator('text=Add as a new person').count()).toBe(1);
  });

  test('does not call it added where no answer comes', async () => {
    const { frame } = await create(john);
    host().answerBy(() => Promise.reject(new Error('gone')));
    await frame.click('text=Add as a new person');
    await frame.waitForSelector('text=Ask the assistant whether the person was added');
    expect(await frame.locator('button').count()).toBe(0);
  });

  test('shows how a create ended that needed no yes', async () => {
    const { frame } = await create(jo);
    expect(await frame.textContent('h1')).toBe('Jo Fairweather was added');
    expect(await frame.locator('button').count()).toBe(0);
  });

  const byView = { CHARITYLOG_CONFIRM: 'view' };

  test('alone has the token where only a click may add, and the token adds once', async () => {
    const { frame, result, call } = await create(jo, byView);
    const { told, alone: token } = tokenOf(result);
    expect(told).toBeUndefined();
    expect(JSON.stringify([result.content, result.structuredContent])).not.toContain(token);
    expect(result.structuredContent).toMatchObject({ status: 'needs_confirmation' });
    expect((await call(jo)).structuredContent).toMatchObject({ status: 'needs_confirmation' });
    expect(added()).toBe(0);
    await frame.getByRole('button', { name: 'Add', exact: true }).click();
    await frame.waitForSelector('text=Jo Fairweather was added');
    const again = await call({ ...jo, confirm_token: token });
    expect(again.structuredContent).toMatchObject({ status: 'created', next: expect.stringContaining('sent before') });
    expect(added()).toBe(1);
  });

  test('has the token of a dry run alone, too, where only a click may add', async () => {
    const { result, frame } = await create({ ...john, dry_run: true }, byView);
    const { told, alone } = tokenOf(result);
    expect([told, typeof alone]).toEqual([undefined, 'string']);
    await frame.click('text=Add as a new person');
    await frame.waitForSelector('text=John Smith was added');
  });

  const reviewed = (told: Params, payload: Params = john) =>
    answer(
      'review',
      john,
      { status: 'possible_duplicates', confirm_token: 'x', ...told },
      { 'charitylog/review': { payload } },
    );
  const candidate = {
    id: 1,
    name: 'John Smith',
    type: 'Clients',
    born: 1954,
    matches: 'same name',
    differs: 'different phone',
  };
  const many = Array.from({ length: 10 }, (_, n) => ({
    ...candidate,
    id: n + 1,
    url: 'https://example.org/',
    inactive: true,
  }));
  const fields = Object.fromEntries(Array.from({ length: 24 }, (_, n) => [`field_${n}`, 'a value']));
  test.each([
    ['nobody like them', { status: 'needs_confirmation' }, john],
    ['ten candidates', { candidates: many, further_candidates: 3 }, john],
    ['ten candidates and many fields', { candidates: many }, { ...john, ...fields }],
    [
      'hostile and long values',
      { candidates: [{ ...candidate, name: hostile, postcode: hostile }] },
      { ...john, notes: hostile.repeat(9) },
    ],
  ])('is accessible in both themes at each width: %s', async (_, told, payload) => {
    expect(await faultsOf(host(), reviewed(told, payload))).toEqual([]);
  });

  test('tells what is doubtful, and in which details a candidate agrees and differs', async () => {
    const told = { candidates: [{ ...candidate, matches: 'same name, same nhs_number' }] };
    const doubts = 'Only the keys could be compared, not the names.';
    const shown = reviewed(told);
    const _meta = { 'charitylog/review': { payload: john, doubts } };
    const frame = await host().show({ ...shown, result: { ...shown.result, _meta } });
    expect(await texts(frame, '.agrees, .differs')).toEqual([doubts, 'Agrees: name, NHS number', 'Differs: phone']);
  });

  test('shows all fields when the person wants them', async () => {
    const frame: Frame = await host().show(reviewed({ candidates: many }, { ...john, ...fields }), 320);
    await frame.click('text=Show all 27 fields');
    expect(await frame.locator('.fields div').count()).toBe(27);
  });
});
