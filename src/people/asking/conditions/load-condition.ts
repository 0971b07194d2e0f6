import type { Problem } from '../../../base/errors.ts';
import type { Call } from '../../call.ts';
import { date, dayInUk } from '../../values/date.ts';
import type { Condition } from './condition.ts';
import { replaceCondition } from './mends.ts';
import { longestCondition, readCondition } from './read-condition.ts';
import { type NamedField, readBeginning, subjectOf } from './subject.ts';

/** The day in the UK, as 20251130. */
export function todayInUk(): number {
  return Number(date.normal(dayInUk(new Date())));
}

/** Reads a condition of a field that may be read on this system, with the options that it has here. */
export async function conditionOf(text: string, call: Call): Promise<Condition | Problem> {
  if (text.length > longestCondition) return { text: `A condition has at most ${longestCondition} characters.` };
  const { selectable } = await call.catalogue.fields(call.signal);
  const beginning = readBeginning(text, selectable);
  if ('problem' in beginning) {
    const { problem, nearest } = beginning;
    const near = nearest === undefined ? undefined : await conditionOf(nearest, call);
    return { text: `where: ${problem}`, ...(near && !('text' in near) && { mend: replaceCondition(text, near) }) };
  }
  const { named, rest } = beginning;
  const read = readCondition(await loadSubject(named, call), rest, { text, today: todayInUk() });
  return 'problem' in read ? { text: `where: ${read.problem}` } : read.condition;
}

async function loadSubject({ name, field }: NamedField, { catalogue, signal }: Call) {
  const isDerived = name !== field.name;
  return subjectOf(field, isDerived ? undefined : await catalogue.options(field, signal), name);
}
