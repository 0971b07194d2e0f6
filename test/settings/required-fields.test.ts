import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  missingFields,
  parseRequiredFields,
  type RequiredFields,
  requiredForAll,
} from '../../src/settings/required-fields.ts';

function read(text: string): RequiredFields {
  const required = parseRequiredFields(text);
  if (!required) throw new Error(`malformed: ${text}`);
  return required;
}

describe('parseRequiredFields', () => {
  test.each<[string, RequiredFields]>([
    ['email', [{ types: 'all', fields: ['email'] }]],
    ['email;postcode', [{ types: 'all', fields: ['email', 'postcode'] }]],
    [
      'Volunteers=date_of_birth;email,Staff=email',
      [
        { types: ['Volunteers'], fields: ['date_of_birth', 'email'] },
        { types: ['Staff'], fields: ['email'] },
      ],
    ],
    [
      'surname;email,Volunteers=date_of_birth',
      [
        { types: 'all', fields: ['surname', 'email'] },
        { types: ['Volunteers'], fields: ['date_of_birth'] },
      ],
    ],
    ['7;Next of Kin=telephone', [{ types: ['7', 'Next of Kin'], fields: ['telephone'] }]],
    [
      ' email ; postcode , 7 = mobile ',
      [
        { types: 'all', fields: ['email', 'postcode'] },
        { types: ['7'], fields: ['mobile'] },
      ],
    ],
  ])('reads %j', (text, required) => {
    expect(parseRequiredFields(text)).toEqual(required);
  });

  test.each([
    '',
    ' ',
    ';',
    ',',
    '=',
    'email;',
    ';email',
    'email,',
    'email,,postcode',
    'Volunteers=',
    'Volunteers=;',
    '=email',
    '*=email',
    'Volunteers;=email',
    'Volunteers=email=postcode',
    'Volunteers: email',
    'date of birth',
    '-',
  ])('refuses %j', text => {
    expect(parseRequiredFields(text)).toBeUndefined();
  });

  test('any text is either refused or read into parts that have fields', () => {
    const piece = fc.constantFrom('email', 'Staff', '7', ';', ',', '=', ' ', ':', 'é', '😀');
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map(pieces => pieces.join('')),
    );
    fc.assert(
      fc.property(text, setting => {
        for (const { types, fields } of parseRequiredFields(setting) ?? []) {
          expect(types.length).toBeGreaterThan(0);
          expect(fields.length).toBeGreaterThan(0);
          expect(fields.join('')).not.toMatch(/[;,=\s]/);
        }
      }),
    );
  });
});

test('the fields for all are those of the parts without a type, each once', () => {
  expect(requiredForAll(read('email;postcode,Staff=mobile,email;surname'))).toEqual(['email', 'postcode', 'surname']);
  expect(requiredForAll(read('Staff=mobile'))).toEqual([]);
});

describe('missingFields', () => {
  const required = read('email,Volunteers=date_of_birth;email,8=mobile,Families;Next of Kin=telephone');

  test.each([
    ['a type that nothing is required for', ['1', 'Clients'], ['email']],
    ['no type', [], ['email']],
    ['a type by its name', ['7', 'Volunteers'], ['email', 'date_of_birth']],
    ['a type by its id', ['8', 'Staff'], ['email', 'mobile']],
    ['a type in the singular', ['7', 'volunteer'], ['email', 'date_of_birth']],
    ['a type whose singular is spelled otherwise', ['Family'], ['email', 'telephone']],
    ['a type in another case and spacing', ['NEXT-OF-KIN'], ['email', 'telephone']],
    ['an id that only begins like another', ['80'], ['email']],
    ['several types', ['7', 'Volunteers', '8', 'Staff'], ['email', 'date_of_birth', 'mobile']],
  ])('%s', (_, types, missing) => {
    expect(missingFields(required, types, new Set(['first_name', 'surname']))).toEqual(missing);
  });

  test.each([
    ['what is given', ['email', 'date_of_birth']],
    ['what is given under a name in another case', ['Email', 'Date_Of_Birth']],
  ])('%s is not missing', (_, given) => {
    expect(missingFields(required, ['Volunteers'], new Set(given))).toEqual([]);
  });

  test('nothing is missing where nothing is required', () => {
    expect(missingFields([], ['7', 'Volunteers'], new Set())).toEqual([]);
  });

  test('a record that is given what was missing misses nothing', () => {
    const fields = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1 });
    const part = fc.record({ types: fc.option(fc.constantFrom('Staff', '7'), { nil: undefined }), fields });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fields, (parts, given) => {
        const setting = parts.map(({ types, fields }) => (types ? `${types}=` : '') + fields.join(';')).join(',');
        const missing = missingFields(read(setting), ['7', 'Staff'], new Set(given));
        expect(missingFields(read(setting), ['7', 'Staff'], new Set([...given, ...missing]))).toEqual([]);
        expect(missing.some(field => given.includes(field))).toBe(false);
      }),
    );
  });
});
