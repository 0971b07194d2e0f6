import { isCharitylogError } from '../../base/errors.ts';
import { describeShape } from '../../charitylog/shape.ts';

/** What became of one assumption. No detail holds a value of a person, a key or a word of the API's own. */
export interface Line {
  readonly name: string;
  readonly verdict: 'holds' | 'differs' | 'not tried';
  readonly detail: string;
  /** What mends a difference: `VARIABLE=value`, or {@link noneNeeded}. */
  readonly setting?: string;
  /** The field that it is about, with which its name ends. */
  readonly field?: string;
}

/** In place of a setting: the program copes with the difference by itself. */
export const noneNeeded = 'none needed';

export function holds(name: string, detail: string): Line {
  return { name, verdict: 'holds', detail };
}

export function differs(name: string, detail: string, setting?: string): Line {
  return { name, verdict: 'differs', detail, ...(setting !== undefined && { setting }) };
}

export function notTried(name: string, detail: string): Line {
  return { name, verdict: 'not tried', detail };
}

/** The line as one about this field. */
export function about({ name }: { readonly name: string }, line: Line): Line {
  return { ...line, field: name };
}

/** Why something failed, in words that hold no value. */
export function reasonOf(error: unknown): string {
  if (isCharitylogError(error)) return error.logText;
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  return isLate ? 'the time for the check was up' : 'the program failed; please report it';
}

/** The shape of an answer: keys and types, and not how many people it has. */
export function shapeOf(json: unknown): string {
  return describeShape(json).replace(/list of \d+/g, 'list');
}

/** The lines that `task` finds; where it fails, one that says why. */
export async function linesOf(name: string, task: () => Promise<readonly Line[]>): Promise<readonly Line[]> {
  try {
    return await task();
  } catch (error) {
    return [isCharitylogError(error) ? differs(name, reasonOf(error)) : notTried(name, reasonOf(error))];
  }
}

/** The line that `task` finds; where it fails, and not for want of time, the one that is made of why. */
export async function lineOf(
  signal: AbortSignal,
  task: () => Promise<Line>,
  failed: (reason: string) => Line,
): Promise<Line> {
  try {
    return await task();
  } catch (error) {
    signal.throwIfAborted();
    return failed(reasonOf(error));
  }
}
