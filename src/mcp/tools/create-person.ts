import { createHash } from 'node:crypto';
import { untilAborted } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';
import { plain } from '../../base/spelling.ts';
import type { FieldLists } from '../../catalogue/catalogue.ts';
import type { Person } from '../../charitylog/api.ts';
import { decodeTypes, decodeYesNo } from '../../charitylog/values.ts';
import { candidateList, consentFor } from '../../people/adding/consent.ts';
import type { Create, Outcome, Remembered } from '../../people/adding/ledger.ts';
import { type NewRecord, newRecordArguments, readNewRecord } from '../../people/adding/read-record.ts';
import { lookUp, sendRecord } from '../../people/adding/send-record.ts';
import { stagedValues } from '../../people/adding/staging.ts';
import { hasValue, viewOf } from '../../people/asking/show-person.ts';
import { type DuplicateCheck, findDuplicates } from '../../people/matching/find-candidates.ts';
import type { RequiredFields } from '../../settings/required-fields.ts';
import { inputSchema } from '../arguments/parse.ts';
import { AskPerson, type Tool, type ToolContext } from '../tool.ts';

const afterUnknown =
  'Do not send it again yet: the person may or may not have been added. Tell the user, and look them up with search_people.';

const stillUnderWay: Answer = {
  status: 'unknown',
  next:
    'The new record was sent, and Charitylog has not answered yet. Repeat the same call in a minute to learn the outcome: ' +
    'nothing is sent again.',
};

/** @param required the charity's own minimum data set */
export const createPersonFor = (required: RequiredFields): Tool => ({
  name: 'create_person',
  title: 'Add a person',
  description:
    'Adds one new person, when the user asked for it. Possible duplicates are looked for first and answered with a ' +
    'confirm_token, or the user is asked. Choices take whole option names, dates YYYY-MM-DD. Nothing can be changed ' +
    'afterwards. Returns status, id and stored_fields.',
  // Not idempotent: after ten minutes the same call makes a second person. Not destructive: nothing that exists changes.
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },

  schema: lists => inputSchema(newRecordArguments(lists, required).list),

  async call(input, context) {
    const lists = await context.catalogue.lists(context.signal);
    const record = await readNewRecord(input, lists, context);
    const answer = record.isDryRun
      ? await dryRun(record, lists, context)
      : await context.memory.creates.inTurn(context.signal, () => create(record, lists, context));
    if (answer instanceof AskPerson || record.notes.length === 0) return answer;
    return { ...answer, notes: record.notes };
  },
});

async function dryRun(record: NewRecord, lists: FieldLists, context: ToolContext): Promise<Record<string, unknown>> {
  const { config, tokens, memory, catalogue, signal } = context;
  const check = await checkFor(record, lists, context);
  const ids = check.candidates.map(({ person }) => person.id);
  const payload = config.createVia === 'clients' ? record.values : stagedValues(record.values, config);
  const doubt = (await untilAborted(memory.creates.hasDoubt(nameOf(record)), signal))
    ? ' A person of this name was sent a short time ago, and whether they were added is not known: look them up first.'
    : '';
  return {
    status: 'dry_run',
    payload: Object.fromEntries(payload),
    ...candidateList(check.candidates, await catalogue.typesToShow(signal)),
    confirm_token: tokens.mint(record.values, ids),
    next: `Nothing was added. Repeat the call without dry_run to add the person.${doubt}`,
  };
}

async function create(record: NewRecord, lists: FieldLists, context: ToolContext): Promise<Answer | AskPerson> {
  const { creates } = context.memory;
  const own = createOf(record, context);
  const earlier = await creates.find(own);
  if (earlier?.isSameToken) return repeated(own, earlier, record, lists, context);
  const check = await checkFor(record, lists, context);
  if (earlier && !isLater(record, check, earlier, context)) return repeated(own, earlier, record, lists, context);
  const types = await context.catalogue.typesToShow(context.signal);
  const refusal = consentFor(record, check, await creates.hasDoubt(own.name), types, context);
  if (refusal) return refusal;
  context.signal.throwIfAborted();
  context.memory.forgetAnswers();
  const before = { namesakes: [...check.namesakes.keys()], isPartial: check.isPartial };
  const sent = creates.send(own, before, async () => {
    context.signal.throwIfAborted();
    return sendRecord(record, before, lists, context);
  });
  sent.then(
    ({ status, id }) => context.signal.aborted && context.endedLate({ status, id }),
    () => undefined,
  );
  const outcome = await unlessAborted(sent, context.signal);
  return outcome ? answerTo(outcome, record, lists, context) : stillUnderWay;
}

/** What a promise comes to; `undefined` where the signal aborts before. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const isUp = Symbol();
  return untilAborted(promise, signal, () => isUp).catch(reason => {
    if (reason !== isUp) throw reason;
    return undefined;
  });
}

function createOf(record: NewRecord, context: ToolContext): Create {
  return { key: keyOf(record, context), name: nameOf(record), token: record.confirmToken };
}

/** Identical creates have the same key: the same values, the same way. */
function keyOf({ values }: NewRecord, { config }: ToolContext): string {
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([config.createVia, sorted]))
    .digest('base64url');
}

function nameOf({ values }: NewRecord): string {
  return JSON.stringify([values.get('first_name'), values.get('surname')].map(name => plain(name ?? '') || name));
}

