import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const ines = { first_name: 'Ines', surname: 'Quarmby', type: 'Clients' };

/** What would be written of these arguments, and what is told of it. */
async function written(args: Record<string, unknown>) {
  const tools = await useTools();
  const { isError, text, data } = await tools.call('create_person', { ...ines, ...args, dry_run: true });
  return isError ? { text } : { payload: data.payload, notes: data.notes };
}

const told = (name: string) => [`Taken without characters that nobody sees: ${name}.`];

describe('what looks the same is written the same, and the answer says so', () => {
  test.each([
    ['a zero-width space in a name', 'first_name', 'In\u200Bes', 'Ines'],
    ['a byte order mark before it', 'first_name', '\uFEFFInes', 'Ines'],
    ['a no-break space behind it', 'first_name', 'Ines\u00A0', 'Ines'],
    ['marks of direction', 'surname', '\u202AQuarmby\u202C', 'Quarmby'],
    ['a soft hyphen', 'surname', 'Quarm\u00ADby', 'Quarmby'],
    ['no-break spaces between words', 'surname', 'van\u00A0der \u2009Berg', 'van der Berg'],
    ['a hyphen that keeps a line together', 'surname', 'Quarmby\u2011Moore', 'Quarmby-Moore'],
    ['a ligature, as PDFs have it', 'surname', 'Gri\uFB03ths', 'Griffiths'],
    ['the place of a picture', 'notes', 'photo \uFFFC', 'photo'],
    ['line breaks of other programs', 'notes', 'one\u0085two\vthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['a no-break space inside an e-mail address', 'email', 'ines\u00A0@example.org', 'ines@example.org'],
    ['a phone number between marks of direction', 'mobile', '\u202A07700\u00A0900\u2011118\u202C', '07700 900-118'],
    ['wide digits', 'mobile', '０７７００９００１１８', '07700900118'],
    ['joiners in an NHS number', 'nhs_number', '943\u2007476\u20605919', '943 4765919'],
    ['a day with other hyphens', 'date_of_birth', '\u200E1948\u201105\u201117', '1948-05-17'],
    ['an option', 'consent', 'Not\u00A0yet asked', 'Not yet asked'],
  ])('%s', async (_, name, given, right) => {
    expect(await written({ [name]: given })).toMatchObject({ payload: { [name]: right }, notes: told(name) });
  });

  test.each([
    ['a letter in two parts', 'Sia\u0302n', 'Si\u00E2n'],
    ['another', 'Zoe\u0308', 'Zo\u00EB'],
    ['a letter with two marks, in another order', 'Tha\u0302\u0323o', 'Th\u1EADo'],
    ['parts of Korean letters', '\u1112\u1161\u11AB', '\uD55C'],
  ])('%s is put together, and nothing was taken away', async (_, given, right) => {
    expect(await written({ first_name: given })).toEqual({ payload: { ...ines, first_name: right }, notes: undefined });
  });

  test('a letter in two parts beside what nobody sees is told', async () => {
    const given = 'Zoe\u0308\u200B';
    expect(await written({ first_name: given })).toMatchObject({
      payload: { first_name: 'Zo\u00EB' },
      notes: told('first_name'),
    });
  });

  test('a count is read through it', async () => {
    expect(await written({ people_in_household: '3\u200B' })).toMatchObject({ payload: { people_in_household: 3 } });
  });
});

describe('what a language needs stays', () => {
  test.each([
    ['a joiner in Persian', 'first_name', 'علی\u200Cرضا'],
    ['a joiner behind a vowel sign', 'first_name', 'علیُ\u200Cرضا'],
    ['a joiner in Hindi', 'first_name', 'क्\u200Dष'],
    ['a joiner in Sinhala', 'first_name', 'ශ්\u200Dරී'],
    ['the separator of a Mongolian vowel', 'first_name', 'ᠠ\u180Eᠠ'],
    ['letters that serve as apostrophes', 'surname', 'O\u02BCDwyer'],
    ['a Hawaiian letter', 'first_name', 'Kai\u02BBulani'],
    ['capitals that look garbled', 'first_name', 'JOÃO ÂNGELA'],
    [
      'a family, a heart and a flag',
      'notes',
      '👩\u200D👩\u200D👧 ❤\uFE0F \u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}',
    ],
    ['an Arabic sign around a number', 'notes', '\u06DD٣'],
    ['wide signs of Chinese', 'notes', '你好，（李）'],
  ])('%s', async (_, name, given) => {
    expect(await written({ [name]: given })).toEqual({ payload: { ...ines, [name]: given }, notes: undefined });
  });
});

test.each([
  ['a zero-width space', '\u200B'],
  ['a letter that is blank', '\u3164'],
  ['the blank of Braille', '\u2800'],
])('a name of nothing but %s is missing', async (_, given) => {
  expect((await written({ first_name: given })).text).toMatch(/^first_name is missing\./);
});

test('a value of nothing that is seen is not given, and told', async () => {
  expect(await written({ notes: '\u200B\u2060' })).toEqual({ payload: ines, notes: ['Blank, so not given: notes.'] });
});

describe('a name that came to harm on its way is asked about', () => {
  test.each([
    ['a lost letter', 'Si\uFFFDn'],
    ['half a character', 'Quarm\uD83Dby'],
    ['a letter that became a question mark', 'Si?n'],
    ['UTF-8 read as Latin letters', 'SiÃ¢n'],
    ['the same where a half of it is a soft hyphen', 'MartÃ\u00ADnez'],
    ['a sign escaped for HTML', 'O&#039;Dwyer'],
  ])('%s', async (_, given) => {
    expect((await written({ surname: given })).text).toMatch(
      /^surname has .*: ask how it is written, and give it anew\./,
    );
  });

  test('a question in notes is a question', async () => {
    const notes = 'Gwilym?Ask him & his sister; today';
    expect(await written({ notes })).toEqual({ payload: { ...ines, notes }, notes: undefined });
  });
});

test('what is staged reads as staff would read it', async () => {
  const tools = await useTools({}, { config: { createVia: 'external_referral' } });
  const { data } = await tools.call('create_person', {
    ...ines,
    type: 'volunteer',
    consent: 'not yet asked',
    dry_run: true,
  });
  expect(data.payload).toMatchObject({ org_type_id: 'Volunteers', consent: 'Not yet asked' });
});

describe('without a type, the default is named', () => {
  const { type: _, ...typeless } = ines;

  test('in a dry run, before a yes, and of what was created', async () => {
    const tools = await useTools({}, { config: { confirm: 'always' } });
    const dry = (await tools.call('create_person', { ...typeless, dry_run: true })).data;
    const asked = (await tools.call('create_person', typeless)).data;
    for (const { next } of [dry, asked])
      expect(next).toContain('No type is given: Charitylog would use its default, Clients.');
    const { data } = await tools.call('create_person', { ...typeless, confirm_token: asked.confirm_token });
    expect(data).toMatchObject({ status: 'created', next: expect.stringContaining('used its default: Clients.') });
  });

  test('a given type needs no word', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', { ...ines, dry_run: true });
    expect(data.next).not.toContain('default');
  });
});
