import { untilAborted } from '../../base/deadlines.ts';
import { isCharitylogError } from '../../base/errors.ts';
import { statedInSuccess } from '../../charitylog/http/failures.ts';
import type { DuplicateCheck } from '../matching/candidate-collector.ts';
import type { Adding } from './adding.ts';
import type { Outcome, SeenBefore } from './ledger.ts';
import { lookUp } from './look-up.ts';
import { onceSent } from './once-sent.ts';
import { type ReadBack, readBack } from './read-back.ts';
import type { NewRecord } from './read-record.ts';
import { stagedValues } from './staging.ts';

/** How reading a new record back may take, in milliseconds: the call that sent it may have ended. */
const longestReadBackMs = 15_000;

/** How a create ended, what was seen before it, and the record where it was read back. */
export interface Sent {
  readonly outcome: Outcome;
  readonly before: SeenBefore;
  readonly read?: ReadBack | undefined;
}

/** What was seen before a record is sent, and afterwards. */
interface Seen {
  readonly check: DuplicateCheck;
  readonly before: SeenBefore;
}

/**
 * What the API answered to a record that was sent, where it may have been made: its id, or what is known of it, with the
 * refusal that holds if nobody finds it.
 */
type Answer =
  | { readonly id: number }
  | { readonly isStaged: true }
  | { readonly fact: string; readonly refusal?: Error };

/** The API's refusal of a record of which nothing was made. */
interface Refused {
  readonly refusal: Error;
}

/**
 * Sends the record, once, and finds out how that ended. The call's own end doesn't cut it.
 *
 * @returns `undefined` where the call ends before the outcome is known; it is reported as a late one then
 * @throws CharitylogError where nothing was written
 */
export async function sendRecord(record: NewRecord, check: DuplicateCheck, adding: Adding): Promise<Sent | undefined> {
  const { ledger } = adding;
  const { signal } = adding.waiting;
  const values = await writtenAs(record, adding);
  await adding.noteSending();
  signal.throwIfAborted();
  adding.forgetAnswers();
  const before = { namesakes: [...check.namesakes.keys()], isPartial: check.doubt !== undefined };
  let read: ReadBack | undefined;
  const ended = ledger.send(record, before, async () => {
    signal.throwIfAborted();
    const answer = await send(values, adding);
    const sent = await onceSent<Sent | Refused>(
      () => outcomeOf(answer, record, { check, before }, adding),
      () => ({ outcome: { status: 'unknown', detail: detailOf(answer) }, before }),
    );
    if ('refusal' in sent) throw sent.refusal;
    read = sent.read;
    return sent.outcome;
  });
  ended.then(
    ({ status, id }) => {
      if (!signal.aborted) return;
      const result = { status, ...(id !== undefined && { id }) };
      return onceSent(() => adding.reportLateOutcome(result));
    },
    () => undefined,
  );
  const outcome = await unlessAborted(ended, signal);
  return outcome && { outcome, before, read };
}

/** What a promise comes to; `undefined` where the signal aborts before. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const isUp = Symbol();
  return untilAborted(promise, signal, () => isUp).catch(reason => {
    if (reason !== isUp) throw reason;
    return undefined;
  });
}

/** The record's values as the system writes them, and the staging area wants them. */
async function writtenAs({ values }: NewRecord, { catalogue, writing, settings, waiting }: Adding) {
  const { writable } = await catalogue.fields(waiting);
  const fields = new Map(writable.map(field => [field.name, field]));
  const write = (name: string, value: string) => {
    const field = fields.get(name);
    return field ? writing.write(field, value) : value;
  };
  const written = new Map([...values].map(([name, value]) => [name, write(name, value)]));
  return settings.createVia === 'clients' ? written : stagedValues(written, settings);
}

/**
 * Sends the record.
 *
 * @throws CharitylogError where nothing was written, for certain
 */
async function send(values: ReadonlyMap<string, string>, { api, settings }: Adding): Promise<Answer> {
  try {
    if (settings.createVia === 'clients') return { id: await api.createPerson(values) };
    // The staging area is where the vendor's own search for duplicates happens.
    await api.stagePerson(values);
    return { isStaged: true };
  } catch (error) {
    if (isCharitylogError(error, 'unknown_outcome')) return { fact: error.message };
    if (!isCharitylogError(error))
      return { fact: 'Charitylog answered to the new record, but the answer could not be read.' };
    const isDoubtful = settings.createVia === 'clients' && error.kind === 'invalid' && error.code === statedInSuccess;
    if (isDoubtful) return { fact: error.message, refusal: error };
    throw error;
  }
}

/** How a record that was sent ended. */
async function outcomeOf(
  answer: Answer,
  record: NewRecord,
  { check, before }: Seen,
  adding: Adding,
): Promise<Sent | Refused> {
  if ('isStaged' in answer) return { outcome: { status: 'staged' }, before };
  if ('id' in answer) return outcomeOfId(answer.id, record, { check, before }, adding);
  // A row of the staging area can't be looked up.
  if (adding.settings.createVia !== 'clients') return { outcome: { status: 'unknown', detail: answer.fact }, before };
  const outcome = await lookUp(record, before, adding, answer);
  return answer.refusal && outcome.status !== 'created' ? { refusal: answer.refusal } : { outcome, before };
}

/** How a record ended for which the API gave an id: it is believed of the record that was sent, or of the only new one. */
async function outcomeOfId(id: number, record: NewRecord, { check, before }: Seen, adding: Adding): Promise<Sent> {
  const wasThere = check.hasSeen(id);
  const read = await readAnswered(id, record, before, adding);
  if (!wasThere && read?.compared.maybeSent) return { outcome: { status: 'created', id }, before, read };
  const when = wasThere ? 'was there before' : before.isPartial ? 'may have been there before' : 'is new';
  const fact = `Charitylog answered with id ${id}, which ${read ? `${when}. ${comparisonOf(read)}` : 'could not be read back.'}`;
  const isNamedAlike = !wasThere && read?.isNamedAlike === true;
  const outcome = await lookUp(record, before, adding, { fact, id, isNamedAlike });
  return { outcome, before, ...(outcome.id === id && { read }) };
}

/** What of a record is as it was sent, by the names of fields, for whoever has to judge it. */
function comparisonOf({ compared: { agreeing, differing } }: ReadBack): string {
  const others = differing.filter(name => !agreeing.includes(name));
  return `As sent in it: ${agreeing.join(', ') || 'nothing'}. Otherwise or blank: ${others.join(', ') || 'nothing'}.`;
}

/** What is known of a record that was sent by the answer alone. */
function detailOf(answer: Answer): string {
  if ('fact' in answer) return answer.fact;
  const what = 'id' in answer ? `answered with id ${answer.id}` : 'took it';
  return `Charitylog ${what}, and what became of it could not be read.`;
}

/** The record with the id that the API answered with; `undefined` where it can't be read. Never rejects. */
function readAnswered(id: number, { values }: NewRecord, before: SeenBefore, adding: Adding) {
  const call = { ...adding, waiting: { signal: AbortSignal.timeout(longestReadBackMs) } };
  return onceSent(() => readBack(id, values, before, call));
}
