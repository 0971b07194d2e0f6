import leven from 'leven';

/** A spelling without case, accents and everything that isn't a letter or a digit: `Main-Language` is `mainlanguage`. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The candidates that somebody who wrote `text` may have meant, nearest first; empty when nothing is near.
 *
 * @param limit how many at most, 3 unless told
 */
export function closest(text: string, candidates: readonly string[], limit = 3): string[] {
  const wanted = plain(text);
  if (wanted === '') return [];
  return candidates
    .map(candidate => ({ candidate, distance: distance(wanted, plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(Math.min(wanted.length, plain(candidate).length) / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Edits between two spellings; one that contains the other is near. */
function distance(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.includes(short)) return 1;
  return leven(a, b);
}
