import { expect, test } from 'vitest';
import { meaningOf } from '../../../src/catalogue/meaning.ts';
import { kindOf } from '../../../src/people/values/kinds.ts';

test.each([
  ['nhs_number', '9991234578', ['999 123 4578']],
  ['nhs_number', '999 123 4578', ['9991234578']],
  ['nhs_number', '12345', []],
  ['postcode', 'QE14AB', ['QE1 4AB']],
  ['postcode', 'qe1 4ab', ['QE14AB', 'QE1 4AB']],
  ['postcode', 'EC1A1BB', ['EC1A 1BB']],
  ['postcode', 'QE1', []],
  ['nhs_number', '999-123-4578', ['9991234578', '999 123 4578']],
  ['mobile', '07700900118', ['07700 900118', '+447700900118', '+44 7700 900118']],
  ['mobile', '+44 7700 900118', ['07700900118', '07700 900118', '+447700900118']],
  ['telephone', '020 7946 0001', ['02079460001', '+442079460001', '+44 20 7946 0001']],
  ['telephone', '01614960001', ['0161 496 0001', '+441614960001', '+44 161 496 0001']],
  ['telephone', '999', []],
  ['email', 'JSmith@Example.com', ['jsmith@example.com']],
  ['email', 'jsmith@example.com', []],
  ['gp_name', 'Dr 9991234578', []],
])('the other spellings of %s %j are %j', (field, text, others) => {
  const spellings = kindOf(meaningOf(field)).spellings(text);
  expect(spellings.filter(spelling => spelling !== text)).toEqual(others);
});
