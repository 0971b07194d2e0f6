import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../../src/charitylog/api.ts';
import { decodePeople } from '../../../src/charitylog/decode.ts';
import { parseJson } from '../../../src/charitylog/json-text.ts';
import { RecordReader } from '../../../src/charitylog/record.ts';
import { statedFailure } from '../../../src/charitylog/stated-failure.ts';
import { PeopleStream } from '../../../src/charitylog/stream/people-stream.ts';
import { codePoint } from '../../support/code-point.ts';

/** Reads a body in pieces of these sizes, over and over. */
function readInPieces(body: string, sizes: readonly number[]): { people: Person[]; rest: string } {
  const people = new Map<number, Person>();
  const stream = new PeopleStream(new RecordReader([]), person => {
    if (!people.has(person.id)) people.set(person.id, person);
  });
  for (let at = 0, n = 0; at < body.length; n++) {
    const size = sizes[n % sizes.length] ?? body.length;
    stream.write(body.slice(at, at + size));
    at += size;
  }
  const rest = stream.end();
  return { people: [...people.values()], rest };
}

/** What reading gives: the people, or the kind of failure. */
function outcome(read: () => Person[]): unknown {
  try {
    return [...read()].sort((a, b) => a.id - b.id);
  } catch (error) {
    return error instanceof SyntaxError ? 'not JSON' : (error as { kind?: string }).kind;
  }
}

const text = fc.oneof(
  fc.string({ unit: codePoint, maxLength: 4 }),
  fc.constantFrom('"', '\\', '\\"', '}{', '],[', '"},{"id":9', '\u2028', 'Zoë 😀', '&#039;', '&amp;amp;', 'AT&T'),
);
const scalar = fc.oneof(text, fc.integer(), fc.constantFrom(null, true, [], {}, { a: ['}'] }));
const row = fc.dictionary(fc.oneof(text, fc.constantFrom('id', 'data', 'type')), scalar, { maxKeys: 3 });
const people = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5000 }), row), { selector: ([id]) => id, maxLength: 5 })
  .map(list => list.map(([id, fields]): Person => ({ ...fields, id })));
const byId = (list: readonly Person[]) => Object.fromEntries(list.map(({ id, ...fields }) => [id, { ...fields, id }]));
const body = fc
  .tuple(
    people,
    fc.constantFrom<(list: readonly Person[]) => unknown>(list => list, byId),
    fc.constantFrom<(inner: unknown) => unknown>(
      inner => inner,
      data => ({ data }),
      clients => ({ success: true, total: { of: ['"', 3] }, clients }),
      records => ({ records, next: null }),
      clients => ({ data: { clients } }),
    ),
  )
  .map(([list, encode, wrap]) => wrap(encode(list)));
const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

describe('PeopleStream', () => {
  test('gives the same people as decodePeople, however the answer is cut into pieces', () => {
    fc.assert(
      fc.property(body, sizes, fc.boolean(), (json, pieces, isPretty) => {
        const text = JSON.stringify(json, null, isPretty ? 2 : 0);
        expect(outcome(() => readInPieces(text, pieces).people)).toEqual(outcome(() => decodePeople(parseJson(text))));
      }),
      { numRuns: 4_000 },
    );
  });

  test('of any JSON gives what decodePeople gives, or refuses it', () => {
    const key = fc.oneof(text, fc.constantFrom('id', 'data', 'clients', 'error', '7'));
    const { json } = fc.letrec(tie => ({
      json: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(key, tie('json'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(json, sizes, (value, pieces) => {
        const text = JSON.stringify(value);
        fc.pre(statedFailure(value) === undefined);
        const streamed = outcome(() => readInPieces(text, pieces).people);
        if (streamed !== 'unreadable') expect(streamed).toEqual(outcome(() => decodePeople(parseJson(text))));
      }),
      { numRuns: 4_000 },
    );
  });

  test('an answer that is cut off anywhere is never taken for a whole one', () => {
    const whole = JSON.stringify({
      total: 2,
      data: [
        { id: 1, name: 'a"}' },
        { id: 2, name: '\\' },
      ],
      next: null,
    });
    for (let end = 1; end < whole.length; end++) {
      expect(
        outcome(() => {
          const { people, rest } = readInPieces(whole.slice(0, end), [7]);
          JSON.parse(rest);
          return people;
        }),
      ).toBe('not JSON');
    }
  });

  test('hands back what surrounds the people, so that an error there is seen', () => {
    expect(JSON.parse(readInPieces('{"data":[{"id":1}],"error":"half done"}', [5]).rest)).toEqual({
      data: [],
      error: 'half done',
    });
    expect(readInPieces('{"error":"not you"}', [3])).toEqual({ people: [], rest: '{"error":"not you"}' });
    expect(readInPieces('<html>', [3])).toEqual({ people: [], rest: '<html>' });
    expect(() => readInPieces('{"data":[{"id":1}],"id":[]}', [5])).toThrow(
      expect.objectContaining({ kind: 'unreadable' }),
    );
  });

  test('a person who comes twice is one', () => {
    expect(readInPieces('[{"id":5000},{"id":5},{"id":"5000"}]', [4]).people.map(person => person.id)).toEqual([
      5000, 5,
    ]);
  });
});
