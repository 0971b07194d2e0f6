import { equivalentNames, isKnownName } from '../../catalogue/equivalent-names.ts';
import { slipsBetween, soundAlike } from '../values/near-names.ts';
import type { KnownDetails, Words } from './known-details.ts';
import { isNoFirstName, isNoName } from './no-names.ts';
import { areInOtherScripts } from './scripts.ts';
import { type Level, weights } from './weights.ts';

/** How near two names are, from the nearest on. */
const nearness = [
  'same',
  'other form',
  'misspelt',
  'part',
  'initial',
  'perhaps another name',
  'another near name',
  'different',
] as const;

export type NameLevel = (typeof nearness)[number];

/** The best reading of two people's names; `undefined` for a part that isn't known of both. */
export interface NameComparison {
  readonly first: NameLevel | undefined;
  readonly surname: NameLevel | undefined;
  /** First name and surname stand in each other's field. */
  readonly isExchanged: boolean;
}

/** True for a level at which two names may be one person's. */
export function isNear(level: NameLevel | undefined): boolean {
  return level !== 'different' && level !== 'another near name';
}

type Names = Pick<KnownDetails, 'firstNames' | 'surname'>;

/** Words of double surnames that are no half of one. */
const particles = new Set(
  'al el ul bin ibn bint binti abu de da do dos das del della di du la le los van von der den ter ten af av st mc mac o ap ab ferch y e und zu zur'.split(
    ' ',
  ),
);

/** Compares two people's names, first names with first names, or each other's way round where that is nearer. */
export function compareNames(a: KnownDetails, b: KnownDetails): NameComparison {
  const usual = inOrder(a, b);
  if (usual.first === 'same' && usual.surname === 'same') return usual;
  if (isSameInAll(a, b)) return { first: 'same', surname: 'same', isExchanged: false };
  // One name that agrees by chance is no exchange: both change places.
  const readings = [exchanged(a, b), exchanged(b, a)].filter(one => one !== undefined);
  return readings.reduce((best, one) => (sumOf(one) > sumOf(best) ? one : best), usual);
}

/** The weight of a comparison of names. */
export function sumOf({ first, surname, isExchanged }: NameComparison): number {
  return levelsOf({ first, surname, isExchanged }).reduce((sum, level) => sum + weights[level], 0);
}

export function levelsOf({ first, surname, isExchanged }: NameComparison): Level[] {
  return [
    ...(first ? [`first name: ${first}` as const] : []),
    ...(surname ? [`surname: ${surnameLevel(surname)}` as const] : []),
    ...(isExchanged ? ['name: exchanged' as const] : []),
  ];
}

/** Surnames aren't looked up: what is near is one misspelt. */
function surnameLevel(level: NameLevel) {
  if (level === 'another near name') return 'different';
  return level === 'perhaps another name' ? 'misspelt' : level;
}

function inOrder(a: Names, b: Names): NameComparison {
  const firsts = a.firstNames.flatMap(one => b.firstNames.map(other => compareFirst(one, other)));
  return {
    first: nearness.find(level => firsts.includes(level)),
    surname: isWhole(a.surname) && isWhole(b.surname) ? compareLasts(a, b) : undefined,
    isExchanged: false,
  };
}

/** `Mohammed Abdul` `Rahman` and `Mohammed` `Abdulrahman`: words behind the first name may belong to the surname. */
function compareLasts(a: Names, b: Names): NameLevel | undefined {
  const level = compareSurnames(a.surname, b.surname);
  if (isNear(level)) return level;
  const isIn = (surname: Words, { firstNames: [first = []], surname: own }: Names) =>
    first.length > 1 && isNear(compareSurnames(surname, [...first.slice(1), ...own]));
  return isIn(a.surname, b) || isIn(b.surname, a) ? 'part' : level;
}

/** The names of `a` in each other's place; `undefined` where one is missing. */
function exchanged(a: KnownDetails, b: KnownDetails): NameComparison | undefined {
  if (!isKnown(a.surname) || !isKnown(b.surname)) return undefined;
  const others = a.firstNames.map(words => inOrder({ firstNames: [a.surname], surname: words }, b));
  const [nearest] = others.sort((one, other) => sumOf(other) - sumOf(one));
  return nearest?.first && nearest.surname ? { ...nearest, isExchanged: true } : undefined;
}

