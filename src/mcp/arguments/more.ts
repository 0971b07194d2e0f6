import { invalid } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { jsonList } from './read-value.ts';
import type { Argument } from './schema.ts';

/** The argument for the fields that are more than can be published. */
export const more: Argument = {
  name: 'more',
  kind: 'strings',
  description: 'Further fields of this system, each as "name=value"',
};

/**
 * A call's arguments, with what `more` holds (`["name=value"]`, one such text, or `{name: value}`) among the others.
 *
 * @throws CharitylogError `invalid` for an entry that can't be read, or that is given twice
 */
export function expandMore(input: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (!isObject(input)) return [];
  const { more: given, ...rest } = input;
  if (given === undefined || given === null) return Object.entries(rest);
  const expanded = new Map(Object.entries(rest));
  for (const entry of entriesOf(given)) {
    if (!entry) throw invalid(`more takes "name=value", not ${JSON.stringify(given)}.`);
    const [name, value] = entry;
    if (expanded.has(name)) throw invalid(`${name} is given twice; give it once.`);
    expanded.set(name, value);
  }
  return [...expanded];
}

function entriesOf(given: unknown): (readonly [string, unknown] | undefined)[] {
  if (isObject(given)) return Object.entries(given);
  const entries = Array.isArray(given) ? given : (jsonList(given) ?? [given]);
  return entries.map(entry => {
    const [, name, value] = (typeof entry === 'string' && /^\s*([^=]+?)\s*=(.*)$/s.exec(entry)) || [];
    return name === undefined ? undefined : [name, value];
  });
}
