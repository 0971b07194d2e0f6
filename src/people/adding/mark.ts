/** The mark that a charity has written into each new record. */
import { CharitylogError, type Problem } from '../../base/errors.ts';
import { quote } from '../../base/quote.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { Field } from '../../catalogue/field.ts';
import { isIdentifying } from '../../catalogue/meaning.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { type FieldValue, fieldValue } from '../asking/field-value.ts';
import type { Call, Given } from '../call.ts';
import { problemOf } from '../values/kinds.ts';
import type { AddingSettings } from './adding.ts';

type MarkCall = Pick<Call, 'catalogue' | 'waiting'> & { readonly settings: Pick<AddingSettings, 'createMark'> };

/**
 * The mark as a value of a new record; `undefined` where the charity has none.
 *
 * @param writable the fields that a new record may have
 * @throws CharitylogError `config` where this system can't take it
 */
export async function readMark(
  writable: readonly Field[],
  { settings: { createMark }, ...call }: MarkCall,
): Promise<(Given & FieldValue) | undefined> {
  if (!createMark) return undefined;
  const field = writable.find(one => foldSpelling(one.name) === foldSpelling(createMark.field));
  if (!field) throw wrongMark(`names ${createMark.field}, which cannot be written on this system`);
  if (tellsPeopleApart(field)) throw wrongMark(`names ${field.name}, which tells people apart: choose another field`);
  const isYesNo = field.kind === 'yes_no' ? decodeYesNo(createMark.text) : undefined;
  const given = { argument: field.name, field, value: isYesNo ?? createMark.text };
  const read = await fieldValue(given, 'writing', call);
  const malformed = field.kind === 'choice' ? undefined : await problemOf(field, read.values.join(';'));
  const [problem = malformed] = read.problems;
  if (problem) throw wrongMark(`does not fit: ${typeof problem === 'string' ? problem : problem.text}`);
  return { ...given, ...read };
}

/** What is wrong where a caller gives another value for the field of the mark. */
export function otherThanMark(mark: Given & FieldValue, given: readonly Given[]): Problem[] {
  const other = given.filter(({ field, value }) => field.name === mark.field.name && !isSame(value, mark));
  return other.map(({ argument, value }) => ({
    text:
      `${argument} cannot be given: this charity has ${quote(String(mark.shown))} written there in each new record. Leave it ` +
      `out, and tell the user that ${quote(String(value))} is not stored, or give it in another field.`,
    mend: ({ [argument]: _, ...args }) => args,
  }));
}

function isSame(value: Given['value'], { shown, values }: FieldValue): boolean {
  const texts = [String(shown), ...values].map(foldSpelling);
  return texts.includes(foldSpelling([value].flat().join(' ')));
}

/** Everybody with the mark would pass for one person. */
function tellsPeopleApart({ name, meaning }: Field): boolean {
  if (meaning === 'birth date' || meaning === 'postcode') return true;
  return isIdentifying(name) && meaning !== 'note' && meaning !== 'reference';
}

function wrongMark(problem: string): CharitylogError {
  const message = `CHARITYLOG_CREATE_MARK ${problem}. Nobody can be added until the administrator corrects the setting.`;
  return new CharitylogError('config', message, { logText: 'mark of new records' });
}
