import type { Counts, SplitCounts } from './counts.ts';
import type { Dictionary } from './dictionaries.ts';
import type { Field, FieldKind } from './fields.ts';
import type { Switches } from './switches.ts';
import { writeId, writeName } from './values.ts';

/** A dictionary as this system writes one. */
export function encodeDictionary(switches: Switches, options: Dictionary): unknown {
  const form = switches.dictionary;
  const named = [...options].map(([id, name]) => [id, writeName(switches, name)] as const);
  if (form === 'map') return Object.fromEntries(named);
  if (form === 'map-object') return Object.fromEntries(named.map(([id, name]) => [id, { name }]));
  return named.map(([id, name]) => ({ id: writeId(switches, id), [form]: name }));
}

const typeNames: Readonly<Record<FieldKind, string>> = {
  id: 'number',
  types: 'choice',
  text: 'text',
  code: 'text',
  date: 'date',
  datetime: 'datetime',
  count: 'number',
  'yes-no': 'yes/no',
  choice: 'choice',
};

/** A list of fields as this system writes one. */
export function encodeFields(switches: Switches, fields: readonly Pick<Field, 'name' | 'label' | 'kind'>[]): unknown {
  const form = switches.fields;
  const labelOf = ({ label }: { label: string }) => writeName(switches, label);
  if (form === 'strings') return fields.map(({ name }) => name);
  if (form === 'map') return Object.fromEntries(fields.map(field => [field.name, labelOf(field)]));
  if (form === 'map-object') {
    return Object.fromEntries(
      fields.map(field => [field.name, { label: labelOf(field), type: typeNames[field.kind] }]),
    );
  }
  return fields.map(field => ({ [form]: field.name, label: labelOf(field) }));
}

/** Counts as this system writes them. */
export function encodeCounts(switches: Switches, counts: Counts): unknown {
  if (switches.counts === 'map') return Object.fromEntries(counts);
  return Array.from(counts, ([key, count]) => ({ value: writeKey(switches, key), count }));
}

/** Counts split by a second field, as this system writes them. */
export function encodeSplitCounts(switches: Switches, counts: SplitCounts): unknown {
  if (switches.counts === 'map') {
    return Object.fromEntries([...counts].map(([key, split]) => [key, Object.fromEntries(split)]));
  }
  return [...counts].flatMap(([key, split]) => {
    const value = writeKey(switches, key);
    return Array.from(split, ([metric, count]) => ({ value, metric: writeKey(switches, metric), count }));
  });
}

function writeKey(switches: Switches, key: string): number | string {
  return /^\d+$/.test(key) ? writeId(switches, Number(key)) : key;
}
