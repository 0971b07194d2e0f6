import { bounds } from '../../../base/bounds.ts';
import { memoizeFirst, memoizeLast } from '../../../base/memoize.ts';
import { foldSpelling, withPlainApostrophes } from '../../../base/spelling.ts';
import { preparedOptions } from '../../../catalogue/prepared-options.ts';
import type { Option, Person } from '../../../charitylog/api.ts';
import { decodeTypes, decodeYesNo } from '../../../charitylog/values.ts';
import { ageOn, dayNumber } from '../../values/date.ts';
import { kindOf } from '../../values/kinds.ts';
import { dialledDigits } from '../../values/phone.ts';
import { plainNumber } from '../../values/plain.ts';
import { hasValue } from '../show-person.ts';
import type { Condition, Range, Subject, Test, Unit, ValuesForm } from './condition.ts';

/** Whether a condition holds for somebody; `blank` for who has no value, `unreadable` for one that can't be compared. */
export type Verdict = 'holds' | 'fails' | 'blank' | 'unreadable';

/** Whether one recorded value is as a test wants it; `undefined` where that can't be told. */
type ValueTest = (value: unknown) => boolean | undefined;

const noOptions: readonly Option[] = [];

/** Several conditions may look into the same long texts of a person. */
const foldLong = memoizeLast(4, foldSpelling);

/** A text without case, accents and spaces; one of signs alone as it is. */
function foldText(text: string): string {
  return (text.length > bounds.compared ? foldLong(text) : foldSpelling(text)) || text.trim().toLowerCase();
}

/** False for a text that is longer than any that is compared as a whole. */
function isShort(text: string): boolean {
  return text.length <= bounds.compared;
}

/**
 * The test of a condition. What doesn't depend on the person is prepared here, since it is called for very many.
 *
 * @param today as 20251130
 */
export function decider({ subject, isNegated, test }: Condition, today: number): (person: Person) => Verdict {
  const { name } = subject.field;
  if (test.form === 'blank')
    return person => (hasValue(person[name], subject.options) === isNegated ? 'holds' : 'fails');
  const isMet = valueTest(subject, test, today);
  return person => {
    const value = person[name];
    if (!hasValue(value, subject.options)) return 'blank';
    if (isLong(value)) return 'unreadable';
    const met = isMet(value);
    if (met === undefined && !isNegated) return 'unreadable';
    return (met === true) === isNegated ? 'fails' : 'holds';
  };
}

/** True for a value that takes too long to look through, so that not even its lack of something can be told. */
function isLong(value: unknown): boolean {
  if (typeof value === 'string') return value.length > bounds.searched;
  if (!Array.isArray(value)) return false;
  return value.length > bounds.ofOnePerson || textsOf(value).join('').length > bounds.searched;
}

function valueTest(subject: Subject, test: Exclude<Test, { form: 'blank' }>, today: number): ValueTest {
  if (test.form === 'within') return rangeTest(subject, test.unit, test.ranges, today);
  if ('values' in test) {
    const wanted = test.values.map(({ value }) => value);
    if (subject.kind === 'choice') return memoizeFirst(bounds.rememberedValues, optionTest(subject, wanted, test.form));
    return subject.kind === 'yes_no' ? yesNoTest(wanted) : equalTest(subject, wanted);
  }
  if (test.form === 'found by') {
    const { finds } = kindOf(subject.field.meaning);
    const tests = test.texts.map(finds);
    return value => textsOf(value).some(text => tests.some(isFound => isFound(text)));
  }
  const isPart = partTest(subject, test.form, test.texts);
  const names = subject.options && new Map(subject.options.map(({ id, name }) => [id, name]));
  if (subject.kind !== 'choice') return value => textsOf(value).some(isPart);
  return memoizeFirst(bounds.rememberedValues, value =>
    partsOf(subject, value).some(part => isPart(names?.get(part) ?? part)),
  );
}

/** By id or by name, as the API may answer with either. */
function optionTest(subject: Subject, wanted: readonly string[], form: ValuesForm): ValueTest {
  if (!subject.options) return listedTest(wanted.map(wordOf), form);
  return value => holds(form, new Set(partsOf(subject, value)), wanted);
}

function holds(form: ValuesForm, held: ReadonlySet<string>, wanted: readonly string[]): boolean {
  if (form === 'only') return held.size > 0 && [...held].every(part => wanted.includes(part));
  return form === 'any' ? wanted.some(part => held.has(part)) : wanted.every(part => held.has(part));
}

/** The ids of a person's options; of one that is unknown, what the record holds. */
function partsOf({ options = noOptions }: Subject, value: unknown): readonly string[] {
  const known = preparedOptions(options);
  const idOf = (text: string) => {
    if (!isShort(text)) return undefined;
    return (known.withId(text)[0] ?? known.folded(foldSpelling(text))[0])?.id;
  };
  const whole = typeof value === 'string' ? idOf(value.trim()) : undefined;
  if (whole !== undefined) return [whole];
  const parts = decodeTypes(value);
  const ids = parts.map(idOf);
  return ids.every(id => id === undefined) && typeof value === 'string'
    ? [value.trim()]
    : parts.map((part, n) => ids[n] ?? part);
}

