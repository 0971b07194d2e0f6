import { describe, expect, test } from 'vitest';
import { parseRequiredFields } from '../../../src/settings/required-fields.ts';
import { useTools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: 'Volunteers' };
const required = (text: string) => ({ config: { requiredFields: parseRequiredFields(text) ?? [] } });
const posts = (lines: string[]) => lines.filter(line => line.startsWith('POST'));

describe("the charity's own minimum data set", () => {
  test('for all types is required in the schema, and asked for by name', async () => {
    const tools = await useTools({}, required('email;postcode'));
    const { tools: listed } = await tools.client.listTools();
    const schema = listed.find(tool => tool.name === 'create_person')?.inputSchema;
    expect(schema?.required).toEqual(['first_name', 'surname', 'email', 'postcode']);
    const { isError, text } = await tools.call('create_person', jo);
    expect(isError).toBe(true);
    expect(text).toMatch(/^email and postcode are missing\./);
  });

  test('of one type is asked for of that type only', async () => {
    const tools = await useTools({}, required('Volunteers=date_of_birth;email,Staff=mobile'));
    const { text } = await tools.call('create_person', { ...jo, email: 'jo@example.org' });
    expect(text).toMatch(/^date_of_birth is missing: this charity requires it of Volunteers\./);
    const carer = await tools.call('create_person', { ...jo, type: 'carer' });
    expect(carer.data.status).toBe('created');
  });

  test('without a type is that of type 1', async () => {
    const tools = await useTools({}, required('Clients=email'));
    const { text } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather' });
    expect(text).toMatch(/^email is missing/);
  });
});

describe('a new record with a doubtful value', () => {
  test.each([
    ['a date that is none', { date_of_birth: '1980-02-30' }, /date_of_birth/],
    ['a date in another order', { date_of_birth: '31/12/1980' }, /YYYY-MM-DD/],
    ['a date in short', { date_of_birth: '17.5.48' }, /YYYY-MM-DD/],
    ['a birth in the future', { date_of_birth: '2999-01-01' }, /date_of_birth/],
    ['an e-mail address', { email: 'jo@' }, /email/],
    ['a postcode', { postcode: 'EW1' }, /postcode/],
    ['a phone number', { mobile: '12345' }, /mobile/],
    ['an NHS number', { nhs_number: '999 123 4579' }, /check digit/],
  ])('(%s) is refused with the reason, which is told once, and nothing is sent', async (_, args, problem) => {
    const tools = await useTools();
    const { isError, text } = await tools.call('create_person', { ...jo, ...args });
    expect(isError).toBe(true);
    const [reason = '', ...rest] = text.split('\n');
    expect(reason).toMatch(problem);
    for (const name of Object.keys(args)) expect(rest.join('\n')).not.toContain(name);
    expect(posts(tools.newRequests())).toEqual([]);
  });

  test('is sent as written where it is fine, and a search is never checked so', async () => {
    const tools = await useTools();
    const fine = {
      date_of_birth: '1980-02-29',
      email: 'jo@example.org',
      postcode: 'qe1 4ab',
      mobile: '07700 900123',
      nhs_number: '943 476 5919',
    };
    const { data, text } = await tools.call('create_person', { ...jo, ...fine });
    expect(data?.stored_fields ?? text).toMatchObject(fine);
    expect((await tools.call('search_people', { nhs_number: '123', postcode: 'EW1' })).isError).toBe(false);
  });
});
