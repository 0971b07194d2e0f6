import { expect, test } from 'vitest';
import { openSandbox, refusal } from './helpers.ts';

const publishedFilters = `accommodation, active, age_range, blue_badge_holder, consent, county, deceased, district,
  employment_status, ethnicity, external_id, gender, gp_name, gp_surgery, id, main_disability, main_language, marital_status,
  nhs_number, people_in_household, postcode, preferred_communication_method, registered_disabled, religion, school,
  sexual_orientation, social_services_number, usual_support_worker`.split(/,\s+/);

test('every filter that the manual once published is one, and names are not', async () => {
  const { read } = await openSandbox();
  const filters: string[] = await read('/clients/filterable_fields');
  expect(publishedFilters).toHaveLength(28);
  expect(filters).toEqual(expect.arrayContaining([...publishedFilters, 'type', 'email', 'website_photo_consent']));
  expect(filters).not.toContain('surname');
});

test('every filter can be read, and more', async () => {
  const { read } = await openSandbox();
  const filters: string[] = await read('/clients/filterable_fields');
  const fields: string[] = await read('/clients/selectable_fields');
  expect(fields).toEqual(expect.arrayContaining([...filters, 'surname', 'date_of_birth', 'notes', 'updated']));
});

test('the staging area lists what it takes', async () => {
  const { read } = await openSandbox();
  const fields: string[] = await read('/external_referral/selectable_fields');
  expect(fields).toEqual(expect.arrayContaining(['org_type_id', 'source', 'referral_role', 'surname', 'email']));
  expect(fields).not.toContain('type');
});

test('extra fields are listed, filtered by, and have dictionaries when they are choices', async () => {
  const { sandbox, read, readIds } = await openSandbox({ extraFields: 60, people: 50 });
  const filters: string[] = await read('/clients/filterable_fields');
  expect(filters.filter(name => name.startsWith('extra_'))).toHaveLength(60);
  const [option] = await read('/dictionary/extension_database/extra_2');
  const expected = sandbox.people.filter(person => person.extra_2 === option.id).map(({ id }) => id);
  expect(expected).not.toEqual([]);
  expect(await readIds(`/clients/extra_2/${option.id}`)).toEqual(expected);
});

test('client types have the ids of the manual, and gaps', async () => {
  const { read } = await openSandbox();
  const types: { id: number; name: string }[] = await read('/dictionary/client_type');
  expect(types).toEqual(
    expect.arrayContaining([
      { id: 1, name: 'Clients' },
      { id: 7, name: 'Volunteers' },
      { id: 8, name: 'Staff' },
    ]),
  );
  expect(types).toHaveLength(8);
});

test.each([
  'branch',
  'organisations/district',
  'organisations/main_language',
  'extension_database/website_photo_consent',
])('dictionary/%s lists options, also within the whole dictionary', async path => {
  const { read } = await openSandbox();
  const options = await read(`/dictionary/${path}`);
  expect(options[0]).toEqual({ id: expect.any(Number), name: expect.any(String) });
  const everything = await read('/dictionary');
  expect(path.split('/').reduce((part, key) => part[key], everything)).toEqual(options);
});

test('options are searched by a part of their name', async () => {
  const { read } = await openSandbox();
  expect(await read('/dictionary/search/organisations/main_language/bengali')).toEqual([
    { id: 55, name: 'Bengali' },
    { id: 56, name: 'Bengali (Sylheti)' },
  ]);
  expect(await read('/dictionary/search/client_type/volun')).toEqual([{ id: 7, name: 'Volunteers' }]);
  expect(await read('/dictionary/search/branch/zzz')).toEqual([]);
});

test.each([
  'clients',
  'organisations/surname',
  'search/organisations/surname/a',
  'search',
  'extension_database/district',
])('dictionary/%s is unknown', async path => {
  const { call } = await openSandbox();
  expect((await refusal(call(`/dictionary/${path}`))).status).toBe(404);
});
