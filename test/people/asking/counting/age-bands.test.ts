import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bands,
  bandOf,
  printBands,
  rankOfBand,
  readBands,
} from '../../../../src/people/asking/counting/age-bands.ts';
import '../../../support/properties.ts';

describe('bands of age', () => {
  test.each([
    ['10', { width: 10 }],
    ['tens', { width: 10 }],
    ['bands of ten', { width: 10 }],
    ['10-year bands', { width: 10 }],
    ['10s', { width: 10 }],
    ['fives', { width: 5 }],
    ['18,25,65', { starts: [18, 25, 65] }],
    ['65, 18, 25', { starts: [18, 25, 65] }],
    ['under 18, 18-24, 25-64, 65+', { starts: [18, 25, 65] }],
    ['0-17, 18 to 64, 65 and over', { starts: [0, 18, 65] }],
    ['65+', { starts: [65] }],
    ['18-24', { starts: [18, 25] }],
    // A single age may be a width or a bound.
    ['65', '0,65'],
    ['18', '0,18'],
    ['gender', undefined],
    ['constructor', undefined],
    ['over 65', undefined],
    ['10, 20 and the rest', undefined],
    ['200,300', undefined],
    ['', undefined],
  ])('%j reads as %j', (text, meant) => {
    expect(readBands(text)).toEqual(meant);
  });

  test('take everybody in, in one band each, in the order of age, and read as they are printed', () => {
    const starts = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 2, maxLength: 8 });
    const bands: fc.Arbitrary<Bands> = fc.oneof(
      fc.constantFrom(1, 5, 10, 20).map(width => ({ width })),
      starts.map(list => ({ starts: list.toSorted((a, b) => a - b) })),
    );
    fc.assert(
      fc.property(bands, one => {
        expect(readBands(printBands(one))).toEqual(one);
        const labels = Array.from({ length: 131 }, (_, age) => bandOf(age, one));
        const ranks = labels.map(rankOfBand);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const seen = [...new Set(labels)];
        expect(new Set(seen.map(rankOfBand)).size).toBe(seen.length);
      }),
    );
  });
});
