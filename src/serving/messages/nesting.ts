import { isObject } from '../../base/json.ts';

/** Clients send flat messages; deeper ones are made to exhaust a program that walks through them. */
const deepest = 64;

/** Members whose nulls mean something to those who read them: a tool's arguments, and what a user answered. */
const keptWhole = ['arguments', 'inputResponses'];

/** What is wrong with the inside of a message, however deep. */
export function nestingProblem(value: unknown, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > deepest) return `The message is nested more than ${deepest} levels deep. Send a flat one.`;
  // Libraries drop this key without a word, and an argument must not vanish.
  if (Object.hasOwn(value, '__proto__'))
    return 'The message has a key __proto__, which names no argument. Leave it out.';
  for (const member of Object.values(value)) {
    const problem = nestingProblem(member, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

/** The message, where a null among the params counts as not given: clients write so what they leave out. */
export function withoutNulls(whole: Record<string, unknown>): Record<string, unknown> {
  if (!hasNull(whole.params)) return whole;
  const { params, ...message } = whole;
  if (params === null) return message;
  return { ...message, params: isObject(params) ? given(params, message.method === 'tools/call') : params };
}

function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}

function given(object: Record<string, unknown>, isCall: boolean): Record<string, unknown> {
  const entries = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const isKept = !isObject(value) || (isCall && keptWhole.includes(key));
      return [key, isKept ? value : given(value, false)];
    }),
  );
}
