import type { Person } from '../../charitylog/api.ts';
import { viewOf } from '../asking/show-person.ts';
import type { Call } from '../call.ts';
import { type Candidate, candidateOf, comparerFor, fieldsToCompare } from '../matching/compare-record.ts';
import { type ComparedWithSent, compareWithSent, storedFields } from './compare-sent.ts';
import type { SeenBefore } from './ledger.ts';
import { readAmongNeighbours } from './neighbours.ts';
import type { NewRecord } from './read-record.ts';

type Sent = NewRecord['values'];

/** A new record as it was read back, and who may be the same person among those whom others added at the same moment. */
export interface ReadBack {
  readonly stored: Person;
  readonly compared: ComparedWithSent;
  /** True if both names may be those that were sent: the same, or near ones. */
  readonly isNamedAlike: boolean;
  readonly alike: readonly Candidate[];
}

/** Reads the record with this id back, as far as its fields were sent, and its neighbours by id; nothing where none is shown. */
export async function readBack(id: number, sent: Sent, before: SeenBefore, call: Call): Promise<ReadBack | undefined> {
  const lists = await call.catalogue.fields(call.waiting);
  const stored = storedFields(sent, lists).map(field => field.name);
  const details = fieldsToCompare(lists.selectable, sent.keys());
  const fields = [...new Set(['id', ...stored, ...details])];
  const { person, neighbours } = await readAmongNeighbours(id, fields, call);
  if (!person) return undefined;
  const isNew = ({ id }: Person) => !before.namesakes.includes(id);
  const compare = comparerFor(sent, details);
  const comparisons = neighbours.filter(isNew).flatMap(one => compare(one) ?? []);
  const compared = await compareWithSent(sent, person, call);
  return {
    stored: person,
    compared,
    isNamedAlike: compared.isNamedAsSent || compare(person)?.verdict.isNamedAlike === true,
    alike: comparisons.flatMap(one => candidateOf(one) ?? []),
  };
}

/** What Charitylog stored, as it is shown, and what the caller should look at where that isn't what was sent. */
export async function describeStored(
  sent: Sent,
  { stored, compared }: Pick<ReadBack, 'stored' | 'compared'>,
  call: Call,
): Promise<{ stored_fields: Record<string, unknown>; notes: readonly string[] }> {
  const fields = storedFields(sent, await call.catalogue.fields(call.waiting));
  const view = await viewOf([stored], fields, call);
  const names = fields.map(field => field.name);
  const shown = view.valuesOf(stored, names);
  const differing = compared.differing.join(', ');
  return {
    stored_fields: shown,
    notes: [
      ...(differing === '' ? [] : [`Not stored as sent: ${differing}. Check the record in Charitylog.`]),
      ...(sent.has('type') ? [] : [`No type was given, so Charitylog used its default: ${shown.type ?? 'type 1'}.`]),
    ],
  };
}
