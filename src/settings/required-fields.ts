/**
 * The charity's own minimum data set. The web application asks for one when a record is entered, the API doesn't
 * (manual: API clients): there it is up to the caller.
 */
import { foldSpelling } from '../base/spelling.ts';

/** Fields that a new record must have, for people of any of the types (by name or id) or for everybody. */
export type RequiredFields = readonly {
  readonly types: readonly string[] | 'all';
  readonly fields: readonly string[];
}[];

/**
 * Reads the setting: parts separated by `,`, each of them fields separated by `;`, with the types they are for before a
 * `=`. `undefined` where it is malformed.
 *
 * @example parseRequiredFields('surname;email,Volunteers=date_of_birth')
 * // [{ types: 'all', fields: ['surname', 'email'] }, { types: ['Volunteers'], fields: ['date_of_birth'] }]
 */
export function parseRequiredFields(text: string): RequiredFields | undefined {
  const parts = text.split(',').map(parsePart);
  return parts.every(part => part !== undefined) ? parts : undefined;
}

/** The fields that every new record must have, whatever its type. */
export function requiredForAll(required: RequiredFields): readonly string[] {
  return [...new Set(required.flatMap(({ types, fields }) => (types === 'all' ? fields : [])))];
}

/**
 * The required fields that a new record doesn't have, each once and in the order of the setting, by what the record's types
 * may be called and the names of the fields that it has a value for.
 */
export function missingFields(
  required: RequiredFields,
  typeNamesAndIds: readonly string[],
  given: ReadonlySet<string>,
): readonly string[] {
  const ofRecord = new Set(typeNamesAndIds.map(typeKey));
  const wanted = required
    .filter(({ types }) => types === 'all' || types.some(type => ofRecord.has(typeKey(type))))
    .flatMap(({ fields }) => fields);
  const present = new Set([...given].map(foldSpelling));
  return [...new Set(wanted)].filter(field => !present.has(foldSpelling(field)));
}

function parsePart(part: string): RequiredFields[number] | undefined {
  const [fields, types, ...rest] = part.split('=').map(listOf).reverse();
  if (!fields?.every(isFieldName) || rest.length > 0) return undefined;
  if (!types) return { types: 'all', fields };
  return types.every(type => foldSpelling(type) !== '') ? { types, fields } : undefined;
}

function listOf(text: string): string[] {
  return text.split(';').map(item => item.trim());
}

/** No API name has a space or a colon: `Staff: email` is a slip for `Staff=email`, not a field that nobody can give. */
function isFieldName(text: string): boolean {
  return foldSpelling(text) !== '' && !/[\s:]/.test(text);
}

/** The same for `Volunteers` and `volunteer`, `Families` and `family`. */
function typeKey(type: string): string {
  return foldSpelling(type)
    .replace(/s$/, '')
    .replace(/(ie|y)$/, 'i');
}
