/** Which values a filter is tried with: values that records have, so that the answer is known. */
import type { Field } from '../../catalogue/field.ts';
import type { Option, Person } from '../../charitylog/api.ts';
import { pathValueProblem } from '../../charitylog/path.ts';
import { decodeTypes, decodeYesNo } from '../../charitylog/values.ts';
import { FilterCheck } from '../../people/asking/filter-check.ts';
import type { Filter } from '../../people/asking/filters.ts';
import { date } from '../../people/values/date.ts';
import type { Counted, Sample } from '../sample.ts';
import { isYesNoField, learntYesNo } from './values.ts';

/** A value to ask for. */
export interface Wanted {
  /** As the program compares it. */
  readonly value: string;
  /** As it may be sent: the way that the program would choose first. */
  readonly forms: readonly string[];
}

/** What a person's value says of a filter. */
export type Verdict = 'has' | 'lacks' | 'unproved';

/** The usual words for yes and no, besides those that records have. */
const usualWords: readonly (readonly [yes: string, no: string])[] = [
  ['Y', 'N'],
  ['1', '0'],
  ['true', 'false'],
];

/** A field as it is compared: what the values of records show to be yes and no is so compared. */
export function comparedAs(field: Field, values: readonly Counted[]): Field {
  return isYesNoField(field, values) ? { ...field, kind: 'yes_no' } : field;
}

export function filterFor(field: Field, values: readonly string[]): Filter {
  return { argument: field.name, field, values, shown: values.join('; ') };
}

/** Judges people one by one. */
export function judgeFor(filter: Filter, options: readonly Option[] | undefined): (person: Person) => Verdict {
  const check = new FilterCheck(filter, options);
  return person => {
    check.restart();
    check.keeps(person);
    return check.isProved ? 'has' : check.isUnproved ? 'unproved' : 'lacks';
  };
}

/** The values to ask for, the best first; of a field that tells people apart, two of them. */
export function valuesToAsk(
  field: Field,
  { someIds, tallies, total }: Sample,
  options: readonly Option[] | undefined,
): readonly Wanted[] {
  const values = tallies.get(field.name)?.values ?? [];
  if (field.name === 'id') return someIds.map(id => plain(String(id)));
  if (field.kind === 'yes_no') return yesNoToAsk(field, values);
  const counts = new Map<string, number>();
  for (const { value, count } of values) {
    for (const text of textsOf(field, value, options)) counts.set(text, (counts.get(text) ?? 0) + count);
  }
  // Several have it, and not all: an answer that brings fewer or more can be told. The rarest, as its answer is short.
  const rank = (count: number) => (count >= total ? Number.MAX_SAFE_INTEGER : count === 1 ? total : count);
  const ranked = [...counts].sort(([, a], [, b]) => rank(a) - rank(b)).map(([text]) => text);
  if (field.kind === 'date') return ranked.flatMap(text => dayToAsk(text));
  return ranked.filter(isSendable).map(plain);
}

/** How many people have the value, at least and at most: what has it in some other spelling may be found or not. */
export function expected(
  filter: Filter,
  { tallies }: Sample,
  options: readonly Option[] | undefined,
): { least: number; most: number } {
  const { field, values: asked } = filter;
  if (field.name === 'id') return { least: asked.length, most: asked.length };
  const tally = tallies.get(field.name);
  if (!tally) return { least: 0, most: Number.POSITIVE_INFINITY };
  const judge = judgeFor(filter, options);
  const isText = !['yes_no', 'choice', 'count', 'date'].includes(field.kind) && !options;
  let [least, most] = [0, 0];
  for (const { value, count } of tally.values) {
    if (judge({ id: 1, [field.name]: value }) !== 'has') continue;
    most += count;
    if (!isText || asked.includes(String(value).trim())) least += count;
  }
  return { least, most: tally.isWhole ? most : Number.POSITIVE_INFINITY };
}

function plain(text: string): Wanted {
  return { value: text, forms: [text] };
}

function isSendable(text: string): boolean {
  return pathValueProblem(text) === undefined;
}

function textsOf({ kind }: Field, value: unknown, options: readonly Option[] | undefined): string[] {
  if (options) {
    const whole = options.find(({ name }) => name === value);
    const idOf = (text: string) => options.find(({ id, name }) => id === text || name === text)?.id;
    return (whole ? [whole.id] : decodeTypes(value).map(idOf)).filter(id => id !== undefined);
  }
  if (kind === 'choice') return decodeTypes(value);
  return typeof value === 'object' ? [] : [String(value).trim()];
}

function yesNoToAsk(field: Field, values: readonly Counted[]): readonly Wanted[] {
  const learnt = learntYesNo(field, values);
  const others = usualWords.filter(([yes]) => yes !== learnt[0]);
  const wanted = [true, false].map((answer, n) => ({
    answer,
    value: answer ? 'Y' : 'N',
    forms: [learnt, ...others].slice(0, 3).map(words => words[n as 0 | 1]),
  }));
  return wanted.filter(({ answer }) => values.some(({ value }) => decodeYesNo(value) === answer));
}

/** A day is asked for as the program writes days, then as the record has it. */
function dayToAsk(text: string): readonly Wanted[] {
  const day = date.normal(text);
  if (day === '') return [];
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return [{ value: iso, forms: [...new Set([iso, text])].filter(isSendable) }];
}
