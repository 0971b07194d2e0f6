import type { Question } from './question.ts';
import { countingQuestions } from './questions/counting.ts';
import { creatingQuestions } from './questions/creating.ts';
import { findingQuestions } from './questions/finding.ts';
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
  ...creatingQuestions,
];
