/** How one record is read by its id. */
import { apiPath } from '../../charitylog/path.ts';
import type { Sample } from '../sample.ts';
import { readableField, type System } from '../system.ts';
import { differs, holds, type Line, lineOf, noneNeeded, notTried, shapeOf } from './line.ts';

/** Far above the highest id there is. */
const farAbove = 1_000_000_000;

/** Reads one record with its id among the fields, without it and without naming fields, and one that isn't there. */
export async function tryRecords(system: System, { someIds, highestId }: Sample): Promise<readonly Line[]> {
  const [id] = someIds;
  const field = ['surname', 'first_name', 'type'].find(name => readableField(system, name));
  if (id === undefined || field === undefined) return [notTried('a record by its id', 'there is none to be read')];
  return [
    await recordLine('a record by its id', id, ['id', field], system),
    await withoutIdLine(id, field, system),
    await recordLine('a record without naming fields', id, [], system),
    await missingLine(highestId + farAbove, field, system),
  ];
}

function recordLine(name: string, id: number, fields: readonly string[], { api, signal }: System): Promise<Line> {
  const read = async () => {
    const person = await api.person(id, fields, [], signal);
    return person ? holds(name, 'it comes') : differs(name, 'it is not found');
  };
  return lineOf(signal, read, reason => differs(name, `it is not readable (${reason})`));
}

function withoutIdLine(id: number, field: string, { raw, signal }: System): Promise<Line> {
  const name = 'a record without its id asked for';
  const read = async () => {
    const { json } = await raw(apiPath(['clients', 'id', String(id), 'field', [field]]));
    return holds(name, `${shapeOf(json)}; the program asks for the id wherever it reads a record`);
  };
  return lineOf(signal, read, reason => differs(name, `it is not readable (${reason})`, noneNeeded));
}

function missingLine(id: number, field: string, { api, raw, signal }: System): Promise<Line> {
  const name = 'a record that is not there';
  const read = async () => {
    const { status, json } = await raw(apiPath(['clients', 'id', String(id), 'field', ['id', field]]));
    const person = await api.person(id, ['id', field], [], signal);
    if (person) return differs(name, 'some record comes all the same');
    return holds(name, `${status} with ${shapeOf(json)}`);
  };
  return lineOf(signal, read, reason =>
    differs(name, `the program takes the answer for an error (${reason})`, noneNeeded),
  );
}
