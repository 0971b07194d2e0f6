import { withLink } from '../asking/record-link.ts';
import type { Candidate } from '../matching/compare-record.ts';
import type { Adding, CreateResult } from './adding.ts';
import { onceSent } from './once-sent.ts';
import { describeStored, type ReadBack, readBack } from './read-back.ts';
import type { NewRecord } from './read-record.ts';
import type { Sent } from './send-record.ts';
import { candidateViewFor } from './show-candidates.ts';

const afterUnknown =
  'Do not send it again yet: the person may or may not have been added. Tell the user, and look them up with search_people.';

const isNamedOtherwise =
  'The record was created; do not create it again. Its id now has another name in Charitylog, so it is not shown here: have it checked there.';

/** What the caller is told of how a create ended: never of another person's record. */
export async function describeOutcome(sent: Sent, record: NewRecord, adding: Adding): Promise<CreateResult> {
  const { status, id, detail, wasFound } = sent.outcome;
  if (status === 'unknown') return { status, next: `${afterUnknown} ${detail ?? ''}`.trim() };
  if (status === 'staged') {
    const next = 'The person is in the staging area, where an administrator accepts or rejects them in Charitylog.';
    return { status, next };
  }
  const told = await onceSent(async () => toldOf(sent.read ?? (await readAgain(sent, record, adding)), record, adding));
  const notes = [
    ...(wasFound ? ['Charitylog did not confirm it, but the new record was found.'] : []),
    ...(told?.notes ?? ['The record was created; do not create it again. It could not be read back.']),
  ];
  const created = {
    status,
    ...(id !== undefined && { id }),
    ...told?.shown,
    ...(notes.length > 0 && { next: notes.join(' ') }),
  };
  return withLink(created, adding.settings.recordUrl);
}

/** The record, where it wasn't read yet. */
async function readAgain({ outcome: { id }, before }: Sent, { values }: NewRecord, adding: Adding) {
  return id === undefined ? undefined : readBack(id, values, before, adding);
}

/** What was stored, and who was added at the same moment. */
async function toldOf(read: ReadBack | undefined, { values }: NewRecord, adding: Adding) {
  if (!read) return undefined;
  if (!read.isNamedAlike) return { shown: {}, notes: [isNamedOtherwise] };
  const { stored_fields, notes } = await describeStored(values, read, adding);
  const alike = read.alike.length > 0 ? (await candidateViewFor(adding)).listOf(read.alike) : {};
  return { shown: { stored_fields, ...alike }, notes: [...addedTwice(read.alike), ...notes] };
}

function addedTwice(alike: readonly Candidate[]): string[] {
  if (alike.length === 0) return [];
  const ids = alike.map(({ person }) => person.id).join(', ');
  return [
    `Somebody else added the same person at the same moment, as it seems: id ${ids}. Tell the user both ids: if it is one ` +
      'person, one of the records is to be merged or removed in Charitylog.',
  ];
}
