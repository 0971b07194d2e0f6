import { describe, expect, test } from 'vitest';
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
