import { describe, expect, test } from 'vitest';
import { LocalLedger } from '../../../src/people/adding/local-ledger.ts';
import type { SandboxPerson } from '../../../src/sandbox/sandbox.ts';
import { useTools } from '../../support/tools.ts';

const ines = { first_name: 'Ines', surname: 'Quarmby', type: 'Volunteers' };

type Changes = { readonly [Name in keyof SandboxPerson]?: SandboxPerson[Name] | undefined };

/** A system that stores new people with these values, whatever was sent. */
async function storing(changes: Changes, ...given: Parameters<typeof useTools>) {
  const tools = await useTools({ people: 40, ...given[0] }, given[1]);
  const people = tools.sandbox.people as SandboxPerson[];
  people.push = (...added) => {
    for (const person of added) people[people.length] = { ...person, ...changes } as SandboxPerson;
    return people.length;
  };
  return tools;
}

const notAsSent = (...fields: string[]) => `Not stored as sent: ${fields.join(', ')}. Check the record in Charitylog.`;

describe('a choice that is stored as another one is told', () => {
  test.each<[string, Record<string, string>, Changes, Record<string, unknown>]>([
    ['consent', { consent: 'Refused' }, { consent: 401 }, { consent: 'Given in writing' }],
    ['gender', { gender: 'Female' }, { gender: 3 }, { gender: 'Male' }],
    ['main_language', { main_language: 'Polish' }, { main_language: 41 }, { main_language: 'English' }],
    ['type', {}, { type: [1] }, { type: 'Clients' }],
  ])('%s', async (name, args, changes, stored) => {
    const tools = await storing(changes);
    const { data } = await tools.call('create_person', { ...ines, ...args });
    const expected = { status: 'created', id: tools.sandbox.people.at(-1)?.id, stored_fields: stored };
    expect(data).toMatchObject({ ...expected, next: notAsSent(name) });
    const again = (await tools.call('create_person', { ...ines, ...args })).data;
    expect(again).toMatchObject({ ...expected, next: expect.stringContaining(notAsSent(name)) });
  });

  test('with a type besides the one that was sent', async () => {
    const tools = await storing({ type: [1, 7] });
    const { data } = await tools.call('create_person', ines);
    expect(data).toMatchObject({ stored_fields: { type: 'Clients; Volunteers' }, next: notAsSent('type') });
  });

  test('where it is shown in part, without its value', async () => {
    const tools = await storing({ consent: 401 }, {}, { maskedFields: ['consent'] });
    const { data, text } = await tools.call('create_person', { ...ines, consent: 'Refused' });
    expect(data).toMatchObject({ status: 'created', next: notAsSent('consent') });
    expect(text).not.toContain('Given');
  });

  test('and nothing of a field that is hidden', async () => {
    const tools = await storing({ consent: 401 }, {}, { hiddenFields: ['consent'] });
    const { data, text } = await tools.call('create_person', ines);
    expect(data.next).toBeUndefined();
    expect(text).not.toMatch(/consent|Given/);
  });

  test('and one that is stored by its name is as it was sent', async () => {
    const tools = await useTools({ people: 40 });
    const id = Math.max(...tools.sandbox.people.map(person => person.id)) + 1;
    const value = [{ id, ...ines, type: 'Volunteers', consent: 'Refused' }];
    tools.sandbox.misbehave({ kind: 'json', value, path: '/clients/id/' });
    const { data } = await tools.call('create_person', { ...ines, consent: 'Refused' });
    expect(data).toMatchObject({ status: 'created', id });
    expect(data.next).toBeUndefined();
  });
});

describe('a type that was sent, and is blank in the record', () => {
  test.each(['id', 'list', 'semicolon', 'comma'] as const)('is told (%s)', async type => {
    const tools = await storing({ type: undefined }, { system: { type } });
    const { data } = await tools.call('create_person', ines);
    expect(data).toMatchObject({ status: 'created', next: notAsSent('type') });
    expect(data.stored_fields.type).toBeUndefined();
  });
});

const ann = {
  first_name: 'Ann',
  surname: 'Quarmby',
  type: 'Volunteers',
  date_of_birth: '1951-03-02',
  mobile: '07700 900118',
  email: 'ann.quarmby@example.org',
  postcode: 'QM7 1XA',
};
const posts = ({ sandbox }: Awaited<ReturnType<typeof useTools>>) =>
  sandbox.requests.filter(({ method }) => method === 'POST').length;

