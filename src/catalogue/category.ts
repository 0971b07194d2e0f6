import type { Field } from './field.ts';
import { knownField } from './known-fields.ts';
import { isIdentifying, isSpecialByName, meaningOf } from './meaning.ts';

/** What kind of personal data a field holds, as far as its name tells. */
export type Category = 'special category' | 'identifies or reaches somebody' | 'other';

/** The kind of data of a field; of one that is known by its name alone, `special` is told by that. */
export function categoryOf({ name, special = isSpecial(name) }: Pick<Field, 'name'> & Partial<Field>): Category {
  if (special) return 'special category';
  const meaning = meaningOf(name);
  const isTelling = isIdentifying(name) || meaning === 'birth date' || meaning === 'postcode' || name === 'name';
  return isTelling ? 'identifies or reaches somebody' : 'other';
}

function isSpecial(name: string): boolean {
  return knownField(name)?.special ?? isSpecialByName(name);
}
