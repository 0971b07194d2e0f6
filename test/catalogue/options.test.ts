import { describe, expect, test } from 'vitest';
import { matchOption } from '../../src/catalogue/options.ts';

const optionsOf = (...names: string[]) => names.map((name, n) => ({ id: String(101 + n), name }));
const found = (names: string[], text: string, matching = {}) => {
  const match = matchOption(optionsOf(...names), text, 'field', matching);
  return 'option' in match ? match.option.name : undefined;
};
const reading = { forReading: true };

describe('matchOption for reading', () => {
  test.each([
    [['Eastwick', 'Westbrook'], 'eastwick', 'Eastwick'],
    [["St Aldan's", 'St Albans'], 'st aldans', "St Aldan's"],
    [['Ashcombe Vale', 'Castle Wynd'], 'ashcombe', 'Ashcombe Vale'],
    [['Other religion', 'Buddhist'], 'religion', 'Other religion'],
    [['Bengali', 'Bengali (Sylheti)'], 'Bengali', 'Bengali'],
    [['A+', 'A-', 'AB+'], 'a+', 'A+'],
    [['No photos', 'Photos on the website'], 'no photos', 'No photos'],
  ])('of %j takes %j for %j', (names, text, option) => {
    expect(found(names, text, reading)).toBe(option);
  });

  test.each([
    [['Not yet asked', 'Given'], 'no'],
    [['No religion', 'Sikh'], 'n'],
    [['Not Christian', 'Muslim'], 'Christian'],
    [['Non-smoker'], 'smoker'],
    [['No consent given', 'Withdrawn'], 'consent'],
    [['Chinese (Cantonese)', 'Chinese (Mandarin)'], 'Chinese'],
    [['<18', 'over 60'], '>18'],
    [['Yes'], '?'],
    [['Yes'], ''],
  ])('of %j takes nothing for %j', (names, text) => {
    expect(found(names, text, reading)).toBeUndefined();
  });

  test("a text that is one option's id and another's name is refused", () => {
    const options = [
      { id: '5', name: '8' },
      { id: '12', name: '5' },
    ];
    expect(matchOption(options, '5', 'shoe_size', reading)).toEqual({
      problem: expect.stringContaining('fits several options: 8 (5), 5 (12)'),
    });
  });
});

describe('matchOption for a new record', () => {
  test('takes a whole name without regard to case, accents and spaces', () => {
    expect(found(['Café  owner'], 'cafe owner')).toBe('Café  owner');
  });

  test.each([
    [['Mrs', 'Ms'], 'Mr'],
    [['Ashcombe Vale'], 'Ashcombe'],
    [['Self-employed'], 'selfemployed'],
    [['Clients'], 'client'],
  ])('of %j takes nothing for %j', (names, text) => {
    expect(found(names, text)).toBeUndefined();
  });

  test('takes a client type in the singular', () => {
    expect(found(['Clients', 'Carers'], 'client', { inSingular: true })).toBe('Clients');
  });
});

test('of very many options, the one is found that begins so, and others alike are not', () => {
  const names = Array.from({ length: 5_000 }, (_, n) => `${(n * 7919) % 5_000} Eastwick Road`);
  expect(found(names, '4321 east', reading)).toBe('4321 Eastwick Road');
  expect(found(names, 'Eastwick', reading)).toBeUndefined();
  expect(found(names, '43 eastwick r', reading)).toBe('43 Eastwick Road');
});