/** A choice whose options nobody tells is compared with what records hold: `Yes` is `Y`. */
function listedTest(wanted: readonly string[], form: ValuesForm): ValueTest {
  const heldBy = (texts: readonly string[]) => new Set(texts.filter(isShort).map(wordOf));
  return value => {
    // Nobody tells whether a text with a comma in it is one option or two.
    const [whole, parts] = [heldBy(textsOf(value)), heldBy(decodeTypes(value))];
    if (form === 'only') return holds(form, whole, wanted) || holds(form, parts, wanted);
    return holds(form, new Set([...whole, ...parts]), wanted);
  };
}

function wordOf(text: string): string {
  const answer = /^(?:y|yes|n|no)$/i.test(text.trim()) ? decodeYesNo(text) : undefined;
  return answer === undefined ? foldText(text) : answer ? 'y' : 'n';
}

function yesNoTest(wanted: readonly string[]): ValueTest {
  const answers = wanted.map(decodeYesNo);
  return value => {
    const answer = decodeYesNo(value);
    return answer === undefined ? undefined : answers.includes(answer);
  };
}

/** A word for yes or no also stands for what a system writes for it, where the field may be one of yes and no. */
function equalTest({ field, kind }: Subject, wanted: readonly string[]): ValueTest {
  const { normal, isWhole, finds } = kindOf(field.meaning);
  const formOf = (text: string) => normal(text) || foldText(text);
  const forms = new Set(wanted.map(formOf));
  // Nobody has a part of a postcode, a number or an address as the whole: `postcode is QM2` asks for a district.
  const parts = wanted.filter(text => !isWhole(text)).map(finds);
  const answers = wanted.filter(text => kind === 'open' && /^(?:y|yes|n|no|true|false)$/i.test(text)).map(decodeYesNo);
  const isWanted = (text: string) =>
    forms.has(formOf(text)) ||
    parts.some(isFound => isFound(text)) ||
    (answers.length > 0 && answers.includes(decodeYesNo(text)));
  return value => textsOf(value).some(text => isShort(text) && isWanted(text));
}

/** Every sign of an e-mail address or a code counts; of a phone number, the digits as they are dialled. */
function partTest({ field }: Subject, form: 'contains' | 'starts with' | 'ends with', texts: readonly string[]) {
  const { normal } = kindOf(field.meaning);
  const isExact = field.meaning === 'e-mail' || field.meaning === 'external id';
  const fold = isExact ? normal : foldText;
  // Signs are passed over elsewhere: `contains "-"` asks for them alone, and `surname starts with O'` for one in a name.
  const signs = isExact ? [] : texts.filter(text => foldSpelling(text) === '').map(text => text.trim());
  const joined = field.meaning === 'name' ? texts.filter(isJoined) : [];
  const inNames = joined.map(foldBetween);
  const wanted = texts.filter(text => !joined.includes(text)).map(fold);
  const numbers = field.meaning === 'phone' ? texts.map(dialledDigits) : [];
  const isIn = (text: string, part: string) => {
    if (form === 'contains') return text.includes(part);
    return form === 'starts with' ? text.startsWith(part) : text.endsWith(part);
  };
  const hasAny = (text: string, parts: readonly string[]) => parts.some(part => isIn(text, part));
  return (text: string) => {
    if (hasAny(fold(text), wanted) || hasAny(text.trim(), signs)) return true;
    if (inNames.length > 0 && isShort(text) && hasAny(foldBetween(text), inNames)) return true;
    if (numbers.length === 0 || !isShort(text)) return false;
    const number = normal(text);
    return numbers.some(part => part !== '' && isIn(number, part));
  };
}

/** True for a part of a name that ends where another follows an apostrophe or a hyphen, or begins there. */
function isJoined(part: string): boolean {
  return foldSpelling(part) !== '' && /^['-]|['-]$/.test(withPlainSigns(part).trim());
}

/** A name folded but for its apostrophes and hyphens. */
function foldBetween(name: string): string {
  return withPlainSigns(name).replace(/[^'-]+/g, part => foldSpelling(part));
}

function withPlainSigns(name: string): string {
  return withPlainApostrophes(name)
    .replace(/[’‘´`′]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-');
}

function rangeTest({ kind }: Subject, unit: Unit, ranges: readonly Range[], today: number): ValueTest {
  const limits = ranges.map(({ from, to }) => ({
    from: from?.at ?? Number.NEGATIVE_INFINITY,
    to: to?.at ?? Number.POSITIVE_INFINITY,
    isOpen: (from ?? to)?.isOpen === true,
  }));
  const read = kind === 'age' ? (value: unknown) => ageOn(today, value) : readers[unit];
  return value => {
    const at = read(value);
    if (at === undefined) return undefined;
    return limits.some(({ from, to, isOpen }) => {
      // 10 January comes after 20 December.
      if (from > to) return at >= from || at <= to;
      return isOpen ? at > from && at < to : at >= from && at <= to;
    });
  };
}

/** What a value is as a number of each unit. */
const readers: Readonly<Record<Unit, (value: unknown) => number | undefined>> = {
  number: plainNumber,
  day: dayNumber,
  'day of a year'(value) {
    const day = dayNumber(value);
    return day === undefined ? undefined : day % 10_000;
  },
};

/** The texts of a value; what is nested deeper isn't looked into, as it may hold fields that are hidden. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter(item => typeof item !== 'object').map(String);
  return typeof value === 'object' ? [] : [String(value)];
}
