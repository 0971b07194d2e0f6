import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInTurns } from '../../../src/charitylog/stream/json-in-turns.ts';

const filler = 'é'.repeat(200);
const key = fc.oneof(fc.string(), fc.constantFrom('id', 'data', 'total', '__proto__', '7', 'results'));
const row = fc.oneof(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }), fc.jsonValue({ maxDepth: 1 }));
const rows = fc.array(row, { minLength: 1, maxLength: 20 });

test('a long answer is read as JSON.parse reads it, whatever holds its rows', async () => {
  const list = rows.map(some => Array.from({ length: 400 }, (_, n) => [filler, some[n % some.length]]));
  const map = fc
    .tuple(key, rows)
    .map(([name, some]) =>
      Object.fromEntries([
        ...Array.from({ length: 400 }, (_, n) => [`${n % 3 ? n : `${n}x`}`, [filler, some[n % some.length]]]),
        [name, 1],
      ]),
    );
  const wrapped = fc.tuple(
    fc.dictionary(key, row, { maxKeys: 3 }),
    fc.constantFrom('data', 'results', 'other'),
    fc.oneof(list, map),
  );
  const answer = fc.oneof(
    list,
    map,
    wrapped.map(([around, name, inner]) => ({ ...around, [name]: inner, end: 1 })),
  );
  await fc.assert(
    fc.asyncProperty(answer, async json => {
      const text = JSON.stringify(json);
      expect(JSON.stringify(await parseInTurns(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: 100 },
  );
});

test.each([
  '[1,',
  '{"a":1',
  '{"data":[1',
  '[1]]',
  '{"data":[1]}}',
  '{"a" 1}',
  '{"a":1]',
  '[1}',
  '[1,]',
  '{"a":1,}',
  '{"data":[1,]}',
])('%s... is no JSON, however long', async text => {
  await expect(parseInTurns(text.replace('1', `"${'n'.repeat(70_000)}"`))).rejects.toThrow(SyntaxError);
});
