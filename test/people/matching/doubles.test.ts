/** The rule's figures on doubles and households of our own, and what holds of it for any two people. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/people/matching/judge.ts';
import { detailsReader } from '../../../src/people/matching/known-details.ts';
import { quickTestFor } from '../../../src/people/matching/quick-test.ts';
import { createRandom } from '../../../src/sandbox/random.ts';
import { codePoint } from '../../support/code-point.ts';
import { damaged, damages, doubleFields, type Fields, households, somebody, twins } from '../../support/doubles.ts';
import '../../support/properties.ts';

const read = detailsReader(doubleFields);
const isCandidate = (one: Fields, other: Fields) => judge(read(one), read(other)).isCandidate;

function people(count: number, seed: number): Fields[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, n) => somebody(random, n));
}

describe('of 1,000 people entered twice with one to three kinds of damage', () => {
  const random = createRandom(11);
  const doubles = people(1_000, 10).map(person => ({ person, ...damaged(person, random) }));

  test('99 % are found', () => {
    const missed = doubles.filter(({ person, double }) => !isCandidate(person, double));
    expect(missed.length).toBeLessThanOrEqual(10);
  });

  test('hardly one of 400 is taken for somebody else', () => {
    const some = doubles.slice(0, 400);
    const known = some.map(({ person }) => read(person));
    const others = some.flatMap(({ double }, n) => {
      const added = read(double);
      const isWorthComparing = quickTestFor(added, doubleFields);
      return some.filter(
        ({ person }, m) => m !== n && isWorthComparing(person) && judge(known[m] ?? read({}), added).isCandidate,
      );
    });
    expect(others.length).toBeLessThanOrEqual(8);
  });
});

test.each(Object.keys(damages))('%s alone hides nobody', name => {
  const random = createRandom(12);
  const missed = people(100, 13).filter(person => !isCandidate(person, damages[name]?.(person, random) ?? person));
  expect(missed).toEqual([]);
});

test.each([1, 2, 3])(
  'of 500 pairs in one household or under one phone, at most five are asked about (seed %i)',
  seed => {
    const asked = households(500, seed).filter(({ pair: [one, other] }) => isCandidate(one, other));
    expect(asked.length).toBeLessThanOrEqual(5);
  },
);

test('twins are asked about', () => {
  expect(twins(50, 1).every(({ pair: [one, other] }) => isCandidate(one, other))).toBe(true);
});

/** Two people who may be one, of one household, or strangers. */
const pairs = fc.integer({ min: 0, max: 2 ** 30 }).map((seed): readonly [Fields, Fields] => {
  const random = createRandom(seed);
  const person = somebody(random, 1);
  const [household] = households(1 + random.integer(0, 10), seed).slice(-1);
  return random.pick([
    [person, damaged(person, random).double],
    household?.pair ?? [person, person],
    [person, somebody(random, 2)],
  ]);
});

test('the order of two people tells nothing', () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      expect(judge(read(one), read(other))).toEqual(judge(read(other), read(one)));
    }),
  );
});

test('what is not known speaks neither for nor against', () => {
  const unknown = { nhs_number: '', telephone: 'unknown', known_as: ' ' };
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      expect(judge(read({ ...one, ...unknown }), read(other))).toEqual(judge(read(one), read(other)));
    }),
  );
});

test('a detail that agrees makes no candidate by being left out, nor does one that differs take one away', () => {
  const kinds = ['date_of_birth', 'postcode', 'mobile'] as const;
  const words = { date_of_birth: /birth/, postcode: /postcode/, mobile: /phone/ };
  fc.assert(
    fc.property(pairs, fc.constantFrom(...kinds), ([one, other], field) => {
      const [before, after] = [one, { ...one, [field]: '' }].map(person => judge(read(person), read(other)));
      if (!before || !after || before.isCandidate === after.isCandidate) return;
      const agreed = before.agrees.some(text => words[field].test(text));
      expect(agreed).toBe(before.isCandidate);
    }),
  );
});

/** What stands in a record where something else was meant, or in another script. */
const oddities = fc.record(
  {
    first_name: fc.constantFrom('Олена', '张伟', 'Mr', 'Mrs', '-', 'Unknown', ''),
    surname: fc.constantFrom('Шевченко', '张', 'Unknown', 'N/A', ''),
    known_as: fc.constantFrom('Олена', 'Olena'),
    date_of_birth: fc.constantFrom('1900-01-01', '1970-01-01', '1984-01-01', '1984-01-02'),
    email: fc.constantFrom('gwilym.t@example.org', 'gwilymt@example.org', 'gwilym.t@exmaple.org'),
  },
  { requiredKeys: [] },
);

test('the cheap test leaves every candidate and every namesake', () => {
  fc.assert(
    fc.property(pairs, oddities, oddities, ([one, other], odd, odder) => {
      const [a, b] = [
        { ...one, ...odd },
        { ...other, ...odder },
      ];
      const { isCandidate, isSameName } = judge(read(a), read(b));
      if (isCandidate || isSameName) expect(quickTestFor(read(a), doubleFields)(b)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('no text is too strange to be compared', () => {
  const person = fc.record(
    Object.fromEntries(doubleFields.map(field => [field, fc.oneof(fc.string({ unit: codePoint }), fc.string())])),
  );
  fc.assert(
    fc.property(person, person, (one, other) => {
      expect(judge(read(one), read(other)).weight).not.toBeNaN();
      expect(judge(read(one), read(one)).differs).toEqual([]);
      quickTestFor(read(one), doubleFields)(other);
    }),
    { numRuns: 1_000 },
  );
});