/** `Gwilym Huw` `Tansley` and `Gwilym` `Huw Tansley`, or all of it in one field: the same words, otherwise divided. */
function isSameInAll(a: KnownDetails, b: KnownDetails): boolean {
  return !isNoName(a.surname) && !a.firstNames.some(isNoFirstName) && areWrittenAlike(a, b);
}

/** True for two whose names stand in the records alike, even where they are none, as `Mr` and `Unknown`. */
export function areWrittenAlike(a: KnownDetails, b: KnownDetails): boolean {
  const [ours, theirs] = [wholeNames(a), wholeNames(b)];
  return ours.some(name => theirs.includes(name));
}

function wholeNames({ firstNames, surname }: KnownDetails): readonly string[] {
  const names = (isKnown(firstNames) ? firstNames : [[]]).map(words => [...words, ...surname]);
  return names.filter(words => words.length > 1).map(words => words.join(''));
}

/** How two first names compare; `undefined` where that can't be told: of `Mr`, and of names in two scripts. */
export function compareFirst(a: Words, b: Words): NameLevel | undefined {
  if (isNoFirstName(a) || isNoFirstName(b) || areInOtherScripts(a, b)) return undefined;
  if (a.join('') === b.join('')) return 'same';
  if (a.length === 1 && b.length === 1) return compareWords(a[0] ?? '', b[0] ?? '', nearFirstNames);
  const whole = compareWords(a.join(''), b.join(''), misspelt);
  if (whole !== 'different') return whole;
  const [head, otherHead] = [a[0] ?? '', b[0] ?? ''];
  const heads = compareWords(head, otherHead, nearFirstNames);
  if (heads === 'same' || heads === 'other form' || heads === 'misspelt') {
    // A middle name that both have and that differs is another person's, or a second one.
    return a.length > 1 && b.length > 1 && !haveLike(a.slice(1), b.slice(1)) ? 'another near name' : 'part';
  }
  // Called by the middle name.
  return a.some(word => word.length > 1 && b.includes(word)) ? 'part' : heads;
}

function haveLike(a: Words, b: Words): boolean {
  return a.some(word => b.some(other => compareWords(word, other, nearFirstNames) !== 'different'));
}

/** How two surnames compare; `undefined` where that can't be told: of `Unknown`, and of names in two scripts. */
export function compareSurnames(a: Words, b: Words): NameLevel | undefined {
  if (isNoName(a) || isNoName(b) || areInOtherScripts(a, b)) return undefined;
  const [whole, other] = [a.join(''), b.join('')];
  if (whole === other || [...a].sort().join(' ') === [...b].sort().join(' ')) return 'same';
  const asOne = compareWords(whole, other, misspelt);
  if (asOne !== 'different' || (a.length === 1 && b.length === 1)) return asOne;
  const isHalf = (word: string) => word.length > 2 && !particles.has(word);
  const halves = a.filter(isHalf).flatMap(word => b.filter(isHalf).map(half => compareWords(word, half, misspelt)));
  return halves.some(isNear) ? 'part' : 'different';
}

/** @param near what two words are that are nearly the same */
function compareWords(a: string, b: string, near: (a: string, b: string) => NameLevel): NameLevel {
  if (a === b) return 'same';
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different';
  if (equivalentNames(a).has(b)) return 'other form';
  return slipsBetween(a, b) !== undefined || soundAlike(a, b) || isShortened(a, b) ? near(a, b) : 'different';
}

/** `Deb` and `Deborah`. */
function isShortened(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short);
}

function misspelt(): NameLevel {
  return 'misspelt';
}

/** Two names of their own: a slip rarely makes a name of another. */
function nearFirstNames(a: string, b: string): NameLevel {
  if (!isKnownName(a) || !isKnownName(b)) return 'misspelt';
  return equivalentNames(a).size > 0 && equivalentNames(b).size > 0 ? 'another near name' : 'perhaps another name';
}

/** The initial of a surname says nothing. */
function isWhole(words: Words): boolean {
  return words.join('').length > 1;
}

function isKnown(words: readonly unknown[]): boolean {
  return words.length > 0;
}
