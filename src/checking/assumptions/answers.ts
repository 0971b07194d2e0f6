/** How an answer looks on the wire, and whether the program reads it as it is meant. */
import { isUtf8 } from 'node:buffer';
import { isObject } from '../../base/json.ts';
import { apiPath, type Segment } from '../../charitylog/path.ts';
import type { RawAnswer } from '../raw-answer.ts';
import type { Sample } from '../sample.ts';
import { readableField, type System } from '../system.ts';
import { differs, holds, type Line, lineOf, noneNeeded, notTried, shapeOf } from './line.ts';

/** What HTML has in place of letters and signs. */
const entity = /&(?:#\d{1,6}|#x[\da-f]{1,6}|[a-z]{2,8});/i;

/** Looks at one answer with people, and at one with nobody. */
export async function tryAnswers(system: System, sample: Sample): Promise<readonly Line[]> {
  const fields = ['id', ...['first_name', 'surname'].filter(name => readableField(system, name))];
  const answer = await system.raw(apiPath(['clients', ...[...sample.filters].flat<Segment[][]>(), 'field', fields]));
  return [
    contentTypeLine(answer),
    charsetLine(answer, sample),
    holds('shape of an answer', shapeOf(answer.json)),
    idsLine(answer),
    entitiesLine(answer, sample),
    onlyAskedLine(answer, fields),
    await nobodyLine(system),
  ];
}

function contentTypeLine({ contentType }: RawAnswer): Line {
  const shown = contentType === '' ? 'none' : contentType.slice(0, 60);
  if (/json/i.test(contentType)) return holds('content type', shown);
  return differs('content type', `${shown}: the program reads the JSON all the same`, noneNeeded);
}

/** Whoever has a replacement character was read in the wrong charset. */
function charsetLine({ bytes, contentType }: RawAnswer, sample: Sample): Line {
  const name = 'charset';
  const [, declared] = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType) ?? [];
  const said = declared ? `the answer says ${declared}` : 'the answer names none';
  if (isUtf8(bytes)) return holds(name, `UTF-8; ${said}`);
  const isBroken = someText(sample, text => text.includes('\uFFFD'));
  if (isBroken) return differs(name, `not UTF-8, though ${said}: letters are lost`);
  return differs(name, `not UTF-8; ${said}, and the program reads it so`, noneNeeded);
}

function idsLine({ json }: RawAnswer): Line {
  const record = firstRecord(json);
  const kind = record === undefined ? undefined : kindOfId(record);
  return kind ? holds('ids', kind) : notTried('ids', 'no record was recognised');
}

function kindOfId({ row, isKeyed }: FirstRecord): string | undefined {
  const id = row.id;
  if (typeof id === 'number') return 'numbers';
  if (typeof id === 'string') return 'texts';
  return isKeyed ? 'keys of a map' : 'in a record under another key';
}

function entitiesLine({ text }: RawAnswer, sample: Sample): Line {
  const name = 'texts are not escaped for HTML';
  const isSent = entity.test(text);
  const isShown = someText(sample, value => entity.test(value));
  if (isShown) return differs(name, 'they are, and the program shows them so');
  if (isSent) return differs(name, 'they are, and the program reads them as they are meant', noneNeeded);
  return holds(name, 'no sign of it');
}

function onlyAskedLine({ json }: RawAnswer, asked: readonly string[]): Line {
  const name = 'field/... brings what was asked for';
  const record = firstRecord(json);
  if (!record) return notTried(name, 'no record was recognised');
  const keys = Object.keys(record.row).map(key => key.toLowerCase());
  const missing = asked.filter(field => !keys.includes(field) && !(field === 'id' && record.isKeyed));
  const more = keys.some(key => !asked.includes(key));
  if (missing.length > 0)
    return differs(name, `not under the name asked for, or without a value: ${missing.join(', ')}`, noneNeeded);
  if (more) return differs(name, 'and more, which the program leaves out', noneNeeded);
  return holds(name, 'and nothing else');
}

/** Asks for what nobody has. */
async function nobodyLine({ api, lists, raw, signal }: System): Promise<Line> {
  const name = 'nobody';
  const field = ['email', 'external_id', 'nhs_number'].find(one =>
    lists.filterable.some(filter => filter.name === one),
  );
  if (field === undefined) return notTried(name, 'no text is a filter');
  const value = 'nobody-of-charitylog-mcp@example.invalid';
  const { status, text, json } = await raw(apiPath(['clients', field, value, 'field', ['id']]));
  const shown = `${status} with ${text.trim() === '' ? 'an empty body' : json === undefined ? 'a body that is not JSON' : shapeOf(json)}`;
  const read = async () => {
    let count = 0;
    const collector = { restart: () => undefined, add: () => void count++ };
    await api.eachPerson({ filters: new Map([[field, [value]]]), fields: ['id'] }, collector, signal);
    return count > 0 ? notTried(name, `a filter by ${field} brings people whatever it asks for`) : holds(name, shown);
  };
  return lineOf(signal, read, reason => differs(name, `${shown}, which the program takes for an error (${reason})`));
}

interface FirstRecord {
  readonly row: Record<string, unknown>;
  /** True for a record of a map. */
  readonly isKeyed: boolean;
}

/** The first record of an answer: in lists before objects, as what surrounds a list has objects of its own. */
function firstRecord(json: unknown, depth = 4): FirstRecord | undefined {
  if (depth === 0) return undefined;
  if (Array.isArray(json)) return firstRecord(json[0], depth - 1);
  if (!isObject(json)) return undefined;
  const [[key, value] = [], ...others] = Object.entries(json);
  if (key !== undefined && /^\d+$/.test(key) && isObject(value)) return { row: value, isKeyed: true };
  const inner = [value, ...others.map(([, one]) => one)].filter(one => Array.isArray(one) || isObject(one));
  const found = inner.toSorted((a, b) => Number(Array.isArray(b)) - Number(Array.isArray(a)));
  for (const one of found) {
    const record = firstRecord(one, depth - 1);
    if (record) return record;
  }
  return key === undefined ? undefined : { row: json, isKeyed: false };
}

function someText({ tallies }: Sample, test: (text: string) => boolean): boolean {
  return [...tallies.values()].some(tally =>
    tally.values.some(({ value }) => typeof value === 'string' && test(value)),
  );
}
