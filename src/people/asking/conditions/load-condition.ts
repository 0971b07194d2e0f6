import { bounds } from '../../../base/bounds.ts';
import type { Problem } from '../../../base/errors.ts';
import { withCommas } from '../../../base/numbers.ts';
import { quote } from '../../../base/quote.ts';
import { nextTurn } from '../../../base/turns.ts';
import type { Call } from '../../call.ts';
import { todayInUk } from '../../values/date.ts';
import type { Condition, NamedField } from './condition.ts';
import { replaceCondition } from './mends.ts';
import { readCondition } from './read-condition.ts';
import { readBeginning, subjectOf, type UnknownField } from './subject.ts';

/** Reads a condition of a field that may be read on this system, with the options that it has here. */
export async function conditionOf(text: string, call: Call): Promise<Condition | Problem> {
  const longest = bounds.shortText;
  if (text.length > longest) return { text: `A condition has at most ${withCommas(longest)} characters.` };
  const { selectable } = await call.catalogue.fields(call.waiting);
  const beginning = readBeginning(text, selectable);
  if ('problem' in beginning) return unknownField(text, beginning, call);
  const { named, rest } = beginning;
  const subject = await loadSubject(named, call);
  // Reading one may take milliseconds, and several are read together.
  await nextTurn();
  const read = readCondition(subject, rest, { text, today: todayInUk() });
  return 'problem' in read ? ((await severalIn(text, call)) ?? { text: `where: ${read.problem}` }) : read.condition;
}

async function unknownField(text: string, { problem, nearest }: UnknownField, call: Call): Promise<Problem> {
  const near = nearest === undefined ? undefined : await conditionOf(nearest, call);
  return { text: `where: ${problem}`, mend: near && !('text' in near) ? replaceCondition(text, near) : undefined };
}

/** `age > 17 and age < 26`: two conditions in one text. */
async function severalIn(text: string, call: Call): Promise<Problem | undefined> {
  const parts = text.split(/;| and /i).map(part => part.trim());
  if (parts.length < 2 || parts.length > 10) return undefined;
  const read = await Promise.all(parts.map(part => conditionOf(part, call)));
  if (read.some(one => 'text' in one)) return undefined;
  const conditions = read.flatMap(one => ('text' in one ? [] : [one]));
  return {
    text: `where: ${quote(text)} is several conditions; give each by itself.`,
    mend: replaceCondition(text, ...conditions),
  };
}

async function loadSubject({ name, field }: NamedField, { catalogue, waiting }: Call) {
  const isDerived = name !== field.name;
  return subjectOf(field, isDerived ? undefined : await catalogue.options(field, waiting), name);
}
