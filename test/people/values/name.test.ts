import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../../src/charitylog/api.ts';
import { soughtNames } from '../../../src/people/values/name.ts';
import { codePoint } from '../../support/code-point.ts';

const nameMatcher = (name: string) => (person: Person) => soughtNames([name]).some(one => one.isNameOf(person));
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
    ['Ines Quarmby MBE', person('Ines', 'Quarmby')],
    ['INES QUARMBY KC', person('Ines', 'Quarmby')],
    ['Ines Quarmby, Ph.D.', person('Ines', 'Quarmby')],
    ['Ines Quarmby Jr', person('Ines', 'Quarmby')],
    ['Rt Hon Dr Ines Quarmby MA', person('Ines', 'Quarmby')],
    ['Quarmby, Mrs Ines', person('Ines', 'Quarmby')],
    ['Cllr. Quarmby', person('Ines', 'Quarmby')],
    ['QUARMBY Ines (Mrs)', person('Ines', 'Quarmby')],
    ['Tansley, Gwilym', person('Gwilym', 'Tansley')],
    ['GwilymTansley', person('Gwilym', 'Tansley')],
    ['gwilymtansley', person('Gwilym', 'Tansley')],
    ['tansleygwilym', person('Gwilym Huw', 'Tansley')],
    ['gwilym.tansley', person('Gwilym', 'Tansley')],
    ["O'Dwyer", person('Ines', 'O\u02BCDwyer')],
    ['O\u02BCDwyer', person('Ines', "O'Dwyer")],
    ['Dwyer', person('Ines', 'O\u02BCDwyer')],
    ['O\u2032Dwyer', person('Ines', 'O\uFF07Dwyer')],
    ['O`Dwyer', person('Ines', 'O\u00B4Dwyer')],
    ['Tansley\u2011Moore', person('Ines', 'Tansley-Moore')],
    ['Tansley\u2013Moore', person('Ines', 'Tansley Moore')],
    ['Tans\u00ADley', person('Ines', 'Tansley')],
    ['Mary Mac Donald', person('Mary', 'MacDonald')],
    ['MacDonald', person('Mary', 'Mac Donald')],
    ['Piet van der Berg', person('Piet', 'Vanderberg')],
    ['Jack Ma', person('Jack', 'Ma')],
    ['Major Tansley', person('Major', 'Tansley')],
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
    ['Jack Ma', person('Jack', 'Smith')],
    ['Donald', person('Mary', 'MacDonald')],
    ['Johnson', person('Johns', 'On')],
    ['John Lord', person('John', 'Smith')],
    ['Dr', person('John', 'Smith')],
  ])('%j does not find %o', (name, other) => {
    expect(nameMatcher(name)(other)).toBe(false);
  });

  test('a person without names is found by nothing', () => {
    expect(nameMatcher('null')({ id: 1, first_name: null, surname: undefined })).toBe(false);
  });
});

