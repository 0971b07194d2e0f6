import { bounds } from '../../base/bounds.ts';
import { quote } from '../../base/quote.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { Turn } from '../../base/turns.ts';
import { type Matching, matchOption, type OptionMatch } from '../../catalogue/options.ts';
import type { Option } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { Call, Given } from '../call.ts';

/** A given value as the API takes it, and as the caller is told that it was taken. */
export interface FieldValue {
  readonly values: readonly string[];
  readonly shown: string | number | boolean;
  /** What is wrong with the value, in sentences for the caller; nothing is sent then. */
  readonly problems: readonly string[];
}

/**
 * Turns a given value into the API's: `Y`/`N` for yes/no fields, option ids for choices given by name, text as it is.
 * Whether a field of unknown kind is a choice shows in whether it has a dictionary.
 *
 * @param use `reading` lets a part of an option's name do; `writing` takes whole names or ids
 */
export async function fieldValue(
  { argument, field, value }: Given,
  use: 'reading' | 'writing',
  { catalogue, signal }: Call,
): Promise<FieldValue> {
  if (typeof value === 'boolean') return taken([yesNo(value)], value);
  const texts = typeof value === 'object' ? value : [String(value)];
  if (field.kind === 'date') return dateValue(argument, texts);
  const options = await catalogue.options(field, signal);
  const matching = { forReading: use === 'reading', inSingular: field.name === 'type' };
  if (options) {
    const named = withWholeNames(texts, options);
    return optionValue(await matchAll(named, options, argument, matching));
  }
  if (field.kind === 'choice') return idsOnly(argument, texts);
  if (field.kind === 'unknown') return yesNoOrText(texts);
  return taken(texts, typeof value === 'number' ? value : texts.join('; '));
}

/** The options that texts mean, by and by: there may be very many to look at. */
async function matchAll(
  texts: readonly string[],
  options: readonly Option[],
  argument: string,
  matching: Matching,
): Promise<readonly OptionMatch[]> {
  const turn = new Turn();
  const matches: OptionMatch[] = [];
  let problems = 0;
  for (const text of texts) {
    const match = matchOption(options, text, argument, { ...matching, isBrief: problems >= bounds.problems });
    if ('problem' in match) problems++;
    matches.push(match);
    if (turn.isOver) await turn.next();
  }
  return matches;
}

/** Names with more semicolons than this one less are taken for no names. */
const maxParts = 8;

/** An option's whole name wins over any separator in it: `Arts` and `Crafts Quarter` may be parts of one. */
function withWholeNames(texts: readonly string[], options: readonly Option[]): readonly string[] {
  const parts = options.filter(({ name }) => name.includes(';')).map(({ name }) => name.split(';', maxParts + 1));
  const names = new Set(parts.filter(({ length }) => length <= maxParts).map(name => name.map(foldSpelling).join(';')));
  if (names.size === 0) return texts;
  const folded = texts.map(foldSpelling);
  const found: string[] = [];
  for (let start = 0; start < texts.length; ) {
    let end = Math.min(texts.length, start + maxParts);
    while (end > start + 1 && !names.has(folded.slice(start, end).join(';'))) end--;
    found.push(texts.slice(start, end).join('; '));
    start = end;
  }
  return found;
}

function dateValue(argument: string, texts: readonly string[]): FieldValue {
  const wrong = texts.filter(text => !/^\d{4}-\d{2}-\d{2}$/.test(text));
  const problems = wrong.map(text => `${argument} takes a date as YYYY-MM-DD, not ${quote(text)}.`);
  return { ...taken(texts, texts.join('; ')), problems };
}

function optionValue(matches: readonly OptionMatch[]): FieldValue {
  const problems = matches.flatMap(match => ('problem' in match ? [match.problem] : []));
  const options = matches.flatMap(match => ('option' in match ? [match.option] : []));
  const ids = [...new Set(options.map(option => option.id))];
  return { values: ids, shown: options.map(option => option.name).join('; '), problems };
}

function idsOnly(argument: string, texts: readonly string[]): FieldValue {
  const problems = texts
    .filter(text => !/^\d+$/.test(text))
    .map(text => `${argument} takes an option's id, not ${quote(text)}: this system does not list its options.`);
  return { values: texts, shown: texts.join('; '), problems };
}

/** Charitylog writes yes and no as `Y` and `N` (manual: API Details), so a bare yes or no can only mean those. */
function yesNoOrText(texts: readonly string[]): FieldValue {
  const values = texts.map(text => {
    const answer = /^(yes|no|true|false)$/i.test(text) ? decodeYesNo(text) : undefined;
    return answer === undefined ? text : yesNo(answer);
  });
  return taken(values, values.join('; '));
}

function yesNo(value: boolean): string {
  return value ? 'Y' : 'N';
}

function taken(values: readonly string[], shown: string | number | boolean): FieldValue {
  return { values, shown, problems: [] };
}
