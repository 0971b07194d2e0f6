import { quote } from '../../base/quote.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import { wordsOf } from '../matching/known-details.ts';
import { isNoFirstName, isNoName } from '../matching/no-names.ts';

/** What stands for a name and is none: whoever gave it may know the name, or there may be none. */
export function nameDoubts(values: ReadonlyMap<string, string>): string[] {
  return nameFields.flatMap(field => {
    const name = values.get(field) ?? '';
    const isNone = field === 'surname' ? isNoName : isNoFirstName;
    return isNone(wordsOf(name)) ? [`${field} ${quote(name)} is no name.`] : [];
  });
}
