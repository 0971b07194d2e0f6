/** Adds a person: the steps, in their order. */
import type { DuplicateCheck } from '../matching/candidate-collector.ts';
import type { Adding, AskUser, CreateResult } from './adding.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { consentTo } from './consent.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { Outcome, Remembered } from './ledger.ts';
import { lookUp } from './look-up.ts';
import type { NewRecord } from './read-record.ts';
import { sendRecord, unlessAborted } from './send-record.ts';

const stillUnderWay: CreateResult = {
  status: 'unknown',
  next:
    'The new record was sent, and Charitylog has not answered yet. Repeat the same call in a minute to learn the outcome: ' +
    'nothing is sent again.',
};

/**
 * Adds a person, unless the same one was sent before, or somebody may be the same and nobody has agreed. To be
 * called in a turn of the ledger.
 *
 * @throws CharitylogError where nothing was written
 */
export async function addPerson(record: NewRecord, adding: Adding): Promise<CreateResult | AskUser> {
  const earlier = await adding.ledger.find(record);
  if (earlier?.isSameToken) return repeat(record, earlier, adding);
  const check = await checkDuplicates(record, adding);
  if (earlier && !isMeantAsSecond(record, check, earlier, adding)) return repeat(record, earlier, adding);
  const consent = await consentTo(record, check, adding);
  if (consent !== 'given') return consent;
  const sent = await sendRecord(record, check, adding);
  return sent ? describeOutcome(sent, record, adding) : stillUnderWay;
}

/** True for another token, made after the earlier create: a second person of the same details is meant. */
function isMeantAsSecond(
  { values, confirmToken = '' }: NewRecord,
  { candidates }: DuplicateCheck,
  earlier: Remembered,
  { tokens }: Adding,
): boolean {
  const ids = candidates.map(({ person }) => person.id);
  const mintedAt = tokens.mintedAt(confirmToken, values, ids);
  return mintedAt !== undefined && mintedAt > earlier.startedAt;
}

/** The outcome of an earlier create, in place of a second one. */
async function repeat(record: NewRecord, earlier: Remembered, adding: Adding): Promise<CreateResult> {
  const outcome = await unlessAborted(lookUpIfUnknown(record, earlier, adding), adding.signal);
  if (!outcome) return stillUnderWay;
  const result = await describeOutcome({ outcome, before: earlier.before }, record, adding);
  const next =
    'The same person was sent before; nothing was sent again, and this is that outcome. Should a second person ' +
    'of the same details be meant, dry_run gives a confirm_token for it.';
  return { ...result, next: [next, result.next].filter(Boolean).join(' ') };
}

/** The outcome of an earlier create, looked up once more where it is unknown and can be. */
async function lookUpIfUnknown(record: NewRecord, { outcome, before }: Remembered, adding: Adding): Promise<Outcome> {
  if (outcome.status !== 'unknown' || adding.settings.createVia !== 'clients') return outcome;
  const found = await lookUp(record, before, adding);
  if (found.status !== 'unknown') await adding.ledger.correct(record, found);
  return found;
}
