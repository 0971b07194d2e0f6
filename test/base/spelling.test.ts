import { expect, test } from 'vitest';
import { meantBy, nearest } from '../../src/base/spelling.ts';

const fields = [
  'main_language',
  'age_range',
  'marital_status',
  'employment_status',
  'created',
  'active',
  'type',
  'no_consent',
];

test.each([
  ['langauge', ['main_language'], 'main_language'],
  ['language', ['main_language'], 'main_language'],
  ['create', ['created'], 'created'],
  ['employmnet', ['employment_status'], 'employment_status'],
  ['status', ['marital_status', 'employment_status'], undefined],
  ['inactive', ['active'], undefined],
  ['not_type', ['type'], undefined],
  ['consent', ['no_consent'], undefined],
  ['phone', [], undefined],
])('%s is near to %j, and %s is meant', (text, near, meant) => {
  const found = nearest(text, fields);
  expect(found.slice(0, near.length)).toEqual(near);
  expect(meantBy(text, found)).toBe(meant);
});
