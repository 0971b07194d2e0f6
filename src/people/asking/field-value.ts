import { bounds } from '../../base/bounds.ts';
import type { Mend, Problem } from '../../base/errors.ts';
import { quote } from '../../base/quote.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { Turn } from '../../base/turns.ts';
import { type Matching, matchOption, type OptionMatch } from '../../catalogue/options.ts';
import { foldedParts, mostParts, preparedOptions } from '../../catalogue/prepared-options.ts';
import type { Option } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { Call, Given } from '../call.ts';
import { date, dayText } from '../values/date.ts';

/** A given value as the API takes it, and as the caller is told that it was taken. */
export interface FieldValue {
  readonly values: readonly string[];
  readonly shown: string | number | boolean;
  /** What is wrong with the value, in sentences for the caller; nothing is sent then. */
  readonly problems: readonly (string | Problem)[];
  /** Names of options that this system doesn't tell: they can be compared with what records hold alone. */
  readonly isUnlisted?: true;
  /** What the caller should know of how it was read. */
  readonly notes?: readonly string[];
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
  { catalogue, waiting }: Pick<Call, 'catalogue' | 'waiting'>,
): Promise<FieldValue> {
  if (typeof value === 'boolean') return taken([yesNo(value)], value);
  const texts = typeof value === 'object' ? value : [String(value)];
  if (field.kind === 'date') return dateValue(argument, use === 'reading' ? texts.map(usualDay) : texts);
  const options = await catalogue.options(field, waiting);
  const matching = { forReading: use === 'reading', inSingular: field.name === 'type' };
  if (options) {
    const named = withWholeNames(texts, options);
    const matches = await matchAll(named, options, argument, matching);
    return optionValue({ argument, options, named, matches }, matching);
  }
  if (field.kind === 'choice' && use === 'reading' && !texts.every(text => /^\d+$/.test(text))) {
    return { ...taken(texts, texts.join('; ')), isUnlisted: true };
  }
  if (field.kind === 'choice') return idsOnly(argument, texts);
  if (field.kind === 'count' || field.kind === 'yes_no') return wrongKind(argument, field.kind, value, texts);
  if (field.kind === 'unknown') return yesNoOrText(texts);
  return taken(texts, typeof value === 'number' ? value : texts.join('; '));
}

/** Texts for a field with options, and what each of them means. */
interface Matched {
  readonly argument: string;
  readonly options: readonly Option[];
  readonly named: readonly string[];
  readonly matches: readonly OptionMatch[];
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
    const match = matchOption(options, text, argument, { isBrief: problems >= bounds.problems, ...matching });
    if ('problem' in match) problems++;
    matches.push(match);
    if (turn.isOver) await turn.next();
  }
  return matches;
}

/** An option's whole name wins over any separator in it: `Arts` and `Crafts Quarter` may be parts of one. */
export function withWholeNames(texts: readonly string[], options: readonly Option[]): readonly string[] {
  const { namesInParts: names } = preparedOptions(options);
  if (names.size === 0) return texts;
  const found: string[] = [];
  for (let start = 0; start < texts.length; ) {
    let end = Math.min(texts.length, start + mostParts);
    while (end > start + 1 && !names.has(foldedParts(texts.slice(start, end)))) end--;
    found.push(texts.slice(start, end).join('; '));
    start = end;
  }
  return found;
}

/** A day as people write it in Britain, as YYYY-MM-DD; other texts as they are. */
function usualDay(text: string): string {
  const day = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/.test(text) ? date.normal(text) : '';
  return day === '' ? text : dayText(Number(day));
}

function dateValue(argument: string, texts: readonly string[]): FieldValue {
  const wrong = texts.filter(text => !/^\d{4}-\d{2}-\d{2}$/.test(text));
  const problems = wrong.map(text => `${argument} takes a date as YYYY-MM-DD, not ${quote(text)}.`);
  return { ...taken(texts, texts.join('; ')), problems };
}

function optionValue({ argument, options, named, matches }: Matched, matching: Matching): FieldValue {
  const nearest = matches.map((match, n) => ('problem' in match ? match.nearest : undefined) ?? named[n]);
  // One mend for all: each is handed the others' work.
  const mend: Mend = args => ({ ...args, [argument]: nearest.join('; ') });
  const problems = matches.flatMap((match): Problem[] =>
    'problem' in match ? [{ text: match.problem, mend: match.nearest ? mend : undefined }] : [],
  );
  const found = matches.flatMap(match => ('option' in match ? [match.option] : []));
  const ids = [...new Set(found.map(option => option.id))];
  const notes = matching.forReading
    ? found.slice(0, maxAlike).flatMap(one => alikeNote(argument, one, options, ids))
    : [];
  return { values: ids, shown: found.map(option => option.name).join('; '), problems, notes };
}

/** So many options are told of a kind, and so many notes are made. */
const maxAlike = 3;

/** The exact option is meant; who asks may not know that there are others of its kind. */
function alikeNote(argument: string, { name }: Option, options: readonly Option[], ids: readonly string[]): string[] {
  const alike = preparedOptions(options)
    .beginningWith(foldSpelling(name))
    .filter(({ option }) => !ids.includes(option.id) && wordsBegin(option.name, name))
    .sort((a, b) => a.position - b.position)
    .slice(0, maxAlike)
    .map(({ option }) => option);
  return alike.length > 0 ? [`${argument} also has ${alike.map(other => other.name).join(', ')}.`] : [];
}

function wordsBegin(text: string, beginning: string): boolean {
  const [long, short] = [text.toLowerCase(), beginning.toLowerCase()];
  return long.startsWith(short) && /^[^\p{L}\p{N}]/u.test(long.slice(short.length));
}

/** The reader passes on what is no number, or no yes or no: it may have been meant as a condition. */
function wrongKind(
  argument: string,
  kind: 'count' | 'yes_no',
  value: Given['value'],
  texts: readonly string[],
): FieldValue {
  const wrong = kind === 'count' ? texts.find(text => !/^\d+$/.test(text)) : texts[0];
  if (wrong === undefined) return taken(texts, typeof value === 'number' ? value : texts.join('; '));
  const right = kind === 'count' ? 'a whole number' : 'true or false';
  return { ...taken(texts, ''), problems: [`${argument} takes ${right}, not ${quote(wrong)}.`] };
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
