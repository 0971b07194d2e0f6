import { withLink } from '../asking/record-link.ts';
import type { Adding, CreateResult } from './adding.ts';
import { onceSent } from './once-sent.ts';
import { describeStored, isRecordSent, readStored } from './read-back.ts';
import type { NewRecord } from './read-record.ts';
import type { Sent } from './send-record.ts';

const afterUnknown =
  'Do not send it again yet: the person may or may not have been added. Tell the user, and look them up with search_people.';

/** What the caller is told of how a create ended: never of another person's record. */
export async function describeOutcome(
  { outcome, stored }: Sent,
  record: NewRecord,
  adding: Adding,
): Promise<CreateResult> {
  const { status, id } = outcome;
  if (status === 'unknown') return { status, next: `${afterUnknown} ${outcome.detail ?? ''}`.trim() };
  if (status === 'staged') {
    const next = 'The person is in the staging area, where an administrator accepts or rejects them in Charitylog.';
    return { status, next };
  }
  const told = await onceSent(
    () => toldOf(stored, id, record, adding),
    () => undefined,
  );
  const notes = [
    ...(outcome.wasFound ? ['Charitylog did not confirm it, but the new record was found.'] : []),
    ...(told?.notes ?? ['The record was created; do not create it again. It could not be read back.']),
  ];
  const created = {
    status,
    ...(id !== undefined && { id }),
    ...(told && { stored_fields: told.stored_fields }),
    ...(notes.length > 0 && { next: notes.join(' ') }),
  };
  return withLink(created, adding.settings.recordUrl);
}

/** What was stored, read again where it wasn't read yet; `undefined` where that isn't the record that was sent. */
async function toldOf(stored: Sent['stored'], id: number | undefined, { values }: NewRecord, adding: Adding) {
  const known = stored ?? (id === undefined ? undefined : await readStored(id, values, adding));
  if (!known || (known !== stored && !(await isRecordSent(values, known, adding)))) return undefined;
  return describeStored(values, known, adding);
}
