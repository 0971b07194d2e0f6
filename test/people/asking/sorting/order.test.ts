import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../../../src/catalogue/field.ts';
import { nestedKeys } from '../../../../src/catalogue/nested-keys.ts';
import type { Option, Person } from '../../../../src/charitylog/api.ts';
import { subjectOf } from '../../../../src/people/asking/conditions/subject.ts';
import { NestedValues } from '../../../../src/people/asking/nested-values.ts';
import { Page } from '../../../../src/people/asking/page.ts';
import { readCursor, writeCursor } from '../../../../src/people/asking/sorting/cursor.ts';
import { type Order, orderBy, type Place } from '../../../../src/people/asking/sorting/order.ts';
import { codePoint } from '../../../support/code-point.ts';

const today = 20261126;
const options = ['Welsh', 'English', 'Łemko', 'Polish'].map((name, n): Option => ({ id: String(n + 1), name }));

function orderOf(
  kind: Field['kind'],
  { isDown = false, name = 'x', of = undefined as readonly Option[] | undefined } = {},
) {
  const field: Field = { name: 'x', label: 'X', kind, meaning: undefined, special: false };
  const nested = new NestedValues(nestedKeys(['secret'], [{ ...field, name: 'secret', label: 'Secret' }]), [field]);
  return orderBy(subjectOf(field, of, name), isDown, nested, today);
}

/** The values in the order in which the people who have them stand. */
function sorted(order: Order, values: readonly unknown[]): readonly unknown[] {
  const people = values.map((x, n): Person => ({ id: n + 1, x }));
  const placed = people.map(person => ({ person, place: order.placeOf(person) }));
  return placed.sort((a, b) => order.compare(a.place, b.place)).map(({ person }) => person.x);
}

describe('people stand in the order of', () => {
  test.each<[string, Order, unknown[]]>([
    [
      'days, however they are written',
      orderOf('date'),
      ['03/02/1990', '1990-02-04 10:00:00', '2001-01-01', 'not yet', null],
    ],
    [
      'moments of a day, however they are written; a day alone is its beginning',
      orderOf('date'),
      [
        '2026-11-25',
        '2026-11-25 00:00:01',
        '25/11/2026 12:30 AM',
        '25/11/2026 9:05',
        '2026-11-25T10:16:00+00:00',
        '2026-11-25 10:16:00.250',
        '2026-11-25 10:52:00',
        '2026-11-25 12:05 pm',
        '25.11.2026 23:59:59',
        '2026-11-25 99:99',
        '2026-11-26 00:00:00',
      ],
    ],
    ['numbers, as numbers or texts', orderOf('count'), [-3, '2', 9.5, '10', 100, 'many', '']],
    [
      'ages: the youngest first, to the day',
      orderOf('date', { name: 'age' }),
      ['2020-05-05', '1990-02-04', '1990-02-03', '2027-01-01'],
    ],
    [
      'birthdays from New Year on',
      orderOf('date', { name: 'birthday' }),
      ['1990-01-02', '1950-02-01', '2001-12-31', undefined],
    ],
    ['no before yes', orderOf('yes_no'), ['N', 1, 'perhaps', null]],
    ['options by their names, as ids or names', orderOf('choice', { of: options }), [2, '3', 'Polish', '1', null]],
    ['several options by all their names', orderOf('choice', { of: options }), ['2', '2;4', [4], 1]],
    [
      'texts by spelling: case, accents and signs hardly count, and 9 comes before 10',
      orderOf('text'),
      ['9 High St', '10 High St', 'Abbott', 'de Souza', 'Evans', 'Évans', 'O’Dwyer', 'ODyer', 'Smith', ' Zed', '  '],
    ],
    [
      'what may be numbers, days or texts',
      orderOf('unknown'),
      ['7', '40', '2001-02-03', '01/01/2020', 'n/a', undefined],
    ],
  ])('%s', (_, order, values) => {
    for (const given of [values, values.toReversed()]) expect(sorted(order, given)).toEqual(values);
  });

  test.each(['date', 'count', 'text', 'unknown'] as const)('who has no value, at the end, up and down: %s', kind => {
    const values = ['5', null, '2001-01-01', '', 'Zed', [], '0'];
    for (const isDown of [false, true])
      expect(sorted(orderOf(kind, { isDown }), values).slice(-3)).toEqual([null, '', []]);
  });

  test('nothing that is hidden', () => {
    const hidden = (secret: string) => ({ a: 1, secret });
    expect(sorted(orderOf('unknown'), [hidden('b'), hidden('a'), hidden('c')])).toEqual(['b', 'a', 'c'].map(hidden));
    const texts = ['b', 'a'].map(secret => JSON.stringify([{ secret }]));
    expect(sorted(orderOf('text'), texts)).toEqual(texts);
  });
});

