import type { Field } from '../../../../src/catalogue/field.ts';
import type { Condition } from '../../../../src/people/asking/conditions/condition.ts';
import { readCondition } from '../../../../src/people/asking/conditions/read-condition.ts';
import { readBeginning, subjectOf } from '../../../../src/people/asking/conditions/subject.ts';

/** The day on which the conditions of tests are read. */
export const today = 20_261_126;

function field(name: string, kind: Field['kind'], meaning?: Field['meaning']): Field {
  return { name, label: name.replaceAll('_', ' '), kind, meaning, special: false };
}

/** Fields of every kind. */
export const fields: readonly Field[] = [
  field('type', 'choice'),
  field('district', 'choice'),
  field('consent', 'choice'),
  field('colour', 'choice'),
  field('deceased', 'yes_no'),
  field('people_in_household', 'count'),
  field('date_of_birth', 'date', 'birth date'),
  field('created', 'date', 'date'),
  field('surname', 'text', 'name'),
  field('notes', 'text', 'note'),
  field('email', 'text', 'e-mail'),
  field('mobile', 'text', 'phone'),
  field('postcode', 'text', 'postcode'),
  field('hours', 'unknown'),
];

/** The options of choices, with separators, signs and words of conditions in them. */
export const optionNames: Readonly<Record<string, readonly string[]>> = {
  type: ['Clients', 'Volunteers', 'Staff'],
  district: ['Eastwick', 'Dunmere', 'Stow, North', 'Arts', 'Crafts Quarter', 'Arts; Crafts Quarter'],
  consent: ['None', 'Not yet asked', 'Yet asked', 'Given', 'No', 'Is blank', '6" tall'],
};

function optionsOf({ name }: Field) {
  return optionNames[name]?.map((option, n) => ({ id: String(n + 21), name: option }));
}

/** The condition that a text is read as, or why it is refused. */
export function read(text: string): Condition | string {
  const beginning = readBeginning(text, fields);
  if ('problem' in beginning) return beginning.problem;
  const { named, rest } = beginning;
  const options = named.name === named.field.name ? optionsOf(named.field) : undefined;
  const result = readCondition(subjectOf(named.field, options, named.name), rest, { text, today });
  return 'condition' in result ? result.condition : result.problem;
}
