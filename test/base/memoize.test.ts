import { expect, test } from 'vitest';
import { memoizeFirst } from '../../src/base/memoize.ts';

test('short values are remembered, as far as there are so many; a long text never is', () => {
  const made: string[] = [];
  const lengthOf = memoizeFirst(2, (text: string) => {
    made.push(text);
    return text.length;
  });
  const long = 'x'.repeat(10_000);
  for (const text of [long, 'a', 'bc', 'def', long, 'a', 'bc', 'def']) expect(lengthOf(text)).toBe(text.length);
  expect(made).toEqual([long, 'a', 'bc', 'def', long, 'def']);
});
