import { expect, test } from 'vitest';
import { otherSpellings } from '../../src/tools/spellings.ts';

test.each([
  ['nhs_number', '9991234578', ['999 123 4578']],
  ['nhs_number', '999 123 4578', ['9991234578']],
  ['nhs_number', '12345', []],
  ['postcode', 'QE14AB', ['QE1 4AB']],
  ['postcode', 'qe1 4ab', ['QE14AB', 'QE1 4AB']],
  ['postcode', 'EC1A1BB', ['EC1A 1BB']],
  ['postcode', 'QE1', []],
  ['mobile', '07700900118', ['07700 900118']],
  ['telephone', '01632 960014', ['01632960014']],
  ['email', 'JSmith@Example.com', ['jsmith@example.com']],
  ['email', 'jsmith@example.com', []],
  ['gp_name', 'Dr 9991234578', []],
])('the other spellings of %s %j are %j', (field, text, others) => {
  expect(otherSpellings(field, text)).toEqual(others);
});
