import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Condition, printCondition } from '../../../../src/people/asking/conditions/condition.ts';
import { decider } from '../../../../src/people/asking/conditions/decide.ts';
import { codePoint } from '../../../support/code-point.ts';
import { fields, optionNames, read, today } from './made-up-fields.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-11-26'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10));

const word = fc.oneof(
  fc.constantFrom(
    'dog',
    'Ł',
    "O'Brien",
    'a;b',
    'not',
    'dog or cat',
    '"',
    "'",
    '*',
    'null',
    '-',
    '5',
    '07700 900',
    '..',
    'Zoë',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: codePoint }),
);

/** Conditions as people write them, from the operators and values that there are. */
const condition = fc.oneof(
  fc.constantFrom(...fields.map(({ name }) => name), 'age', 'birthday').map(name => `${name} is blank`),
  fc
    .tuple(
      fc.constantFrom('type', 'district', 'consent'),
      fc.constantFrom('is', 'is not', 'has all', 'has only'),
      fc.nat(20),
      fc.nat(20),
    )
    .map(([name, operator, a, b]) => {
      const names = optionNames[name] ?? [];
      const chosen = [names[a % names.length], names[b % names.length]].map(one => `"${one?.replaceAll('"', '""')}"`);
      return `${name} ${operator} ${chosen.join(';')}`;
    }),
  fc
    .tuple(fc.constantFrom('age', 'people_in_household', 'hours'), fc.constantFrom('>', '<', '>=', '<='), fc.nat(110))
    .map(parts => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('age', 'people_in_household', 'hours'), fc.nat(90), fc.nat(20))
    .map(([name, a, b]) => `${name} ${a}..${a + b}`),
  fc
    .tuple(fc.constantFrom('date_of_birth', 'created'), fc.constantFrom('>', '<', '>=', '<=', 'is', 'not'), day)
    .map(parts => parts.join(' ')),
  fc.tuple(day, day).map(([a, b]) => `birthday ${a.slice(5)}..${b.slice(5)}`),
  fc.constantFrom('deceased is yes', 'deceased is no', 'deceased is not yes'),
  fc
    .tuple(
      fc.constantFrom('surname', 'notes', 'email', 'mobile', 'postcode', 'hours'),
      fc.constantFrom('is', 'is not', 'contains', 'starts with', 'ends with', 'does not contain'),
      word,
    )
    .map(([name, operator, text]) => `${name} ${operator} "${text.replaceAll('"', '""')}"`),
);

const value = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    '',
    ' ',
    [],
    0,
    1,
    '1',
    'Y',
    'N',
    true,
    'Eastwick',
    '21',
    22,
    '21;22',
    ['21', '23'],
    '0000',
    'None',
  ),
  day,
  day.map(text => `${text} 10:15:00`),
  day.map(text => text.split('-').reverse().join('/')),
  word,
  fc.nat(120),
  fc.record({ nested: fc.string() }),
);

describe('of every condition', () => {
  test('what was printed reads as the same', () => {
    fc.assert(
      fc.property(condition, text => {
        const first = read(text);
        if (typeof first === 'string') return;
        expect(read(printCondition(first))).toEqual(first);
      }),
      { numRuns: 5000 },
    );
  });

  test('it, its negation and "is blank" part everybody into three', () => {
    fc.assert(
      fc.property(condition, value, (text, held) => {
        const positive = read(text);
        if (typeof positive === 'string' || positive.test.form === 'blank') return true;
        const blank: Condition = { ...positive, isNegated: false, test: { form: 'blank' } };
        const person = { id: 1, [positive.subject.field.name]: held };
        const parts = [positive, { ...positive, isNegated: !positive.isNegated }, blank];
        return parts.filter(one => decider(one, today)(person) === 'holds').length === 1;
      }),
      { numRuns: 5000 },
    );
  });

  test('no text crashes the reader, or is read as something that prints otherwise', () => {
    const names = fc.constantFrom(
      ...fields.map(({ name }) => name),
      'age',
      'birthday',
      'district is',
      'created >=',
      '',
    );
    fc.assert(
      fc.property(names, fc.string({ maxLength: 40, unit: codePoint }), (name, rest) => {
        const first = read(`${name} ${rest}`);
        if (typeof first !== 'string') expect(read(printCondition(first))).toEqual(first);
      }),
      { numRuns: 5000 },
    );
  });
});
