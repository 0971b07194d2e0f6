import { describe, expect, test } from 'vitest';
import { useTools } from '../support/tools.ts';

const contact = ['email', 'mobile', 'date_of_birth', 'postcode', 'nhs_number', 'main_language'];

/** A server that shows these fields in part, and the first person who has a value in all of them. */
async function useMasked() {
  const tools = await useTools({ people: 100 }, { maskedFields: contact });
  const person = tools.sandbox.people
    .map(one => ({ ...one }) as Record<string, unknown>)
    .find(one => contact.every(name => String(one[name] ?? '') !== ''));
  if (!person) throw new Error('nobody has all of these');
  return {
    ...tools,
    person,
    whole: contact.filter(name => name !== 'main_language').map(name => String(person[name])),
  };
}

describe('a masked field', () => {
  test('is shown in part in lists, records and resources, which say so', async () => {
    const { call, client, person, whole } = await useMasked();
    const found = await call('search_people', { id: person.id, fields: contact });
    expect(found.data.people[0]).toMatchObject({
      email: expect.stringMatching(/^\S\*\*\*@example\.\w+$/),
      mobile: expect.stringMatching(/^\*\*\* \*\*\* \d{4}$/),
      date_of_birth: String(person.date_of_birth).slice(0, 4),
      postcode: expect.stringMatching(/^[A-Z]{1,2}\d[A-Z\d]? \*\*\*$/),
      nhs_number: expect.stringMatching(/^\*\*\* \*\*\* \d{4}$/),
      main_language: '***',
    });
    expect(found.data.notes.join(' ')).toContain('Shown in part');
    const record = await call('get_person', { id: person.id });
    const resource = await client.readResource({ uri: `charitylog://people/${person.id}` });
    for (const text of [found.text, record.text, JSON.stringify(resource)]) {
      for (const value of whole) expect(text).not.toContain(value);
      expect(text).toContain('***');
    }
  });

  test('is searched and compared in full', async () => {
    const { call, person } = await useMasked();
    const { email, mobile, date_of_birth } = person;
    expect((await call('search_people', { email: String(email) })).data).toMatchObject({ total: 1 });
    const where = [`mobile is ${mobile}`, `date_of_birth is ${date_of_birth}`];
    expect((await call('search_people', { where })).data.people[0]).toMatchObject({ id: person.id });
    const again = { first_name: 'Ines', surname: 'Quarmby', email: String(email), dry_run: true };
    const { data } = await call('create_person', again);
    expect(data.candidates[0]).toMatchObject({ id: person.id, matches: 'same email' });
    expect(data.payload.email).toMatch(/^\S\*\*\*@/);
  });

  test('is shown in part of a new record, and no false difference is told', async () => {
    const { call, sandbox } = await useMasked();
    const added = { first_name: 'Gwilym', surname: 'Tansley', email: 'gwilym.tansley@example.org', type: 'Volunteers' };
    const { data } = await call('create_person', added);
    expect(data).toMatchObject({ status: 'created', stored_fields: { email: 'g***@example.org' } });
    expect(JSON.stringify(data)).not.toContain('Not stored as sent');
    expect(sandbox.people.find(({ id }) => id === data.id)).toMatchObject({ email: added.email });
  });

  test.each([
    ['main_language', /shown in part only/],
    ['date_of_birth:month', /Give date_of_birth:year/],
    ['postcode', /postcode:district or postcode:area/],
  ])('makes no groups by %s', async (by, problem) => {
    const { call } = await useMasked();
    expect(await call('count_people', { by: [by] })).toMatchObject({
      isError: true,
      text: expect.stringMatching(problem),
    });
  });

  test.each(['date_of_birth:year', 'age:10', 'postcode:district', 'postcode:area'])('makes groups by %s', async by => {
    const { call } = await useMasked();
    expect((await call('count_people', { by: [by] })).data.groups.length).toBeGreaterThan(1);
  });

  test('is told as such', async () => {
    const { call } = await useMasked();
    const { data } = await call('describe_fields', { search: 'mobile' });
    expect(data.fields).toContainEqual(expect.objectContaining({ name: 'mobile', masked: true }));
  });
});
