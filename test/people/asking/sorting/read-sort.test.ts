import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CharitylogError, isCharitylogError } from '../../../../src/base/errors.ts';
import { fieldLists } from '../../../../src/catalogue/field.ts';
import { printSort, readSort } from '../../../../src/people/asking/sorting/read-sort.ts';
import { codePoint } from '../../../support/code-point.ts';

const names = [
  'id',
  'first_name',
  'surname',
  'date_of_birth',
  'created',
  'people_in_household',
  'up',
  'dbs_check_date',
];
const labelled = [
  { name: 'x_1', label: 'Name, in full' },
  { name: 'x_2', label: 'Size' },
  { name: 'x_3', label: 'Size' },
];
const lists = fieldLists({ filterable: [], selectable: [...names.map(name => ({ name })), ...labelled] }, true, {
  hiddenFields: [],
  maskedFields: [],
});

function errorOf(texts: readonly string[]): CharitylogError {
  try {
    readSort(texts, lists);
  } catch (error) {
    if (isCharitylogError(error, 'invalid')) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('a sort', () => {
  test.each([
    ['surname', 'surname'],
    ['-created', '-created'],
    ['−created', '-created'],
    ['+surname', 'surname'],
    ['surname desc', '-surname'],
    ['Surname DESCENDING', '-surname'],
    ['surname:desc', '-surname'],
    ['surname (asc)', 'surname'],
    ['desc surname', '-surname'],
    ['sorted by surname', 'surname'],
    ['order by date of birth desc', '-date_of_birth'],
    ['created, newest first', '-created'],
    ['newest created', '-created'],
    ['created oldest first', 'created'],
    ['age', 'age'],
    ['oldest first by age', '-age'],
    ['age oldest first', '-age'],
    ['age, youngest', 'age'],
    ['dob youngest first', '-date_of_birth'],
    ['dob oldest', 'date_of_birth'],
    ['birthday', 'birthday'],
    ['name', 'surname'],
    ['-name', '-surname'],
    ['last name Z-A', '-surname'],
    ['People in household, highest first', '-people_in_household'],
    ['up down', '-up'],
    ['up', 'up'],
    ['Name, in full', 'x_1'],
    ['-Name, in full', '-x_1'],
  ])('%j is %s', (text, printed) => {
    const { sort, notes } = readSort(text.split(';'), lists);
    expect(printSort(sort)).toBe(printed);
    expect(notes).toEqual(text === printed ? [] : [`sort ${JSON.stringify(text)} was taken as ${printed}.`]);
  });

  test('given as a list of a field and its direction is that', () => {
    expect(printSort(readSort(['surname', 'desc'], lists).sort)).toBe('-surname');
  });

  test.each([
    [['surname', 'first_name'], 'takes one field', 'surname'],
    [['-surname, first_name'], 'takes one field', '-surname'],
    [['surnme'], 'Did you mean surname?', 'surname'],
    [['surnme desc'], 'Did you mean surname?', '-surname'],
    [['-creatd'], 'Did you mean created?', '-created'],
    [['-created asc'], 'says two directions', undefined],
    [['Size'], 'may be x_2 or x_3', undefined],
    [['shoe colour'], 'no field "shoe colour"', undefined],
    [['-'], 'no field ""', undefined],
    [['surname x'], 'no field "surname x"', 'surname'],
    [['x'.repeat(10_000)], 'at most 120 characters', undefined],
  ])('%j is refused, and mended where that can be', (texts, problem, sort) => {
    const { message, mend } = errorOf(texts);
    expect(message).toContain(problem);
    expect(mend?.({ limit: 5, sort: texts })).toEqual(sort === undefined ? undefined : { limit: 5, sort });
  });

  test('is read as printed, or refused, whatever it is', () => {
    const word = fc.constantFrom(...names, 'age', 'desc', 'first', 'by', '-', ':', 'oldest', 'name', ',');
    const text = fc.oneof(
      fc.array(word, { maxLength: 4 }).map(words => words.join(' ')),
      fc.string({ unit: codePoint }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 2 }), texts => {
        try {
          const { sort } = readSort(texts, lists);
          expect(readSort([printSort(sort)], lists)).toEqual({ sort, notes: [] });
        } catch (error) {
          expect(isCharitylogError(error, 'invalid')).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
