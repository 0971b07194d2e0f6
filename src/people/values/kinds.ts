import type { Field } from '../../catalogue/field.ts';
import type { Meaning } from '../../catalogue/meaning.ts';
import { birthDate, date } from './date.ts';
import { email } from './email.ts';
import { nhsNumber } from './nhs-number.ts';
import { phone } from './phone.ts';
import { postcode } from './postcode.ts';
import { code, reference, text } from './text.ts';
import { masked, type ValueKind } from './value-kind.ts';

const kinds: Partial<Record<Meaning, ValueKind>> = {
  'birth date': birthDate,
  date,
  'e-mail': email,
  'external id': code,
  'NHS number': nhsNumber,
  phone,
  postcode,
  reference,
};

/** A value that is longer is quoted in part, in characters. */
const quotedUpTo = 60;

/** The kind of value that a field of this meaning holds; plain text where nothing more is known. */
export function kindOf(meaning: Meaning | undefined): ValueKind {
  return (meaning && kinds[meaning]) ?? text;
}

/** What is shown of a value of a masked field: the part that its kind has for that, and nothing of an answer or an option. */
export function maskedValue({ kind, meaning }: Pick<Field, 'kind' | 'meaning'>, value: unknown): string {
  const isPlain = typeof value === 'string' || typeof value === 'number';
  return isPlain && kind !== 'choice' ? kindOf(meaning).mask(String(value)) : masked;
}

/**
 * What is doubtful in a value that is to be stored, as the API takes every value as it comes and nothing can be corrected
 * afterwards: a sentence such as `date_of_birth 1948-02-30 is no day of the calendar; check it with the person, or leave it out.`
 */
export async function problemOf(
  { name, meaning }: Pick<Field, 'name' | 'meaning'>,
  value: string,
  now: Date = new Date(),
): Promise<string | undefined> {
  // The answer to a yes/no field.
  if (value === 'Y' || value === 'N') return undefined;
  const problem = await kindOf(meaning).problem(value, now);
  return problem && `${name} ${quoted(value)} ${problem}.`;
}

function quoted(value: string): string {
  const line = value.replace(/\s/g, ' ');
  return line.length > quotedUpTo ? `${line.slice(0, quotedUpTo - 1).toWellFormed()}…` : line;
}
