import { bounds } from '../../base/bounds.ts';
import { invalid } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { withCommas } from '../../base/numbers.ts';
import { quote } from '../../base/quote.ts';
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
  const entries = entriesOf(given);
  if (entries.length > bounds.fields) {
    throw invalid(
      `more has ${withCommas(entries.length)} entries, which are more than a system has fields. Send the few that are meant.`,
    );
  }
  for (const entry of entries) {
    if (!entry) throw invalid(`more takes "name=value", not ${quote(given)}.`);
    const [name, value] = entry;
    if (expanded.has(name)) throw invalid(`${quote(name)} is given twice; give it once.`);
    expanded.set(name, value);
  }
  return [...expanded];
}

function entriesOf(given: unknown): (readonly [string, unknown] | undefined)[] {
  if (isObject(given)) return Object.entries(given);
  const entries = Array.isArray(given) ? given : (jsonList(given) ?? [given]);
  return entries.map(entry => {
    const sign = typeof entry === 'string' ? entry.indexOf('=') : -1;
    const name = sign < 0 ? '' : entry.slice(0, sign).trim();
    return name === '' ? undefined : [name, entry.slice(sign + 1)];
  });
}
