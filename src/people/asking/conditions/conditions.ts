import { bounds } from '../../../base/bounds.ts';
import { invalid } from '../../../base/errors.ts';
import { pathValueProblem } from '../../../charitylog/path.ts';
import type { Call } from '../../call.ts';
import { type Filter, isSendableText } from '../filters.ts';
import { type Condition, printCondition, type Test } from './condition.ts';
import { conditionOf } from './load-condition.ts';

/** The conditions of a question. */
export interface Conditions {
  /** As they were read. */
  readonly printed: readonly string[];
  /** Those that the API filters by, as filters; fields whose values nothing else tells are compared here besides. */
  readonly asked: readonly Filter[];
  /** Those that are decided here. */
  readonly here: readonly Condition[];
}

/** How many of an API URL's pairs are left for conditions, and the fields that are filtered by already. */
interface Room {
  readonly pairs: number;
  readonly taken: readonly string[];
}

/**
 * Reads conditions, and decides which of them the API is asked for.
 *
 * @throws CharitylogError `invalid` for each that can't be read, with the form that may be meant
 */
export async function readConditions(texts: readonly string[], room: Room, call: Call): Promise<Conditions> {
  if (texts.length === 0) return { printed: [], asked: [], here: [] };
  if (texts.length > bounds.conditions) {
    throw invalid(`where takes at most ${bounds.conditions} conditions, not ${texts.length}. Ask in parts.`);
  }
  const read = await Promise.all(texts.map(text => conditionOf(text, call)));
  const problems = read.flatMap(one => ('text' in one ? [one] : []));
  if (problems.length > 0) throw invalid(...problems);
  const conditions = unique(read.flatMap(one => ('text' in one ? [] : [one])));
  const sought = conditions.flatMap(({ test }) => ('texts' in test ? test.texts : [])).length;
  if (sought > bounds.soughtTexts) {
    throw invalid(
      `where looks for ${sought} texts inside of values; at most ${bounds.soughtTexts} at once. Ask in parts.`,
    );
  }
  const { filterable } = await call.catalogue.fields(call.waiting);
  const canFilter = new Set([...filterable.map(({ name }) => name), 'type']);
  const asked: Filter[] = [];
  const here: Condition[] = [];
  for (const condition of conditions) {
    const filter = filterOf(condition);
    const name = condition.subject.field.name;
    const isFree = ![...room.taken, ...asked.map(({ field }) => field.name)].includes(name);
    const isAsked = filter && isFree && canFilter.has(name) && asked.length < room.pairs;
    if (isAsked) asked.push(filter);
    if (!isAsked || !isDecidedByFilter(condition)) here.push(condition);
  }
  return { printed: conditions.map(printCondition), asked, here };
}

function unique(conditions: readonly Condition[]): readonly Condition[] {
  return [...new Map(conditions.map(condition => [printCondition(condition), condition])).values()];
}

/** The condition as a filter, or a filter that everybody passes who meets it. */
function filterOf({ subject, isNegated, test }: Condition): Filter | undefined {
  const { field } = subject;
  const values = isNegated ? undefined : valuesToAsk(subject, test);
  if (!values || values.some(value => pathValueProblem(value) !== undefined)) return undefined;
  return { argument: field.name, field, values, shown: values.join('; '), isCondition: true };
}

function valuesToAsk({ kind, field, options }: Condition['subject'], test: Test): readonly string[] | undefined {
  if (test.form === 'any' || test.form === 'only') {
    const values = test.values.map(({ value }) => value);
    if (options || kind === 'yes_no') return values;
    if (kind === 'choice') return values.every(value => /^\d+$/.test(value)) ? values : undefined;
    return kind === 'text' && isSendableText(field) ? values : undefined;
  }
  if (test.form === 'all') return options && test.values.slice(0, 1).map(({ value }) => value);
  if (test.form !== 'within' || kind !== 'number') return undefined;
  const numbers = test.ranges.map(({ from, to }) => (from?.at === to?.at ? from?.at : undefined));
  return numbers.every(number => number !== undefined && number >= 0) ? numbers.map(String) : undefined;
}

/** True where the filter says the same as the condition; texts are compared in a way of the API's own. */
function isDecidedByFilter({ subject: { kind }, test }: Condition): boolean {
  return test.form !== 'all' && test.form !== 'only' && kind !== 'text';
}
