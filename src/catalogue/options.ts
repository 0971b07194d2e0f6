import { bounds } from '../base/bounds.ts';
import { andMore } from '../base/errors.ts';
import { quote } from '../base/quote.ts';
import { foldSpelling, isDenying, meantBy, nearestOf } from '../base/spelling.ts';
import type { Option } from '../charitylog/api.ts';
import { type PreparedOption, type PreparedOptions, preparedOptions, wordsOf } from './prepared-options.ts';

/** Above this many options, a message names the closest ones only. */
const allNamedUpTo = 30;

/** The option that a text means; or what is wrong with it, a sentence for the caller, and the name of the nearest one. */
export type OptionMatch =
  | { readonly option: Option }
  | { readonly problem: string; readonly nearest?: string | undefined };

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
  if (matching.isBrief) return { problem: `${name} has no option ${quoted}.` };
  const { names, folds } = preparedOptions(options);
  const near = nearestOf(text, names, folds);
  const meant = meantBy(text, near);
  return {
    problem: `${name} has no option ${quoted}. ${choices(options, isDenying(text) ? near.filter(isDenying) : near)}`,
    // What says the opposite is not meant.
    nearest: meant !== undefined && isDenying(text) === isDenying(meant) ? meant : undefined,
  };
}

/** The option whose id or whole name a text is, signs and words in it included, without regard to case, accents and spacing. */
export function wholeOption(
  options: readonly Option[],
  text: string,
  { inSingular }: Pick<Matching, 'inSingular'> = {},
): Option | undefined {
  if (text.length > bounds.shortText) return undefined;
  const known = preparedOptions(options);
  const [exact, ...others] = wholeOptions(known, text);
  if (exact) return others.length === 0 ? exact : undefined;
  const [near, ...further] = inSingular ? known.inSingular(text) : [];
  return further.length === 0 ? near : undefined;
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
  const tests: (() => readonly Option[])[] = [() => wholeOptions(known, text)];
  if (inSingular) tests.push(() => known.inSingular(text));
  // Signs may be all that tells two names apart (A+ and A-), so they are passed over only where a text has none.
  if (forReading && letters !== '' && /^\s*[\p{L}\p{N}][\p{L}\p{N}\s'’-]*$/u.test(text))
    tests.push(() => known.folded(letters));
  // A sign at the beginning may deny what follows.
  const beginsWithWord = /^[\s"'“‘(]*[\p{L}\p{N}]/u.test(text);
  if (forReading && letters.length >= 3 && beginsWithWord) tests.push(() => withPart(known, text));
  for (const test of tests) {
    const matches = test();
    if (matches.length > 0) return matches;
  }
  return [];
}

function wholeOptions(known: PreparedOptions, text: string): readonly Option[] {
  return [...new Set([...known.withId(text.trim()), ...known.spelled(text)])];
}

/** Those of which the text is a word or the beginning, unless the name denies what the text says. */
function withPart(known: PreparedOptions, text: string): readonly Option[] {
  const letters = foldSpelling(text);
  const wanted = wordsOf(text);
  const found = [...new Set([...known.withWord(letters), ...known.beginningWith(letters)])];
  const isDenied = ({ denials }: PreparedOption) => denials.some(word => !wanted.includes(word));
  if (found.every(isDenied)) return [];
  // "Prefer not to say" begins as "Prefer to self-describe" does: nobody knows which is meant.
  const mayBeMeant = (one: PreparedOption) => !isDenied(one) || one.folded.startsWith(letters);
  return found
    .filter(mayBeMeant)
    .sort((a, b) => a.position - b.position)
    .map(({ option }) => option);
}

function choices(options: readonly Option[], nearNames: readonly string[]): string {
  const near = nearNames.flatMap(name => preparedOptions(options).withName(name));
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
