import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../../../src/catalogue/field.ts';
import { nestedKeys } from '../../../../src/catalogue/nested-keys.ts';
import { type CountedBy, GroupCounter } from '../../../../src/people/asking/counting/group-counter.ts';
import { labelsFor } from '../../../../src/people/asking/counting/labels.ts';
import { chooseGroups } from '../../../../src/people/asking/counting/shown-groups.ts';
import { tellFrom } from '../../../../src/people/asking/counting/suppression.ts';
import { groupsAsTold, type ToldGroup } from '../../../../src/people/asking/counting/told.ts';
import { NestedValues } from '../../../../src/people/asking/nested-values.ts';
import { guesses, type Seen } from './attacker.ts';
import '../../../support/properties.ts';

const field = (name: string): Field => ({ name, label: name, kind: 'text', meaning: undefined, special: false });
const options = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => ({ id: name, name }));

const shown = { today: 20_261_126, nested: new NestedValues(nestedKeys([], []), []) };

function countedBy(name: string): CountedBy {
  const grouping = { name, field: field(name), part: { of: 'value' } as const };
  const isChoice = name === 'types';
  return { ...grouping, options: undefined, labels: labelsFor(grouping, isChoice ? options : undefined, shown) };
}

type Person = Readonly<Record<string, string | undefined>>;

/** The answer as `count_people` gives it. */
function answer(people: readonly Person[], fields: readonly string[], below: number): Seen {
  const by = fields.map(countedBy);
  const counter = new GroupCounter(by);
  people.forEach((person, n) => void counter.add({ id: n + 1, ...person }));
  const counts = { count: people.length, ...chooseGroups(counter.groups, by, below) };
  const telling = tellFrom(below, counts);
  return {
    total: telling.tell(counts),
    groups: telling.hasGroups(counts) ? groupsAsTold(counts, telling, true) : [],
    below,
    mayOverlap: fields.map(name => name === 'types'),
    left: telling.hasGroups(counts) ? counts.left.length : 0,
  };
}

function allOf(
  groups: readonly ToldGroup[],
  above: ToldGroup['count'],
): { group: ToldGroup; above: ToldGroup['count'] }[] {
  return groups.flatMap(group => [{ group, above }, ...allOf(group.groups ?? [], group.count)]);
}

/** The same values many times, so that counts are large and small. */
function people(fields: Readonly<Record<string, fc.Arbitrary<string | undefined>>>): fc.Arbitrary<readonly Person[]> {
  const some = fc.record({
    person: fc.record(fields),
    times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
  });
  return fc
    .array(some, { maxLength: 14 })
    .map(list => list.flatMap(({ person, times }) => Array.from({ length: times }, () => person)));
}

const oneOf = (...values: readonly string[]) => fc.constantFrom(undefined, ...values);
const single = { place: oneOf('p', 'q', 'r', 's'), sex: oneOf('f', 'm', 'n'), age: oneOf('10-19', '20-29', '30-39') };
const overlapping = { ...single, types: fc.constantFrom('a', 'b', 'c', 'a;b', 'b;c;d', 'e', 'a;e') };
const below = fc.integer({ min: 3, max: 8 });

function isSafe(seen: Seen): void {
  // An `expect` for each list: one for each group took most of the time.
  expect(guesses(seen).filter(({ values }) => values.length < 2)).toEqual([]);
  const all = allOf(seen.groups, seen.total);
  expect(all.filter(({ group: { count } }) => typeof count === 'number' && count < seen.below)).toEqual([]);
  const percents = all.map(({ group }) => typeof group.percent);
  const due = all.map(({ group, above }) => (typeof group.count === 'number' ? typeof above : 'string'));
  expect(percents).toEqual(due);
  expect(typeof seen.total === 'string' || seen.total === 0 || seen.total >= seen.below).toBe(true);
}

describe('hidden counts', () => {
  test.each([
    [['place']],
    [['place', 'sex']],
    [['place', 'sex', 'age']],
    [['types']],
    [['types', 'place']],
    [['place', 'types']],
    [['types', 'place', 'sex']],
    [['sex', 'types', 'age']],
  ])('by %j leave two values or more to whoever works with all that is shown', fields => {
    fc.assert(
      fc.property(people(overlapping), below, (list, n) => isSafe(answer(list, fields, n))),
      { numRuns: 150 },
    );
  });

  test.each([
    ['one group of two', ['z'], 1],
    ['many of one or two', Array.from({ length: 30 }, (_, n) => `z${n}`), 30],
  ])('stay hidden where %s is not shown, as groups are too many', (_, small, left) => {
    const large = Array.from({ length: 100 }, (_, n) => Array.from({ length: 6 }, () => ({ place: `p${n}` })));
    const seen = answer(
      [...large.flat(), ...small.flatMap((place, n) => (n % 2 ? [{ place }] : [{ place }, { place }]))],
      ['place'],
      5,
    );
    expect(seen.groups).toHaveLength(100);
    expect(seen.left).toBe(left);
    isSafe(seen);
  });

  test('are as few as it takes', () => {
    const of = (counts: Readonly<Record<string, number>>) =>
      Object.entries(counts).flatMap(([place, times]) => Array.from({ length: times }, () => ({ place })));
    const told = (counts: Readonly<Record<string, number>>) => {
      const { total, groups } = answer(of(counts), ['place'], 5);
      return { total, ...Object.fromEntries(groups.map(({ value, count }) => [value, count])) };
    };
    expect(told({ p: 30, q: 12, r: 9 })).toEqual({ total: 51, p: 30, q: 12, r: 9 });
    expect(told({ p: 30, q: 12, r: 3 })).toEqual({ total: 45, p: 30, q: 'suppressed', r: '<5' });
    expect(told({ p: 30, q: 3, r: 3 })).toEqual({ total: 36, p: 30, q: '<5', r: '<5' });
    // Two of four are eight together only if both are four.
    expect(told({ p: 30, q: 4, r: 4 })).toEqual({ total: 38, p: 'suppressed', q: '<5', r: '<5' });
    expect(told({ p: 4 })).toEqual({ total: '<5', p: '<5' });
    // Four groups of somebody in a total below five are one each.
    expect(told({ p: 1, q: 1, r: 1, s: 1 })).toEqual({ total: '<5' });
    expect(told({})).toEqual({ total: 0 });
  });

  test('stand in an order that says nothing of them', () => {
    const list = ['r', 'q', 'p'].flatMap((place, n) => Array.from({ length: n + 1 }, () => ({ place })));
    const { groups } = answer([...list, ...Array.from({ length: 9 }, () => ({ place: 's' }))], ['place'], 5);
    expect(groups.map(({ value }) => value)).toEqual(['s', 'p', 'q', 'r']);
  });
});
