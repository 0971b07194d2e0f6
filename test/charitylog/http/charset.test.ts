import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeText } from '../../../src/charitylog/http/answer.ts';
import { readText } from '../../../src/charitylog/http/charset.ts';

const charsets: Record<string, (text: string) => Buffer> = {
  '': text => Buffer.from(text),
  'application/json': text => Buffer.from(`\uFEFF${text}`),
  'application/json; charset=UTF-8': text => Buffer.from(text),
  'application/json; charset=utf-16le': text => Buffer.from(text, 'utf16le'),
  'text/html; charset=iso-8859-1': text => Buffer.from(text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?'), 'latin1'),
};

test.each(Object.entries(charsets))(
  'a text in "%s" is the same however it is cut into pieces',
  (contentType, encode) => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', 'Siôn', '😀', 'é', 'Ann\uFEFF', '[\uFEFF]'),
    );
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (given, sizes) => {
        const meant = given.replace(/^\uFEFF+/, '').toWellFormed();
        const bytes = encode(meant);
        const reader = readText(
          contentType,
          wholeText(10_000, () => new Error('too long')),
        );
        for (let at = 0, n = 0; at < bytes.length; n++) {
          const end = at + (sizes[n % sizes.length] ?? 1);
          reader.write(bytes.subarray(at, end));
          at = end;
        }
        const read = reader.end();
        expect(read).toBe(contentType.includes('8859') ? meant.replace(/[^\x20-\x7e\xa0-\xff]/g, '?') : meant);
      }),
      { numRuns: 1000 },
    );
  },
);
