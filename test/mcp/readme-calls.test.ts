import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useTools } from '../support/tools.ts';

const rows = readFileSync('README.md', 'utf8').matchAll(/^\| (?<ask>.+) \| `(?<tool>\w+) (?<args>\{.+\})` \|$/gm);
const calls = [...rows].map(({ groups = {} }) => [groups.ask, groups.tool, groups.args] as [string, string, string]);

test('the README has sixteen calls', () => {
  expect(calls).toHaveLength(16);
});

test.each(calls)('%s', async (_, tool, args) => {
  const tools = await useTools({ people: 500 });
  const { isError, data, text } = await tools.call(tool, JSON.parse(args));
  expect(isError, text).toBe(false);
  expect(data.total + (data.similar ?? []).length).toBeGreaterThan(0);
  expect((data.notes ?? []).join()).not.toMatch(/was taken as|did not apply/);
});
