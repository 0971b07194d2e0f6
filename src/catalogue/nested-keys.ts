import { memoizeFirst } from '../base/memoize.ts';
import { foldedParts, foldSpelling } from '../base/spelling.ts';
import { type Field, typeField } from './field.ts';
import { isSpecialByName } from './meaning.ts';

/** So many letters of a name in a row are that name, whatever is before and after them: `clientnhsnumber`. */
const telling = 6;

/** How many keys are remembered with what was found of them. */
const maxRemembered = 1000;

/** A test of keys. */
export type KeyTest = (key: string) => boolean;

/** What the keys inside a value are: a field may hold a list of records, with fields of their own. */
export interface NestedKeys {
  /** True for a key that is, or has in it, the name or the label of a field that is to be hidden. */
  readonly isHidden: KeyTest;
  /** True for one that speaks of special-category data. */
  readonly isSpecial: KeyTest;
}

/**
 * The tests for the keys inside the values of a system.
 *
 * @param hiddenFields the names to hide, as they are set; `sensitive` means all special-category ones
 * @param fields all fields of the system, the hidden ones too
 */
export function nestedKeys(hiddenFields: readonly string[], fields: readonly Field[]): NestedKeys {
  const hidden = new Set(hiddenFields.map(foldSpelling));
  const namesOf = (some: readonly Field[]) => some.flatMap(({ name, label }) => [name, label]);
  const isNamedSpecial = keyTest(namesOf(fields.filter(field => field.special)));
  const isSpecial = memoizeFirst(
    maxRemembered,
    (key: string) => isNamedSpecial(key) || isSpecialByName(key.replaceAll('_', ' ')),
  );
  const isNamedHidden = keyTest([
    ...hiddenFields.filter(name => foldSpelling(name) !== 'sensitive'),
    ...namesOf(fields.filter(({ name }) => hidden.has(foldSpelling(name)))),
  ]);
  const hidesSpecial = hidden.has('sensitive');
  const isHidden = (key: string) => isNamedHidden(key) || (hidesSpecial && isSpecial(key));
  return { isSpecial, isHidden: memoizeFirst(maxRemembered, isHidden) };
}

/** The test for keys that are one of these names, or have it in them: `related_nhs_number`, `nhsNumber2`, `NHS Number`. */
export function keyTest(names: readonly string[]): KeyTest {
  const wanted = names
    .filter(name => name !== typeField.name && foldSpelling(name) !== '')
    .map(name => ({ words: wordsOf(name), folded: foldSpelling(name) }));
  if (wanted.length === 0) return () => false;
  return key => {
    const [words, folded] = [wordsOf(key), foldSpelling(key)];
    return wanted.some(one => {
      const isTelling = one.folded.length >= telling && !/\d/.test(one.folded);
      return folded === one.folded || words.includes(one.words) || (isTelling && folded.includes(one.folded));
    });
  };
}

/** The words of a name, each between spaces: ` nhs number 2 ` for `nhsNumber2`. */
function wordsOf(name: string): string {
  const parted = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2');
  return ` ${foldedParts(parted, /[^\p{L}\p{N}]+/u).join(' ')} `;
}
