import { memoizeByObject } from '../base/memoize.ts';
import { foldSpelling, isMisspelling, nearest } from '../base/spelling.ts';
import type { Option } from '../charitylog/api.ts';

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
  const quoted = JSON.stringify(text);
  if (option)
    return {
      problem: `${name} ${quoted} fits several options: ${listOf(matches)}. Give the one meant, or its id${matching.forReading ? '; several with ;' : ''}.`,
    };
  const near = nearest(
    text,
    options.map(one => one.name),
  );
  return {
    problem: `${name} has no option ${quoted}. ${choices(options, near)}`,
    nearest: near[0] !== undefined && isMisspelling(text, near[0]) ? near[0] : undefined,
  };
}

/** The option whose id or whole name a text is, signs and words in it included, without regard to case, accents and spacing. */
export function wholeOption(
  options: readonly Option[],
  text: string,
  { inSingular }: Pick<Matching, 'inSingular'> = {},
): Option | undefined {
  const whole = spelling(text);
  const isWhole = (option: Option) => option.id === text.trim() || spellingOf(option) === whole;
  const isSingular = (option: Option) => singular(spellingOf(option)) === singular(whole);
  const [exact, ...others] = options.filter(isWhole);
  if (exact) return others.length === 0 ? exact : undefined;
  const [near, ...further] = inSingular ? options.filter(isSingular) : [];
  return further.length === 0 ? near : undefined;
}

/** The name of the option with this id; the id itself where the dictionary doesn't have it. */
export function optionName(options: readonly Option[], id: string): string {
  return options.find(option => option.id === id)?.name ?? id;
}

/** The options whose name or id has the text in it, without regard to case, accents and spacing. */
export function searchOptions(options: readonly Option[], text: string): readonly Option[] {
  const wanted = foldSpelling(text);
  return options.filter(option => option.id === text.trim() || foldSpelling(option.name).includes(wanted));
}

type Test = (option: Option) => boolean;

function candidatesFor(
  options: readonly Option[],
  text: string,
  { inSingular, forReading }: Matching,
): readonly Option[] {
  const whole = spelling(text);
  const letters = foldSpelling(text);
  const tests: Test[] = [option => option.id === text.trim() || spellingOf(option) === whole];
  if (inSingular) tests.push(option => singular(spellingOf(option)) === singular(whole));
  // Signs may be all that tells two names apart (A+ and A-), so they are passed over only where a text has none.
  if (forReading && letters !== '' && /^\s*[\p{L}\p{N}][\p{L}\p{N}\s'’-]*$/u.test(text))
    tests.push(option => foldSpelling(option.name) === letters);
  // A sign at the beginning may deny what follows.
  const beginsWithWord = /^[\s"'“‘(]*[\p{L}\p{N}]/u.test(text);
  if (forReading && letters.length >= 3 && beginsWithWord) tests.push(option => isPartOf(text, option.name));
  for (const test of tests) {
    const matches = options.filter(test);
    if (matches.length > 0) return matches;
  }
  return [];
}

/** A text without case, accents and surplus spaces. */
function spelling(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").replace(/\s+/g, ' ').trim().toLowerCase();
}

const spellingOf = memoizeByObject((option: Option) => spelling(option.name));

const negations = new Set(['no', 'not', 'non', 'none', 'never', 'without', 'un', 'refused', 'declined']);

/** True for a word or the beginning of a name, unless the name denies what the text says. */
function isPartOf(text: string, name: string): boolean {
  const [words, wanted] = [wordsOf(name), wordsOf(text)];
  if (words.some(word => negations.has(word) && !wanted.includes(word))) return false;
  return words.includes(foldSpelling(text)) || foldSpelling(name).startsWith(foldSpelling(text));
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).map(foldSpelling);
}

function choices(options: readonly Option[], nearNames: readonly string[]): string {
  const near = nearNames.flatMap(name => options.filter(option => option.name === name));
  const hint = near.length > 0 ? `Did you mean ${listOf(near)}? ` : '';
  if (options.length <= allNamedUpTo) return `${hint}Options (with ids): ${listOf(options)}.`;
  return hint || 'describe_fields with field and search finds the options.';
}

function listOf(options: readonly Option[]): string {
  return options.map(option => `${option.name} (${option.id})`).join(', ');
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
