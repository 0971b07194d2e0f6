import leven from 'leven';
import { bounds } from './bounds.ts';
import { memoizeByObject } from './memoize.ts';

/** Letters that no decomposition turns into a base letter and a mark. */
const folded = new Map(
  Object.entries({ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' }),
);

/** Letters by class that people use as apostrophes: O\u02BCDwyer is O'Dwyer. */
const apostropheLetters = /[\u02b9-\u02bf\u02c8\ua78b\ua78c\u07f4\u07f5]/g;

/** A spelling without case, accents and everything that isn't a letter or a digit: `Main-Language` is `mainlanguage`. */
export function foldSpelling(text: string): string {
  const letters = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(letters)) return letters.replace(/[^a-z0-9]/g, '');
  // Marks go first: putting a long run of them in order takes the square of its length.
  return letters
    .replace(/\p{M}/gu, '')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(apostropheLetters, '')
    .replace(/[łøđðþßæœıħ]/g, letter => folded.get(letter) ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The parts of a text that these signs divide, folded; blank ones are none. */
export function foldedParts(text: string, signs: RegExp): string[] {
  return text
    .split(signs)
    .map(foldSpelling)
    .filter(part => part !== '');
}

/** A text with its usual apostrophe for each of those letters, and without what nobody sees. */
export function withPlainApostrophes(text: string): string {
  return text.replace(/\p{Cf}/gu, '').replace(apostropheLetters, "'");
}

/** How many are named to somebody who may have meant one of them. */
const maxNear = 3;

/**
 * The candidates that somebody who wrote `text` may have meant, nearest first; empty when nothing is near. Their folded
 * spellings are remembered for as long as the list is.
 */
export function nearest(text: string, candidates: readonly string[]): string[] {
  return nearestOf(text, candidates, foldedSpellings(candidates));
}

/** The same where the folded spellings of the candidates are known. */
export function nearestOf(text: string, candidates: readonly string[], folds: readonly string[]): string[] {
  const wanted = text.length <= bounds.shortText ? foldSpelling(text) : '';
  if (wanted === '' || wanted.length > bounds.measured) return [];
  const near = nearestSpellings(wanted, folds, 3);
  const positions = near.length > 0 ? near : nearestWords(wanted, candidates);
  return [...new Set(positions)].slice(0, maxNear).map(n => candidates[n] ?? '');
}

/** The positions of the spellings that are near, nearest first: of so many signs, one may be wrong. */
function nearestSpellings(wanted: string, spellings: readonly string[], signs: number): number[] {
  const near: { readonly at: number; readonly distance: number }[] = [];
  let left = bounds.measuredSpellings;
  for (const [at, folded] of spellings.entries()) {
    const allowed = Math.ceil(Math.min(wanted.length, folded.length) / signs);
    // A text that is longer by more takes more edits.
    const isLike = Math.abs(wanted.length - folded.length) <= allowed && folded.length <= bounds.measured;
    const distance = contains(wanted, folded) ? 1 : isLike && left-- > 0 ? leven(wanted, folded) : undefined;
    if (distance !== undefined && distance <= allowed) near.push({ at, distance });
  }
  return near.sort((a, b) => a.distance - b.distance).map(({ at }) => at);
}

/** The same by one word of a spelling: `langauge` is near to `main_language`. */
function nearestWords(wanted: string, candidates: readonly string[]): number[] {
  if (wanted.length < 5) return [];
  const { words, candidateOf } = longWords(candidates);
  return nearestSpellings(wanted, words, 5).map(n => candidateOf[n] ?? 0);
}

/** The words of candidates that are long enough to be told by, each with the position of its candidate. */
const longWords = memoizeByObject((candidates: readonly string[]) => {
  const all = candidates
    .slice(0, bounds.measuredSpellings)
    .flatMap((candidate, at) =>
      candidate.length <= bounds.name ? wordsOf(candidate).map(word => [word, at] as const) : [],
    )
    .filter(([word]) => word.length >= 5);
  return { words: all.map(([word]) => word), candidateOf: all.map(([, at]) => at) };
});

const foldedSpellings = memoizeByObject((texts: readonly string[]) =>
  texts.map(text => foldSpelling(text.slice(0, bounds.compared))),
);

/**
 * The one that is meant by a text, of the nearest ones: the first where the text is it misspelt, else the only one that has
 * the text as a word. One that contains the other may be its opposite: `unmarried`, `type_not`, `no_consent`.
 */
export function meantBy(text: string, near: readonly string[]): string | undefined {
  const [first] = near;
  const [a, b] = [text, first ?? ''].map(one => foldSpelling(one.slice(0, bounds.compared))) as [string, string];
  if (isEnding(a, b)) return first;
  if (!a.includes(b) && !b.includes(a)) return isMisspelt(a, first ?? '') ? first : undefined;
  const [only, ...others] = near.filter(one => wordsOf(one).includes(a));
  return only !== undefined && others.length === 0 && !isDenying(only) ? only : undefined;
}

/** True where a few signs of a spelling are wrong, or of one word of it: `page` is no slip for `name`. */
function isMisspelt(spelling: string, meant: string): boolean {
  const most = Math.ceil(spelling.length / 4);
  return [foldSpelling(meant), ...wordsOf(meant)].some(word => leven(spelling, word) <= most);
}

/** True for `create` and `created`, in either order. */
function isEnding(a: string, b: string): boolean {
  return (a.startsWith(b) || b.startsWith(a)) && Math.abs(a.length - b.length) <= 2;
}

/** Words that deny, or say that something is over, folded. */
export const negations: ReadonlySet<string> = new Set(
  'no,not,non,none,never,without,un,refused,declined,ex,former,formerly,isnt,except'.split(','),
);

/** True for a text that denies something: `not given`, `Prefer not to say`, `ex-volunteer`, `no_consent`. */
export function isDenying(text: string): boolean {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).some(word => negations.has(foldSpelling(word)));
}

function wordsOf(text: string): string[] {
  return text.split(/[\s_.-]+/).map(foldSpelling);
}

/** One that contains the other is near. */
function contains(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.includes(short);
}
