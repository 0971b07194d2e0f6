import { describe, expect, test } from 'vitest';
import type { CharitylogError } from '../../../src/base/errors.ts';
import { fileNameOf } from '../../../src/serving/exports/file-name.ts';

describe('the name of a file', () => {
  test.each([
    ['carers', 'carers.csv'],
    ['carers.csv', 'carers.csv'],
    ['Carers (Eastwick) 2026.CSV', 'Carers (Eastwick) 2026.CSV'],
    ['Łukasz & Zoë', 'Łukasz & Zoë.csv'],
    ['report.v2', 'report.v2.csv'],
    [' list ', 'list.csv'],
    ['console', 'console.csv'],
  ])('%j is %j', (given, name) => {
    expect(fileNameOf(given)).toBe(name);
  });

  test.each([
    ['../people.csv', 'people.csv'],
    ['/etc/cron.d/x', 'x.csv'],
    ['C:\\Users\\x\\people.csv', 'people.csv'],
    ['sub/people', 'people.csv'],
    ['people.csv:hidden', 'hidden.csv'],
    ['..', undefined],
    ['.', undefined],
    ['.htaccess', undefined],
    ['-rf', undefined],
    ['~root', undefined],
    ['a\0b', undefined],
    ['a\nb', undefined],
    ['a\u202evsc.exe', undefined],
    ['a／b', undefined],
    ['$(id)', undefined],
    ['`id`', undefined],
    ['people*.csv', undefined],
    ['CON', undefined],
    ['nul.csv', undefined],
    ['com1.txt', undefined],
    ['lpt9 .csv', undefined],
    ['', undefined],
    ['x'.repeat(300), undefined],
  ])('%j is none, and mended where that can be', (given, mended) => {
    let error: CharitylogError | undefined;
    try {
      fileNameOf(given);
    } catch (thrown) {
      error = thrown as CharitylogError;
    }
    expect(error?.message).toContain('file takes a name alone');
    expect(error?.mend?.({ file: given })).toEqual(mended === undefined ? undefined : { file: mended });
  });
});
