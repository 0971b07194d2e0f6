import type { Question } from './question.ts';
import { conditionQuestions } from './questions/conditions.ts';
import { countingQuestions } from './questions/counting.ts';
import { creatingQuestions } from './questions/creating.ts';
import { findingQuestions } from './questions/finding.ts';
import { funderQuestions } from './questions/funders.ts';
import { limitQuestions } from './questions/limits.ts';
import { nameQuestions } from './questions/names.ts';

/**
 * What an assistant is asked, in this order: reading first, then requests that add people. The questions make sense
 * on a sandbox of any size from 500 people on: lists are short by narrow filters or by the fixed cast.
 */
export const questions: readonly Question[] = [
  ...countingQuestions,
  ...findingQuestions,
  ...nameQuestions,
  ...limitQuestions,
  ...conditionQuestions,
  ...funderQuestions,
  ...creatingQuestions,
];

const later: ReadonlySet<Question> = new Set([...conditionQuestions, ...funderQuestions]);

/** Which figures a question counts for: those that filters answer, or those that ask for more. */
export function setOf(question: Question): 'filters' | 'conditions' {
  return later.has(question) ? 'conditions' : 'filters';
}
