import leven from 'leven';

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
  return letters
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

/**
 * The candidates that somebody who wrote `text` may have meant, nearest first; empty when nothing is near.
 *
 * @param limit how many at most, 3 unless told
 */
export function nearest(text: string, candidates: readonly string[], limit = 3): string[] {
  const wanted = foldSpelling(text);
  if (wanted === '') return [];
  return candidates
    .map(candidate => ({ candidate, distance: distance(wanted, foldSpelling(candidate)) }))
    .filter(
      ({ candidate, distance }) => distance <= Math.ceil(Math.min(wanted.length, foldSpelling(candidate).length) / 3),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/**
 * True where a text is another one misspelt. One that contains the other may be its opposite: `unmarried`, `type_not`.
 */
export function isMisspelling(text: string, meant: string): boolean {
  const [a, b] = [foldSpelling(text), foldSpelling(meant)];
  return a === b || (!a.includes(b) && !b.includes(a));
}

/** Edits between two spellings; one that contains the other is near. */
function distance(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.includes(short)) return 1;
  return leven(a, b);
}