/** True for another token, made after the earlier create: a second person of the same details is meant. */
function isLater(record: NewRecord, check: DuplicateCheck, earlier: Remembered, { tokens }: ToolContext): boolean {
  const ids = check.candidates.map(({ person }) => person.id);
  const mintedAt = tokens.mintedAt(record.confirmToken ?? '', record.values, ids);
  return mintedAt !== undefined && mintedAt > earlier.startedAt;
}

async function repeated(
  own: Create,
  earlier: Remembered,
  record: NewRecord,
  lists: FieldLists,
  context: ToolContext,
): Promise<Answer> {
  const outcome = await unlessAborted(knownBetter(own, earlier, record, lists, context), context.signal);
  if (!outcome) return stillUnderWay;
  const answer = await answerTo(outcome, record, lists, context);
  const next =
    'The same person was sent a short time ago; nothing was sent again, and this is that outcome. Should a second person ' +
    'of the same details be meant, dry_run gives a confirm_token for it.';
  return { ...answer, next: [next, answer.next].filter(Boolean).join(' ') };
}

/** The outcome of an earlier create, looked up once more where it is unknown and can be. */
async function knownBetter(
  own: Create,
  { outcome, before }: Remembered,
  record: NewRecord,
  lists: FieldLists,
  { config, memory, people }: ToolContext,
): Promise<Outcome> {
  if (outcome.status !== 'unknown' || config.createVia !== 'clients') return outcome;
  const found = await lookUp(record.values, before, lists, people);
  if (found.status !== 'unknown') await memory.creates.correct(own, found);
  return found;
}

/** The staging area is where the vendor's own search for duplicates happens, so none is made for it. */
function checkFor(
  { values }: NewRecord,
  lists: FieldLists,
  { people, config, signal }: ToolContext,
): Promise<DuplicateCheck> {
  const none = { candidates: [], namesakes: new Map<number, boolean>(), isPartial: false };
  return config.createVia === 'external_referral'
    ? Promise.resolve(none)
    : findDuplicates(values, lists, people, signal);
}

async function answerTo(outcome: Outcome, record: NewRecord, lists: FieldLists, context: ToolContext): Promise<Answer> {
  if (outcome.status === 'unknown') {
    return { status: 'unknown', next: `${afterUnknown} ${outcome.detail ?? ''}`.trim() };
  }
  if (outcome.status === 'staged') {
    return {
      status: 'staged',
      next: 'The person is in the staging area, where an administrator accepts or rejects them in Charitylog.',
    };
  }
  if (outcome.id === undefined) return { status: outcome.status };
  const read = await readBack(outcome.id, record.values, lists, context);
  if (!read)
    return { status: 'unknown', next: `Charitylog answered with the id of another person's record. ${afterUnknown}` };
  const { next, ...stored } = read;
  const found = outcome.wasFound ? 'Charitylog did not confirm it, but the new record was found.' : undefined;
  const texts = [found, next].filter(text => text !== undefined);
  return { status: 'created', id: outcome.id, ...stored, ...(texts.length > 0 && { next: texts.join(' ') }) };
}

interface Answer extends Record<string, unknown> {
  readonly next?: string;
}

/** What Charitylog stored, and what to look at where that isn't what was sent; `undefined` for another person's record. */
async function readBack(
  id: number,
  sent: ReadonlyMap<string, string>,
  lists: FieldLists,
  { people, catalogue, signal }: ToolContext,
): Promise<{ stored_fields?: Record<string, unknown>; next?: string } | undefined> {
  const fields = lists.selectable.filter(field => sent.has(field.name) || field.name === 'type');
  const names = [...new Set([...sent.keys(), 'type'])].filter(name => fields.some(field => field.name === name));
  try {
    const stored = await people.person(id, names, [], signal);
    if (!stored) throw new CharitylogError('not_found', 'Charitylog does not show the new record to this API user.');
    if (isSomebodyElse(sent, stored)) return undefined;
    const shown = (await viewOf([stored], fields, catalogue, signal)).values(stored, names);
    const next = [...differences(sent, stored), ...(sent.has('type') ? [] : [defaultType(shown.type)])];
    return { stored_fields: shown, ...(next.length > 0 && { next: next.join(' ') }) };
  } catch (error) {
    const reason = error instanceof CharitylogError ? error.message : 'the call ended early.';
    return { next: `The record was created; do not create it again. It could not be read back: ${reason}` };
  }
}

function differences(sent: ReadonlyMap<string, string>, stored: Person): string[] {
  const differing = [...sent].filter(([name, value]) => name !== 'type' && !isSameValue(value, stored[name]));
  if (differing.length === 0) return [];
  return [`Not stored as sent: ${differing.map(([name]) => name).join(', ')}. Check the record in Charitylog.`];
}

function isSameValue(sent: string, stored: unknown): boolean {
  if (String(stored ?? '').trim() === sent) return true;
  if (decodeYesNo(sent) !== undefined && decodeYesNo(sent) === decodeYesNo(stored)) return true;
  return typeof stored === 'object' && decodeTypes(stored).sort().join(';') === sent.split(';').sort().join(';');
}

/** True for a record that can't be the new one, whatever its id: neither of the names is the one sent. */
function isSomebodyElse(sent: ReadonlyMap<string, string>, stored: Person): boolean {
  const differs = (name: string) =>
    hasValue(stored[name]) && plain(String(stored[name])) !== plain(sent.get(name) ?? '');
  return differs('first_name') && differs('surname');
}

function defaultType(type: unknown): string {
  return `No type was given, so Charitylog used its default: ${type ?? 'type 1'}.`;
}
