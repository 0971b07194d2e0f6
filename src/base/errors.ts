import { getSystemErrorMap } from 'node:util';
import { bounds } from './bounds.ts';
import { withCommas } from './numbers.ts';

/** Every way in which a call can fail. The set is closed, so that code can handle all of them. */
export const errorKinds = [
  'config',
  'auth',
  'forbidden',
  'not_found',
  'invalid',
  'rate_limited',
  'unavailable',
  'timeout',
  'unreadable',
  'unknown_outcome',
] as const;

export type ErrorKind = (typeof errorKinds)[number];

/** A call's arguments, by name, with a mistake mended. */
export type Mend = (args: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** What is wrong with a call's arguments, as a sentence, and how to mend it where that can be said. */
export interface Problem {
  readonly text: string;
  readonly mend?: Mend | undefined;
}

/**
 * The one error class of this program, with two texts.
 *
 * - `message` is for the caller: what happened, what is right, what to do next. It may quote the caller's own words.
 * - `logText` is for logs: it may name fields and settings, and never holds a value, a key or an address.
 */
export class CharitylogError extends Error {
  override readonly name = 'CharitylogError';
  readonly kind: ErrorKind;
  readonly logText: string;
  /** The network's or the system's code behind it, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** Mends all that is wrong with the call's arguments, where that can be. */
  readonly mend: Mend | undefined;

  constructor(
    kind: ErrorKind,
    message: string,
    options: { logText?: string | undefined; code?: string | undefined; cause?: unknown; mend?: Mend | undefined } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.logText = options.logText ?? kind;
    this.code = options.code;
    this.mend = options.mend;
  }
}

/** The code of an error about a call's arguments: whoever knows the tool adds an example of a right call. */
export const wrongArguments = 'WRONG_ARGUMENTS';

/** The error for arguments that are wrong: each problem is a sentence for the caller, with what is right. */
export function invalid(...problems: readonly (string | Problem)[]): CharitylogError {
  return invalidInAll(problems, problems.length);
}

/** The same for the first of so many problems: few are told, and the rest is counted. All are mended, or none. */
export function invalidInAll(problems: readonly (string | Problem)[], count: number): CharitylogError {
  const all = problems.map(problem => (typeof problem === 'string' ? { text: problem } : problem));
  const told = all.slice(0, bounds.problems).map(({ text }) => text);
  const message = [...told, ...(count > told.length ? [andMore(count - told.length)] : [])].join('\n');
  const mends = all.flatMap(({ mend }) => mend ?? []);
  return new CharitylogError('invalid', message, {
    logText: 'wrong arguments',
    code: wrongArguments,
    ...(mends.length === count && { mend: args => mends.reduce((mended, mend) => mend(mended), args) }),
  });
}

/** How a list ends that is told in part: `and 4,321 more`. */
export function andMore(left: number): string {
  return `and ${withCommas(left)} more`;
}

/** True for a {@link CharitylogError} of one of these kinds; of any kind when none is named. */
export function isCharitylogError(error: unknown, ...kinds: ErrorKind[]): error is CharitylogError {
  return error instanceof CharitylogError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** What the operating system says of a failure, without the path that its message holds: `permission denied (EACCES)`. */
export function systemReason(error: unknown): string {
  const { errno, name } = error as NodeJS.ErrnoException;
  const [code, meaning] = getSystemErrorMap().get(errno ?? 0) ?? [name, 'failed'];
  return `${meaning} (${code})`;
}
