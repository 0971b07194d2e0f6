import { describe, expect, test } from 'vitest';
import { foldSpelling } from '../../../src/base/spelling.ts';
import type { SandboxPerson } from '../../../src/sandbox/fields.ts';
import { type Tools, useTools } from '../../support/tools.ts';

const holding = (tools: Tools, isMeant: (person: SandboxPerson) => boolean) =>
  tools.sandbox.people.filter(isMeant).length;

describe.each(['folded', 'exact', 'contains'] as const)('on a system that compares texts as "%s"', texts => {
  const use = () => useTools({ people: 300, nameFilters: true, system: { texts } });

  test('a postcode district finds the people there, and no other district', async () => {
    const tools = await use();
    const district = tools.sandbox.people.find(({ postcode }) => postcode)?.postcode?.split(' ')[0] ?? '';
    const { data } = await tools.call('count_people', { postcode: district.toLowerCase() });
    expect(data.total).toBe(
      holding(tools, ({ postcode = '' }) => new RegExp(`^${district} ?\\d[A-Z]{2}$`).test(postcode)),
    );
    expect(data.total).toBeGreaterThan(0);
    expect(data.notes).toEqual(['Inactive people included.']);
  });

  test('a surname finds the doctor, and a note says how the field was read', async () => {
    const tools = await use();
    const doctor = tools.sandbox.people.find(({ gp_name }) => gp_name)?.gp_name ?? '';
    const surname = doctor.split(' ').at(-1) ?? '';
    const { data } = await tools.call('search_people', { gp_name: surname });
    expect(data.total).toBe(
      holding(tools, ({ gp_name = '' }) => foldSpelling(gp_name).includes(foldSpelling(surname))),
    );
    expect(data.notes.join(' ')).toMatch(
      /^gp_name (was looked for within what is recorded|may be compared as a whole)/,
    );
  });

  test.each([
    ['in brackets', (number: string) => number.replace(/^(\d{5}) /, '($1) ')],
    ['with dots', (number: string) => number.replaceAll(' ', '.')],
    ['with an en dash', (number: string) => number.replaceAll(' ', '–')],
    ['with a slash', (number: string) => number.replaceAll(' ', '/')],
    ['with its country', (number: string) => number.replace(/^0/, '+44 (0)')],
    ['in other groups', (number: string) => number.replace(/(\d{3})$/, ' $1')],
  ])('a phone number %s finds who has it', async (_, written) => {
    const tools = await use();
    const person = tools.sandbox.people.find(({ telephone }) => /^\d{5} \d{6}$/.test(telephone ?? ''));
    const { data, text } = await tools.call('search_people', {
      telephone: written(person?.telephone ?? ''),
      limit: 50,
    });
    expect(
      data?.people?.map(({ id }: { id: number }) => id),
      text,
    ).toContain(person?.id);
  });

  test('a part of a phone, an NHS number or an e-mail address finds who has it', async () => {
    const tools = await use();
    const digits = (value = '') => value.replace(/\D/g, '');
    const person = tools.sandbox.people.find(one => one.nhs_number && one.email && one.telephone);
    const end = digits(person?.telephone).slice(-4);
    const phones = await tools.call('count_people', { telephone: end });
    expect(phones.data.total).toBe(
      holding(tools, ({ telephone }) => digits(telephone).startsWith(end) || digits(telephone).endsWith(end)),
    );
    const last = digits(person?.nhs_number).slice(-4);
    const numbers = await tools.call('count_people', { nhs_number: last });
    expect(numbers.data.total).toBe(holding(tools, ({ nhs_number }) => digits(nhs_number).includes(last)));
    const local = person?.email?.split('@')[0]?.toUpperCase() ?? '';
    const addresses = await tools.call('count_people', { email: local });
    expect(addresses.data.total).toBe(
      holding(tools, ({ email = '' }) => email.toLowerCase().includes(local.toLowerCase())),
    );
  });
});

describe('a postcode of another form', () => {
  test.each([
    ['P17 A293', 'P17A293'],
    ['P17A293', 'P17 A293'],
    ['FIQQ 1ZZ', 'FIQQ1ZZ'],
    ['GIR 0AA', 'gir0aa'],
    ['QE1 4AB', 'QE1\u00A04AB'],
    ['qe14ab', 'QE1 4AB'],
  ])('%s is found as %s', async (stored, asked) => {
    const tools = await useTools();
    tools.sandbox.misbehave({ kind: 'json', value: [], path: '/postcode/' });
    const everybody = [stored, 'QM2 9ZZ'].map((postcode, n) => ({
      ...{ id: n + 1, first_name: 'Ines', surname: 'Quarmby', type: '1', active: 'Y', postcode },
    }));
    tools.sandbox.misbehave({ kind: 'json', value: everybody, path: '/clients/field/' });
    const { data } = await tools.call('search_people', { postcode: asked });
    expect(data.people.map(({ id }: { id: number }) => id)).toEqual([1]);
  });
});

test('nobody is nobody, in two requests at most', async () => {
  const tools = await useTools();
  await tools.call('search_people', { email: 'x@example.org' });
  tools.newRequests();
  const { data } = await tools.call('search_people', { email: 'nobody@example.org' });
  expect(data).toEqual({ total: 0, people: [], applied_filters: { email: 'nobody@example.org' } });
  expect(tools.newRequests().length).toBeLessThanOrEqual(2);
});
