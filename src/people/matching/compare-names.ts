import { equivalentNames } from '../../catalogue/equivalent-names.ts';
import { slipsBetween, soundAlike } from '../values/near-names.ts';
import type { KnownDetails, Words } from './known-details.ts';
import { type Level, weights } from './weights.ts';

/** How near two names are, from the nearest on. */
const nearness = ['same', 'other form', 'misspelt', 'part', 'initial', 'another near name', 'different'] as const;

export type NameLevel = (typeof nearness)[number];

/** The best reading of two people's names; `undefined` for a part that isn't known of both. */
export interface NameComparison {
  readonly first: NameLevel | undefined;
  readonly surname: NameLevel | undefined;
  /** First name and surname stand in each other's field. */
  readonly isExchanged: boolean;
}

/** Words of double surnames that are no half of one. */
const particles = new Set(
  'al el ul bin ibn bint binti abu de da do dos das del della di du la le los van von der den ter ten af av st mc mac o ap ab ferch y e und zu zur'.split(
    ' ',
  ),
);

export function compareNames(a: KnownDetails, b: KnownDetails): NameComparison {
  const usual = inOrder(a, b);
  if (usual.first === 'same' && usual.surname === 'same') return usual;
  if (isSameInAll(a, b)) return { first: 'same', surname: 'same', isExchanged: false };
  const exchanged = {
    ...inOrder({ firstNames: [a.surname].filter(isKnown), surname: a.firstNames[0] ?? [] }, b),
    isExchanged: true,
  };
  // One that agrees by chance is no exchange: both names change places.
  return sumOf(exchanged) > sumOf(usual) ? exchanged : usual;
}

/** The weight of a comparison of names. */
export function sumOf({ first, surname, isExchanged }: NameComparison): number {
  return levelsOf({ first, surname, isExchanged }).reduce((sum, level) => sum + weights[level], 0);
}

export function levelsOf({ first, surname, isExchanged }: NameComparison): Level[] {
  return [
    ...(first ? [`first name: ${first}` as const] : []),
    ...(surname ? [`surname: ${surname === 'another near name' ? 'different' : surname}` as const] : []),
    ...(isExchanged ? ['name: exchanged' as const] : []),
  ];
}

function inOrder(a: Pick<KnownDetails, 'firstNames' | 'surname'>, b: KnownDetails): NameComparison {
  const firsts = a.firstNames.flatMap(one => b.firstNames.map(other => compareFirst(one, other)));
  return {
    first: nearness.find(level => firsts.includes(level)),
    surname: isKnown(a.surname) && isKnown(b.surname) ? compareSurnames(a.surname, b.surname) : undefined,
    isExchanged: false,
  };
}

/** `Gwilym Huw` `Tansley` and `Gwilym` `Huw Tansley`, or all of it in one field: the same words, otherwise divided. */
function isSameInAll(a: KnownDetails, b: KnownDetails): boolean {
  const wholes = ({ firstNames, surname }: KnownDetails) =>
    firstNames.length > 0 ? firstNames.map(words => [...words, ...surname]) : [surname];
  const [ours, theirs] = [wholes(a), wholes(b)].map(all =>
    all.filter(words => words.length > 1 || !isKnown(a.surname) || !isKnown(b.surname)),
  );
  return ours?.some(one => theirs?.some(other => one.join('') === other.join('') && one.length > 0)) ?? false;
}

function compareFirst(a: Words, b: Words): NameLevel {
  if (a.join('') === b.join('')) return 'same';
  if (a.length === 1 && b.length === 1) return compareWords(a[0] ?? '', b[0] ?? '', isAnotherName);
  const whole = compareWords(a.join(''), b.join(''), () => false);
  if (whole !== 'different') return whole;
  const [head, otherHead] = [a[0] ?? '', b[0] ?? ''];
  const heads = compareWords(head, otherHead, isAnotherName);
  if (heads === 'same' || heads === 'other form' || heads === 'misspelt') {
    // A middle name that both have and that differs is another person's, or a second one.
    return a.length > 1 && b.length > 1 && !haveLike(a.slice(1), b.slice(1)) ? 'another near name' : 'part';
  }
  // Called by the middle name.
  return a.some(word => word.length > 1 && b.includes(word)) ? 'part' : heads;
}

function haveLike(a: Words, b: Words): boolean {
  return a.some(word => b.some(other => compareWords(word, other, isAnotherName) !== 'different'));
}

function compareSurnames(a: Words, b: Words): NameLevel {
  const [whole, other] = [a.join(''), b.join('')];
  if (whole === other || [...a].sort().join(' ') === [...b].sort().join(' ')) return 'same';
  const asOne = compareWords(whole, other, () => false);
  if (asOne !== 'different' || (a.length === 1 && b.length === 1)) return asOne;
  const isHalf = (word: string) => word.length > 2 && !particles.has(word);
  const halves = a.filter(isHalf).flatMap(word => b.filter(isHalf).map(half => compareWords(word, half, () => false)));
  return halves.some(level => level === 'same' || level === 'misspelt' || level === 'other form')
    ? 'part'
    : 'different';
}

function compareWords(a: string, b: string, isAnother: (a: string, b: string) => boolean): NameLevel {
  if (a === b) return 'same';
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different';
  if (equivalentNames(a).has(b)) return 'other form';
  if (slipsBetween(a, b) !== undefined || soundAlike(a, b) || isShortened(a, b)) {
    return isAnother(a, b) ? 'another near name' : 'misspelt';
  }
  return 'different';
}

/** `Deb` and `Deborah`. */
function isShortened(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short);
}

/** Two names of their own: a slip rarely makes a name of another. */
function isAnotherName(a: string, b: string): boolean {
  return equivalentNames(a).size > 0 && equivalentNames(b).size > 0;
}

function isKnown(words: Words): boolean {
  return words.length > 0;
}
