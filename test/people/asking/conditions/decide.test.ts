import { describe, expect, test } from 'vitest';
import { decider } from '../../../../src/people/asking/conditions/decide.ts';
import { read, today } from './made-up-fields.ts';

describe('decides', () => {
  const holds = (text: string, person: Record<string, unknown>) => {
    const one = read(text);
    return typeof one === 'string' ? one : decider(one, today)({ id: 1, ...person });
  };

  test.each([
    ['age >= 65', { date_of_birth: '1961-11-26' }, 'holds'],
    ['age >= 65', { date_of_birth: '1961-11-27' }, 'fails'],
    ['age < 18', { date_of_birth: '26/11/2008' }, 'fails'],
    ['age < 18', { date_of_birth: '2030-01-01' }, 'unreadable'],
    ['age 22..22', { date_of_birth: '2004-02-29' }, 'holds'],
    ['birthday 12-20..01-10', { date_of_birth: '1950-01-03' }, 'holds'],
    ['birthday 12-20..01-10', { date_of_birth: '1950-02-03' }, 'fails'],
    ['birthday in December', { date_of_birth: '' }, 'blank'],
    ['created <= 2020-01-31', { created: '2020-01-31 23:59:00' }, 'holds'],
    ['created <= 2020-01-31', { created: 'long ago' }, 'unreadable'],
    ['created not 2020', { created: 'long ago' }, 'holds'],
    ['district is Eastwick', { district: 'eastwick' }, 'holds'],
    ['district is Eastwick', { district: 21 }, 'holds'],
    ['district is Arts;"Crafts Quarter"', { district: 'Arts; Crafts Quarter' }, 'fails'],
    ['district is not Eastwick', { district: 'Elsewhere' }, 'holds'],
    ['district contains craft', { district: '26' }, 'holds'],
    ['type has all Volunteers;Staff', { type: '22;23' }, 'holds'],
    ['type has all Volunteers;Staff', { type: ['Volunteers'] }, 'fails'],
    ['type has only Volunteers', { type: '22' }, 'holds'],
    ['type has only Volunteers', { type: '22;23' }, 'fails'],
    ['type is only Volunteers;Staff', { type: '22;23' }, 'holds'],
    ['type is not only Volunteers', { type: '22;23' }, 'holds'],
    ['type is not only Volunteers', { type: '22' }, 'fails'],
    ['type is not Clients', { type: '21,22' }, 'fails'],
    ['deceased is no', { deceased: '0' }, 'holds'],
    ['mobile is 07700 900118', { mobile: '+44 (0)7700-900118' }, 'holds'],
    ['mobile ends with 0118', { mobile: '07700 90 01 18' }, 'holds'],
    ['mobile starts with +44 7700', { mobile: '07700900118' }, 'holds'],
    ['postcode starts with zz3', { postcode: 'ZZ3 4AB' }, 'holds'],
    ['postcode is zz34ab', { postcode: 'ZZ3 4AB' }, 'holds'],
    ['email is jo.n@example.org', { email: 'jon@example.org' }, 'fails'],
    ['email ends with @EXAMPLE.org', { email: 'Jo@example.org' }, 'holds'],
    ['surname is obrien', { surname: 'O’Brien' }, 'holds'],
    ["surname starts with O'", { surname: 'O’Brien' }, 'holds'],
    ["surname starts with O'", { surname: 'Okafor' }, 'fails'],
    ["surname starts with O'", { surname: 'O\u02BCDwyer' }, 'holds'],
    ['surname starts with O\u02BC', { surname: 'O´Dwyer' }, 'holds'],
    ['surname starts with O\u02BC', { surname: 'Okafor' }, 'fails'],
    ['surname ends with "-smith"', { surname: 'Lloyd\u2011Smith' }, 'holds'],
    ['notes contains `guide dog`', { notes: 'has a guide dog' }, 'holds'],
    ['surname starts with O’D', { surname: 'Odell' }, 'holds'],
    ['surname contains "\'b"', { surname: "Ó'Brien" }, 'holds'],
    ['surname contains "\'b"', { surname: 'Abbott' }, 'fails'],
    ['surname ends with "-smith"', { surname: 'Lloyd-Smith' }, 'holds'],
    ['surname ends with "-smith"', { surname: 'Goldsmith' }, 'fails'],
    ['surname starts with anne-', { surname: 'Annette' }, 'fails'],
    ["surname does not start with O'", { surname: 'Okafor' }, 'holds'],
    ['surname is smith', { surname: 'Smithson' }, 'fails'],
    ['notes contains Guide Dog', { notes: 'has a guidedog' }, 'holds'],
    ['notes contains secret', { notes: { secret: 'secret' } }, 'fails'],
    ['hours >= 5', { hours: '7.5' }, 'holds'],
    ['hours >= 5', { hours: 'many' }, 'unreadable'],
    ['hours is yes', { hours: 'Y' }, 'holds'],
  ])('%s of %j: %s', (text, person, expected) => {
    expect(holds(text, person)).toBe(expected);
  });
});
