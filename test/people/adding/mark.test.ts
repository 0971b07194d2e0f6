import { describe, expect, test } from 'vitest';
import { check } from '../../../src/checking/check.ts';
import { reportText } from '../../../src/checking/report.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { useTools } from '../../support/tools.ts';

const gwilym = { first_name: 'Gwilym', surname: 'Tansley', type: 'Clients' };
const marked = (field: string, text: string) => useTools({}, { config: { createMark: { field, text } } });

test('the mark is written into each new record, and told', async () => {
  const tools = await marked('NOTES', 'Added by the assistant');
  const dry = await tools.call('create_person', { ...gwilym, dry_run: true });
  expect(dry.data.payload).toMatchObject({ notes: 'Added by the assistant' });
  const { data } = await tools.call('create_person', gwilym);
  expect(data).toMatchObject({ status: 'created', stored_fields: { notes: 'Added by the assistant' } });
  expect(tools.sandbox.people.find(({ id }) => id === data.id)?.notes).toBe('Added by the assistant');
});

test('a mark may be an option, or a yes', async () => {
  const option = await marked('consent', 'not yet asked');
  expect((await option.call('create_person', { ...gwilym, dry_run: true })).data.payload.consent).toBe('Not yet asked');
  const yes = await marked('first_aid_trained', 'no');
  expect((await yes.call('create_person', gwilym)).data.stored_fields.first_aid_trained).toBe('N');
});

test('two people of the same mark are two people', async () => {
  const tools = await marked('notes', 'Added by the assistant');
  await tools.call('create_person', gwilym);
  const { data } = await tools.call('create_person', { ...gwilym, first_name: 'Ines', surname: 'Quarmby' });
  expect(data.status).toBe('created');
});

describe('the field of the mark takes nothing else', () => {
  test('it is no argument that is published', async () => {
    const { client } = await marked('notes', 'Added by the assistant');
    const { tools } = await client.listTools();
    const properties = tools.find(({ name }) => name === 'create_person')?.inputSchema.properties;
    expect(Object.keys(properties ?? {})).toContain('consent');
    expect(Object.keys(properties ?? {})).not.toContain('notes');
  });

  test('another value is refused, with the call without it: it is never dropped without a word', async () => {
    const tools = await marked('notes', 'Added by the assistant');
    const { isError, text } = await tools.call('create_person', { ...gwilym, notes: 'Has a guide dog' });
    expect(isError).toBe(true);
    expect(text).toMatch(
      /^notes cannot be given: .*"Added by the assistant".*tell the user that "Has a guide dog" is not stored/,
    );
    expect(text).toContain(`Mended call: create_person ${JSON.stringify(gwilym)}`);
    expect(tools.newRequests().filter(line => line.startsWith('POST'))).toEqual([]);
  });

  test('the same value says nothing new', async () => {
    const tools = await marked('notes', 'Added by the assistant');
    const { data } = await tools.call('create_person', { ...gwilym, notes: 'added by the assistant' });
    expect(data).toMatchObject({ status: 'created', stored_fields: { notes: 'Added by the assistant' } });
  });

  test('where the charity requires that field, the mark is what is required', async () => {
    const config = {
      createMark: { field: 'notes', text: 'Added by the assistant' },
      requiredFields: [{ types: 'all', fields: ['notes'] }] as const,
    };
    const tools = await useTools({}, { config });
    expect((await tools.call('create_person', gwilym)).data.status).toBe('created');
  });
});

describe('a mark that this system cannot take stops every create, and check tells it', () => {
  test.each([
    ['nots', 'AI', /names nots, which cannot be written on this system/],
    ['created', 'today', /names created, which cannot be written/],
    ['email', 'ai@example.org', /names email, which tells people apart/],
    ['external_id', 'AI', /names external_id, which tells people apart/],
    ['postcode', 'ZZ1 1ZZ', /names postcode, which tells people apart/],
    ['consent', 'AI', /does not fit: consent .*AI/],
    ['dbs_check_date', 'today', /does not fit: dbs_check_date takes a date/],
    ['people_in_household', 'many', /does not fit: people_in_household takes a whole number/],
  ])('%s=%s', async (field, text, problem) => {
    const tools = await marked(field, text);
    const answer = await tools.call('create_person', gwilym);
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(problem);
    expect(tools.newRequests().filter(line => line.startsWith('POST'))).toEqual([]);
    const report = await check({ ...settingsFor(tools.sandbox), CHARITYLOG_CREATE_MARK: `${field}=${text}` }, {});
    expect(reportText(report)).toMatch(
      new RegExp(`failed +mark of new records +CHARITYLOG_CREATE_MARK ${problem.source}`),
    );
  });

  test('check says where a right one goes', async () => {
    const sandbox = await useSandbox();
    const report = await check({ ...settingsFor(sandbox), CHARITYLOG_CREATE_MARK: 'notes=AI' }, {});
    expect(reportText(report)).toMatch(/ok +mark of new records +written into notes/);
  });

  test('a hidden field takes none', async () => {
    const env = { CHARITYLOG_CREATE_MARK: 'notes=AI', CHARITYLOG_HIDDEN_FIELDS: 'Notes' };
    const report = await check(env, {});
    expect(reportText(report)).toContain('CHARITYLOG_CREATE_MARK must not name a field of CHARITYLOG_HIDDEN_FIELDS.');
  });
});

test('a person who is staged has the mark, too', async () => {
  const config = { createVia: 'external_referral', createMark: { field: 'notes', text: 'AI' } } as const;
  const tools = await useTools({}, { config });
  const { data } = await tools.call('create_person', { ...gwilym, dry_run: true });
  expect(data.payload).toMatchObject({ notes: 'AI' });
});
