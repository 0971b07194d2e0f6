import { describe, expect, test } from 'vitest';
import { useTools } from '../../../support/tools.ts';

/** The call that an error gives, ready to send. */
function mendedCall(text: string): Record<string, unknown> | undefined {
  const [, json] = /^Mended call: \w+ (\{.*\})$/m.exec(text) ?? [];
  return json === undefined ? undefined : JSON.parse(json);
}

describe('a filter that says more than a value is refused with the call that says it', () => {
  test.each([
    ['main_language', '!English', 'main_language is not English'],
    ['main_language', '-English', 'main_language is not English'],
    ['main_language', '<>English', 'main_language is not English'],
    ['main_language', '~English', 'main_language is not English'],
    ['main_language', 'not English', 'main_language is not English'],
    ['main_language', 'except English', 'main_language is not English'],
    ['main_language', 'anything but English', 'main_language is not English'],
    ['main_language', '!English;!Polish', 'main_language is not English;Polish'],
    ['main_language', 'none', 'main_language is blank'],
    ['type', '!Clients', 'type is not Clients'],
    ['type', '- volunteer', 'type is not Volunteers'],
    ['type', 'all but Staff', 'type is not Staff'],
    ['email', '(not recorded)', 'email is blank'],
    ['email', 'none', 'email is blank'],
    ['email', 'N/A', 'email is blank'],
    ['email', '*', 'email is not blank'],
    ['email', '!null', 'email is not blank'],
    ['email', '*@example.org', 'email ends with "@example.org"'],
    ['postcode', 'QE1*', 'postcode starts with QE1'],
    ['gp_name', 'not Patel', 'gp_name is not Patel'],
    ['gp_name', '%patel%', 'gp_name contains patel'],
    ['people_in_household', '>3', 'people_in_household > 3'],
    ['people_in_household', '3+', 'people_in_household >= 3'],
    ['people_in_household', '2-4', 'people_in_household 2..4'],
    ['people_in_household', 'blank', 'people_in_household is blank'],
    ['active', 'not recorded', 'active is blank'],
    ['active', '!yes', 'active is not yes'],
    ['age_range', '>65', 'age > 65'],
    ['age_range', '18-25', 'age 18..25'],
    ['shoe_size', '>= 6', 'shoe_size >= 6'],
    ['email', 'no', 'email is blank'],
    ['email', 'yes', 'email is not blank'],
    ['gp_name', 'not registered', 'gp_name is blank'],
    ['postcode', 'not QE1', 'postcode is not QE1'],
    ['name', '!Smith', 'surname is not Smith'],
    ['name', 'not Smith', 'surname is not Smith'],
    ['name', 'Smi*', 'surname starts with Smi'],
    ['name', '%khan%', 'surname contains khan'],
    ['name', '(not recorded)', 'surname is blank'],
  ])('%s: %j', async (argument, value, where) => {
    const tools = await useTools();
    const others = { district: 'Eastwick', limit: 5 };
    const { isError, text } = await tools.call('search_people', { ...others, [argument]: value });
    expect(isError).toBe(true);
    expect(mendedCall(text)).toEqual({ ...others, where: [where] });
    expect(tools.newRequests().filter(line => line.includes('/field/'))).toEqual([]);
    const right = await tools.call('search_people', mendedCall(text));
    expect(right.data.applied_filters).toEqual({ district: 'Eastwick', where: [where] });
  });

  test.each([
    ['date_of_birth', '1950..1959', 'date_of_birth 1950-01-01..1959-12-31'],
    ['date_of_birth', '> 1950-01-01', 'date_of_birth > 1950-01-01'],
    ['mobile', '(not recorded)', 'mobile is blank'],
    ['surname', '!Smith', 'surname is not Smith'],
  ])('also where it is filtered by names and dates: %s: %j', async (argument, value, where) => {
    const tools = await useTools({ nameFilters: true });
    const { text } = await tools.call('search_people', { [argument]: value });
    expect(mendedCall(text)).toEqual({ where: [where] });
  });

  test('beside the conditions that were given', async () => {
    const tools = await useTools();
    const { text } = await tools.call('count_people', { where: 'age >= 65', gender: '!Male', Email: 'jo@example.org' });
    expect(mendedCall(text)).toEqual({ email: 'jo@example.org', where: ['age >= 65', 'gender is not Male'] });
  });

  test.each([
    ['main_language', '!English;Polish'],
    ['main_language', '!Klingon'],
    ['name', 'not John Smith'],
    ['district', 'Eastwick;none'],
  ])('or, where no condition says it, without one: %s: %j', async (argument, value) => {
    const tools = await useTools();
    const { isError, text } = await tools.call('search_people', { [argument]: value });
    expect(isError).toBe(true);
    expect(text).toContain('says more than a value');
    expect(text).toContain('Example for search_people');
  });
});

