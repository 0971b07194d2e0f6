import { expect, test } from 'vitest';
import { type KnownField, knownFields } from '../../src/catalogue/known-fields.ts';
import { isSpecialByName } from '../../src/catalogue/meaning.ts';

test('every documented field whose name or label speaks of special-category data is marked so', () => {
  const fields = Object.entries<KnownField>(knownFields);
  const speaking = fields.filter(([name, { label }]) => isSpecialByName(`${name} ${label}`));
  expect(speaking.length).toBeGreaterThan(3);
  expect(speaking.filter(([, { special }]) => !special)).toEqual([]);
});
