import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiPath, pathValueProblem } from '../../src/charitylog/path.ts';
import { codePoint } from '../support/code-point.ts';

const base = 'https://api.example.org/v2';
const runs = { numRuns: 2000 };
/** Text that attacks: separators, dots, escapes, control characters, any Unicode. */
const hostile = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.string({
    unit: fc.constantFrom(
      '/',
      '\\',
      '.',
      ';',
      '?',
      '#',
      '&',
      '%',
      '2',
      'f',
      'e',
      '@',
      ' ',
      '\0',
      '\n',
      'é',
      '[',
      ']',
      '=',
    ),
  }),
  fc.constantFrom('..', '.', '', ' ', '../deceased/Y', '%2e%2e', '1;2', 'a/b', 'a?x=1', 'a#b', '//evil.example'),
);

describe('apiPath', () => {
  test('writes the URL forms of the manual', () => {
    expect(apiPath(['clients', 'type', '7'])).toBe('/clients/type/7');
    expect(apiPath(['clients', 'religion', ['1', '3', '10'], 'ethnicity', '1'])).toBe(
      '/clients/religion/1;3;10/ethnicity/1',
    );
    expect(apiPath(['clients', 'email', 'jsmith@example.com'])).toBe('/clients/email/jsmith@example.com');
    expect(apiPath(['clients', 'id', '1', 'field', ['id', 'ethnicity']], ['ethnicity', 'main_language'])).toBe(
      '/clients/id/1/field/id;ethnicity/?resolveIds[]=ethnicity&resolveIds[]=main_language',
    );
  });

  test.each(['..', '.', '', '  ', 'a/b', 'a\\b', '1;2', 'a\nb', '\u0085', '\ud800'])('refuses %j', value => {
    expect(() => apiPath(['clients', 'postcode', value])).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });

  test('without the encoding the attacks would work', () => {
    expect(new URL(`${base}/clients/gp_name/../../business`).pathname).toBe('/v2/business');
    expect(new URL(`${base}/clients/gp_name/x?y`).search).toBe('?y');
  });

  test('no value reaches another path, another filter or the query', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), values => {
        fc.pre(values.every(value => pathValueProblem(value) === undefined));
        const url = new URL(base + apiPath(['clients', 'gp_name', values, 'active', 'Y']));
        const segments = url.pathname.split('/');
        expect(segments.slice(0, 4)).toEqual(['', 'v2', 'clients', 'gp_name']);
        expect(segments.slice(5)).toEqual(['active', 'Y']);
        expect(segments[4]?.split(';').map(decodeURIComponent)).toEqual(values);
        expect([url.host, url.search, url.hash]).toEqual(['api.example.org', '', '']);
      }),
      runs,
    );
  });

  test('every other value is refused', () => {
    fc.assert(
      fc.property(hostile, value => {
        fc.pre(pathValueProblem(value) !== undefined);
        expect(() => apiPath(['clients', 'gp_name', value])).toThrow(expect.objectContaining({ kind: 'invalid' }));
      }),
      runs,
    );
  });
});
