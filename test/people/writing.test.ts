import { describe, expect, test } from 'vitest';
import { Writing } from '../../src/people/writing.ts';
import { useTools } from '../support/tools.ts';

const active = { name: 'active', kind: 'yes_no' } as const;
const seen = { name: 'last_seen_date', kind: 'date' } as const;

function learnt(...values: unknown[]): Writing {
  const writing = new Writing({ yesNo: undefined, dateFormat: undefined });
  for (const value of values) writing.note(active, value);
  return writing;
}

describe('yes and no are written', () => {
  test.each([
    ['as the manual has them, where nothing is known', [], 'Y', 'N'],
    ['as two records have them', ['1', '0'], '1', '0'],
    ['as numbers', [1, 1], '1', '0'],
    ['as words', ['Yes', 'Yes', 'No'], 'Yes', 'No'],
    ['as the manual has them, where one record alone differs', ['1'], 'Y', 'N'],
    ['as the manual has them, where records differ', ['1', '0', 'Y', 'N'], 'Y', 'N'],
    ['as the manual has them, where JSON has its own', [true, false, true], 'Y', 'N'],
    ['as the manual has them, where a value is neither', ['maybe', 'maybe'], 'Y', 'N'],
  ])('%s', (_, values, yes, no) => {
    const writing = learnt(...values);
    expect([writing.write(active, 'Y'), writing.write(active, 'N')]).toEqual([yes, no]);
    expect(writing.write({ name: 'surname', kind: 'text' }, 'Y')).toBe('Y');
  });

  test('as the setting says, whatever records have', () => {
    const writing = new Writing({ yesNo: ['ja', 'nein'], dateFormat: undefined });
    for (const value of ['1', '0']) writing.note(active, value);
    expect(writing.write(active, 'N')).toBe('nein');
  });
});

test('days are written as the records have them, or as the setting says', () => {
  const writing = learnt();
  expect(writing.write(seen, '2024-02-29')).toBe('2024-02-29');
  for (const day of ['17/05/1948', '0000-00-00', '01/02/1950']) writing.note(seen, day);
  expect(writing.write(seen, '2024-02-29')).toBe('29/02/2024');
  const set = new Writing({ yesNo: undefined, dateFormat: 'DD/MM/YYYY' });
  expect(set.write(seen, '2024-02-29')).toBe('29/02/2024');
});

test('a filter and a new record are sent as the records have it, and nobody notices', async () => {
  const tools = await useTools();
  const rows = ['1', '0', '1'].map((active, n) => ({
    id: n + 1,
    first_name: 'Ines',
    surname: 'Quarmby',
    type: '1',
    active,
  }));
  tools.sandbox.misbehave({ kind: 'json', value: rows, path: '/clients/field/' });
  await tools.call('search_people', {});
  tools.newRequests();
  const { data } = await tools.call('count_people', { active: true });
  expect(data.applied_filters).toEqual({ active: true });
  expect(tools.newRequests()[0]).toMatch(/^GET \/clients\/active\/1\//);
});
