import type { Mend } from '../../../base/errors.ts';
import { type Condition, printCondition } from './condition.ts';

/** Asks by a condition instead of by an argument. */
export function askByCondition(argument: string, condition: Condition): Mend {
  return ({ [argument]: _, ...args }) => ({ ...args, where: [...conditionsIn(args.where), printCondition(condition)] });
}

/** Asks by another condition instead of one that can't be read. */
export function replaceCondition(text: string, condition: Condition): Mend {
  const replaced = (one: unknown) => (one === text ? printCondition(condition) : one);
  return args => ({ ...args, where: conditionsIn(args.where).map(replaced) });
}

function conditionsIn(where: unknown): readonly unknown[] {
  if (Array.isArray(where)) return where;
  return where === undefined ? [] : [where];
}
