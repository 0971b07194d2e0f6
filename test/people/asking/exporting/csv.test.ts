import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../../src/base/visible-text.ts';
import { csvLine } from '../../../../src/people/asking/exporting/csv.ts';
import { codePoint } from '../../../support/code-point.ts';

describe('a cell', () => {
  test.each([
    '=1+1',
    '+44 7700 900118',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\u200b=1',
    '\ufeff=1',
    '\u202e=1',
    '＝1+1',
    '＋44',
    '－1',
    '＠SUM',
    '−1',
    '﹦1',
    `=HYPERLINK("https://example.org?"&A1,"here")`,
    "=cmd|' /C calc'!A0",
  ])('%j is shown, and not run', text => {
    expect(csvLine(['id', text])).toMatch(/^id,"?'/);
  });

  test.each([
    'Tansley',
    "O'Brien",
    '',
    'a=b',
    'jo@example.org',
    '07700 900118',
    "'quoted'",
    '1948-05-17',
    'x -y',
    'Łukasz 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  ])('%j stays as it is', text => {
    expect(csvLine([text])).toBe(`${text}\r\n`);
  });

  test('comes back from a reader of RFC 4180 as it was, but for the apostrophe', () => {
    const cell = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.array(fc.constantFrom('"', ',', ';', '\n', '\r', '=', "'", 'a', ' ', '\t', '+')).map(list => list.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), rows => {
        const read = parsed(rows.map(csvLine).join(''));
        expect(read.map(row => row.map(one => one.replace(/^'/, '')))).toEqual(
          rows.map(row => row.map(one => cleanText(one).replace(/^'/, ''))),
        );
        for (const one of read.flat()) expect(one).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Lines of cells, as RFC 4180 has them. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy);
  let row: string[] = [];
  let at = 0;
  for (const { 0: whole, 1: quoted, 2: plain = '', 3: end } of cells) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length;
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  expect(at).toBe(text.length);
  return rows;
}
