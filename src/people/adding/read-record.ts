import { createHash } from 'node:crypto';
import { CharitylogError, invalid } from '../../base/errors.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { Field } from '../../catalogue/field.ts';
import { optionName } from '../../catalogue/options.ts';
import { missingFields } from '../../settings/required-fields.ts';
import { type FieldValue, fieldValue } from '../asking/field-value.ts';
import { type Given, isBlank } from '../call.ts';
import { maskedValue, problemOf } from '../values/kinds.ts';
import type { Adding } from './adding.ts';
import { cleanedNotes, cleanValueOf, lostCharacters } from './clean-values.ts';
import type { Create } from './ledger.ts';
import { otherThanMark, readMark } from './mark.ts';

/** A person to be added. */
export interface NewRecord extends Create {
  /** Field name to value, as the API takes it: ids for type and options, `Y`/`N`, texts. */
  readonly values: ReadonlyMap<string, string>;
  /** The same by argument name and with names of options, as the caller is told. */
  readonly shown: Readonly<Record<string, string | number | boolean>>;
  /** The name of the type that the API gives it, where none is given. */
  readonly defaultType: string | undefined;
  /** What the caller should know of how it was read. */
  readonly notes: readonly string[];
}

type ReadValue = Given & FieldValue;

/** What a new record may be. */
export interface RecordOptions {
  /** The fields that it may have. */
  readonly writable: readonly Field[];
  readonly confirmToken: string | undefined;
}

/**
 * Reads the person to be added.
 *
 * @throws CharitylogError `invalid` naming everything that is missing or malformed
 */
export async function readRecord(
  given: readonly Given[],
  { writable, confirmToken }: RecordOptions,
  adding: Adding,
): Promise<NewRecord> {
  const mark = await readMark(writable, adding);
  const clean = given.map(one => ({ ...one, value: cleanValueOf(one) }));
  const own = clean.filter(({ field, value }) => field.name !== mark?.field.name && !isBlank(value));
  const readOwn = own.map(async one => ({ ...one, ...(await fieldValue(one, 'writing', adding)) }));
  const read = [...(await Promise.all(readOwn)), ...(mark ? [mark] : [])];
  const problems = [
    ...(mark ? otherThanMark(mark, clean) : []),
    ...read.flatMap(value => value.problems),
    ...read.flatMap(lineBreaks),
    ...given.flatMap(lostCharacters),
    ...(await missingByType(read, writable, adding)),
    ...(await malformed(read, adding)),
  ];
  if (problems.length > 0) throw invalid(...problems);
  const values = new Map(read.map(({ field, values }) => [field.name, values.join(';')]));
  return {
    values,
    shown: Object.fromEntries(
      read.map(({ argument, field, shown }) => [argument, field.masked ? maskedValue(field, shown) : shown]),
    ),
    fingerprint: fingerprintOf(values, adding.settings.createVia),
    nameKey: hashOf(['name', ...['first_name', 'surname'].map(name => nameKey(values.get(name)))]),
    confirmToken,
    defaultType: values.has('type') ? undefined : await defaultType(adding),
    notes: cleanedNotes(given, clean),
  };
}

/** Identical creates have the same: the same values, the same way. */
function fingerprintOf(values: ReadonlyMap<string, string>, createVia: string): string {
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return hashOf(['create', createVia, sorted]);
}

/** Stands for a person in memory. The first part tells the kind: two kinds of hashes never meet. */
function hashOf(parts: readonly [kind: string, ...unknown[]]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function nameKey(name = ''): string {
  return foldSpelling(name) || name;
}

/** A name is one line: another could pass for words of somebody else, wherever it is shown. */
function lineBreaks({ argument, field, values }: ReadValue): string[] {
  const sign = field.meaning === 'name' && /[\n\r\t]/.exec(values.join(';'))?.[0];
  return sign ? [`${argument} has a ${sign === '\t' ? 'tab' : 'line break'}.`] : [];
}

/** The type of a record that was sent without one. */
const defaultTypeId = '1';

async function defaultType({ catalogue, waiting }: Adding): Promise<string> {
  const name = optionName(await catalogue.typesToShow(waiting), defaultTypeId);
  return name === defaultTypeId ? `type ${name}` : name;
}

/** What the charity requires of people of this type; without a type, of those of type 1, which the API then uses. */
async function missingByType(
  given: readonly ReadValue[],
  writable: readonly Field[],
  { settings: { requiredFields }, catalogue, waiting }: Adding,
): Promise<string[]> {
  if (requiredFields.length === 0) return [];
  const names = new Set(writable.map(field => foldSpelling(field.name)));
  const unknown = requiredFields.flatMap(part => part.fields).filter(name => !names.has(foldSpelling(name)));
  if (unknown.length > 0) {
    throw new CharitylogError(
      'config',
      `CHARITYLOG_REQUIRED_FIELDS names ${unknown.join(', ')}, which cannot be written on this system: nobody can be added ` +
        'until the administrator corrects the setting.',
      { logText: 'required fields' },
    );
  }
  const type = given.find(({ field }) => field.name === 'type');
  const id = type?.values[0] ?? defaultTypeId;
  const called = [id, optionName(await catalogue.typesToShow(waiting), id)];
  const missing = missingFields(requiredFields, called, new Set(given.map(({ field }) => field.name)));
  return missing.map(name => `${name} is missing: this charity requires it${type ? ` of ${type.shown}` : ''}.`);
}

/** Doubtful dates, addresses and numbers. Options are ids by now, and yes/no is `Y` and `N`. */
async function malformed(given: readonly ReadValue[], { catalogue }: Adding): Promise<string[]> {
  const texts = given.filter(
    ({ field, problems }) =>
      problems.length === 0 && !['choice', 'yes_no'].includes(field.kind) && !catalogue.knownOptions(field),
  );
  const problems = await Promise.all(texts.map(({ field, values }) => problemOf(field, values.join(';'))));
  return problems.filter(problem => problem !== undefined);
}
