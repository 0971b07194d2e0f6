import type { Mend } from '../../../base/errors.ts';
import { type Condition, printCondition } from './condition.ts';

/** Asks by a condition instead of by an argument. */
export function askByCondition(argument: string, condition: Condition): Mend {
  return ({ [argument]: _, ...args }) => withCondition(args, printCondition(condition));
}

/** The arguments with one condition more. */
export function withCondition(args: Parameters<Mend>[0], condition: string): ReturnType<Mend> {
  return { ...args, where: [...conditionsIn(args.where), condition] };
}

/** Asks by other conditions instead of one that can't be read. */
export function replaceCondition(text: string, ...conditions: readonly Condition[]): Mend {
  const replaced = (one: unknown) => (one === text ? conditions.map(printCondition) : [one]);
  return args => ({ ...args, where: conditionsIn(args.where).flatMap(replaced) });
}

function conditionsIn(where: unknown): readonly unknown[] {
  if (Array.isArray(where)) return where;
  return where === undefined ? [] : [where];
}
