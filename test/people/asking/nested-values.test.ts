import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const secret = '943 476 5919';

/** Person 37 has this as its notes; what the tools tell of it. */
async function shown(notes: unknown, hiddenFields: string[] = ['nhs_number'], fields: string[] = ['notes']) {
  const tools = await useTools({ people: 40 }, { hiddenFields });
  Object.assign(tools.sandbox.people.find(({ id }) => id === 37) as object, { notes });
  const answers = [
    await tools.call('get_person', { id: 37, fields }),
    await tools.call('search_people', { id: '37', fields }),
  ];
  const { contents } = await tools.client.readResource({ uri: 'charitylog://people/37' });
  const counted = await tools.call('count_people', { id: '37', by: ['gp_surgery'] });
  return {
    text: [...answers.map(answer => answer.text), JSON.stringify(contents), counted.text].join('\n'),
    notes: answers[0]?.data.person.notes,
    told: answers[0]?.data.notes,
  };
}

describe('a hidden field is in no part of another value', () => {
  const record = { name: 'Gwilym Tansley', nhs_number: secret };
  test.each<[string, unknown]>([
    ['a list of records', [record]],
    ['a map of records', { mother: record, 12: { more: [{ deep: record }] } }],
    ['another spelling', [{ 'NHS Number': secret, nhsNumber: secret, NHSNUMBER: secret, nhs_number_2: secret }]],
    ['a longer name', [{ related_nhs_number: secret, clientNhsNumber: secret, clientnhsnumber: secret }]],
    ['a list of names and values', [{ field: 'nhs_number', value: secret }]],
    ['a list of labels and values', [{ label: 'NHS number', value: secret }]],
    ['a list of pairs', [['nhs_number', secret]]],
    ['JSON in a text', JSON.stringify([record])],
    ['JSON in a text in JSON', [{ raw: JSON.stringify({ raw: JSON.stringify(record) }) }]],
    ['long JSON in a text in JSON', JSON.stringify({ raw: JSON.stringify({ ...record, more: 'x'.repeat(40_000) }) })],
    ['JSON that is cut off', JSON.stringify([record]).slice(0, -8)],
    ['what PHP has serialised', `a:1:{s:10:"nhs_number";s:12:"${secret}";}`],
  ])('%s', async (_, value) => {
    const { text } = await shown(value);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.slice(0, 7));
  });

  test('at any depth, and what is beside it stays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.boolean(), async (depth, isList) => {
        let value: unknown = { nhs_number: secret, kin: 'Ines Quarmby' };
        for (let n = 0; n < depth; n++) value = isList ? [value] : { [`level ${n}`]: value };
        const { text } = await shown([value]);
        expect(text).not.toContain(secret);
        expect(text).toContain('Ines Quarmby');
      }),
      { numRuns: 15 },
    );
  });

  test('nor behind more names than can be judged, and the answer says so', async () => {
    const names = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`Key ${n}`, n]));
    for (const value of [[{ ...names, ...record }], JSON.stringify({ ...names, ...record })]) {
      const { text, told } = await shown(value);
      expect(text).not.toContain(secret);
      expect(told).toContainEqual(expect.stringMatching(/^Values with very many parts are shown in part/));
    }
  });

  test('nor in groups', async () => {
    const tools = await useTools({ people: 40 }, { hiddenFields: ['nhs_number'] });
    for (const person of tools.sandbox.people) {
      Object.assign(person, { gp_name: JSON.stringify({ nhs_number: secret, gp: 'Dr Tansley' }) });
    }
    const { text } = await tools.call('count_people', { by: ['gp_name'] });
    expect(text).toContain('Dr Tansley');
    expect(text).not.toContain(secret);
  });
});

test('nobody is found by a hidden part, or it could be guessed piece by piece', async () => {
  const tools = await useTools({ people: 40 }, { hiddenFields: ['nhs_number'] });
  const notes = JSON.stringify({ nhs_number: secret, kin: 'Ines Quarmby' });
  Object.assign(tools.sandbox.people.find(({ id }) => id === 37) as object, { notes });
  const foundBy = async (part: string) =>
    (await tools.call('count_people', { where: [`notes contains ${part}`] })).data.total;
  expect(await foundBy('Quarmby')).toBe(1);
  expect(await foundBy('943 476')).toBe(0);
});

test('a name that is JSON is not shown as one', async () => {
  const tools = await useTools({ people: 40 }, { hiddenFields: ['nhs_number'] });
  const surname = JSON.stringify({ nhs_number: secret });
  Object.assign(tools.sandbox.people.find(({ id }) => id === 37) as object, { surname });
  const { text, data } = await tools.call('search_people', { id: '37' });
  expect(text).not.toContain(secret);
  expect(data.people[0].name).toBe('Edith');
});

describe('special-category parts of a value', () => {
  const value = [{ name: 'Ines Quarmby', ethnicity: 'Secret', health: { diagnosis: 'Secret' } }];

  test('are left out, and the answer says so', async () => {
    const { text, told } = await shown(value, []);
    expect(text).not.toContain('Secret');
    expect(told).toContainEqual(
      'notes is shown without ethnicity, health: special-category data are shown only where fields names them.',
    );
  });

  test('come where the field is named', async () => {
    const { notes } = await shown(value, [], ['notes', 'ethnicity']);
    expect(notes).toEqual([{ name: 'Ines Quarmby', ethnicity: 'Secret' }]);
  });

  test('never come where all such fields are hidden', async () => {
    expect((await shown(value, ['sensitive'])).text).not.toMatch(/Secret|ethnicity/);
  });
});

test.each(['list', 'map'])('a %s that is nested 10,000 deep is cut, and its record is shown', async kind => {
  const [open, close] = kind === 'list' ? ['[', ']'] : ['{"a":', '}'];
  const tools = await useTools({ people: 40 });
  const body = `[{"id":37,"notes":${open.repeat(10_000)}1${close.repeat(10_000)}}]`;
  tools.sandbox.misbehave({ kind: 'garbage', body, path: '/clients/id/' });
  const { isError, text } = await tools.call('get_person', { id: 37, fields: ['notes'] });
  expect({ isError, text }).toMatchObject({ isError: false, text: expect.stringContaining('nested too deep') });
});

test('texts that only look as if they had parts stay as they are', async () => {
  for (const notes of ['[see the file]', '{', '[1, 2]', '{"likes": "tea"}', "[she said: 'call me']"]) {
    expect((await shown(notes)).notes).toBe(notes);
  }
});
