import { untilAborted } from '../../base/deadlines.ts';
import { isCharitylogError } from '../../base/errors.ts';
import type { Person } from '../../charitylog/api.ts';
import { statedInSuccess } from '../../charitylog/http/failures.ts';
import type { DuplicateCheck } from '../matching/find-candidates.ts';
import type { Adding } from './adding.ts';
import type { Outcome } from './ledger.ts';
import { lookUp } from './look-up.ts';
import { isRecordSent, readStored } from './read-back.ts';
import type { NewRecord } from './read-record.ts';
import { stagedValues } from './staging.ts';

/** How reading a new record back may take, in milliseconds: the call that sent it may have ended. */
const longestReadBackMs = 15_000;

/** How a create ended, and the record as it was read back. */
export interface Sent {
  readonly outcome: Outcome;
  readonly stored?: Person | undefined;
}

/**
 * Sends the record, once, and finds out how that ended. The call's own end doesn't cut it.
 *
 * @returns `undefined` where the call ends before the outcome is known; it is reported as a late one then
 * @throws CharitylogError where the API refused it: nothing was written
 */
export async function sendRecord(record: NewRecord, check: DuplicateCheck, adding: Adding): Promise<Sent | undefined> {
  const { ledger, signal, settings } = adding;
  signal.throwIfAborted();
  adding.forgetAnswers();
  const before = { namesakes: [...check.namesakes.keys()], isPartial: check.doubt !== undefined };
  let stored: Person | undefined;
  const ended = ledger.send(record, before, async () => {
    signal.throwIfAborted();
    if (settings.createVia === 'external_referral') return stage(record, adding);
    const answered = await create(record, adding);
    if ('fact' in answered) {
      const found = await lookUp(record, before, adding, answered.fact);
      if (answered.refusal && found.status !== 'created') throw answered.refusal;
      return found;
    }
    const { id } = answered;
    stored = await confirmed(id, record, check, adding);
    if (stored) return { status: 'created', id };
    return lookUp(record, before, adding, `Charitylog answered with id ${id}, which is not the record that was sent.`);
  });
  ended.then(
    ({ status, id }) => signal.aborted && adding.reportLateOutcome({ status, ...(id !== undefined && { id }) }),
    () => undefined,
  );
  const outcome = await unlessAborted(ended, signal);
  return outcome && { outcome, stored };
}

/** What a promise comes to; `undefined` where the signal aborts before. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const isUp = Symbol();
  return untilAborted(promise, signal, () => isUp).catch(reason => {
    if (reason !== isUp) throw reason;
    return undefined;
  });
}

/**
 * Creates the record.
 *
 * @returns the id that the API answered with; else what is known of a create that may have been carried out, with the
 *   refusal that holds if it wasn't
 * @throws CharitylogError where nothing was written, for certain
 */
async function create(record: NewRecord, adding: Adding): Promise<{ id: number } | { fact: string; refusal?: Error }> {
  try {
    return { id: await adding.api.createPerson(await writtenAs(record, adding)) };
  } catch (error) {
    if (isCharitylogError(error, 'unknown_outcome')) return { fact: error.message };
    if (!isCharitylogError(error))
      return { fact: 'Charitylog answered to the new record, but the answer could not be read.' };
    if (error.kind === 'invalid' && error.code === statedInSuccess) return { fact: error.message, refusal: error };
    throw error;
  }
}

/** The record's values as the system writes them. */
async function writtenAs({ values }: NewRecord, { catalogue, writing, signal }: Adding) {
  const { writable } = await catalogue.fields(signal);
  const fields = new Map(writable.map(field => [field.name, field]));
  const write = (name: string, value: string) => {
    const field = fields.get(name);
    return field ? writing.write(field, value) : value;
  };
  return new Map([...values].map(([name, value]) => [name, write(name, value)]));
}

/** The staging area is where the vendor's own search for duplicates happens. */
async function stage(record: NewRecord, adding: Adding): Promise<Outcome> {
  const { api, settings } = adding;
  try {
    await api.stagePerson(stagedValues(await writtenAs(record, adding), settings));
    return { status: 'staged' };
  } catch (error) {
    if (!isCharitylogError(error, 'unknown_outcome')) throw error;
    return { status: 'unknown', detail: error.message };
  }
}

/** The record with the id that the API answered with, where it is the one that was sent; else `undefined`. Never rejects. */
async function confirmed(
  id: number,
  { values }: NewRecord,
  check: DuplicateCheck,
  adding: Adding,
): Promise<Person | undefined> {
  if (check.hasSeen(id)) return undefined;
  const call = { ...adding, signal: AbortSignal.timeout(longestReadBackMs) };
  try {
    const stored = await readStored(id, values, call);
    return stored && (await isRecordSent(values, stored, call)) ? stored : undefined;
  } catch {
    return undefined;
  }
}
