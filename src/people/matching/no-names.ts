/** What stands in the place of a name that nobody knows. */
import type { Words } from './known-details.ts';

/** As the words of a name, folded. `Na`, `Nil` and `Null` are names; `N/A` is two words. */
const unknown = new Set(
  'unknown,unkown,unknow,not known,notknown,n a,n k,none,no name,noname,name unknown,unknown name,not given,not stated,not provided,not recorded,not applicable,not disclosed,withheld,anon,anonymous,no surname,no first name,fnu,lnu,nfn,nln,tbc,tba,to be confirmed,surname,first name,firstname,xx,xxx,xxxx'.split(
    ',',
  ),
);

/** Titles alone are no first name. `Hon` and `Lord` are names, too. */
const titles = new Set('mr mrs ms miss mx messrs mstr dr and'.split(' '));

/** True for words that are no surname, and no first name. */
export function isNoName(words: Words): boolean {
  const areSigns = words.every(word => !/[\p{L}\p{N}]/u.test(word));
  return words.length > 0 && (areSigns || unknown.has(words.join(' ')));
}

/** True for words that are no first name: titles alone, such as those of a couple, too. */
export function isNoFirstName(words: Words): boolean {
  return isNoName(words) || (words.length > 0 && words.every(word => titles.has(word)));
}
