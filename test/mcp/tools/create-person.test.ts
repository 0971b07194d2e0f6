import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Smith' };
const posts = (lines: string[]) => lines.filter(line => line.startsWith('POST'));

describe('create_person', () => {
  test('sends ids, Y/N and texts, once, and reads back what was stored', async () => {
    const tools = await useTools();
    const args = { ...jo, type: 'befriender', email: 'jo@example.org', active: 'yes', people_in_household: '3' };
    const { data } = await tools.call('create_person', args);
    const post = tools.sandbox.requests.find(request => request.method === 'POST');
    expect(Object.fromEntries(new URLSearchParams(post?.body))).toEqual({
      ...jo,
      type: '12',
      email: 'jo@example.org',
      active: 'Y',
      people_in_household: '3',
    });
    expect(data).toMatchObject({ status: 'created', id: tools.sandbox.people.at(-1)?.id });
    expect(data.stored_fields).toMatchObject({ ...jo, type: 'Befrienders', email: 'jo@example.org', active: 'Y' });
    expect(data.next).toBeUndefined();
    expect(posts(tools.newRequests())).toHaveLength(1);
  });

  test('without a type leaves it to the API and says so', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', jo);
    expect(tools.sandbox.requests.find(request => request.method === 'POST')?.body).not.toContain('type');
    expect(data.stored_fields.type).toBe('Clients');
    expect(data.next).toBe('No type was given, so Charitylog used its default: Clients.');
  });

  test('takes last_name for surname and says so', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', { first_name: 'Jo', last_name: 'Smith', type: '1' });
    expect(data.notes).toEqual(['"last_name" was taken as surname.']);
  });

  test('keeps a name as it was written', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', {
      first_name: 'Seán-Zoë & Co',
      surname: "D'Souza; O'Brien=1",
      type: '1',
    });
    expect(data.stored_fields).toMatchObject({ first_name: 'Seán-Zoë & Co', surname: "D'Souza; O'Brien=1" });
  });

  test.each([
    ['a missing surname', { first_name: 'Jo' }, /^surname is missing\./],
    ['an unknown type', { ...jo, type: 'Wizard' }, /type has no option "Wizard"/],
    ['an unknown argument', { ...jo, emial: 'jo@example.org' }, /Did you mean email\?/],
    ['a control character', { ...jo, surname: 'Smi\u0007th' }, /surname has a control character/],
    ['a computed field', { ...jo, id: '7' }, /no argument "id"/],
  ])('%s is refused and nothing is written', async (_, args, problem) => {
    const tools = await useTools();
    const before = tools.sandbox.people.length;
    const { isError, text } = await tools.call('create_person', args);
    expect(isError).toBe(true);
    expect(text).toMatch(problem);
    expect(posts(tools.newRequests())).toEqual([]);
    expect(tools.sandbox.people).toHaveLength(before);
  });

  test.each([
    ['500', { kind: 'status', status: 500, body: 'html' }],
    ['a reset before the record was made', { kind: 'reset', stage: 'before-handling' }],
  ] as const)('answered by %s is "unknown", not an error, and is not sent again', async (_, fault) => {
    const tools = await useTools();
    tools.sandbox.misbehave({ ...fault, method: 'POST' });
    const { isError, data } = await tools.call('create_person', jo);
    expect(isError).toBe(false);
    expect(data.status).toBe('unknown');
    expect(data.id).toBeUndefined();
    expect(data.next).toContain('search_people');
    expect(posts(tools.newRequests())).toHaveLength(1);
  });

  test('a licence that only reads is a clear error', async () => {
    const tools = await useTools({ readOnlyLicence: true });
    const { isError, text } = await tools.call('create_person', jo);
    expect(isError).toBe(true);
    expect(text).toContain('licence is read-only');
  });

  test('a record that cannot be read back is still told as created', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'status', status: 403, path: '/clients/id/' });
    const { data } = await tools.call('create_person', { ...jo, type: '1' });
    expect(data).toMatchObject({ status: 'created', id: tools.sandbox.people.at(-1)?.id });
    expect(data.next).toContain('The record was created; do not create it again.');
  });

  test('what was not stored as sent is named', async () => {
    const tools = await useTools();
    const id = Math.max(...tools.sandbox.people.map(person => person.id)) + 1;
    tools.sandbox.misbehave({
      kind: 'json',
      value: [{ id, first_name: 'Jo', surname: 'SMITH', type: 1 }],
      path: '/clients/id/',
    });
    const { data } = await tools.call('create_person', { ...jo, type: '1' });
    expect(data.next).toBe('Not stored as sent: surname. Check the record in Charitylog.');
  });

  test('is not there under read-only', async () => {
    const tools = await useTools({}, { readOnly: true });
    const { tools: listed } = await tools.client.listTools();
    expect(listed.every(tool => tool.annotations?.readOnlyHint)).toBe(true);
    await expect(tools.call('create_person', jo)).rejects.toThrow('There is no tool "create_person" here');
  });
});

describe('what is written', () => {
  test('is without characters that nobody sees, and the answer says so', async () => {
    const tools = await useTools();
    const given = {
      first_name: 'Gwi\u200Blym',
      surname: 'Tansley',
      mobile: '07700\u00A0900\u00AD123',
      type: 'Volunteers',
    };
    const { data } = await tools.call('create_person', given);
    expect(data.stored_fields).toMatchObject({ first_name: 'Gwilym', mobile: '07700 900123' });
    expect(data.notes).toContain('Taken without characters that nobody sees: first_name, mobile.');
    expect(tools.sandbox.people.at(-1)).toMatchObject({ first_name: 'Gwilym', mobile: '07700 900123' });
  });

  test('keeps a joiner that a word needs', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', { first_name: 'می\u200Cنا', surname: 'Tansley', dry_run: true });
    expect(data.payload.first_name).toBe('می\u200Cنا');
    expect(data.notes).toBeUndefined();
  });

  test('is asked about where a character was lost', async () => {
    const tools = await useTools();
    const { isError, text } = await tools.call('create_person', { first_name: 'Zo\uFFFD', surname: 'Tansley' });
    expect({ isError, text }).toMatchObject({
      isError: true,
      text: expect.stringContaining('first_name has a \uFFFD'),
    });
  });

  test('is shown by a dry run as staff would read it, and what to do about somebody who may be there', async () => {
    const tools = await useTools();
    const { first_name, surname, date_of_birth } = tools.sandbox.people[4] as unknown as Record<string, string>;
    const known = { first_name, surname, date_of_birth, type: 'Volunteers', dry_run: true };
    const { data } = await tools.call('create_person', known);
    expect(data.payload.type).toBe('Volunteers');
    expect(data.next).toBe(
      'Nothing was added. One of the candidates may be this person: the user decides. If so, add nobody: use that ' +
        'record; where it lacks the type Volunteers, staff add it there in Charitylog, as nothing can be changed from here. ' +
        'If it is another, repeat the call without dry_run and with confirm_token.',
    );
  });
});
