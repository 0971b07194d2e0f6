import { describe, expect, test } from 'vitest';
import { bounds } from '../../src/base/bounds.ts';
import { invalid } from '../../src/base/errors.ts';
import { isLarge, sentBytes } from '../../src/mcp/fitting.ts';
import { presented, toolError, toolResult } from '../../src/mcp/results.ts';
import { useTools } from '../support/tools.ts';

const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));
const rows = (count: number, text: string) =>
  Array.from({ length: count }, (_, n) => ({ id: n + 1, name: `Ines ${n}`, notes: text }));

describe('an answer that is larger than may be sent', () => {
  test.each([
    ['ASCII', 'n'],
    ['accents', 'é'],
    ['signs of other scripts', '葛'],
    ['emoji', '😀'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['line breaks', '\n'],
    ['halves of signs', '\ud83d'],
    ['control characters', '\u0001'],
  ])('of %s is cut to 64 kB, text and object together', (_, sign) => {
    for (const [count, length] of [
      [1, 1_000_000],
      [50, 500],
      [50, 20_000],
      [5_000, 10],
      [3, 20_000],
    ] as const) {
      const result = toolResult({ total: count, people: rows(count, sign.repeat(length)), notes: ['A note.'] });
      expect(bytesOf(result)).toBeLessThanOrEqual(bounds.answerBytes - 1_000);
      expect(result.structuredContent).toEqual(JSON.parse((result.content[0] as { text: string }).text));
    }
  });

  test('has its values cut before rows are left out, and says both', () => {
    const cut = presented({ total: 50, people: rows(50, 'n'.repeat(5_000)) }).object;
    expect(cut).toMatchObject({ total: 50, notes: [expect.stringContaining('are cut')] });
    expect(cut.people).toHaveLength(50);
    expect(cut.people).toMatchObject([
      { id: 1, notes: expect.stringMatching(/^n+… \(5,000 characters in all\)$/) },
      ...Array(49).fill({}),
    ]);
    const left = presented({ total: 5_000, people: rows(5_000, 'n'.repeat(300)) }).object;
    expect(left.notes).toEqual(expect.arrayContaining([expect.stringMatching(/^\d+ of 5000 fit in one answer/)]));
  });

  test('keeps what is told beside the rows', () => {
    const { object } = presented({
      person: { id: 7, notes: 'n'.repeat(1_000_000), surname: 'Quarmby' },
      next: 'Ask.',
      notes: ['First.'],
    });
    expect(object).toMatchObject({ person: { id: 7, surname: 'Quarmby' }, next: 'Ask.' });
    expect(object.notes).toContain('First.');
  });

  test('of one record with very many fields or a long list holds what fits', () => {
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`field ${n}`, n]));
    for (const person of [fields, { id: 7, list: Array(500_000).fill('x') }])
      expect(bytesOf(toolResult({ person }))).toBeLessThan(bounds.answerBytes);
  });
});

test('a usual answer stays as it is', () => {
  const usual = { total: 10, people: rows(10, 'A note.'), applied_filters: { name: 'Ines' } };
  expect(isLarge(usual)).toBe(false);
  expect(presented(usual)).toEqual({ text: JSON.stringify(usual), object: usual });
});

test('an answer that is taken for small is never larger than may be sent', () => {
  for (const sign of ['"', '\\', '葛', '\n', 'n']) {
    let value = { people: rows(1, '') };
    for (let length = 1; ; length += 500) {
      const next = { people: rows(1, sign.repeat(length)) };
      if (isLarge(next)) break;
      value = next;
    }
    expect(sentBytes(JSON.stringify(value))).toBeLessThan(bounds.answerBytes);
  }
});

test('an error is cut, and tells a few of many problems and how many there are', () => {
  expect(bytesOf(toolError(invalid('é'.repeat(1_000_000))))).toBeLessThan(bounds.answerBytes);
  const many = invalid(...Array.from({ length: 4_329 }, (_, n) => `Problem ${n}.`));
  expect(many.message).toMatch(/^Problem 0\.\n.*\nand 4,321 more$/s);
});

describe('pages of people with long values', () => {
  test('follow each other without a gap', async () => {
    const { call, sandbox } = await useTools({ people: 0 });
    const people = Array.from({ length: 60 }, (_, n) => ({
      id: n + 1,
      first_name: 'Ines',
      surname: `Quarmby ${n}`,
      gp_name: 'é'.repeat(9_000),
    }));
    sandbox.misbehave({ kind: 'json', path: '/clients/field/', value: people });
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { data } = await call('search_people', { fields: ['gp_name'], limit: 50, ...(cursor && { cursor }) });
      expect(data.total).toBe(60);
      seen.push(...data.people.map((person: { id: number }) => person.id));
      cursor = data.next_cursor;
    } while (cursor);
    expect(seen).toEqual(people.map(({ id }) => id));
  });
});
