import { slipsBetween, soundAlike } from '../values/near-names.ts';
import type { Address, Words } from './known-details.ts';
import type { LevelOf } from './weights.ts';

/** Parents are older than their children by so many years, and grandparents than their grandchildren. */
const [generation, twoGenerations] = [
  { least: 16, most: 45 },
  { least: 50, most: 75 },
];

/** Days that programs and forms write where none is known: the first ones that they can hold. */
const placeholders = new Set([17530101, 18000101, 18991230, 18991231, 19000101, 19010101, 19700101, 20000101]);

/** How two birthdays compare; `undefined` where one isn't known, or is written where nobody knows it. */
export function compareBirthdays(a: number | undefined, b: number | undefined): LevelOf<'birth'> | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return isOn1January(a) || placeholders.has(a) ? 'same 1 January' : 'same';
  if (placeholders.has(a) || placeholders.has(b)) return undefined;
  const [one, other] = [partsOf(a), partsOf(b)];
  if (one.year === other.year && one.month === other.day && one.day === other.month) return 'day and month exchanged';
  const [digits, otherDigits] = [String(a).padStart(8, '0'), String(b).padStart(8, '0')];
  if (isOneSignOff(digits, otherDigits)) return 'one digit off';
  const differing = [...digits].filter((digit, n) => digit !== otherDigits[n]).length;
  const years = Math.abs(one.year - other.year);
  if (years >= twoGenerations.least && years <= twoGenerations.most) return 'two generations apart';
  if (years >= generation.least && years <= generation.most) return 'a generation apart';
  return differing <= 2 ? 'nearly' : 'different';
}

/** True for a day that stands for one that nobody knows, of very many people. */
export function isOn1January(day: number | undefined): boolean {
  return day !== undefined && day % 10_000 === 101;
}

/** The days that may be this one, mistyped or with day and month exchanged: numbers that are no days among them. */
export function nearDays(day: number): ReadonlySet<number> {
  const text = String(day).padStart(8, '0');
  const slips = [...text].flatMap((_, at) => [
    ...Array.from({ length: 10 }, (_digit, digit) => `${text.slice(0, at)}${digit}${text.slice(at + 1)}`),
    `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at]}${text.slice(at + 2)}`,
  ]);
  return new Set([...slips, `${text.slice(0, 4)}${text.slice(6)}${text.slice(4, 6)}`].map(Number));
}

function partsOf(day: number) {
  return { year: Math.floor(day / 10_000), month: Math.floor(day / 100) % 100, day: day % 100 };
}

/** Texts of one length of which one sign differs, or two neighbours have changed places. */
function isOneSignOff(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

export function compareNhsNumbers(a: string, b: string): LevelOf<'nhs_number'> | undefined {
  if (a === '' || b === '') return undefined;
  if (a === b) return 'same';
  return isOneSignOff(a, b) ? 'one digit off' : 'different';
}

export function comparePostcodes(a: string, b: string): LevelOf<'postcode'> | undefined {
  if (a === '' || b === '') return undefined;
  if (a === b) return 'same';
  const isSlip = a.length === b.length ? isOneSignOff(a, b) : a.length > 4 && slipsBetween(a, b) === 1;
  return isSlip ? 'one sign off' : 'different';
}

/** Lists of which any value may be the same; `undefined` where one is empty. */
export function compareLists(a: readonly string[], b: readonly string[]): 'same' | 'different' | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  return a.some(value => b.includes(value)) ? 'same' : 'different';
}

/** Lists of addresses, of which any may be the same, or the same but for a slip. */
export function compareEmails(a: readonly string[], b: readonly string[]): LevelOf<'email'> | undefined {
  const level = compareLists(a, b);
  return level === 'different' && a.some(one => b.some(other => isSlipOfEmail(one, other))) ? 'nearly' : level;
}

/** One sign too many, too few, wrong or in its neighbour's place, or dots before the `@`. Another number is another mailbox. */
function isSlipOfEmail(a: string, b: string): boolean {
  const [one, other] = [withoutDots(a), withoutDots(b)];
  if (one.length < shortestEmail || one.replace(/\D/g, '') !== other.replace(/\D/g, '')) return false;
  return isOneSignOff(one, other) || (one.length !== other.length && slipsBetween(one, other) === 1);
}

/** In fewer signs, one sign makes another address. */
const shortestEmail = 10;

function withoutDots(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at).replaceAll('.', '')}${email.slice(at)}`;
}

/** True for a mobile that both have. A landline is a household's. */
export function haveOneMobile(a: readonly string[], b: readonly string[]): boolean {
  return a.some(phone => mobile.test(phone) && b.includes(phone));
}

const mobile = /^7\d{9}$/;

export function compareAddresses(a: Address, b: Address): LevelOf<'address'> | undefined {
  if (a.words.length === 0 || b.words.length === 0) return undefined;
  const isOneStreet = a.street === b.street || areAllIn(a.words, b.words, (one, other) => one === other);
  if (!isOneStreet && !isLike(a.street, b.street) && !areAllIn(a.words, b.words, isLike)) return 'different';
  const numbers = compareLists(a.numbers, b.numbers);
  const isOneHouse = numbers === 'same' || (numbers === undefined && a.words.length > 1 && b.words.length > 1);
  if (!isOneHouse) return 'alike';
  // `Banner Street` and `Bannerstreet`: a space too few is a slip, too.
  const isRunTogether = a.street === b.street && a.words.length !== b.words.length;
  return isOneStreet && !isRunTogether ? 'same' : 'misspelt';
}

/** True where each word of the shorter text is one of the longer. */
function areAllIn(a: Words, b: Words, isOne: (a: string, b: string) => boolean): boolean {
  const have = (some: Words, others: Words) => some.every(word => others.some(other => isOne(other, word)));
  return (a.length <= b.length && have(a, b)) || (b.length <= a.length && have(b, a));
}

export function compareTowns(a: string, b: string): LevelOf<'town'> | undefined {
  if (a === '' || b === '') return undefined;
  if (a === b) return 'same';
  return isLike(a, b) ? 'misspelt' : 'different';
}

function isLike(a: string, b: string): boolean {
  return a === b || slipsBetween(a, b) !== undefined || soundAlike(a, b);
}
