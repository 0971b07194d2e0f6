import { isCharitylogError } from '../../../base/errors.ts';
import type { FieldLists } from '../../../catalogue/field.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import type { Call } from '../../call.ts';
import type { Condition } from '../conditions/condition.ts';
import { subjectOf } from '../conditions/subject.ts';
import { isYesNo } from '../filter-check.ts';
import { type Filter, withOtherSpellings } from '../filters.ts';
import { Counter, openReader } from '../people-reader.ts';
import { isAskedFor, type Question } from '../question.ts';
import type { CountedBy } from './group-counter.ts';
import type { Counts, ShownGroups } from './shown-groups.ts';

/** True where active people alone are asked for: some of them may be deceased. */
export function shouldTellDeceased(question: Question, { selectable }: FieldLists): boolean {
  const deceased = selectable.find(({ name }) => name === 'deceased');
  if (!deceased || isAskedFor(question, deceased)) return false;
  return [...question.filters, ...question.conditions.flatMap(asFilter)].some(
    ({ field, values }) => field.name === 'active' && values.every(value => decodeYesNo(value) === true),
  );
}

function asFilter({ subject: { field }, isNegated, test }: Condition) {
  return test.form === 'any' && !isNegated ? [{ field, values: test.values.map(({ value }) => value) }] : [];
}

/** Where people have several values, the groups add up to more than everybody. */
export function severalNotes({ count, shown, left }: Counts, { field }: CountedBy): string[] {
  const inGroups = [...shown, ...left].reduce((sum, group) => sum + group.count, 0);
  return inGroups > count ? [`People with several values of ${field.name} count in each group.`] : [];
}

/** Options that nobody has, unless the question leaves some out. */
export function emptyNotes({ shown, left }: ShownGroups, { field, options = [] }: CountedBy): string[] {
  const present = new Set([...shown, ...left].map(({ value }) => value));
  const empty = options.filter(({ name }) => !present.has(name)).length;
  return empty > 0 ? [`${empty} further ${field.name} options have nobody.`] : [];
}

/**
 * Tells how many people have nothing recorded for a number or a yes that was asked for: the API doesn't bring them, so the
 * question is asked once more without those filters. Where that fails, nothing is told.
 *
 * @param tell a number of people, in words
 */
export async function notRecordedNotes(
  question: Question,
  tell: (count: number) => string,
  call: Call,
): Promise<readonly string[]> {
  const asked = question.filters.filter(isNumberOrYes);
  if (asked.length === 0) return [];
  const { selectable } = await call.catalogue.fields(call.waiting);
  const readable = asked.filter(({ field }) => selectable.some(({ name }) => name === field.name));
  const names = readable.map(({ field }) => field.name);
  if (names.length === 0) return [];
  const wider: Question = {
    ...question,
    filters: question.filters.filter(({ field }) => !names.includes(field.name)),
    conditions: [...question.conditions, ...readable.map(conditionOf)],
  };
  try {
    const showing = { fields: ['id', ...names], resolve: [] };
    const reader = await openReader({ question: wider, showing, collector: new Counter() }, call);
    await reader.read(wider.filters.map(withOtherSpellings));
    const seen = names.filter(name => !reader.unseenFields.includes(name));
    return reader.tally.notes(tell, seen);
  } catch (error) {
    if (call.waiting.signal.aborted || !isCharitylogError(error)) throw error;
    return [];
  }
}

/** Nearly everybody has a value for `active` and `deceased`. */
function isNumberOrYes(filter: Filter): boolean {
  const { field, values } = filter;
  if (field.name === 'active' || field.name === 'deceased') return false;
  if (field.kind === 'count') return true;
  return isYesNo(filter) && values.every(value => decodeYesNo(value) === true);
}

function conditionOf({ field, values }: Filter): Condition {
  const subject = subjectOf(field, undefined);
  if (field.kind === 'count') {
    const ranges = values.map(value => ({ from: { at: Number(value) }, to: { at: Number(value) } }));
    return { subject, isNegated: false, test: { form: 'within', unit: 'number', ranges } };
  }
  const sought = values.map(value => ({ value, shown: value }));
  return { subject: { ...subject, kind: 'yes_no' }, isNegated: false, test: { form: 'any', values: sought } };
}
