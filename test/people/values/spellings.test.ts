import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningOf } from '../../../src/catalogue/meaning.ts';
import { kindOf } from '../../../src/people/values/kinds.ts';
import { codePoint } from '../../support/code-point.ts';

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

test.each([
  ['postcode', 'QM2', 'QM2 4AB', true],
  ['postcode', 'qm2', 'qm24ab', true],
  ['postcode', 'QM2', 'QM21 4AB', false],
  ['postcode', 'QM2', 'QM2', true],
  ['postcode', 'QM21', 'QM2 1AB', false],
  ['postcode', 'QM2 4', 'QM2 4AB', true],
  ['postcode', 'QM2 5', 'QM2 4AB', false],
  ['postcode', 'QM', 'QM2 4AB', true],
  ['postcode', 'Q', 'QM2 4AB', false],
  ['postcode', 'SW1', 'SW1A 1AA', true],
  ['postcode', '4AB', 'QM2 4AB', true],
  ['mobile', '0118', '0118 496 0123', true],
  ['mobile', '0118', '+44 118 496 0123', true],
  ['mobile', '0123', '01184960123', true],
  ['mobile', '9601', '01632 960123', false],
  ['mobile', '960123', '01632 960123 / 07700 900118', true],
  ['mobile', '07700 900118', '01632 960123 or (07700) 900 118', true],
  ['mobile', '+44 7700', '07700 900118', true],
  ['nhs_number', '4578', '999\u00A0123\u00A04578', true],
  ['email', '@Example.org', 'jo@example.org', true],
  ['email', 'mailto:jo@example.org', 'Jo@Example.org', true],
  ['email', 'jo.smith', 'josmith@example.org', false],
  ['gp_name', 'Patel', 'Dr R. Patel', true],
  ['gp_name', 'dr r patel', 'Dr R. Patel', true],
  ['external_id', '12', 'A-12', false],
  ['social_services_number', '123', '12 3', true],
])('%s asked for as %j finds %j: %j', (field, asked, stored, isFound) => {
  expect(kindOf(meaningOf(field)).finds(asked)(stored)).toBe(isFound);
});

test.each(['postcode', 'mobile', 'nhs_number', 'email', 'gp_name', 'external_id'])(
  'a %s finds itself, and no text crashes the test or takes long',
  field => {
    const kind = kindOf(meaningOf(field));
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), fc.string({ unit: codePoint }), (asked, stored) => {
        kind.finds(asked)(stored);
        kind.isWhole(asked);
      }),
    );
    for (const unit of ['a', '1', ' ', 'a1 ', '<', '@', '0044'])
      expect(typeof kind.finds(unit.repeat(20_000))(unit.repeat(20_000))).toBe('boolean');
  },
);