describe('a value is a value, whatever signs and words it has', () => {
  test.each([
    [{ consent: 'Not yet asked' }, { consent: 'Not yet asked' }],
    [{ religion: 'no religion' }, { religion: 'No religion' }],
    [{ gender: 'Non binary' }, { gender: 'Non-binary' }],
    [{ website_photo_consent: 'No photos' }, { website_photo_consent: 'No photos' }],
    [{ age_range: '18-24' }, { age_range: '18-24' }],
    [{ name: 'Smith-Jones' }, { name: 'Smith-Jones' }],
    [{ name: 'Null' }, { name: 'Null' }],
    [{ email: 'not-me@example.org' }, { email: 'not-me@example.org' }],
    [{ shoe_size: '5-6' }, { shoe_size: '5-6' }],
    [{ gp_name: 'Nott' }, { gp_name: 'Nott' }],
    [{ social_services_number: 'SS-100' }, { social_services_number: 'SS-100' }],
  ])('%j', async (args, applied) => {
    const tools = await useTools();
    const { data, isError, text } = await tools.call('count_people', args);
    expect(isError, text).toBe(false);
    expect(data.applied_filters).toMatchObject(applied);
  });
});

describe('an error mends the call where it can', () => {
  test.each([
    ['an unknown argument', { relgion: 'Muslim', limit: 3 }, { religion: 'Muslim', limit: 3 }],
    ['an unknown option', { type: 'Volonteers', active: true }, { type: 'Volunteers', active: true }],
    ['one of several options', { district: 'Eastwick;Milbeck' }, { district: 'Eastwick; Millbeck' }],
    ['an unknown field to show', { name: 'Smith', fields: ['emial'] }, { name: 'Smith', fields: ['email'] }],
    ['a field of a condition', { where: ['relgion is Muslim'] }, { where: ['religion is Muslim'] }],
    ['two conditions in one', { where: ['age > 17 AND age < 26'] }, { where: ['age > 17', 'age < 26'] }],
    [
      'two conditions and a filter',
      { filter: 'email is not blank;mobile is not blank' },
      { where: ['email is not blank', 'mobile is not blank'] },
    ],
    [
      'conditions in a text',
      { where: '["relgion is Muslim ", "age > 5"]' },
      { where: ['religion is Muslim', 'age > 5'] },
    ],
    ['blank filters', { email: '', district: '', name: 'Smith' }, { name: 'Smith' }],
    ['what is no filter', { telephone: '01632 960014' }, { where: ['telephone is 01632 960014'] }],
    ['what is no filter and is blank', { telephone: '(not recorded)' }, { where: ['telephone is (not recorded)'] }],
    ['several mistakes', { relgion: 'Muslim', colour: 'red' }, undefined],
    ['nor one that may be the opposite', { type_not: 'Clients' }, undefined],
    ['nor an option that may be the opposite', { main_language: 'un-Welsh' }, undefined],
  ])('%s', async (_, args, mended) => {
    const tools = await useTools();
    const { isError, text } = await tools.call('search_people', args);
    expect(isError).toBe(true);
    expect(mendedCall(text)).toEqual(mended);
    if (mended) expect((await tools.call('search_people', mended)).isError).toBe(false);
  });

  test('and lists the arguments once, however many are unknown', async () => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { colour: 'red', qqq: 1, zzz: 2 });
    expect(text.match(/It takes:/g)).toHaveLength(1);
  });

  test('and names one rule for all blanks', async () => {
    const tools = await useTools();
    const { text } = await tools.call('search_people', { email: '', district: '', county: '', gender: '' });
    expect(text.split('\n')[0]).toMatch(/^email, district, county and 1 more are blank: leave out/);
    expect(mendedCall(text)).toEqual({});
  });

  test('ids of several people are searched for', async () => {
    const tools = await useTools();
    const { text } = await tools.call('get_person', { id: '5,30,37' });
    expect(text).toBe('get_person reads one person. For several: search_people {"id":"5;30;37"}');
    expect((await tools.call('search_people', { id: '5;30;37' })).data.total).toBe(3);
  });
});

