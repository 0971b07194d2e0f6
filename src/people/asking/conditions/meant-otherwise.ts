/** What a filter says that a filter can't: a negation, nothing, a range or a wildcard. It would find the opposite, or nobody. */
import type { Problem } from '../../../base/errors.ts';
import { quote } from '../../../base/quote.ts';
import type { Field } from '../../../catalogue/field.ts';
import { isConsent } from '../../../catalogue/meaning.ts';
import { isOption } from '../../../catalogue/options.ts';
import type { Call, Given } from '../../call.ts';
import { todayInUk } from '../../values/date.ts';
import { kindOf } from '../../values/kinds.ts';
import { printCondition, type Subject } from './condition.ts';
import { conditionOf } from './load-condition.ts';
import { askByCondition } from './mends.ts';
import { optionOfNothing } from './read-condition.ts';
import { readRanges } from './read-ranges.ts';
import { subjectOf } from './subject.ts';
import { areOptions } from './values.ts';
import {
  denied,
  hasNegativeSign,
  isDeniedByName,
  mayBeOptionOfNothing,
  meansAnything,
  meansNothing,
  readWildcard,
  yesOrNo,
} from './words.ts';

/** What a text says beyond a value: the condition behind its field, and whether it can say nothing else. */
interface Said {
  readonly condition: string;
  readonly isCertain: boolean;
}

/** The problem with a filter that says more than a value; `undefined` for one that is a value, or an option's whole name. */
export async function meantOtherwise({ argument, field, value }: Given, call: Call): Promise<Problem | undefined> {
  const texts = textsOf(value);
  if (texts.length === 0) return undefined;
  const options = await call.catalogue.options(field, call.waiting);
  if (options && texts.every(text => isOption(options, text))) return undefined;
  const subject = subjectOf(field, options);
  const several = severalIn(texts, subject);
  if (several) return severalProblem(argument, texts, several);
  const said = saidBy(texts, subject);
  if (!said || (options && areOptions(subject, texts.join(';')))) return undefined;
  const ofNothing = texts.length === 1 && texts.some(mayBeOptionOfNothing) ? optionOfNothing(subject) : undefined;
  if (ofNothing) {
    return {
      text: `${argument} ${quote(texts.join())} may be the option ${quote(ofNothing)}, or where: ${quote(`${field.name} is blank`)}. Give the one meant.`,
    };
  }
  // A range of a choice such as an age range may be one of ages.
  const ofAges = /^(?:is|contains|starts|ends) /.test(said.condition) ? [] : [`age ${said.condition}`];
  return problemWith(argument, texts, [`${field.name} ${said.condition}`, ...ofAges], said, call);
}

/** The same for words of names. */
export async function nameMeantOtherwise(names: readonly string[], call: Call): Promise<Problem | undefined> {
  if (names.length === 0) return undefined;
  const { selectable } = await call.catalogue.fields(call.waiting);
  const field = selectable.find(one => one.name === 'surname') ?? selectable.find(one => one.meaning === 'name');
  if (names.some(name => / or /i.test(name))) return severalProblem('name', names, partsOf(names, /,| or /i));
  if (names.some(isMoreThanName)) {
    return {
      text: `name ${quote(names.join('; '))} is more than a name. Give the name alone; dates, numbers, postcodes and e-mail addresses have arguments of their own, or stand in where.`,
    };
  }
  const said = field && saidBy(names, subjectOf(field, undefined));
  if (!field || !said) return undefined;
  // A condition asks for one field; of several words nobody knows which is the surname.
  const conditions = /\p{L}\s+\p{L}/u.test(said.condition.replace(/^is( not)? |^(starts|ends) with |^contains /, ''))
    ? []
    : [`${field.name} ${said.condition}`];
  return problemWith('name', names, conditions, { ...said, isCertain: true }, call);
}

/** An e-mail address, a postcode, or digits enough for a day or a number. */
function isMoreThanName(text: string): boolean {
  return text.includes('@') || kindOf('postcode').isWhole(text) || text.replace(/\D/g, '').length >= 6;
}

/** Values in one text that are several: with "or", or with commas where no value has one. `undefined` for one value. */
function severalIn(texts: readonly string[], { kind, field }: Subject): readonly string[] | undefined {
  if (kind === 'choice' || kind === 'yes_no') return undefined;
  const hasCommas = ['postcode', 'e-mail', 'NHS number', 'phone'].includes(field.meaning ?? '') || field.name === 'id';
  const separator = hasCommas ? /,| or /i : / or /i;
  return texts.some(text => separator.test(text)) ? partsOf(texts, separator) : undefined;
}

function partsOf(texts: readonly string[], separator: RegExp): readonly string[] {
  return texts.flatMap(text => text.split(separator).map(part => part.trim())).filter(part => part !== '');
}

function severalProblem(argument: string, texts: readonly string[], parts: readonly string[]): Problem {
  const value = parts.join(';');
  return {
    text: `${argument} ${quote(texts.join('; '))} says more than one value; several are separated by ;`,
    mend: args => ({ ...args, [argument]: value }),
  };
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
  // A part of an option's name behind "no" may be anything: no disability isn't "not Learning disability".
  const mayBeName = (one: string) => isDeniedByName(one) && !areOptions(subject, denied(one, { isChoice }) ?? '');
  const rests = texts.map(one => (mayBeName(one) ? undefined : denied(one, { isChoice })));
  if (rests.every(rest => rest !== undefined)) {
    const isNothing = rests.some(meansNothing);
    if (!isNothing) return { condition: `is not ${rests.join(';')}`, isCertain: texts.some(hasNegativeSign) };
  } else if (texts.some(hasNegativeSign)) return { condition: '', isCertain: true };
  if (others.length > 0)
    return texts.some(one => standsForNothing(one, subject.field)) ? { condition: '', isCertain: true } : undefined;
  if (meansAnything(text)) return { condition: 'is not blank', isCertain: true };
  if (standsForNothing(text, subject.field)) return { condition: 'is blank', isCertain: true };
  const answer = subject.kind === 'text' && subject.field.meaning !== 'name' ? yesOrNo(text) : undefined;
  if (answer) return { condition: answer === 'yes' ? 'is not blank' : 'is blank', isCertain: true };
  const wildcard = isChoice ? undefined : readWildcard(text);
  if (wildcard) return { condition: `${wildcard.form} ${wildcard.text}`, isCertain: true };
  return isRange(text, subject) ? { condition: text, isCertain: /^[<>=≥≤]/.test(text) } : undefined;
}

/** Somebody may be called Null or None. */
function standsForNothing(text: string, { name, meaning }: Field): boolean {
  if (isConsent(name) && /given/i.test(text)) return false;
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
