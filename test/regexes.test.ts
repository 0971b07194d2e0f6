import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { cleanText } from '../src/base/visible-text.ts';
import { meaningOf } from '../src/catalogue/meaning.ts';
import { readSort } from '../src/people/asking/sorting/read-sort.ts';
import { areInOtherScripts } from '../src/people/matching/scripts.ts';

interface Found {
  readonly pattern: string;
  readonly flags: string;
}

/** A linear expression is through with some ten thousand signs in less, and a quadratic one takes ten times as long. */
const noiseMs = 30;

const regexes = regexesIn('src');

test('the expressions are found, and none is built from a text but those that are tried here', () => {
  expect(regexes.length).toBeGreaterThan(100);
  const built = filesOf('src').filter(file => readFileSync(file, 'utf8').includes('new RegExp('));
  expect(built).toEqual([
    'src/base/visible-text.ts',
    'src/catalogue/meaning.ts',
    'src/people/asking/sorting/read-sort.ts',
    'src/people/matching/scripts.ts',
  ]);
});

test('no expression takes more than linear time, as far as its form tells', () => {
  const slow = regexes.flatMap(({ pattern, flags }) => {
    const { reports } = analyse({ source: pattern, flags }, { maxReports: 1 });
    return reports.map(({ type }) => `/${pattern}/${flags} (${type})`);
  });
  expect(slow).toEqual([]);
});

test('a checked expression that takes quadratic time is told', () => {
  expect(analyse({ source: '\\s+$', flags: '' }).reports).not.toEqual([]);
  expect(isSlow(text => /\b[a-z][a-z.]*:/.test(text), 'a.', 3_000)).toBe(true);
});

test('no expression takes more than linear time with texts of its own signs, repeated', () => {
  const slow = regexes.flatMap(({ pattern, flags }) => {
    const regex = new RegExp(pattern, flags);
    const run = (text: string) => {
      regex.lastIndex = 0;
      regex.test(text);
    };
    return pumpsOf(pattern).flatMap(pump =>
      isSlow(run, pump) ? [`/${pattern}/${flags} of ${JSON.stringify(pump)}`] : [],
    );
  });
  expect(slow).toEqual([]);
});

test.each(['\u200d', '\u{1F3F4}\u{E0067}', 'क\u200d', '\u{E0100}', '❤\ufe0f', '\r', '\u202e', '葛'])(
  'cleaning takes linear time of %j, repeated',
  pump => expect(isSlow(cleanText, pump)).toBe(false),
);

test.each(['_1', 'e_', 'mail_', '1', 'tel', 'home_phone', 'prefer_'])('so does telling a field named %s...', pump =>
  expect(isSlow(meaningOf, pump)).toBe(false),
);

test.each(['newest ', ' -', 'most ', ' first', ': '])('so does telling a direction by %j, repeated', pump => {
  const read = (text: string) => {
    expect(() => readSort([text], { selectable: [], filterable: [], writable: [], isLive: true })).toThrow();
  };
  expect(isSlow(read, pump)).toBe(false);
});

test.each(['Ж', 'a', '1', '张', 'Жa'])('so does telling the script of %j, repeated', pump =>
  expect(isSlow(text => areInOtherScripts([text], ['Olena']), pump)).toBe(false),
);

/**
 * True where four times the text takes much more than four times as long: a run of some milliseconds proves nothing. Both are
 * measured side by side and several times, as something else may take the processor from one of them.
 */
function isSlow(run: (text: string) => unknown, pump: string, length = 8_000): boolean {
  const text = pump.repeat(Math.ceil(length / pump.length));
  const runShort = () => run(`${text}\u0000`);
  const runLong = () => run(`${text.repeat(4)}\u0000`);
  if (timeOf(runLong) < noiseMs) return false;
  const growths = Array.from({ length: 5 }, () => timeOf(runLong) / timeOf(runShort)).sort((a, b) => a - b);
  return (growths[2] ?? 0) > 8;
}

/** In milliseconds of the processor: whatever else the machine does. */
function timeOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What may be repeated to an expression's harm: each sign that it names, and two of them by turns. */
function pumpsOf(pattern: string): readonly string[] {
  const signs = [
    ...new Set(['a', '1', ' ', ...pattern.replace(/\\[a-zA-Z](\{[^}]*\})?/g, '').replace(/[\\()|?^$]/g, '')]),
  ].slice(0, 12);
  const pairs = signs.flatMap((sign, n) => [`${sign}${signs[n + 1] ?? 'a'}`, `${sign}a`, `${sign} `]);
  return [...signs, ...pairs];
}

function regexesIn(folder: string): readonly Found[] {
  const found = new Map<string, Found>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { regex } = node as { regex?: Found };
    if (regex) found.set(`/${regex.pattern}/${regex.flags}`, regex);
    for (const inner of Object.values(node)) visit(inner);
  };
  for (const file of filesOf(folder)) visit(parseAst(readFileSync(file, 'utf8'), { lang: 'ts' }));
  return [...found.values()];
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name))
    .sort();
}
