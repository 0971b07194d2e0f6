/** Whether choices have their dictionaries, and records no ids besides. */
import { type Field, typeField } from '../../catalogue/field.ts';
import type { Option } from '../../charitylog/api.ts';
import { namesOf } from '../../people/asking/show-person.ts';
import type { Sample } from '../sample.ts';
import type { System } from '../system.ts';
import { about, differs, holds, type Line, noneNeeded, notTried, reasonOf } from './line.ts';

/** Asks for the dictionary of each choice, and of each field that may be one. */
export async function tryDictionaries(system: System, sample: Sample): Promise<readonly Line[]> {
  const { filterable, selectable } = system.lists;
  const all = new Map([typeField, ...filterable, ...selectable].map(field => [field.name, field]));
  const lines: Line[] = [];
  for (const field of all.values()) {
    if (field.kind !== 'choice' && field.kind !== 'unknown') continue;
    lines.push(about(field, await dictionaryLine(field, system, sample)));
  }
  return lines;
}

async function dictionaryLine(field: Field, { catalogue, signal }: System, { tallies }: Sample): Promise<Line> {
  const name = `options of ${field.name}`;
  try {
    const options = await catalogue.options(field, { signal });
    if (options) return recordsLine(name, options, tallies.get(field.name)?.values.map(({ value }) => value) ?? []);
    if (field.kind === 'unknown') return holds(name, 'none, so it is text or yes and no');
    return differs(name, 'no dictionary was found: the program takes and shows ids');
  } catch (error) {
    if (signal.aborted) return notTried(name, reasonOf(signal.reason));
    return differs(name, `its dictionary cannot be read (${reasonOf(error)}): the program shows ids`);
  }
}

function recordsLine(name: string, options: readonly Option[], values: readonly unknown[]): Line {
  const names = new Set(options.map(option => option.name));
  const unknown = values.some(value => namesOf(value, options).some(one => !names.has(one)));
  if (unknown)
    return differs(name, 'found; records have others besides, which the program shows as they are', noneNeeded);
  return holds(name, values.length === 0 ? 'found; no record has one' : 'found, and records have no others');
}
