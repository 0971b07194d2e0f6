import { invalid, type Mend } from '../../../base/errors.ts';
import type { FieldLists } from '../../../catalogue/field.ts';
import { unknownField } from '../../../catalogue/find-field.ts';
import { isIdentifying } from '../../../catalogue/meaning.ts';
import type { Call } from '../../call.ts';
import type { NamedField } from '../conditions/condition.ts';
import { readBeginning } from '../conditions/subject.ts';

/**
 * Reads `summary_of`: a field of numbers, or the age that a date of birth gives.
 *
 * @throws CharitylogError `invalid` for what has no numbers
 */
export async function readSummaryOf(text: string, fields: FieldLists, call: Call): Promise<NamedField> {
  const words = text.replace(/^(?:average|mean|median)\s+(?:of\s+)?/i, '').replace(/^ages$/i, 'age');
  const beginning = readBeginning(words, fields.selectable);
  if (!('named' in beginning) || beginning.rest !== '') {
    const { text: problem, meant } = unknownField(fields, words);
    throw invalid({ text: `summary_of: ${problem}`, mend: meant === undefined ? undefined : ofThis(meant) });
  }
  const { name, field } = beginning.named;
  if (name === 'age' && field.name !== 'age') return { name, field };
  if (field.meaning === 'birth date' && 'named' in readBeginning('age', fields.selectable))
    throw invalid({ text: `summary_of takes age, not ${name}.`, mend: ofThis('age') });
  if (field.masked) throw invalid(`summary_of: ${name} is shown in part only, so its numbers aren't summarised.`);
  const mayHaveNumbers = field.kind === 'count' || (field.kind === 'unknown' && !isIdentifying(name));
  if (!mayHaveNumbers || (await call.catalogue.optionsToShow(field, call.waiting)))
    throw invalid(`summary_of takes age or a field of numbers, which ${name} is not; by counts people by its values.`);
  return { name, field };
}

function ofThis(name: string): Mend {
  return args => ({ ...args, summary_of: name });
}