/** Values of every kind, and some that are made to break an order. */
const value = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    '',
    ' ',
    0,
    -1,
    'Y',
    'N',
    '0000-00-00',
    '\u200b',
    '\ud800',
    '=1+1',
    'é',
    'E\u0301',
    NaN,
  ),
  fc.constantFrom(
    '2001-02-03',
    '03/02/2001',
    '1e5',
    '007',
    '7',
    'Infinity',
    '-5',
    '🏴󠁧󠁢󠁷󠁬󠁳󠁿',
    'x'.repeat(300),
    `${'x'.repeat(300)}y`,
  ),
  fc.integer(),
  fc.double(),
  fc.string({ unit: codePoint, maxLength: 5 }),
  fc.array(fc.oneof(fc.integer(), fc.string({ maxLength: 3 })), { maxLength: 3 }),
  fc.object({ maxDepth: 2, maxKeys: 2 }),
);
const order = fc
  .record({
    kind: fc.constantFrom<Field['kind']>('text', 'date', 'count', 'yes_no', 'choice', 'unknown'),
    isDown: fc.boolean(),
    name: fc.constantFrom('x', 'age', 'birthday'),
    of: fc.constantFrom(undefined, options),
  })
  .map(({ kind, ...given }) => orderOf(kind, given));

test('pages together are everybody in order, each page read anew or from one before, whatever the limit', () => {
  fc.assert(
    fc.property(
      order,
      fc.array(value, { maxLength: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      (order, values, limit, isKept) => {
        const people = values.map((x, n): Person => ({ id: n + 1, x }));
        const whole = people
          .map(person => ({ id: person.id, place: order.placeOf(person) }))
          .sort((a, b) => order.compare(a.place, b.place));
        const seen: number[] = [];
        let page: Page | undefined;
        let after: Place | undefined;
        for (let isOver = false; !isOver; ) {
          if (!page || !isKept) {
            page = new Page(after, order);
            for (const person of seen.length % 2 === 0 ? people : people.toReversed()) page.add(person);
          }
          const {
            people: shown,
            places,
            hasMore,
          } = page.slice(after, limit) ?? { people: [], places: [], hasMore: false };
          seen.push(...shown.map(({ id }) => id));
          isOver = !hasMore;
          const last = places.at(-1);
          after = last && throughCursor(last);
        }
        expect(seen).toEqual(whole.map(({ id }) => id));
      },
    ),
    { numRuns: 1000 },
  );
});

const secret = () => Buffer.alloc(32, 'a key');

function throughCursor(place: Place): Place | undefined {
  const options = { question: 'who', isSorted: true, secret };
  return readCursor(writeCursor(place, options), options);
}

describe('a cursor of a sorted list', () => {
  const options = { question: 'who', isSorted: true, secret };
  const cursor = writeCursor({ id: 7, key: 'Tansley' }, options);

  test('tells nobody whose place it is, not even by its length', () => {
    expect(Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString('latin1')).not.toContain('Tansley');
    expect(cursor).not.toContain(Buffer.from('Tansley').toString('base64url').slice(0, 8));
    expect(writeCursor({ id: 7, key: 'Ng' }, options)).toHaveLength(cursor.length);
    expect(writeCursor({ id: 7, key: 'Tansley' }, options)).not.toBe(cursor);
  });

  test.each([
    ['with another key', { ...options, secret: () => Buffer.alloc(32, 'another') }, cursor, 'cannot be read any more'],
    ['of another question', { ...options, question: 'what' }, cursor, 'other arguments'],
    [
      'changed by a letter',
      options,
      cursor.replace(/^./, letter => (letter === 'A' ? 'B' : 'A')),
      'cannot be read any more',
    ],
    ['cut', options, cursor.replace(/^.{8}/, ''), 'cannot be read any more'],
    [
      'of an unsorted list',
      options,
      writeCursor({ id: 7 }, { ...options, isSorted: false }),
      'cannot be read any more',
    ],
    ['of a sorted list, unsorted', { ...options, isSorted: false }, cursor, 'cannot be read any more'],
    ['of nothing', options, `.${cursor.split('.')[1]}`, 'is not a next_cursor'],
  ])('%s is refused: begin again', (_, where, given, problem) => {
    expect(() => readCursor(given, where)).toThrow(new RegExp(`${problem}.*begin again`));
  });
});
