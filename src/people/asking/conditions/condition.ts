import { foldSpelling } from '../../../base/spelling.ts';
import type { Field } from '../../../catalogue/field.ts';
import { preparedOptions } from '../../../catalogue/prepared-options.ts';
import type { Option } from '../../../charitylog/api.ts';
import { dayText } from '../../values/date.ts';
import { withWholeNames } from '../field-value.ts';

/** A field, or the age or birthday that a date of birth gives: `name` is the field's, `age` or `birthday`. */
export interface NamedField {
  readonly name: string;
  readonly field: Field;
}

export interface Subject extends NamedField {
  /** `open` is text that may hold numbers or days, since nothing more is known of it. */
  readonly kind: 'choice' | 'yes_no' | 'number' | 'age' | 'day' | 'birthday' | 'text' | 'open';
  /** The options of a choice, where the system tells them. */
  readonly options?: readonly Option[];
}

/** What somebody must have, or must not have where it is negated. Who has no value meets neither. */
export interface Condition {
  readonly subject: Subject;
  readonly isNegated: boolean;
  readonly test: Test;
}

export type ValuesForm = 'any' | 'all' | 'only';

export type Test =
  | { readonly form: 'blank' }
  /** Any of these values, all of them, or none but these. */
  | { readonly form: ValuesForm; readonly values: readonly Sought[] }
  /** In any of these ranges. */
  | ({ readonly form: 'within' } & Ranges)
  /** Any of these texts, without regard to case, accents and spaces. */
  | { readonly form: 'contains' | 'starts with' | 'ends with'; readonly texts: readonly string[] }
  /** Any of these values or parts of values, as people ask for them in a filter: `QM2` is a district. */
  | { readonly form: 'found by'; readonly texts: readonly string[] };

/** A value as records hold it (an option's id, `Y`, a text), and as it is printed. */
export interface Sought {
  readonly value: string;
  readonly shown: string;
}

export interface Ranges {
  readonly unit: Unit;
  readonly ranges: readonly Range[];
}

/** What ranges are of: numbers, days as 20251130, or days of a year as 1130. */
export type Unit = 'number' | 'day' | 'day of a year';

/** A range of days of a year may go over its turn. */
export interface Range {
  readonly from?: Bound;
  readonly to?: Bound;
}

export interface Bound {
  readonly at: number;
  /** True where the bound itself is left out. */
  readonly isOpen?: true;
}

/** What is wrong with a condition, or a part of one, in words for the caller. */
export interface Wrong {
  readonly problem: string;
}

/** The condition as text that reads as the same condition. */
export function printCondition({ subject, isNegated, test }: Condition): string {
  return `${subject.name} ${printTest(subject, isNegated, test)}`;
}

function printTest(subject: Subject, isNegated: boolean, test: Test): string {
  if (test.form === 'blank') return `is ${isNegated ? 'not ' : ''}blank`;
  if (test.form === 'within') return printRanges(subject, isNegated, test);
  const form = test.form === 'found by' ? 'contains' : test.form;
  const words = operators[form][isNegated ? 1 : 0];
  return `${words} ${'values' in test ? printValues(subject, test.values, isNegated) : test.texts.map(quoted).join(';')}`;
}

/** The words for what is asked, and for its denial. */
const operators = {
  any: ['is', 'is not'],
  all: ['has all', 'does not have all'],
  only: ['has only', 'does not have only'],
  contains: ['contains', 'does not contain'],
  'starts with': ['starts with', 'does not start with'],
  'ends with': ['ends with', 'does not end with'],
} as const;

function printValues({ kind, options }: Subject, values: readonly Sought[], isNegated: boolean): string {
  if (!options && kind !== 'yes_no') return values.map(({ shown }) => quoted(shown)).join(';');
  // The names of two options may be one option's name together.
  const names = values.map(({ shown }) => shown);
  const mayBeOne = options && withWholeNames(names, options).length < names.length;
  // `is not Yet asked` would be the option "Not yet asked".
  const isOption = (text: string) => options && preparedOptions(options).folded(foldSpelling(text)).length > 0;
  const mayBeDenied = isNegated && names.some(name => isOption(`not ${name}`));
  return names.map(name => (mayBeOne || mayBeDenied || /[;"“”]/.test(name) ? inQuotes(name) : name)).join(';');
}

/** A text as a condition has it; one that could be read as something else stands in quotes. */
function quoted(text: string): string {
  if (/^(?:yes|no)$/i.test(text)) return text;
  const isPlain = /^[\p{L}\p{N}+][\p{L}\p{N}\p{M}@.’'+_-]*(?: [\p{L}\p{N}\p{M}@.’'+_-]+)*$/u.test(text);
  return isPlain && !reserved.test(text) && !/\.\.|'$/.test(text) ? text : inQuotes(text);
}

/** Words that a condition is made of. */
const reserved =
  /(?<![\p{L}\p{N}])(?:and|or|not?|nor|non|never|to|but|all|both|every|any|anything|anyone|anybody|is|in|of|one|either|neither|equal|exactly|except|excepting|excluding|exclude|excludes|other|without|blank|empty|null|none|nil|missing|nothing|recorded|known|set|unset|unrecorded|given|present|filled|value)(?![\p{L}\p{N}])/iu;

function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A single value and a list follow `is`; a range stands by itself. */
function printRanges({ kind }: Subject, isNegated: boolean, { unit, ranges }: Ranges): string {
  const [only, ...others] = ranges;
  const isRange = only && others.length === 0 && (kind === 'open' || only.from?.at !== only.to?.at);
  const shown = ranges.map(range => printRange(unit, range, kind === 'open'));
  return [isRange ? '' : 'is', isNegated ? 'not' : '', shown.join(';')].filter(word => word !== '').join(' ');
}

function printRange(unit: Unit, { from, to }: Range, isAlwaysRange: boolean): string {
  const print = (bound: Bound) => printAt(unit, bound.at);
  if (from && to) return from.at === to.at && !isAlwaysRange ? print(from) : `${print(from)}..${print(to)}`;
  if (from) return `${from.isOpen ? '>' : '>='} ${print(from)}`;
  return to ? `${to.isOpen ? '<' : '<='} ${print(to)}` : '';
}

function printAt(unit: Unit, at: number): string {
  if (unit === 'day of a year') return String(at).padStart(4, '0').replace(/^(..)/, '$1-');
  return unit === 'day' ? dayText(at) : String(at);
}
