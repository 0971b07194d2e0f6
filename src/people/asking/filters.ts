import { invalid, type Problem } from '../../base/errors.ts';
import type { Field } from '../../catalogue/field.ts';
import type { PeopleQuery } from '../../charitylog/api.ts';
import { maxPairs, pathValueProblem } from '../../charitylog/path.ts';
import type { Call, Given } from '../call.ts';
import { kindOf } from '../values/kinds.ts';
import type { Writing } from '../writing.ts';
import { meantOtherwise } from './conditions/meant-otherwise.ts';
import { fieldValue } from './field-value.ts';

/** One filter, from the call to the URL. */
export interface Filter {
  /** The argument that it was given in, by which the caller is told of it. */
  readonly argument: string;
  readonly field: Field;
  /** As the API takes them; any of them may match. */
  readonly values: readonly string[];
  /** As the caller is told. */
  readonly shown: string | number | boolean;
  /** What the caller should know of how it was read. */
  readonly notes?: readonly string[];
  /** Names of options that this system doesn't tell: they are compared with what records hold. */
  readonly isUnlisted?: true;
  /** What can only be a part of a value: who has it is decided here. */
  readonly isPart?: true;
  /** It was asked for as a condition, by which the caller is told of it. */
  readonly isCondition?: true;
}

/**
 * Reads the filters of a question.
 *
 * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
 * @throws CharitylogError `invalid` for a value that can't be searched for, an unknown option, and too many filters
 */
export async function readFilters(given: readonly Given[], otherPairs: number, call: Call): Promise<readonly Filter[]> {
  const allowed = maxPairs - otherPairs;
  if (given.length > allowed) {
    throw invalid(
      `A question takes at most ${allowed} filters, type included; this one has ${given.length}. Leave out ${given.length - allowed}.`,
    );
  }
  const read = await Promise.all(given.map(one => readFilter(one, call)));
  const problems = read.flatMap(one => ('problems' in one ? one.problems : []));
  if (problems.length > 0) throw invalid(...problems);
  return read.flatMap(one => ('problems' in one ? [] : [one]));
}

async function readFilter(
  given: Given,
  call: Call,
): Promise<Filter | { readonly problems: readonly (string | Problem)[] }> {
  const otherwise = await meantOtherwise(given, call);
  if (otherwise) return { problems: [otherwise] };
  const { problems, ...value } = await fieldValue(given, 'reading', call);
  const isPart = problems.length === 0 && (await hasParts(given.field, value.values, call));
  const values = value.isUnlisted || isPart ? value.values : value.values.map(text => sendable(given.field, text));
  const filter = { argument: given.argument, field: given.field, ...value, values, ...(isPart && { isPart }) };
  const all = [...problems, ...(value.isUnlisted || isPart ? [] : unsendable(filter))];
  return all.length > 0 ? { problems: all } : filter;
}

/** True where a value can only be a part of what records hold, and they show it. */
async function hasParts(field: Field, values: readonly string[], { catalogue, waiting }: Call): Promise<boolean> {
  const isSendable = values.every(text => pathValueProblem(text) === undefined);
  if (field.kind !== 'text' || !isSendable || values.every(kindOf(field.meaning).isWhole)) return false;
  const { selectable } = await catalogue.fields(waiting);
  return selectable.some(({ name }) => name === field.name);
}

/** A number whose signs an address can't carry, in another spelling. */
function sendable({ meaning }: Field, text: string): string {
  const isSendable = pathValueProblem(text) === undefined;
  return (isSendable ? undefined : kindOf(meaning).spellings(text)[0]) ?? text;
}

/** The filters as the API takes them: field to values, written as the system writes them. */
export function queryOf(filters: readonly Filter[], writing: Writing): PeopleQuery['filters'] {
  return new Map(filters.map(({ field, values }) => [field.name, values.map(value => writing.write(field, value))]));
}

/** The filters as the caller is told of them: argument to what was taken. */
export function appliedOf(filters: readonly Filter[]): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    filters.filter(({ isCondition }) => !isCondition).map(({ argument, shown }) => [argument, shown]),
  );
}

/**
 * The filter with the other spellings that records may hold (Charitylog's rules for spaces and case in a search are not
 * documented); the same filter where there are none.
 */
export function withOtherSpellings(filter: Filter): Filter {
  const { spellings } = kindOf(filter.field.meaning);
  const all = [...new Set([...filter.values, ...filter.values.flatMap(spellings)])];
  return all.length > filter.values.length ? withValues(filter, all) : filter;
}

/** True for a text that is asked for in every usual spelling, so that the API finds it however it compares texts. */
export function isSendableText({ meaning }: Field): boolean {
  return meaning !== undefined && ['e-mail', 'external id', 'NHS number', 'phone', 'postcode'].includes(meaning);
}

/** The filter for these values instead. */
export function withValues(filter: Filter, values: readonly string[]): Filter {
  return { ...filter, values, shown: values.join('; ') };
}

function unsendable({ argument, values }: Pick<Filter, 'argument' | 'values'>): string[] {
  return values.flatMap(text => {
    const problem = pathValueProblem(text);
    return problem ? [`${argument} ${problem}.`] : [];
  });
}
