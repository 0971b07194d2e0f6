import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanJson, cleanText, cleanValue } from '../../src/base/visible-text.ts';
import { codePoint } from '../support/code-point.ts';

describe('cleanText takes out what nobody sees', () => {
  test.each([
    ['control characters', 'a\u0000b\u001b[31mc\u009bd', 'ab[31mcd'],
    ['bidirectional controls', 'user\u202Egnp.exe\u202C \u2066x\u2069\u200F', 'usergnp.exe x'],
    ['zero-width characters', 'pa\u200Bss\u200Dwo\u2060rd\uFEFF', 'password'],
    ['soft hyphens and fillers', 'Ma\u00ADry\u3164\u115F', 'Mary'],
    ['tag characters', 'hi\u{E0069}\u{E0067}\u{E006E}\u{E007F}', 'hi'],
    ['selectors', 'a\uFE01b\u{E0100}', 'ab'],
    ['lone surrogates', 'a\ud800b', 'a\uFFFDb'],
    ['other line breaks', 'a\r\nb\u2028c\u0085d', 'a\nb\nc\nd'],
  ])('%s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});

test.each([
  'Zoë Łukasz Siân Nguyễn O’Brien',
  'משה محمد 李明 Γιώργος Ольга 김철수',
  'می\u200Cخواهم',
  'क्\u200Dष',
  '👩\u200D👩\u200D👧 ❤\uFE0F 👍🏽 1\uFE0F\u20E3 🇬🇧',
  '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  '\u0D05\u0D35\u0D28\u0D4D\u200D',
  '葛\u{E0100}',
  'two\nlines\tand a tab',
  'Zoe\u0308',
])('cleanText keeps %j', text => {
  expect(cleanText(text)).toBe(text);
});

test('cleanText leaves nothing invisible, and cleaning twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint }), text => {
      const clean = cleanText(text);
      expect(clean).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF]|[^\P{Cc}\n\t]/u);
      expect(cleanText(clean)).toBe(clean);
      expect(JSON.stringify(clean)).not.toContain('\n');
    }),
    { numRuns: 3000 },
  );
});

test('cleanValue gives a value back as it is where nothing is to be taken out, whatever letters it has', () => {
  const value = { people: [{ address: 'St Mary’s\n1 High Street', 'Größe – £': 'Ольга 👍🏽' }] };
  expect(cleanValue(value)).toBe(value);
});

test('cleanValue cleans every text, names of fields too', () => {
  expect(cleanValue({ 'a\u200B': ['\u202Ex', { b: 1, c: null, d: true }] })).toEqual({
    a: ['x', { b: 1, c: null, d: true }],
  });
});

test.each([
  '\b',
  '\f',
  '\r',
  '\u0000',
  '\u001b',
  '\u007f',
  '\ud800',
  '\u202E',
  '\u200B',
  '\\u',
  '\\b',
  'C:\\fax',
  '"',
  '\n\t',
  'ł€',
])('cleanJson of a text with %j has it cleaned, in a name, a value and a JSON text inside', sign => {
  const value = { [`a${sign}`]: [`${sign}b`, 1, null], json: JSON.stringify({ c: cleanText(sign) }) };
  const clean = cleanValue(value);
  expect(cleanJson(value)).toEqual({ json: JSON.stringify(clean), clean });
});

test('cleanJson is the JSON of what cleanValue gives, whatever the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: codePoint }), value => {
      const clean = cleanValue(value);
      expect(cleanJson(value)).toEqual({ json: JSON.stringify(clean), clean });
    }),
    { numRuns: 2000 },
  );
});
