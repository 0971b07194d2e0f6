/** Compares a record that was read back with the one that was sent, field by field. */
import { foldSpelling } from '../../base/spelling.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import type { Meaning } from '../../catalogue/meaning.ts';
import { optionName } from '../../catalogue/options.ts';
import type { Option, Person } from '../../charitylog/api.ts';
import { decodeTypes, decodeYesNo } from '../../charitylog/values.ts';
import { hasValue, namesOf } from '../asking/show-person.ts';
import type { Call } from '../call.ts';
import { date } from '../values/date.ts';
import { kindOf } from '../values/kinds.ts';
import type { NewRecord } from './read-record.ts';

type Sent = NewRecord['values'];

/** How a record that was read back compares with the one that was sent. */
export interface ComparedWithSent {
  /** The fields that aren't stored as they were sent, blank ones included. */
  readonly differing: readonly string[];
  /** The fields with the value that was sent, in any writing. */
  readonly agreeing: readonly string[];
  /** True if both names are the same. */
  readonly isNamedAsSent: boolean;
  /**
   * True if the record may be the one that was sent: both names are the same, and no choice or identifying value differs. A
   * value that the system left out or rewrote contradicts nothing.
   */
  readonly maybeSent: boolean;
}

/** Compares a record that was read back with the one that was sent. */
export async function compareWithSent(
  sent: Sent,
  stored: Person,
  { catalogue, waiting }: Pick<Call, 'catalogue' | 'waiting'>,
): Promise<ComparedWithSent> {
  const fields = storedFields(sent, await catalogue.fields(waiting));
  const compared = fields.flatMap(field => {
    const text = sent.get(field.name);
    return text === undefined ? [] : [compareValue(field, text, stored[field.name], catalogue.knownOptions(field))];
  });
  const isNamedAsSent = ['first_name', 'surname'].every(name => isSameText(sent.get(name) ?? '', stored[name]));
  return {
    differing: compared.filter(({ isAsSent }) => !isAsSent).map(({ name }) => name),
    agreeing: compared.filter(({ agrees }) => agrees).map(({ name }) => name),
    isNamedAsSent,
    maybeSent: isNamedAsSent && !compared.some(({ isContradicted }) => isContradicted),
  };
}

/** The fields to read back: those that were sent, in their order, and the type. */
export function storedFields(sent: Sent, { selectable }: FieldLists): readonly Field[] {
  const names = [...new Set([...sent.keys(), 'type'])];
  return names.flatMap(name => selectable.find(field => field.name === name) ?? []);
}

function compareValue(field: Field, text: string, value: unknown, options: readonly Option[] | undefined) {
  const { name } = field;
  if (isStoredAsSent(text, value)) return { name, isAsSent: true, agrees: true, isContradicted: false };
  if (!options && name !== 'type') return { name, isAsSent: false, ...compareText(field, text, value) };
  const ours = text.split(';').map(id => (options ? optionName(options, id) : id));
  const theirs = options ? namesOf(value, options) : decodeTypes(value);
  const isAsSent = isSameSet(ours, theirs);
  const isContradicted = hasValue(value) && !theirs.some(one => ours.includes(one));
  return { name, isAsSent, agrees: isAsSent, isContradicted };
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.every(one => others.includes(one)) && others.every(one => some.includes(one));
}

function isStoredAsSent(sent: string, stored: unknown): boolean {
  const text = String(stored ?? '').trim();
  if (text === sent || (date.normal(sent) !== '' && date.normal(sent) === date.normal(text))) return true;
  if (decodeYesNo(sent) !== undefined && decodeYesNo(sent) === decodeYesNo(stored)) return true;
  return typeof stored === 'object' && decodeTypes(stored).sort().join(';') === sent.split(';').sort().join(';');
}

const telling = new Set<Meaning>(['birth date', 'e-mail', 'NHS number', 'external id', 'phone', 'postcode']);

/**
 * Compares texts in any writing. They contradict each other where they can't belong to one person: the field identifies people,
 * and both values are readable and differ.
 */
function compareText({ meaning }: Field, sent: string, stored: unknown) {
  if (!hasValue(stored)) return { agrees: false, isContradicted: false };
  if (!meaning || !telling.has(meaning)) return { agrees: isSameText(sent, stored), isContradicted: false };
  const [ours, theirs] = [sent, String(stored)].map(kindOf(meaning).normal);
  const areKnown = ours !== '' && theirs !== '';
  return { agrees: areKnown && ours === theirs, isContradicted: areKnown && ours !== theirs };
}

function isSameText(sent: string, stored: unknown): boolean {
  const text = String(stored ?? '');
  return foldSpelling(text) === foldSpelling(sent) && (foldSpelling(sent) !== '' || text.trim() === sent.trim());
}
