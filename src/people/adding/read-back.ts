import { foldSpelling } from '../../base/spelling.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import type { Meaning } from '../../catalogue/meaning.ts';
import { optionName } from '../../catalogue/options.ts';
import type { Person } from '../../charitylog/api.ts';
import { decodeTypes, decodeYesNo } from '../../charitylog/values.ts';
import { hasValue, viewOf } from '../asking/show-person.ts';
import type { Call } from '../call.ts';
import { type Candidate, candidateOf, comparerFor, fieldsToCompare } from '../matching/compare-record.ts';
import { date } from '../values/date.ts';
import { kindOf } from '../values/kinds.ts';
import type { SeenBefore } from './ledger.ts';
import { readAmongNeighbours } from './neighbours.ts';
import type { NewRecord } from './read-record.ts';

type Sent = NewRecord['values'];

/** A new record as it was read back, and who may be the same person among those whom others added at the same moment. */
export interface ReadBack {
  readonly stored: Person;
  readonly alike: readonly Candidate[];
}

/**
 * Reads the record with this id back, as far as its fields were sent, and its neighbours by id.
 *
 * @returns `undefined` where the API user is shown none, or one that isn't the record that was sent
 */
export async function readBack(id: number, sent: Sent, before: SeenBefore, call: Call): Promise<ReadBack | undefined> {
  const lists = await call.catalogue.fields(call.signal);
  const stored = storedFields(sent, lists).map(field => field.name);
  const compared = fieldsToCompare(
    lists.selectable.map(field => field.name),
    sent.keys(),
  );
  const fields = [...new Set(['id', ...stored, ...compared])];
  const { person, neighbours } = await readAmongNeighbours(id, fields, call);
  if (!person || !(await isRecordSent(sent, person, call))) return undefined;
  const isNew = ({ id }: Person) => !before.namesakes.includes(id);
  const compare = comparerFor(sent, compared);
  const comparisons = neighbours.filter(isNew).flatMap(one => compare(one) ?? []);
  return { stored: person, alike: comparisons.flatMap(one => candidateOf(one) ?? []) };
}

/**
 * True if a record may be the one that was sent: both names are the same, and no identifying value differs. A value that
 * the system left out or rewrote contradicts nothing.
 */
async function isRecordSent(sent: Sent, stored: Person, { catalogue, signal }: Call): Promise<boolean> {
  const isNamed = ['first_name', 'surname'].every(name => isSameText(sent.get(name) ?? '', stored[name]));
  if (!isNamed) return false;
  const fields = storedFields(sent, await catalogue.fields(signal));
  const options = await Promise.all(fields.map(field => catalogue.knownOptions(field)));
  return fields.every((field, n) => {
    const [text, value] = [sent.get(field.name), stored[field.name]];
    if (text === undefined || !hasValue(value) || isStoredAsSent(text, value)) return true;
    const known = options[n];
    if (known)
      return shareOne(
        text.split(';').flatMap(id => [id, optionName(known, id)]),
        decodeTypes(value),
      );
    if (field.name === 'type') return shareOne(text.split(';'), decodeTypes(value));
    return !isContradiction(field, text, value);
  });
}

/** What Charitylog stored, as it is shown, and what the caller should look at where that isn't what was sent. */
export async function describeStored(
  sent: Sent,
  stored: Person,
  call: Call,
): Promise<{ stored_fields: Record<string, unknown>; notes: readonly string[] }> {
  const fields = storedFields(sent, await call.catalogue.fields(call.signal));
  const view = await viewOf([stored], fields, call);
  const shown = view.valuesOf(
    stored,
    fields.map(field => field.name),
  );
  return {
    stored_fields: shown,
    notes: [...differences(sent, stored), ...(sent.has('type') ? [] : [defaultType(shown.type)])],
  };
}

/** The fields to read back: those that were sent, in their order, and the type. */
function storedFields(sent: Sent, { selectable }: FieldLists) {
  const names = [...new Set([...sent.keys(), 'type'])];
  return names.flatMap(name => selectable.find(field => field.name === name) ?? []);
}

function differences(sent: Sent, stored: Person): string[] {
  const differing = [...sent].filter(([name, text]) => name !== 'type' && !isStoredAsSent(text, stored[name]));
  if (differing.length === 0) return [];
  return [`Not stored as sent: ${differing.map(([name]) => name).join(', ')}. Check the record in Charitylog.`];
}

function isStoredAsSent(sent: string, stored: unknown): boolean {
  const text = String(stored ?? '').trim();
  if (text === sent || (date.normal(sent) !== '' && date.normal(sent) === date.normal(text))) return true;
  if (decodeYesNo(sent) !== undefined && decodeYesNo(sent) === decodeYesNo(stored)) return true;
  return typeof stored === 'object' && decodeTypes(stored).sort().join(';') === sent.split(';').sort().join(';');
}

const telling: readonly (Meaning | undefined)[] = [
  'birth date',
  'e-mail',
  'NHS number',
  'external id',
  'phone',
  'postcode',
];

/** True for two values that can't belong to one person: the field identifies people, and both values are readable and differ. */
function isContradiction({ meaning }: Field, sent: string, stored: unknown): boolean {
  if (!telling.includes(meaning)) return false;
  const [ours, theirs] = [sent, String(stored)].map(kindOf(meaning).normal);
  return ours !== '' && theirs !== '' && ours !== theirs;
}

function isSameText(sent: string, stored: unknown): boolean {
  const text = String(stored ?? '');
  return foldSpelling(text) === foldSpelling(sent) && (foldSpelling(sent) !== '' || text.trim() === sent.trim());
}

function shareOne(some: readonly string[], others: readonly string[]): boolean {
  return others.some(one => some.includes(one));
}

function defaultType(type: unknown): string {
  return `No type was given, so Charitylog used its default: ${type ?? 'type 1'}.`;
}
