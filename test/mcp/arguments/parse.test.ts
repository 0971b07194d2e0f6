import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CharitylogError } from '../../../src/base/errors.ts';
import { parseArguments } from '../../../src/mcp/arguments/parse.ts';
import { type Argument, inputSchema } from '../../../src/mcp/arguments/schema.ts';

const list: readonly Argument[] = [
  { name: 'surname', kind: 'string', required: true, aliases: ['last_name'] },
  { name: 'religion', kind: 'string', several: true },
  { name: 'active', kind: 'boolean' },
  { name: 'people_in_household', kind: 'integer' },
  { name: 'limit', kind: 'integer', range: [1, 50] },
  { name: 'fields', kind: 'strings', description: 'Further fields' },
];
const tool = { name: 'search_people' };

function parse(input: unknown) {
  const { values, notes } = parseArguments(list, input, tool);
  return { values: Object.fromEntries(values), notes };
}

function problemOf(input: unknown): string {
  try {
    parse(input);
  } catch (error) {
    if (error instanceof CharitylogError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('parseArguments forgives', () => {
  test.each([
    ['a number as text', { people_in_household: '5' }, { people_in_household: 5 }],
    ['a text as number', { religion: 3 }, { religion: ['3'] }],
    ['yes', { active: 'yes' }, { active: true }],
    ['N', { active: 'N' }, { active: false }],
    ['"false" as text', { active: 'false' }, { active: false }],
    ['a single value for a list', { fields: 'email' }, { fields: ['email'] }],
    ['values separated by ;', { fields: 'email; mobile' }, { fields: ['email', 'mobile'] }],
    ['a list that looks like JSON', { fields: '["email","mobile"]' }, { fields: ['email', 'mobile'] }],
    ['a list for several values', { religion: [1, '3'] }, { religion: ['1', '3'] }],
    ['values of one argument given as a text', { religion: '1;3; 1' }, { religion: ['1', '3'] }],
    ['null as not given', { active: null }, {}],
    ['surplus spaces', { religion: '  3 ' }, { religion: ['3'] }],
  ])('%s', (_, input, expected) => {
    expect(parse({ surname: 'Smith', ...input })).toEqual({ values: { surname: 'Smith', ...expected }, notes: [] });
  });

  test('case and separators of names, and aliases, and says so', () => {
    expect(parse({ last_name: 'Smith', 'People In Household': 2 })).toEqual({
      values: { surname: 'Smith', people_in_household: 2 },
      notes: ['"last_name" was taken as surname.', '"People In Household" was taken as people_in_household.'],
    });
  });

  test('a limit out of range, and says so', () => {
    expect(parse({ surname: 'Smith', limit: 100 })).toEqual({
      values: { surname: 'Smith', limit: 50 },
      notes: ['limit goes from 1 to 50; 50 was used.'],
    });
  });

  test('a blank value, and says so', () => {
    expect(parse({ surname: 'Smith', active: ' ' }).notes).toEqual(['Blank, so not given: active.']);
  });
});

describe('parseArguments refuses', () => {
  test('an unknown argument, naming the nearest and all', () => {
    expect(problemOf({ surname: 'Smith', relgion: '3' })).toBe(
      'search_people has no argument "relgion". Did you mean religion? It takes: surname, religion, active, ' +
        'people_in_household, limit, fields.',
    );
  });

  test('an argument given twice under two names', () => {
    expect(problemOf({ surname: 'Smith', last_name: 'Jones' })).toContain('surname is given twice');
  });

  test('a missing argument', () => {
    expect(problemOf({})).toBe('surname is missing.');
    expect(problemOf({ surname: '  ' })).toMatch(/^surname is missing\./);
  });

  test.each([
    [{ active: 'perhaps' }, 'active takes true or false, not "perhaps".'],
    [{ people_in_household: 'five' }, 'people_in_household takes a whole number, not "five".'],
    [{ people_in_household: 1.5 }, 'people_in_household takes a whole number, not 1.5.'],
    [{ religion: { id: 3 } }, 'religion takes text, or several texts separated by ;, not an object.'],
    [{ religion: 'a\0b' }, 'religion has a control character; send plain text.'],
  ])('%j', (input, problem) => {
    expect(problemOf({ surname: 'Smith', ...input })).toContain(problem);
  });

  test('several mistakes at once', () => {
    expect(problemOf({ limit: 'x', colour: 'red' })).toMatch(/limit.*colour.*surname is missing/s);
  });
});

test('no argument vanishes: each key is a value, a note or a problem', () => {
  const key = fc.oneof(
    fc.constantFrom(...list.map(({ name }) => name), 'last_name', '__proto__', 'constructor'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), input => {
      const given = Object.keys(input).filter(name => input[name] !== null);
      try {
        const { values, notes } = parse(input);
        expect(Object.keys(values).length + notes.filter(note => note.includes('left out')).length).toBe(given.length);
      } catch (error) {
        expect(error).toBeInstanceOf(CharitylogError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('inputSchema publishes flat, typed leaves', () => {
  expect(inputSchema(list)).toEqual({
    type: 'object',
    properties: {
      surname: { type: 'string' },
      religion: { type: 'string' },
      active: { type: 'boolean' },
      people_in_household: { type: 'integer' },
      limit: { type: 'integer' },
      fields: { type: 'array', items: { type: 'string' }, description: 'Further fields' },
    },
    required: ['surname'],
  });
});
