import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Page } from '../../../src/people/asking/page.ts';
import { RecentAnswers } from '../../../src/people/asking/recent-answers.ts';
import { useTools } from '../../support/tools.ts';

const reads = (lines: string[]) => lines.filter(line => line.includes('/field/'));

describe('later pages', () => {
  test('of the same question are not fetched again, and are the same as if they were', async () => {
    const tools = await useTools({ people: 40 });
    const first = await tools.call('search_people', { limit: 10 });
    const second = await tools.call('search_people', { limit: 10, cursor: first.data.next_cursor });
    expect(reads(tools.newRequests())).toHaveLength(1);
    tools.answers.clear();
    const again = await tools.call('search_people', { limit: 10, cursor: first.data.next_cursor });
    expect(reads(tools.newRequests())).toHaveLength(1);
    expect(again.data).toEqual(second.data);
  });

  test('are fetched again after a person was added', async () => {
    const tools = await useTools({ people: 40 });
    const first = await tools.call('search_people', { limit: 35 });
    await tools.call('create_person', { first_name: 'Jo', surname: 'Newcomer', type: '1' });
    const { data } = await tools.call('search_people', { limit: 10, cursor: first.data.next_cursor });
    expect(data.total).toBe(41);
    expect(data.people.at(-1)).toMatchObject({ name: 'Jo Newcomer' });
  });

  test('with other fields are fetched for themselves', async () => {
    const tools = await useTools({ people: 40 });
    const first = await tools.call('search_people', { limit: 35 });
    const second = await tools.call('search_people', { limit: 10, cursor: first.data.next_cursor, fields: ['email'] });
    expect(reads(tools.newRequests())).toHaveLength(2);
    expect(second.data.people.map((person: { id: number }) => person.id)).toEqual(
      tools.sandbox.people.slice(35).map(person => person.id),
    );
  });

  test('reach beyond what is kept', async () => {
    const tools = await useTools({ people: 620 });
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { data } = await tools.call('search_people', { limit: 50, ...(cursor && { cursor }) });
      seen.push(...data.people.map((person: { id: number }) => person.id));
      cursor = data.next_cursor;
    } while (cursor);
    expect(seen).toEqual(tools.sandbox.people.map(person => person.id));
    expect(reads(tools.newRequests())).toHaveLength(2);
  });
});

test('an answer is gone at its time, without anybody asking for it', async () => {
  const answers = new RecentAnswers({ forMs: 20 });
  answers.keep('who', { page: new Page(), similar: [], applied: {}, notes: [] });
  expect(answers.size).toBe(1);
  await expect.poll(() => answers.size).toBe(0);
});

test('an answer without a next page is not kept', async () => {
  const tools = await useTools({ people: 12 });
  await tools.call('search_people', { limit: 50 });
  expect(tools.answers.size).toBe(0);
});

describe('long texts', () => {
  const letters = 500_000;

  test('are cut and say so, and take no more memory than their beginning', async () => {
    const tools = await useTools({ people: 40, extraFields: 1 });
    for (const person of tools.sandbox.people) Object.assign(person, { extra_1: 'x'.repeat(letters) });
    const { data } = await tools.call('search_people', { fields: ['extra_1'], limit: 3 });
    expect(data.total).toBe(40);
    for (const { extra_1: text } of data.people) expect(text.length).toBeLessThan(letters / 10);
    expect(tools.answers.bytes).toBeLessThan(4 * letters);
  });

  test('of many fields make a page shorter, and the next ones go on where it ends', async () => {
    const tools = await useTools({ people: 30, extraFields: 24 });
    const texts = Array.from({ length: 8 }, (_, n) => `extra_${1 + 3 * n}`);
    const long = Object.fromEntries(texts.map(name => [name, 'y'.repeat(20_000)]));
    for (const person of tools.sandbox.people) Object.assign(person, long);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { data } = await tools.call('search_people', { fields: texts, limit: 20, ...(cursor && { cursor }) });
      expect(data.people.length).toBeGreaterThan(0);
      seen.push(...data.people.map((person: { id: number }) => person.id));
      cursor = data.next_cursor;
    } while (cursor);
    expect(seen).toEqual(tools.sandbox.people.map(person => person.id));
  });
});

test('a page holds the people with the smallest ids after its beginning, whatever their order', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 3000 }), { maxLength: 700 });
  fc.assert(
    fc.property(ids, fc.nat(3000), fc.integer({ min: 1, max: 50 }), (list, afterId, limit) => {
      const page = new Page({ id: afterId });
      for (const id of list) page.add({ id });
      const later = list.filter(id => id > afterId).sort((a, b) => a - b);
      expect(page.total).toBe(list.length);
      const shown = later.slice(0, limit).map(id => ({ id }));
      expect(page.slice({ id: afterId }, limit)).toEqual({
        people: shown,
        places: shown,
        hasMore: later.length > limit,
      });
    }),
    { numRuns: 1000 },
  );
});
