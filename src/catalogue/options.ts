import { bounds } from '../base/bounds.ts';
import { andMore } from '../base/errors.ts';
import { memoizeByObject } from '../base/memoize.ts';
import { quote } from '../base/quote.ts';
import { foldSpelling, nearestOf } from '../base/spelling.ts';
import type { Option } from '../charitylog/api.ts';
import { type PreparedOptions, preparedOptions, spelling, wordsOf } from './prepared-options.ts';

/** Above this many options, a message names the closest ones only. */
const allNamedUpTo = 30;

/** The option that a text means, or what is wrong with it: a sentence for the caller. */
export type OptionMatch = { readonly option: Option } | { readonly problem: string };

/** How freely a text may be matched with options. */
export interface Matching {
  /** Names count in the singular, too: client types. */
  readonly inSingular?: boolean;
  /** A word or the beginning of exactly one name will do; a new record takes whole names. */
  readonly forReading?: boolean;
  /** A wrong text is told without a hint at what was meant: finding one takes long. */
  readonly isBrief?: boolean;
}

/**
 * Finds the option that a text means: by id, or by the whole name without regard to case, accents and spacing; for reading
 * also without regard to punctuation, or by a part of exactly one name. Nothing is guessed: a text that is one option's
 * id and another's name is refused, and so is a part of a name that says the opposite ("smoker" of "Non-smoker").
 *
 * @param name the argument, for the message
 */
export function matchOption(
  options: readonly Option[],
  text: string,
  name: string,
  matching: Matching = {},
): OptionMatch {
  const matches = candidatesFor(options, text, matching);
  const [option] = matches;
  if (option && matches.length === 1) return { option };
  const quoted = quote(text);
  if (option)
    return {
      problem: `${name} ${quoted} fits several options: ${listOf(matches)}. Give the one meant, or its id${matching.forReading ? '; several with ;' : ''}.`,
    };
  const hint = matching.isBrief ? '' : ` ${choices(options, text)}`;
  return { problem: `${name} has no option ${quoted}.${hint}` };
}

/** The name of the option with this id; the id itself where the dictionary doesn't have it. */
export function optionName(options: readonly Option[], id: string): string {
  return preparedOptions(options).withId(id)[0]?.name ?? id;
}

/** True for the id or the exact name of an option. */
export function isOption(options: readonly Option[], text: string): boolean {
  const known = preparedOptions(options);
  return known.withId(text).length > 0 || known.withName(text).length > 0;
}

/** The options whose name or id has the text in it, without regard to case, accents and spacing. */
export function searchOptions(options: readonly Option[], text: string): readonly Option[] {
  const wanted = foldSpelling(text);
  const found = preparedOptions(options).all.filter(
    one => one.option.id === text.trim() || one.folded.includes(wanted),
  );
  return found.map(({ option }) => option);
}

function candidatesFor(
  options: readonly Option[],
  text: string,
  { inSingular, forReading }: Matching,
): readonly Option[] {
  if (text.length > bounds.shortText) return [];
  const known = preparedOptions(options);
  const letters = foldSpelling(text);
  const tests: (() => readonly Option[])[] = [
    () => [...new Set([...known.withId(text.trim()), ...known.spelled(text)])],
  ];
  if (inSingular) tests.push(() => inSingularOf(options, text));
  // Signs may be all that tells two names apart (A+ and A-), so they are passed over only where a text has none.
  if (forReading && letters !== '' && /^[\p{L}\p{N}\s'’-]+$/u.test(text)) tests.push(() => known.folded(letters));
  if (forReading && letters.length >= 3) tests.push(() => withPart(known, text));
  for (const test of tests) {
    const matches = test();
    if (matches.length > 0) return matches;
  }
  return [];
}

/** Those of which the text is a word or the beginning, unless the name denies what the text says. */
function withPart({ all }: PreparedOptions, text: string): readonly Option[] {
  const letters = foldSpelling(text);
  const wanted = wordsOf(text);
  const isPart = ({ folded, words, denials }: (typeof all)[number]) =>
    (folded.startsWith(letters) || words.includes(` ${letters} `)) && denials.every(word => wanted.includes(word));
  return all.filter(isPart).map(({ option }) => option);
}

function inSingularOf(options: readonly Option[], text: string): readonly Option[] {
  const wanted = singular(spelling(text));
  return options.filter(option => singular(spellingOf(option)) === wanted);
}

const spellingOf = memoizeByObject((option: Option) => spelling(option.name.slice(0, bounds.compared)));

function choices(options: readonly Option[], text: string): string {
  const known = preparedOptions(options);
  const near = nearestOf(text, known.names, known.folds).flatMap(name => known.withName(name));
  const hint = near.length > 0 ? `Did you mean ${listOf(near)}? ` : '';
  if (options.length <= allNamedUpTo) return `${hint}Options (with ids): ${listOf(options)}.`;
  return hint || 'describe_fields with field and search finds the options.';
}

function listOf(options: readonly Option[]): string {
  const told = options.slice(0, allNamedUpTo).map(({ id, name }) => `${shortened(name)} (${shortened(id)})`);
  return [...told, ...(options.length > told.length ? [andMore(options.length - told.length)] : [])].join(', ');
}

function shortened(text: string): string {
  return text.length > bounds.name ? `${text.slice(0, bounds.name - 1).toWellFormed()}…` : text;
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