describe('the one new record with the id that was answered is told as created, where one value is stored otherwise', () => {
  test.each<[string, Changes]>([
    ['date_of_birth', { date_of_birth: '1951-03-03' }],
    ['mobile', { mobile: '07700 900119' }],
    ['email', { email: 'anne.quarmby@example.org' }],
    ['postcode', { postcode: 'QM7 1XB' }],
    ['first_name', { first_name: 'Anne' }],
  ])('%s', async (name, changes) => {
    const tools = await storing(changes);
    const { data } = await tools.call('create_person', ann);
    const expected = { status: 'created', id: tools.sandbox.people.at(-1)?.id, stored_fields: changes };
    expect(data).toMatchObject({ ...expected, next: notAsSent(name) });
    const again = (await tools.call('create_person', ann)).data;
    expect(again).toMatchObject({ ...expected, next: expect.stringContaining(notAsSent(name)) });
    expect(posts(tools)).toBe(1);
  });
});

describe('it stays unknown, with what agrees and what differs,', () => {
  test('for a new record of another name', async () => {
    const tools = await storing({ first_name: 'Gwilym', surname: 'Tansley' });
    const { data } = await tools.call('create_person', ann);
    const id = tools.sandbox.people.at(-1)?.id;
    expect(data.status).toBe('unknown');
    expect(data.next).toContain(
      `Charitylog answered with id ${id}, which is new. As sent in it: type, date_of_birth, mobile,`,
    );
    expect(data.next).toContain('Otherwise or blank: first_name, surname.');
    expect(data.stored_fields).toBeUndefined();
  });

  test('for a near name without anything else that agrees', async () => {
    const tools = await storing({ first_name: 'Anne', surname: 'Quarmbey' });
    const { data } = await tools.call('create_person', { first_name: 'Ann', surname: 'Quarmby', type: 'Volunteers' });
    expect(data).toMatchObject({ status: 'unknown', next: expect.stringContaining('As sent in it: type. Otherwise') });
  });

  test('for a namesake who was there before', async () => {
    const tools = await useTools({ people: 40 });
    const namesake = { first_name: 'Ann', surname: 'Quarmby', date_of_birth: '1990-10-20', mobile: undefined };
    Object.assign(tools.sandbox.people[30] as object, namesake);
    const id = tools.sandbox.people[30]?.id;
    tools.sandbox.misbehave({ kind: 'json', value: { id }, method: 'POST' });
    const { data, text } = await tools.call('create_person', ann);
    expect(data).toMatchObject({
      status: 'unknown',
      next: expect.stringMatching(
        new RegExp(
          `id ${id}, which was there before\\. As sent in it: first_name, surname.*\\. Otherwise or blank: .*date_of_birth`,
        ),
      ),
    });
    expect(text).not.toContain('1990');
  });

  test('where the names could not be compared before', async () => {
    const tools = await storing({ date_of_birth: '1951-03-03' }, { system: { everybody: 'list' } });
    const { confirm_token } = (await tools.call('create_person', ann)).data;
    const { data } = await tools.call('create_person', { ...ann, confirm_token });
    const id = tools.sandbox.people.at(-1)?.id;
    expect(data).toMatchObject({
      status: 'unknown',
      next: expect.stringContaining(`id ${id}, which may have been there before.`),
    });
  });

  test('where another program adds the person at the same moment', async () => {
    const one = await storing({ date_of_birth: '1951-03-03' });
    const two = await useTools(one.sandbox, { ledger: new LocalLedger() });
    one.sandbox.misbehave({ kind: 'slow', ms: 400, method: 'POST' });
    const answers = await Promise.all([one.call('create_person', ann), two.call('create_person', ann)]);
    const ids = one.sandbox.people.filter(({ surname }) => surname === 'Quarmby').map(({ id }) => id);
    expect(ids).toHaveLength(2);
    const unknown = answers.filter(({ data }) => data.status === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    for (const { data } of unknown)
      expect(data.next).toContain(`New people of this name or key: ids ${ids.join(', ')}.`);
    for (const { data } of answers) if (data.status === 'created') expect(ids).toContain(data.id);
  });
});