describe('a near name', () => {
  test.each([
    ['Muhammad Khan', person('Mohammed', 'Khan')],
    ['Maxamed Cali', person('Mohamed', 'Ali')],
    ['Jon Tansley', person('John', 'Tansley')],
    ['Catherine Tansley', person('Kathryn', 'Tansley')],
    ['Gwilym Smyth', person('Gwilym', 'Smith')],
    ['Kowalsky', person('Agnieszka', 'Kowalska')],
    ['Shan Quarmby', person('Siân', 'Quarmby')],
    ['Bill Quarmby', person('William', 'Quarmby')],
    ['William Quarmby', person('Gwilym', 'Quarmby')],
    ['Chevonne Quarmby', person('Siobhán', 'Quarmby')],
    ['Hamish Quarmby', person('Seumas', 'Quarmby')],
    ['Neve Quarmby', person('Niamh', 'Quarmby')],
    ['Vari Quarmby', person('Mhairi', 'Quarmby')],
    ['Evan Quarmby', person('Ieuan', 'Quarmby')],
    ['Yusuf Chowdhury', person('Yousef', 'Choudhary')],
    ['Ayesha Hussain', person('Aisha', 'Hussein')],
    ['Laxmi Banerjee', person('Lakshmi', 'Banerji')],
    ['Christopher Nowak', person('Krzysztof', 'Nowak')],
    ['Gwilym Tasnley', person('Gwilym', 'Tansley')],
    ['Gwylim Tansly', person('Gwilym', 'Tansley')],
    ['GwilymTansly', person('Gwilym', 'Tansley')],
    ['Steven Wright', person('Stephen', 'Right')],
    ['Geoffrey Phillipps', person('Jeffery', 'Philips')],
    ['Gwilym Huw Tansley', person('Gwilym', 'Tansley')],
    ['Gwilym Tansley', person('G', 'Tansley')],
    ['J Smyth', person('John', 'Smith')],
    ['Gwil Tansley', person('Edwin', 'Tansley', 'Gwilym')],
    ['Tans', person('Gwilym', 'Tansley')],
    ['Pastor Quarmby', person('Ines', 'Quarmby')],
    ['Khan, Muhammad', person('Mohammed', 'Khan')],
    ["O'Brian", person('Mary', "O'Brien")],
    ['vanderburg', person('Piet', 'van der Berg')],
    ["Mary O'Sullivan", person('Máire', 'Ó Súilleabháin')],
    ["O'Sullivan", person('Máire', 'Ní Shúilleabháin')],
    ['Sullivan', person('Máire', 'Ó Súilleabháin')],
    ['McCarthy', person('Liam', 'Mac Cárthaigh')],
    ["O'Donnell", person('Sorcha', 'Ní Dhomhnaill')],
    ['Olha Grigorenko', person('Olha', 'Hryhorenko')],
    ['Mary Saint John', person('Mary', 'St John')],
    ['St. John', person('Mary', 'Saint-John')],
    ['Sergei Quarmby', person('Serhii', 'Quarmby')],
    ['Eugene Quarmby', person('Yevhen', 'Quarmby')],
    ['Kseniia Quarmby', person('Oksana', 'Quarmby')],
    ['Voytek Quarmby', person('Wojciech', 'Quarmby')],
  ])('%j is near %o', (name, near) => {
    const [sought] = soughtNames([name]);
    expect(sought?.isNameOf(near)).toBe(false);
    expect(sought?.distanceTo(near)).toBeGreaterThan(0);
  });

  test.each([
    ['Gwilym Tansley', person('Ines', 'Tansley')],
    ['Gwilym Tansley', person('Gwilym', 'Quarmby')],
    ['John Johnson', person('John', 'Smith')],
    ['Tom', person('Tim', 'Quarmby')],
    ['Lee', person('Leo', 'Quarmby')],
    ['Quarmby', person('', '')],
    ['Gwilym Huw Tansley', person('Ines', 'Tansley')],
    ['Anna', person('李', '王')],
  ])('%j is not near %o', (name, other) => {
    expect(soughtNames([name])[0]?.distanceTo(other)).toBeUndefined();
  });

  test('another spelling is nearer than a slip, and a slip nearer than two', () => {
    const [sought] = soughtNames(['Muhammad Tansley']);
    const distances = [
      ['Mohammed', 'Tansley'],
      ['Muhamad', 'Tansly'],
      ['Mohammed', 'Tanslee'],
    ].map(([first = '', last = '']) => sought?.distanceTo(person(first, last)));
    expect(distances[0]).toBeLessThan(distances[1] ?? 0);
    expect(distances[0]).toBeLessThan(distances[2] ?? 0);
  });
});

test('no text crashes a comparison, and everybody who has a first name and a surname is found by both in either order', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{2,9}$/);
  const hostile = fc.string({ unit: codePoint, maxLength: 60 });
  fc.assert(
    fc.property(word, word, hostile, hostile, (first, last, name, stored) => {
      for (const text of [`${first} ${last}`, `${last}, ${first}`, `Mrs ${first} ${last} OBE`])
        expect(soughtNames([text])[0]?.isNameOf(person(first, last))).toBe(true);
      for (const text of [name, `${first} ${name}`]) {
        const [sought] = soughtNames([text]);
        sought?.isNameOf(person(stored, last));
        const distance = sought?.distanceTo(person(stored, first, last)) ?? 0;
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(6);
      }
    }),
  );
});

test('a name of very many words is nobody\u2019s, at no cost for each person', () => {
  const [sought] = soughtNames(['a é '.repeat(10_000)]);
  const answers = Array.from({ length: 20_000 }, (_, n) => sought?.isNameOf(person(`A${n}`, 'É A')));
  expect(new Set(answers)).toEqual(new Set([false]));
  expect(sought?.distanceTo(person('A', 'É'))).toBeUndefined();
});
