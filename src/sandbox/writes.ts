import { ApiError } from './api-error.ts';
import type { Field, SandboxPerson } from './fields.ts';
import { ageRangeOf } from './person.ts';
import type { System } from './system.ts';
import { readDate, readYesNo } from './values.ts';

type Values = Record<string, string | number | readonly number[]>;

/**
 * Adds a person, of type 1 unless the body says otherwise (API clients). Nobody checks for duplicates.
 *
 * @returns the new id, greater than any other.
 * @throws ApiError 422 when a name is blank, a field unknown, or a value isn't one that the field takes.
 */
export function createPerson(system: System, body: unknown): number {
  const record = readRecord(body);
  requireNames(record);
  return addPerson(system, readValues(system, record));
}

/**
 * Changes the given fields of the person who is tied to an id of the caller's own system, or adds one (API: Creating Records).
 * That a second PUT changes the record is a guess.
 *
 * @returns the person's id.
 * @throws ApiError 422 as {@link createPerson}.
 */
export function savePerson(system: System, externalId: string, body: unknown): number {
  const record = readRecord(body);
  const index = system.people.findIndex(person => person.external_id === externalId);
  const old = system.people[index];
  if (!old) requireNames(record);
  const values = { ...readValues(system, record), external_id: externalId };
  if (!old) return addPerson(system, values);
  system.people[index] = withDates({ ...old, ...values }, old.created);
  return old.id;
}

/** Fields of a staged row beyond those of a person (API external referrals). */
export const referralFields = ['org_type_id', 'description', 'project', 'source', 'referral_role', 'relationships'];

/**
 * Adds people to the staging area, all of them or none.
 *
 * @returns the id of the first staged row.
 * @throws ApiError 422 when the body isn't a list, or a row lacks what the manual asks for or has an unknown field.
 */
export function stagePeople(system: System, body: unknown): number {
  if (!Array.isArray(body) || body.length === 0) throw new ApiError(422, 'the body must be an array of people');
  const firstId = system.staged.length + 1;
  const rows = body.map(row => readReferral(system, readRecord(row)));
  system.staged.push(...rows.map((row, index) => ({ id: firstId + index, ...row })));
  return firstId;
}

function readReferral(system: System, row: Record<string, unknown>): Record<string, unknown> {
  requireNames(row);
  if (isBlank(row.org_type_id)) throw new ApiError(422, 'org_type_id is required');
  if (!isBlank(row.source) && isBlank(row.referral_role)) throw new ApiError(422, 'source requires referral_role');
  const { type } = readValues(system, { type: row.org_type_id });
  const own = Object.fromEntries(Object.entries(row).filter(([name]) => referralFields.includes(name)));
  const person = Object.fromEntries(Object.entries(row).filter(([name]) => !referralFields.includes(name)));
  return { ...readValues(system, person), ...own, org_type_id: [type].flat()[0] };
}

function readRecord(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(422, 'a person must be given as fields and values');
  }
  return { ...body };
}

function requireNames(record: Record<string, unknown>): void {
  for (const name of ['first_name', 'surname']) {
    if (isBlank(record[name])) throw new ApiError(422, `${name} is required`);
  }
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function readValues(system: System, record: Record<string, unknown>): Values {
  const given = Object.entries(record).filter(([, value]) => !isBlank(value));
  return Object.fromEntries(given.map(([name, value]) => [name, readValue(system, findWritable(system, name), value)]));
}

function findWritable(system: System, name: string): Field {
  const field = system.fields.get(name);
  if (!field?.writable) throw new ApiError(422, `${name} can't be written`);
  return field;
}

/** Records are written with ids, never with names (API Dictionaries). */
function readValue(system: System, field: Field, value: unknown): string | number | readonly number[] {
  const { name, kind, options } = field;
  const text = typeof value === 'object' ? undefined : String(value);
  const read = text === undefined ? undefined : readText(system, field, text);
  if (read === undefined) throw new ApiError(422, `${name}: not a valid value`);
  if (options && !options.has(Number(read))) throw new ApiError(422, `${name}: ${read} is not one of its ids`);
  return kind === 'types' ? [Number(read)] : read;
}

function readText({ switches }: System, { kind, options }: Field, text: string): string | number | undefined {
  if (kind === 'date' || kind === 'datetime') return readDate(switches, kind, text);
  if (kind === 'yes-no') return readYesNo(switches, text);
  if (!options && kind !== 'count') return text;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function addPerson(system: System, values: Values): number {
  const id = (system.people.at(-1)?.id ?? 0) + 1;
  const person = { id, type: [1], active: 'Y', deceased: 'N', ...values };
  system.people.push(withDates(person));
  const { settling } = system.switches;
  if (settling !== 'at-once') system.unsettled.set(id, settling === 'later' ? 2 : Number.POSITIVE_INFINITY);
  return id;
}

function withDates(person: SandboxPerson, created?: string): SandboxPerson {
  const updated = new Date().toISOString().slice(0, 19).replace('T', ' ');
  return { ...person, age_range: ageRangeOf(person.date_of_birth), created: created ?? updated, updated };
}
