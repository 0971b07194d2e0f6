import { expect, test } from 'vitest';
import { memoizeByObject } from '../../src/base/memoize.ts';
import { makePeople } from '../../src/sandbox/people.ts';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import { type Evidence, isRight } from './judge.ts';
import { type Expectation, type Groups, kinds, type NewRecord, type Question, type SystemFacts } from './question.ts';
import { questionSets } from './questions.ts';

const facts: SystemFacts = { nameFilters: false, today: '2026-11-26' };
const { basic, conditions } = questionSets;
const questions = Object.values(questionSets).flat();
const sizes = [500, 20_000].map(count => ({ count, people: makePeople({ count, seed: 1, extraFields: 0 }) }));
const nothingSeen: Evidence = { calls: [], added: [] };

const truthsOf = memoizeByObject(
  (people: readonly SandboxPerson[]) => new Map(questions.map(question => [question, question.truth(people, facts)])),
);

function expectationsOf(people: readonly SandboxPerson[], asked: readonly Question[] = questions): Expectation[] {
  return asked.flatMap(question => truthsOf(people).get(question) ?? []);
}

/** An answer that is right by construction; new records get ids from 1001 on, in the order of the questions. */
function rightAnswer(expected: Expectation, added: readonly SandboxPerson[]): Record<string, unknown> {
  switch (expected.is) {
    case 'count':
      return { count: expected.count };
    case 'ids':
      return { ids: expected.ids };
    case 'list':
      return { ids: [...new Set(expected.places.flat())].slice(0, expected.places.length) };
    case 'groups':
      return { groups: expected.groups };
    case 'hidden groups':
      return { groups: hidden(expected.groups) };
    case 'text':
      return { text: [...expected.all, ...expected.anyWord.slice(0, 1)].join(' ') };
    case 'either':
      return rightAnswer(expected.of[0] as Expectation, added);
    case 'created':
      return { id: added.find(person => person.first_name === expected.record.first_name)?.id };
    case 'not created':
      return { text: expected.anyWord[0] };
  }
}

/** The small counts hidden, and all others as well. */
function hidden(groups: Groups): Groups {
  const told = Object.entries(groups).map(([value, count]) => [value, Number(count) < 5 ? '<5' : 'suppressed']);
  return Object.fromEntries(told);
}

function recordsOf(expectations: readonly Expectation[]): NewRecord[] {
  return expectations.flatMap(expected => (expected.is === 'created' ? [expected.record] : []));
}

test('there are 75 questions and fifty that take conditions, no two with the same id or wording, and every kind has some', () => {
  expect(basic).toHaveLength(75);
  expect(conditions).toHaveLength(50);
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  expect(new Set(questions.map(({ ask }) => ask)).size).toBe(questions.length);
  expect(new Set(questions.map(({ kind }) => kind))).toEqual(new Set(kinds));
});

test.each(sizes)('truths for $count people are short enough to be written down', ({ people }) => {
  for (const [index, expected] of expectationsOf(people).entries()) {
    const { id } = questions[index] ?? {};
    if (expected.is === 'ids') expect(expected.ids.length, id).toBeLessThanOrEqual(30);
    if (expected.is === 'groups' || expected.is === 'hidden groups')
      expect(JSON.stringify(expected.groups).length, id).toBeLessThanOrEqual(1500);
    if (expected.is === 'text') expect([...expected.all, ...expected.anyWord], id).not.toEqual([]);
  }
});

test.each([
  { asked: basic, people: sizes[0]?.people ?? [] },
  { asked: conditions, people: sizes[1]?.people ?? [] },
])('nearly all lists and counts have somebody in them', ({ asked, people }) => {
  const expectations = expectationsOf(people, asked);
  const empty = expectations.filter(
    expected =>
      (expected.is === 'ids' && expected.ids.length === 0) || (expected.is === 'count' && expected.count === 0),
  );
  expect(empty.length).toBeLessThanOrEqual(2);
});

test('requests to add somebody come after all other questions, each about another first name', () => {
  const isCreating = basic.map(({ kind }) => kind.startsWith('create'));
  expect(isCreating).toEqual([...isCreating].sort());
  const names = expectationsOf(sizes[0]?.people ?? []).flatMap(expected => {
    if (expected.is === 'created') return [expected.record.first_name];
    return expected.is === 'not created' ? [expected.firstName] : [];
  });
  expect(names).toHaveLength(isCreating.filter(Boolean).length);
  expect(new Set(names).size).toBe(names.length);
});

test('a right answer to every question scores all of them, no answer none', () => {
  const expectations = expectationsOf(sizes[0]?.people ?? []);
  const added = recordsOf(expectations).map((record, index) => ({ id: 1001 + index, ...record }) as SandboxPerson);
  const wrong = questions.filter((_, index) => {
    const expected = expectations[index] as Expectation;
    return !isRight(expected, rightAnswer(expected, added), { calls: [], added });
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
  for (const expected of expectations) {
    expect(isRight(expected, undefined, nothingSeen)).toBe(false);
    expect(isRight(expected, {}, nothingSeen)).toBe(false);
  }
});

test('with name filters, a number or a date of birth must be found; without, saying so will do', () => {
  const byPhone = questions
    .find(({ id }) => id === 'by-phone')
    ?.truth(sizes[0]?.people ?? [], { ...facts, nameFilters: true });
  expect(byPhone).toEqual({ is: 'ids', ids: [10, 11] });
  const refused = { text: 'People cannot be searched by telephone number here.' };
  expect(isRight(byPhone as Expectation, refused, nothingSeen)).toBe(false);
  const without = questions.find(({ id }) => id === 'by-phone')?.truth(sizes[0]?.people ?? [], facts);
  expect(isRight(without as Expectation, refused, nothingSeen)).toBe(true);
});
