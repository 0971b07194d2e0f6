import { cast } from './cast.ts';
import { extraField, type SandboxPerson } from './fields.ts';
import { makePerson, plain } from './person.ts';
import { createRandom, type Random } from './random.ts';

/** How many people to make up, and from which seed. */
export interface PeopleOptions {
  readonly count: number;
  readonly seed: number;
  /** How many of the fields `extra_1`, `extra_2`, ... to fill, for about a third of the people each. */
  readonly extraFields: number;
}

/** Generated people come after the cast. */
const firstGeneratedId = 41;

/**
 * Makes up people: first the fixed cast (see `cast.ts`), then generated ones, in order of id. The same options give the same
 * people. Every e-mail address, phone number and NHS number is from a range that is never given to anybody.
 */
export function makePeople({ count, seed, extraFields }: PeopleOptions): SandboxPerson[] {
  const random = createRandom(seed);
  const generated: SandboxPerson[] = [];
  let id = firstGeneratedId;
  while (cast.length + generated.length < count) {
    const earlier = random.maybe(0.02, generated);
    generated.push(earlier ? makeNearDuplicate(random, id, earlier) : makePerson(random, id));
    id += random.chance(0.1) ? random.integer(2, 9) : 1;
  }
  const people = [...cast.map(member => ({ ...member })), ...generated].slice(0, count);
  return extraFields > 0 ? fillExtraFields(people, createRandom(seed + 1), extraFields) : people;
}

/** Somebody who may or may not be the earlier person: entered a second time in other spelling, or just of the same name. */
function makeNearDuplicate(random: Random, id: number, earlier: SandboxPerson): SandboxPerson {
  const { first_name = '', surname = '', date_of_birth, age_range, postcode, nhs_number, gender } = earlier;
  const other = makePerson(random, id);
  if (random.chance(0.4)) return { ...other, first_name, surname, gender };
  return {
    ...other,
    first_name: random.chance(0.5) ? plain(first_name) : first_name,
    surname: plain(surname).replace(/['-]/g, ''),
    gender,
    date_of_birth,
    age_range,
    postcode: postcode?.replaceAll(' ', ''),
    nhs_number: nhs_number?.replaceAll(' ', ''),
    email: undefined,
  };
}

function fillExtraFields(people: readonly SandboxPerson[], random: Random, extraFields: number): SandboxPerson[] {
  const fields = Array.from({ length: extraFields }, (_, index) => extraField(index + 1));
  return people.map(person => {
    const filled = fields.filter(() => random.chance(0.35));
    return { ...person, ...Object.fromEntries(filled.map(field => [field.name, makeExtraValue(random, field)])) };
  });
}

function makeExtraValue(random: Random, { kind, options }: ReturnType<typeof extraField>): string | number {
  if (options) return random.pick([...options.keys()]);
  return random.pick(kind === 'yes-no' ? ['Y', 'N'] : ['apple', 'pear', 'plum']);
}
