import { describe, expect, test } from 'vitest';
import { switches } from '../../../src/sandbox/sandbox.ts';
import { useTools } from '../../support/tools.ts';

describe('option names', () => {
  test.each([
    ['a whole name', { district: 'Eastwick' }, 'district/21', { district: 'Eastwick' }],
    ['an id', { district: '21' }, 'district/21', { district: 'Eastwick' }],
    ['case, spaces and punctuation', { district: ' st aldans ' }, 'district/52', { district: "St Aldan's" }],
    ['several names and ids', { district: 'Eastwick; 22' }, 'district/21;22', { district: 'Eastwick; Westbrook' }],
    ['a list', { district: ['Eastwick', 'Westbrook'] }, 'district/21;22', { district: 'Eastwick; Westbrook' }],
    ['the beginning of one name', { district: 'ashcombe' }, 'district/31', { district: 'Ashcombe Vale' }],
    ['a word of one name', { religion: 'buddhist' }, 'religion/10', { religion: 'Buddhist' }],
    [
      'a whole name that begins another',
      { main_language: 'Bengali' },
      'main_language/55',
      { main_language: 'Bengali' },
    ],
    ['the singular of a type', { type: 'trustee' }, 'type/15', { type: 'Trustees' }],
    [
      'an extension field',
      { website_photo_consent: 'no photos' },
      'website_photo_consent/108',
      { website_photo_consent: 'No photos' },
    ],
    ['an extension yes/no field', { first_aid_trained: true }, 'first_aid_trained/Y', { first_aid_trained: 'Y' }],
    [
      'an extension yes/no field in words',
      { first_aid_trained: 'yes' },
      'first_aid_trained/Y',
      { first_aid_trained: 'Y' },
    ],
  ])('%s: %j', async (_, args, pair, applied) => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { ...args, limit: 1 });
    expect(tools.newRequests().find(line => line.includes('/field/'))).toContain(`GET /clients/${pair}/field/`);
    expect(data.applied_filters).toEqual(applied);
  });

  test.each([
    [
      'no option',
      { district: 'Atlantis' },
      /district has no option "Atlantis"\. Options \(with ids\): Eastwick \(21\)/,
    ],
    ['a near miss', { district: 'Eastwik' }, /Did you mean Eastwick \(21\)\?/],
    [
      'several fits',
      { main_language: 'chinese' },
      /fits several options: Chinese \(Cantonese\) \(65\), Chinese \(Mandarin\) \(66\)/,
    ],
    ['an id that is none', { district: '999' }, /district has no option "999"/],
  ])('%s is an error with the choices, and nobody is asked for', async (_, args, problem) => {
    const tools = await useTools();
    const { isError, text } = await tools.call('search_people', args);
    expect(isError).toBe(true);
    expect(text).toMatch(problem);
    expect(tools.newRequests().filter(line => line.includes('/field/'))).toEqual([]);
  });

  test('a new record takes whole names only', async () => {
    const tools = await useTools();
    const jo = { first_name: 'Jo', surname: 'Smith', type: 'Clients' };
    const { data } = await tools.call('create_person', { ...jo, district: 'ashcombe vale', main_language: 'Welsh' });
    expect(data.stored_fields).toMatchObject({ district: 'Ashcombe Vale', main_language: 'Welsh' });
    const { isError, text } = await tools.call('create_person', { ...jo, district: 'ashcombe' });
    expect(isError).toBe(true);
    expect(text).toMatch(/district has no option "ashcombe"/);
  });

  test('where a dictionary lives is learnt once', async () => {
    const tools = await useTools();
    await tools.call('search_people', { website_photo_consent: 'No photos' });
    await tools.call('search_people', { website_photo_consent: 'Photos on the website' });
    const dictionaries = tools
      .newRequests()
      .filter(line => line.includes('dictionary') && !line.includes('client_type'));
    expect(dictionaries).toEqual(['GET /dictionary/extension_database/website_photo_consent']);
  });

  test('that the system does not tell are compared with what records hold', async () => {
    const tools = await useTools({ system: { dictionaries: 'missing' } });
    const named = await tools.call('count_people', { district: 'eastwick' });
    expect(named.data.total).toBe(tools.sandbox.people.filter(person => person.district === 21).length);
    expect(named.data.applied_filters).toEqual({ district: 'eastwick' });
    expect((await tools.call('search_people', { district: '21' })).isError).toBe(false);
  });

  test.each(switches.type)('types of nobody are refused, also where records have them as %s', async type => {
    const tools = await useTools({ system: { type, clientTypes: 'empty', resolveIds: 'ignored' } });
    const { isError, text } = await tools.call('count_people', { type: 'Clients', by: ['district'] });
    expect(isError).toBe(true);
    expect(text).toMatch(/^Nobody has "Clients" as type\. Records hold "\d/);
  });

  test('that no record holds are refused with what records hold', async () => {
    const tools = await useTools({ system: { dictionaries: 'missing', resolveIds: 'ignored' } });
    const { isError, text } = await tools.call('count_people', { consent: 'Yes' });
    expect(isError).toBe(true);
    expect(text).toMatch(/^Nobody has "Yes" as consent\. Records hold .*"401"/);
  });

  test('yes and no are what records write for them', async () => {
    const tools = await useTools({ system: { dictionaries: 'missing' } });
    const rows = ['Y', 'N', 'Y', ''].map((consent, n) => ({ id: n + 1, surname: 'Tansley', type: '1', consent }));
    tools.sandbox.misbehave({ kind: 'json', value: rows, path: '/field/' });
    expect((await tools.call('count_people', { consent: 'Yes' })).data.total).toBe(2);
  });

  test('an exact one is taken, and others of its kind are mentioned', async () => {
    const tools = await useTools();
    const { data } = await tools.call('count_people', { preferred_communication_method: 'letter' });
    expect(data.applied_filters).toEqual({ preferred_communication_method: 'Letter' });
    expect(data.notes).toContain('preferred_communication_method also has Letter in large print.');
  });

  test('come back as names, from the API or from the dictionary where it left ids', async () => {
    const tools = await useTools();
    const ask = () => tools.call('search_people', { id: '5', fields: ['district', 'main_language'] });
    expect((await ask()).data.people[0]).toMatchObject({ district: 'Eastwick', main_language: 'Polish' });
    expect(tools.newRequests().filter(line => line.includes('/dictionary/organisations'))).toEqual([]);
    const row = { id: 5, first_name: 'Agnieszka', surname: 'Kowalska', type: '7', district: '21', main_language: 45 };
    tools.sandbox.misbehave({ kind: 'json', value: [row], path: '/field/' });
    expect((await ask()).data.people[0]).toMatchObject({
      type: 'Volunteers',
      district: 'Eastwick',
      main_language: 'Polish',
    });
  });
});
