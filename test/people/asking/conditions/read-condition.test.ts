import { describe, expect, test } from 'vitest';
import { printCondition } from '../../../../src/people/asking/conditions/condition.ts';
import { read } from './made-up-fields.ts';

function printed(text: string): string {
  const condition = read(text);
  return typeof condition === 'string' ? 'refused' : printCondition(condition);
}

describe('a condition', () => {
  test.each([
    // As the design writes them
    ['email is blank', 'email is blank'],
    ['email is not blank', 'email is not blank'],
    ['district is Eastwick;Dunmere', 'district is Eastwick;Dunmere'],
    ['district is not Eastwick', 'district is not Eastwick'],
    ['date_of_birth 1950-01-01..1959-12-31', 'date_of_birth 1950-01-01..1959-12-31'],
    ['age >= 65', 'age >= 65'],
    ['people_in_household < 3', 'people_in_household < 3'],
    ['notes contains dog', 'notes contains dog'],
    ['postcode starts with ZZ3', 'postcode starts with ZZ3'],
    ['type has all Volunteers;Staff', 'type has all Volunteers;Staff'],
    ['birthday 12-20..01-10', 'birthday 12-20..01-10'],
    // As people write them
    ['EMAIL IS EMPTY', 'email is blank'],
    ['e-mail is not recorded', 'email is blank'],
    ["email isn't blank", 'email is not blank'],
    ['email is recorded', 'email is not blank'],
    ['email != null', 'email is not blank'],
    ['email = *', 'email is not blank'],
    ['District = eastwick', 'district is Eastwick'],
    ['district: 22', 'district is Dunmere'],
    ['district != Eastwick', 'district is not Eastwick'],
    ['district <> Eastwick', 'district is not Eastwick'],
    ['district isn’t Eastwick', 'district is not Eastwick'],
    ['district not in Eastwick, Dunmere', 'district is not Eastwick;Dunmere'],
    ['district is Eastwick or Dunmere', 'district is Eastwick;Dunmere'],
    ['district is "Eastwick"', 'district is Eastwick'],
    ['district is Stow, North', 'district is Stow, North'],
    ['type is a volunteer', 'refused'],
    ['type is volunteer', 'type is Volunteers'],
    ['type has all Volunteers and Staff', 'type has all Volunteers;Staff'],
    ['type has only Volunteers', 'type has only Volunteers'],
    ['type is only Volunteers', 'type has only Volunteers'],
    ['type = only Volunteers and Staff', 'type has only Volunteers;Staff'],
    ['type is not only Volunteers', 'type does not have only Volunteers'],
    ['type does not have all Volunteers;Staff', 'type does not have all Volunteers;Staff'],
    ['age ≥ 65', 'age >= 65'],
    ['age is at least 65', 'age >= 65'],
    ['age over 65', 'age > 65'],
    ['age under 18', 'age < 18'],
    ['age 65+', 'age >= 65'],
    ['age 65 and over', 'age >= 65'],
    ['age between 18 and 25', 'age 18..25'],
    ['age is between 18 and 25', 'age 18..25'],
    ['age 18–25', 'age 18..25'],
    ['age 18-25', 'age 18..25'],
    ['age is not 18..25', 'age not 18..25'],
    ['age no more than 17', 'age <= 17'],
    ['age not less than 65', 'age >= 65'],
    ['people_in_household is 2 or 3', 'people_in_household is 2;3'],
    ['created after 2020-01-01', 'created > 2020-01-01'],
    ['created before 01/02/2020', 'created < 2020-02-01'],
    ['created after 2020', 'created > 2020-12-31'],
    ['created in 2025', 'created 2025-01-01..2025-12-31'],
    ['created 2024-02', 'created 2024-02-01..2024-02-29'],
    ['created since today-3y', 'created >= 2023-11-26'],
    ['created >= today - 6 months', 'created >= 2026-05-26'],
    ['created before 2 weeks ago', 'created < 2026-11-12'],
    ['created from 2020 to 2021', 'created 2020-01-01..2021-12-31'],
    ['born before 1950', 'date_of_birth < 1950-01-01'],
    ['birthday in December', 'birthday 12-01..12-31'],
    ['birthday is 25/12', 'birthday is 12-25'],
    ['birthday today..today+7d', 'birthday 11-26..12-03'],
    ['birthday 2026-12-24..2027-01-03', 'birthday 12-24..01-03'],
    ['birthday between 24/12/2026 and 3 January 2027', 'birthday 12-24..01-03'],
    ['birthday December 2026 to January 2027', 'birthday 12-01..01-31'],
    ['deceased is false', 'deceased is no'],
    ['deceased not yes', 'deceased is not yes'],
    ["notes doesn't contain dog", 'notes does not contain dog'],
    ['notes contains dog;cat', 'notes contains dog;cat'],
    ['notes contains "dog or cat"', 'notes contains "dog or cat"'],
    ['postcode begins with qm2', 'postcode starts with qm2'],
    ['surname is Smith-Jones', 'surname is Smith-Jones'],
    ["surname is O'Brien", "surname is O'Brien"],
    ["district IN ('Eastwick', 'Stow, North')", 'district is Eastwick;Stow, North'],
    ["notes like '%dog%'", 'notes contains dog'],
    ['surname not like Smi%', 'surname does not start with Smi'],
    ['created in the last 12 months', 'created 2025-11-26..2026-11-26'],
    ['created between 1 April 2018 and 31 March 2019', 'created 2018-04-01..2019-03-31'],
    ['born May 1948', 'date_of_birth 1948-05-01..1948-05-31'],
    ['hours >= 5', 'hours >= 5'],
    ['hours is 5-6', 'hours is 5-6'],
    // An option's whole name wins over the words in it
    ['consent is None', 'consent is None'],
    ['consent is Not yet asked', 'consent is Not yet asked'],
    ['consent is not Not yet asked', 'consent is not Not yet asked'],
    ['consent is not Yet asked', 'consent is Not yet asked'],
    ['consent is No', 'consent is No'],
    ['district is Arts; Crafts Quarter', 'district is "Arts; Crafts Quarter"'],
    ['district is "Arts";"Crafts Quarter"', 'district is "Arts";"Crafts Quarter"'],
  ])('%s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test.each([
    'created 2020..2010',
    'email is not blank;mobile is not blank',
    'notes contains dog;mobile is blank',
    'surname is Smith and age > 5',
    'created last year',
    'age 65..18',
    'age',
    'email',
    'not district is Eastwick',
    'district is !Eastwick',
    'district is Eastwick and type is Staff',
    'district > Eastwick',
    'district is',
    'notes contains dog or cat',
    'notes contains dog and cat',
    'notes contains dog and age > 5',
    'surname is Smi*',
    'surname is not not Smith',
    'surname is !Smith',
    'surname is Null',
    'surname is A..C',
    'surname is Smith or Jones',
    'date_of_birth is 30/02/1950',
    'date_of_birth > 12/31/1950',
    'date_of_birth over 1950',
    'people_in_household after 3',
    'created older than 3',
    'birthday 02-30',
    'birthday 13-01',
    'birthday 1948-05-17',
    'age 18.5',
    'deceased is perhaps',
    'shoe is 5',
  ])('%s is refused', text => {
    expect(read(text)).toBeTypeOf('string');
  });

  test('that is refused names the forms of its field, with its options', () => {
    expect(read('district > 3')).toBe(
      '"district > 3" cannot be read. Forms: "district is Eastwick;Dunmere", "district is not Eastwick", "district is blank".',
    );
    expect(read('created 2020..2010')).toContain('ends before it begins');
    expect(read('birthday 1950-01-01..1959-12-31')).toContain('ask about the date of birth');
    expect(read('birthday today..today+1y')).toContain('less than a year');
    expect(read('over 65s')).toContain('such as "age >= 65"');
  });
});
