/** What a filter says that a filter can't: a negation, nothing, a range or a wildcard. It would find the opposite, or nobody. */
import type { Problem } from '../../../base/errors.ts';
import { quote } from '../../../base/quote.ts';
import type { Field } from '../../../catalogue/field.ts';
import type { Call, Given } from '../../call.ts';
import { todayInUk } from '../../values/date.ts';
import { printCondition, type Subject } from './condition.ts';
import { conditionOf } from './load-condition.ts';
import { askByCondition } from './mends.ts';
import { readRanges } from './read-ranges.ts';
import { subjectOf } from './subject.ts';
import { areOptions } from './values.ts';
import { denied, hasNegativeSign, meansAnything, meansNothing, readWildcard } from './words.ts';

/** What a text says beyond a value: the condition behind its field, and whether it can say nothing else. */
interface Said {
  readonly condition: string;
  readonly isCertain: boolean;
}

/** The problem with a filter that says more than a value; `undefined` for one that is a value, or an option's whole name. */
export async function meantOtherwise({ argument, field, value }: Given, call: Call): Promise<Problem | undefined> {
  const texts = textsOf(value);
  if (texts.length === 0) return undefined;
  const options = await call.catalogue.options(field, call.signal);
  const subject = subjectOf(field, options);
  const said = saidBy(texts, subject);
  if (!said || (options && areOptions(subject, texts.join(';')))) return undefined;
  return problemWith(argument, texts, [`${field.name} ${said.condition}`, `age ${said.condition}`], said, call);
}

/** The same for words of names. */
export async function nameMeantOtherwise(names: readonly string[], call: Call): Promise<Problem | undefined> {
  if (names.length === 0) return undefined;
  const { selectable } = await call.catalogue.fields(call.signal);
  const field = selectable.find(one => one.name === 'surname') ?? selectable.find(one => one.meaning === 'name');
  const said = field && saidBy(names, subjectOf(field, undefined));
  if (!field || !said) return undefined;
  // A condition asks for one field; of several words nobody knows which is the surname.
  const conditions = /\p{L}\s+\p{L}/u.test(said.condition.replace(/^is( not)? |^(starts|ends) with |^contains /, ''))
    ? []
    : [`${field.name} ${said.condition}`];
  return problemWith('name', names, conditions, { ...said, isCertain: true }, call);
}

async function problemWith(
  argument: string,
  texts: readonly string[],
  conditions: readonly string[],
  { isCertain }: Said,
  call: Call,
): Promise<Problem | undefined> {
  const given = `${argument} ${quote(texts.join('; '))}`;
  for (const text of conditions) {
    const condition = await conditionOf(text, call);
    if ('text' in condition) continue;
    const shown = JSON.stringify(printCondition(condition));
    const word = condition.test.form === 'blank' ? toTheLetter(condition.subject, texts) : '';
    return {
      text: `${given} says more than a value; where says it: ${shown}.${word}`,
      mend: askByCondition(argument, condition),
    };
  }
  if (!isCertain) return undefined;
  return {
    text: `${given} says more than a value. Give values alone, or a condition in where, as "FIELD is not VALUE".`,
  };
}

/** A text may be such a word itself. */
function toTheLetter({ name, kind }: Subject, [text = '']: readonly string[]): string {
  const isWord = (kind === 'text' || kind === 'open') && /^[a-z]+$/i.test(text);
  return isWord ? ` For the word itself: ${JSON.stringify(`${name} is "${text}"`)}.` : '';
}

function saidBy(texts: readonly string[], subject: Subject): Said | undefined {
  const [text = '', ...others] = texts;
  const isChoice = subject.kind === 'choice';
  const rests = texts.map(one => denied(one, { isChoice }));
  if (rests.every(rest => rest !== undefined)) {
    const isNothing = rests.some(meansNothing);
    if (!isNothing) return { condition: `is not ${rests.join(';')}`, isCertain: texts.some(hasNegativeSign) };
  } else if (texts.some(hasNegativeSign)) return { condition: '', isCertain: true };
  if (others.length > 0)
    return texts.some(one => standsForNothing(one, subject.field)) ? { condition: '', isCertain: true } : undefined;
  if (meansAnything(text)) return { condition: 'is not blank', isCertain: true };
  if (standsForNothing(text, subject.field)) return { condition: 'is blank', isCertain: true };
  const wildcard = isChoice ? undefined : readWildcard(text);
  if (wildcard) return { condition: `${wildcard.form} ${wildcard.text}`, isCertain: true };
  return isRange(text, subject) ? { condition: text, isCertain: /^[<>=≥≤]/.test(text) } : undefined;
}

/** Somebody may be called Null or None. */
function standsForNothing(text: string, { meaning }: Field): boolean {
  return meansNothing(text) && !(meaning === 'name' && /^[a-z]+$/i.test(text));
}

function isRange(text: string, subject: Subject): boolean {
  if (/^[<>=≥≤]|\.\.|…/.test(text)) return true;
  if (subject.kind === 'choice') return /age/i.test(subject.name) && readRanges(text, 'age', todayInUk()) !== undefined;
  if (subject.kind !== 'number' && subject.kind !== 'day') return false;
  const read = readRanges(text, subject.kind, todayInUk());
  if (!read || 'problem' in read) return read !== undefined;
  return read.ranges.some(({ from, to }) => from?.at !== to?.at);
}

function textsOf(value: Given['value']): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}
