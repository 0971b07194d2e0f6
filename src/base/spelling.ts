import leven from 'leven';
import { bounds } from './bounds.ts';
import { memoizeByObject } from './memoize.ts';

/** Letters that no decomposition turns into a base letter and a mark. */
const folded: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};

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
    .replace(/[łøđðþßæœıħ]/g, letter => folded[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** A text with its usual apostrophe for each of those letters, and without what nobody sees. */
export function withPlainApostrophes(text: string): string {
  return text.replace(/\p{Cf}/gu, '').replace(apostropheLetters, "'");
}

/** How many are named to somebody who may have meant one of them. */
const maxNear = 3;

/**
 * The candidates that somebody who wrote `text` may have meant, nearest first; empty when nothing is near.
 *
 * @param candidates their folded spellings are remembered for as long as the list is
 */
export function nearest(text: string, candidates: readonly string[]): string[] {
  return nearestOf(text, candidates, foldedSpellings(candidates));
}

/** The same where the folded spellings of the candidates are known. */
export function nearestOf(text: string, candidates: readonly string[], folds: readonly string[]): string[] {
  const wanted = text.length <= bounds.shortText ? foldSpelling(text) : '';
  if (wanted === '' || wanted.length > bounds.measured) return [];
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  let left = bounds.measuredSpellings;
  for (const [n, folded] of folds.entries()) {
    const allowed = Math.ceil(Math.min(wanted.length, folded.length) / 3);
    // A text that is longer by more takes more edits.
    const isLike = Math.abs(wanted.length - folded.length) <= allowed && folded.length <= bounds.measured;
    const distance = contains(wanted, folded) ? 1 : isLike && left-- > 0 ? leven(wanted, folded) : undefined;
    if (distance !== undefined && distance <= allowed) near.push({ candidate: candidates[n] ?? '', distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, maxNear)
    .map(({ candidate }) => candidate);
}

const foldedSpellings = memoizeByObject((texts: readonly string[]) =>
  texts.map(text => foldSpelling(text.slice(0, bounds.compared))),
);

/**
 * True where a text is another one misspelt. One that contains the other may be its opposite: `unmarried`, `type_not`.
 */
export function isMisspelling(text: string, meant: string): boolean {
  const [a, b] = [text, meant].map(one => foldSpelling(one.slice(0, bounds.compared))) as [string, string];
  return a === b || (!a.includes(b) && !b.includes(a));
}

/** One that contains the other is near. */
function contains(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.includes(short);
}
