/** How near two words of names are: for people whose name was asked for in another spelling, or misspelt. */
import { doubleMetaphone } from 'double-metaphone';
import leven from 'leven';
import { equivalentNames } from '../../catalogue/equivalent-names.ts';

/** How far apart two words of names are at most to be near at all. */
export const farthest = 4;

/** Longer words are compared by their beginning, since the work grows with the square of the length. */
const comparedUpTo = 40;

/**
 * How far a word of a name is from the one that was asked for, both folded: 0 the same, 1 another form of the name, 2 one slip
 * or an initial, 3 the same sound or a longer form, 4 two slips or a shorter form; `undefined` for one that isn't near. What
 * doesn't depend on the other word is prepared here, as it is called for very many.
 */
export function distanceFrom(sought: string): (stored: string) => number | undefined {
  const wanted = sought.slice(0, comparedUpTo);
  const forms = equivalentNames(sought);
  const sounds = new Set(soundsOf(wanted));
  return text => {
    const stored = text.slice(0, comparedUpTo);
    if (stored === wanted) return 0;
    if (wanted.length === 1) return stored[0] === wanted ? 0 : undefined;
    if (forms.has(stored)) return 1;
    if (stored.length === 1) return stored === wanted[0] ? 2 : undefined;
    const slips = slipsBetween(wanted, stored);
    if (slips === 1) return 2;
    if (soundsOf(stored).some(sound => sounds.has(sound)) && isAlike(wanted, stored)) return 3;
    if (wanted.length >= 3 && stored.startsWith(wanted)) return 3;
    return slips === 2 || (stored.length >= 4 && wanted.startsWith(stored)) ? farthest : undefined;
  };
}

/** True for folded words of one sound that are alike in writing, too. */
export function soundAlike(a: string, b: string): boolean {
  const sounds = soundsOf(a.slice(0, comparedUpTo));
  return soundsOf(b.slice(0, comparedUpTo)).some(sound => sounds.includes(sound)) && isAlike(a, b);
}

/** One slip in a word of four letters or more (of three, one letter too few or too many), two in one of six or more. */
export function slipsBetween(a: string, b: string): 1 | 2 | undefined {
  const shorter = Math.min(a.length, b.length);
  const apart = Math.abs(a.length - b.length);
  if (shorter < 3 || apart > 2) return undefined;
  if (isTransposed(a, b)) return 1;
  const slips = leven(a, b, { maxDistance: 3 });
  if (slips === 1) return shorter >= 4 || apart === 1 ? 1 : undefined;
  return slips === 2 && shorter >= 6 ? 2 : undefined;
}

/** True where two neighbouring letters have changed places. */
function isTransposed(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Short words, and sounds of one letter, are those of too many names. */
export function soundsOf(word: string): readonly string[] {
  return /^[a-z]{4,}$/.test(word) ? doubleMetaphone(word).filter(sound => sound.length > 1) : [];
}

/** Words of one sound may differ in everything else: at least half of the letters must agree. */
function isAlike(a: string, b: string): boolean {
  const most = Math.floor(Math.max(a.length, b.length) / 2);
  return leven(a, b, { maxDistance: most + 1 }) <= most;
}
