import { isObject } from '../../base/json.ts';

/** Clients send flat messages; deeper ones are made to exhaust a program that walks through them. */
const deepest = 64;

/** Members whose nulls mean something to those who read them: a tool's arguments, and what a user answered. */
const keptWhole = ['arguments', 'inputResponses'];

/** Looks at a message level by level, so that depth costs no stack. */
export function lookInside(message: unknown): { readonly problem?: string; readonly hasNulls: boolean } {
  let hasNulls = false;
  let level: unknown[] = [message];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) {
      return { problem: `The message is nested more than ${deepest} levels deep. Send a flat one.`, hasNulls };
    }
    // Libraries drop this key without a word, and an argument must not vanish.
    if (level.some(one => isObject(one) && Object.hasOwn(one, '__proto__'))) {
      return { problem: 'The message has a key __proto__, which names no argument. Leave it out.', hasNulls };
    }
    hasNulls ||= level.includes(null);
    level = level.flatMap(one => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return { hasNulls };
}

/** The message, where a null among the params counts as not given: clients write so what they leave out. */
export function withoutNulls({ params, ...message }: Record<string, unknown>): Record<string, unknown> {
  if (params === null || params === undefined) return message;
  return { ...message, params: isObject(params) ? given(params, message.method === 'tools/call') : params };
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
