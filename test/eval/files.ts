import { join } from 'node:path';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import type { Expectation, Kind } from './question.ts';

/** A question's truth, as prepared. */
export interface PreparedTruth {
  readonly number: number;
  readonly id: string;
  readonly kind: Kind;
  readonly expected: Expectation;
}

/** What is known of one evaluation and not shown to the assistant. */
export interface Truths {
  readonly people: number;
  /** Which questions were asked. */
  readonly set: string;
  readonly truths: readonly PreparedTruth[];
}

/** Those who were added since the start, in order. */
export type Added = readonly SandboxPerson[];

/** The files of one evaluation. Those of a question are named by its number. */
export function filesOf(folder: string) {
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return {
    questions: join(folder, 'questions.md'),
    answers: join(folder, 'answers.json'),
    /** For reading the definitions of the tools. */
    setup: join(folder, 'setup.json'),
    log: join(folder, 'calls.jsonl'),
    setupOf: (number: number) => join(folder, `setup-${twoDigits(number)}.json`),
    logOf: (number: number) => join(folder, `calls-${twoDigits(number)}.jsonl`),
    // Beside the folder, as the assistant may read what is in it.
    truths: `${folder}.truth.json`,
    added: `${folder}.added.json`,
  };
}
