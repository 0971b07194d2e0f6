import type { Question } from './question.ts';
import { combinedQuestions } from './questions/combined.ts';
import { countingQuestions } from './questions/counting.ts';
import { creatingQuestions } from './questions/creating.ts';
import { dayQuestions } from './questions/days.ts';
import { findingQuestions } from './questions/finding.ts';
import { funderQuestions } from './questions/funders.ts';
import { limitQuestions } from './questions/limits.ts';
import { nameQuestions } from './questions/names.ts';
import { sortedQuestions } from './questions/sorted.ts';
import { textQuestions } from './questions/texts.ts';
import { unrecordedQuestions } from './questions/unrecorded.ts';

/**
 * What an assistant is asked, in this order; each set is asked and scored by itself. The questions make sense on a sandbox
 * of any size from 500 people on: lists are short by narrow filters or by the fixed cast.
 */
export const questionSets = {
  /** Filters, groups and names; then requests that add people. */
  basic: [...countingQuestions, ...findingQuestions, ...nameQuestions, ...limitQuestions, ...creatingQuestions],
  /** What takes more than filters: conditions, parts of dates and texts, names as heard, reports. */
  conditions: [...unrecordedQuestions, ...dayQuestions, ...textQuestions, ...funderQuestions, ...combinedQuestions],
  /** Who comes first. */
  sorted: sortedQuestions,
} as const satisfies Record<string, readonly Question[]>;

export type SetName = keyof typeof questionSets;

export function isSetName(name: string): name is SetName {
  return Object.hasOwn(questionSets, name);
}
