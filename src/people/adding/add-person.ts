/** Adds a person: the steps, in their order. */
import { steadyNow } from '../../base/clock.ts';
import type { Given } from '../call.ts';
import type { DuplicateCheck } from '../matching/candidate-collector.ts';
import type { Adding, AskUser, CreateResult } from './adding.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { consentTo } from './consent.ts';
import { describeOutcome } from './describe-outcome.ts';
import { dryRun } from './dry-run.ts';
import { type Outcome, type Remembered, rememberedForMs } from './ledger.ts';
import { lookUp } from './look-up.ts';
import { type NewRecord, type RecordOptions, readRecord } from './read-record.ts';
import { sendRecord, unlessAborted } from './send-record.ts';

const stillUnderWay: CreateResult = {
  status: 'unknown',
  next:
    'The new record was sent, and Charitylog has not answered yet. Repeat the same call in a minute to learn the outcome: ' +
    'nothing is sent again.',
};

/**
 * Reads the person to be added, and adds them in a turn of the ledger, or tells what adding them would do.
 *
 * @throws CharitylogError where nothing was written
 */
export async function create(
  given: readonly Given[],
  options: RecordOptions & { readonly isDryRun: boolean },
  adding: Adding,
): Promise<{ readonly record: NewRecord; readonly result: CreateResult | AskUser }> {
  const record = await readRecord(given, options, adding);
  const result = options.isDryRun
    ? await dryRun(record, adding)
    : await adding.ledger.inTurn(adding.waiting.signal, () => addPerson(record, adding));
  return { record, result };
}

/**
 * Adds a person, unless the same one was sent before, or somebody may be the same and nobody has agreed. To be
 * called in a turn of the ledger.
 *
 * @throws CharitylogError where nothing was written
 */
async function addPerson(record: NewRecord, adding: Adding): Promise<CreateResult | AskUser> {
  const earlier = await adding.ledger.find(record);
  const repeated = earlier?.isSameToken ? await repeat(record, earlier, adding) : undefined;
  if (repeated) return repeated;
  const check = await checkDuplicates(record, adding);
  if (earlier && !earlier.isSameToken && !(await isMeantAsSecond(record, check, earlier, adding))) {
    const outcome = await repeat(record, earlier, adding);
    if (outcome) return outcome;
  }
  const consent = await consentTo(record, check, adding);
  if (consent !== 'given') return consent;
  const sent = await sendRecord(record, check, adding);
  return sent ? describeOutcome(sent, record, adding) : stillUnderWay;
}

/** True for another token, made after the earlier create: a second person of the same details is meant. */
async function isMeantAsSecond(
  { values, nameKey, confirmToken = '' }: NewRecord,
  { candidates }: DuplicateCheck,
  earlier: Remembered,
  { tokens, ledger }: Adding,
): Promise<boolean> {
  const hasDoubt = await ledger.hasDoubt(nameKey);
  const mintedAt = tokens.mintedAt(confirmToken, values, {
    candidateIds: candidates.map(({ person }) => person.id),
    hasDoubt,
  });
  return mintedAt !== undefined && mintedAt > earlier.startedAt;
}

const afterDoubt =
  'Ten minutes after it was sent, the same call looks again, and asks whether to add the person if nobody is found.';
const forSecond = 'Should a second person of the same details be meant, dry_run gives a confirm_token for it.';

/**
 * The outcome of an earlier create, in place of a second one; `undefined` where it is still unknown after so long that the
 * request can't be under way any more: somebody is to be asked then.
 */
async function repeat(record: NewRecord, earlier: Remembered, adding: Adding): Promise<CreateResult | undefined> {
  const outcome = await unlessAborted(lookUpIfUnknown(record, earlier, adding), adding.waiting.signal);
  if (!outcome) return stillUnderWay;
  const isUnknown = outcome.status === 'unknown';
  if (isUnknown && steadyNow() >= earlier.startedAt + rememberedForMs) return undefined;
  const result = await describeOutcome({ outcome, before: earlier.before }, record, adding);
  const next = `The same person was sent before; nothing was sent again, and this is that outcome. ${isUnknown ? afterDoubt : forSecond}`;
  return { ...result, next: [next, result.next].filter(Boolean).join(' ') };
}

/** The outcome of an earlier create, looked up once more where it is unknown and can be. */
async function lookUpIfUnknown(record: NewRecord, { outcome, before }: Remembered, adding: Adding): Promise<Outcome> {
  if (outcome.status !== 'unknown' || adding.settings.createVia !== 'clients') return outcome;
  const found = await lookUp(record, before, adding);
  if (found.status !== 'unknown') await adding.ledger.correct(record, found);
  return found;
}
