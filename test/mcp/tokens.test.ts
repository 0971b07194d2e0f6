import { countTokens } from 'gpt-tokenizer';
import { describe, expect, test } from 'vitest';
import { useTools } from '../support/tools.ts';

/** The definitions as a host hands them to a model. */
async function definitionTokens(extraFields: number): Promise<number> {
  const { client } = await useTools({ extraFields });
  const tools = (await client.listTools()).tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    input_schema: inputSchema,
  }));
  return countTokens(JSON.stringify({ instructions: client.getInstructions(), tools }));
}

describe('tokens (o200k)', () => {
  test('all definitions of an ordinary system take at most 1,800', async () => {
    expect(await definitionTokens(0)).toBeLessThanOrEqual(1800);
  });

  test('all definitions of a system with 150 fields more take at most 3,500', async () => {
    expect(await definitionTokens(150)).toBeLessThanOrEqual(3500);
  });

  test('a number takes at most 60', async () => {
    const { call } = await useTools();
    const answer = await call('count_people', { type: 'Volunteers', district: 'Eastwick' });
    expect(countTokens(answer.text)).toBeLessThanOrEqual(60);
  });

  test('a person of a list of 20 takes at most 30, all included', async () => {
    const { call } = await useTools();
    const answer = await call('search_people', { type: 'Clients', limit: 20 });
    expect(answer.data.people).toHaveLength(20);
    expect(countTokens(answer.text)).toBeLessThanOrEqual(20 * 30);
  });

  test('a group of a breakdown takes at most 15', async () => {
    const { call } = await useTools();
    const answer = await call('count_people', { type: 'Clients', by: 'district' });
    expect(countTokens(answer.text)).toBeLessThanOrEqual(answer.data.groups.length * 15);
    const nested = await call('count_people', { type: 'Clients', by: ['district', 'gender'] });
    const groups = nested.data.groups.flatMap((group: { groups: unknown[] }) => [group, ...group.groups]);
    expect(countTokens(nested.text)).toBeLessThanOrEqual(groups.length * 15);
  });

  test('a whole record takes at most 400', async () => {
    const { call } = await useTools();
    const answer = await call('get_person', { id: 37 });
    expect(countTokens(answer.text)).toBeLessThanOrEqual(400);
  });
});
