import { describe, expect, test } from 'vitest';
import { nameMatcher } from '../../../src/people/values/name.ts';

const person = (first_name: string, surname: string, known_as?: string) => ({ id: 1, first_name, surname, known_as });

describe('nameMatcher', () => {
  test.each([
    ['john smith', person('John', 'Smith')],
    ['Smith, John', person('John', 'Smith')],
    ['SMITH', person('John', 'Smith')],
    ['zoe', person('Zoë', 'Brown')],
    ['Zoë', person('Zoe\u0308', 'Brown')],
    ['Lukasz Wisniewski', person('Łukasz', 'Wiśniewski')],
    ["O'Brien", person('Mary', 'O’Brien')],
    ['OBrien', person('Mary', "O'Brien")],
    ['O Brien', person('Mary', "O'Brien")],
    ["Mary O'Brien", person('Mary', 'O Brien')],
    ['obrien mary', person('Mary', 'O’Brien')],
    ['Smith-Jones', person('Ann', 'Smith Jones')],
    ['Jones', person('Ann', 'Smith-Jones')],
    ['Ann Smith Jones', person('Ann', 'Smith-Jones')],
    ['García Márquez', person('Elena', 'Garcia Marquez')],
    ['J Smith', person('John', 'Smith')],
    ['J. Smith', person('John', 'Smith')],
    ['J.P. Smith', person('John Paul', 'Smith')],
    ['Luke', person('Łukasz', 'Wiśniewski', 'Luke')],
    ['vanderberg', person('Piet', 'van der Berg')],
    ['李', person('李', '王')],
    ['null', person('Christopher', 'Null')],
    ['Mrs Edith Barraclough', person('Edith', 'Barraclough')],
    ['Dr. Smith', person('John', 'Smith')],
    ['Rev', person('Rev', 'Jones')],
  ])('%j finds %o', (name, found) => {
    expect(nameMatcher(name)(found)).toBe(true);
  });

  test.each([
    ['John Smith', person('John', 'Smyth')],
    ['Ann', person('Anna', 'Brown')],
    ['S John', person('John', 'Smith')],
    ['Smith Jones', person('Ann', 'Smith')],
    ['Brien', person('Mary', 'OBrien')],
    ["O'Brien", person('Olive', 'Brian')],
  ])('%j does not find %o', (name, other) => {
    expect(nameMatcher(name)(other)).toBe(false);
  });

  test('a person without names is found by nothing', () => {
    expect(nameMatcher('null')({ id: 1, first_name: null, surname: undefined })).toBe(false);
  });
});