test('options that a filter leaves out are not told as having nobody', async () => {
  const tools = await useTools();
  for (const args of [{ district: 'Eastwick;Millbeck' }, { where: ['district is not Eastwick'] }]) {
    const { data } = await tools.call('count_people', { by: ['district'], ...args });
    expect((data.notes ?? []).join()).not.toContain('further district options');
  }
});

describe('several values in one text are parted', () => {
  test.each([
    ['name', 'Smith or Jones', 'Smith;Jones'],
    ['name', 'Hughes, Jones or Taylor', 'Hughes;Jones;Taylor'],
    ['postcode', 'QE1 or QE2', 'QE1;QE2'],
    ['postcode', 'QE1, QE2', 'QE1;QE2'],
    ['id', '5,6', '5;6'],
  ])('%s: %j', async (argument, value, parted) => {
    const tools = await useTools();
    const { isError, text } = await tools.call('search_people', { [argument]: value });
    expect(isError).toBe(true);
    expect(mendedCall(text)).toEqual({ [argument]: parted });
    expect((await tools.call('search_people', mendedCall(text))).data.total).toBeGreaterThan(0);
  });
});

test.each([
  ['consent', 'not given'],
  ['consent', 'given'],
  ['main_disability', 'no disability'],
  ['ethnicity', 'non-white'],
  ['county', 'not Wickland'],
  ['employment_status', 'not employed'],
  ['religion', 'none'],
  ['gender', 'prefer'],
  ['name', 'QE1 4AB'],
  ['name', 'jo@example.org'],
])('%s: %j is no call of ours to mend: nothing is guessed', async (argument, value) => {
  const tools = await useTools();
  const { isError, text } = await tools.call('search_people', { [argument]: value });
  expect(isError).toBe(true);
  expect(text).not.toContain('Mended call');
});

test.each([
  ['consent', 'not given'],
  ['consent', 'not in writing'],
  ['gender', 'prefer'],
  ['main_disability', 'no disability'],
  ['type', 'ex-volunteer'],
])('nor for a new person, of whom the opposite would be stored: %s: %j', async (argument, value) => {
  const tools = await useTools();
  const { text } = await tools.call('create_person', { first_name: 'Ines', surname: 'Quarmby', [argument]: value });
  expect(text).toContain(`${argument} has no option`);
  expect(text).not.toContain('Mended call');
});

test('a word for a number is led to the fields that hold one', async () => {
  const tools = await useTools();
  expect((await tools.call('search_people', { phone: '07700 900205' })).text).toContain('may be telephone or mobile');
  const { text } = await tools.call('search_people', { fields: ['phone number'] });
  expect(text).toContain('Did you mean telephone or mobile?');
  expect((await tools.call('search_people', { page: 2 })).text).not.toContain('Mended call');
});

test('no token is made of what is no token', async () => {
  const tools = await useTools();
  const { text } = await tools.call('create_person', { first_name: 'Ines', surname: 'Quarmby', confirm: true });
  expect(text).toContain('Did you mean confirm_token');
  expect(text).not.toContain('Mended call');
});
