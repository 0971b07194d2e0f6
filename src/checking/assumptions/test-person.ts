/** Adds one made-up person to a test system, and reads it back. */
import { isCharitylogError } from '../../base/errors.ts';
import type { Field } from '../../catalogue/field.ts';
import { describeStored, readBack } from '../../people/adding/read-back.ts';
import { Heeding } from '../../people/heeding.ts';
import { Writing } from '../../people/writing.ts';
import type { Config } from '../../settings/config.ts';
import type { Sample } from '../sample.ts';
import type { System } from '../system.ts';
import { differs, holds, type Line, noneNeeded, notTried, reasonOf } from './line.ts';

const adds = 'a new person';

/** By meaning: names are told by their fields. The postcode is the one for people without an address. */
const madeUp: Readonly<Record<string, string>> = {
  'e-mail': 'delete.testperson@example.org',
  'birth date': '1950-12-31',
  postcode: 'ZZ99 3VZ',
  phone: '01632 960999',
};

/** How the creates of this program are set up. */
export type CreateSettings = Pick<Config, 'createMethod' | 'createEncoding' | 'createVia' | 'yesNo' | 'dateFormat'>;

/** What is left to do, whatever became of it. */
const lookForIt = 'Look for Delete-Me Testperson in Charitylog, and delete it';

/** Adds somebody without a type, and says which record is to be deleted then. */
export async function tryTestPerson(
  system: System,
  sample: Sample,
  settings: CreateSettings,
): Promise<readonly Line[]> {
  if (settings.createVia !== 'clients') {
    return [notTried(adds, 'new people go to the staging area (CHARITYLOG_CREATE_VIA)')];
  }
  system.signal.throwIfAborted();
  const writing = learntWriting(system, sample, settings);
  const record = testPerson(system.lists.writable);
  let id: number;
  try {
    const written = [...record].map(([field, value]) => [field.name, writing.write(field, value)] as const);
    id = await system.api.createPerson(new Map(written));
  } catch (error) {
    return [failureLine(error, settings)];
  }
  if (sample.ids.has(id)) {
    return [differs(adds, `the answer holds the id of somebody who was there before. ${lookForIt}`)];
  }
  const values = new Map([...record].map(([{ name }, value]) => [name, value]));
  try {
    const read = await linesOf(id, values, { system, writing });
    if (!read)
      return [differs(adds, `the record of the id that was answered is not the one that was sent. ${lookForIt}`)];
    const { createMethod, createEncoding } = settings;
    const how = `by ${createMethod} in the encoding ${createEncoding}, and the answer holds its id`;
    return [holds(adds, `${how}. Delete Delete-Me Testperson, record ${id}, in Charitylog`), ...read];
  } catch (error) {
    return [differs(adds, `it cannot be read back (${reasonOf(error)}). ${lookForIt}`)];
  }
}

function learntWriting({ lists }: System, { tallies }: Sample, settings: CreateSettings): Writing {
  const writing = new Writing(settings);
  for (const field of lists.selectable) {
    for (const { value } of tallies.get(field.name)?.values ?? []) writing.note(field, value);
  }
  return writing;
}

/** What the record reads back as; `undefined` where it isn't the one that was sent. */
async function linesOf(
  id: number,
  values: ReadonlyMap<string, string>,
  { system, writing }: { system: System; writing: Writing },
): Promise<readonly Line[] | undefined> {
  const { api, catalogue, signal } = system;
  const call = { api, catalogue, waiting: { signal }, writing, heeding: new Heeding(), progress: () => undefined };
  const read = await readBack(id, values, { namesakes: [], isPartial: true }, call);
  if (!read?.compared.maybeSent) return undefined;
  const { notes } = await describeStored(values, read, call);
  const rewritten = notes.filter(note => note.startsWith('Not stored as sent'));
  const name = 'it reads back as sent';
  const isAsSent = rewritten.length === 0;
  return [
    isAsSent ? holds(name, [...values.keys()].join(', ')) : differs(name, rewritten.join(' ')),
    typeLine(read.stored.type),
  ];
}

function testPerson(writable: readonly Field[]): ReadonlyMap<Field, string> {
  const names: Readonly<Record<string, string>> = { first_name: 'Delete-Me', surname: 'Testperson' };
  const value = ({ name, meaning }: Field) => names[name] ?? (meaning && isFirst(name) ? madeUp[meaning] : undefined);
  const isFirst = (name: string) => !/\d|partner|other|work/i.test(name);
  return new Map(writable.flatMap(field => (value(field) ? [[field, value(field) ?? '']] : [])));
}

function failureLine(error: unknown, { createMethod, createEncoding }: CreateSettings): Line {
  const reason = reasonOf(error);
  if (isCharitylogError(error, 'unknown_outcome')) {
    return differs(adds, `sent, but not confirmed (${reason}). ${lookForIt}`);
  }
  if (isCharitylogError(error, 'forbidden')) {
    return differs(adds, `refused (${reason}): the licence or the API user only reads`, 'CHARITYLOG_READ_ONLY=true');
  }
  if (/HTTP 415/.test(reason) && createEncoding === 'form') {
    return differs(adds, `the encoding form is refused (${reason})`, 'CHARITYLOG_CREATE_ENCODING=json');
  }
  if (/HTTP 40[45]/.test(reason) && createMethod === 'POST') {
    return differs(adds, `POST is refused (${reason})`, 'CHARITYLOG_CREATE_METHOD=PUT');
  }
  return differs(adds, `refused (${reason})`);
}

function typeLine(type: unknown): Line {
  const name = 'without a type it gets type 1';
  if (type === undefined) return notTried(name, 'the type cannot be read');
  return String([type].flat()[0]) === '1'
    ? holds(name, 'it does')
    : differs(name, 'it gets another one, and the program names it', noneNeeded);
}
