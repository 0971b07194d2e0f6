/** Reads a condition: `FIELD OPERATOR VALUE`, as people write it, and never as something that it doesn't say. */
import { quote } from '../../../base/quote.ts';
import { isConsent } from '../../../catalogue/meaning.ts';
import type { Condition, Subject, Test, ValuesForm, Wrong } from './condition.ts';
import { readRanges } from './read-ranges.ts';
import { areOptions, readValues, saysMore, splitValues } from './values.ts';
import { mayBeOptionOfNothing, meansAnything, meansNothing, readWildcard, yesOrNo } from './words.ts';

/** What a condition was read as, or what is wrong with it: a sentence for the caller. */
export type ReadCondition = { readonly condition: Condition } | Wrong;

const blank =
  /^(?:(?:is|are|=|==|:|has) ?)?(?:blank|empty|null|missing|none|nothing|unset|unrecorded|no value|not (?:available|entered|filled in|given|known|provided|recorded|registered|set|stated)|n\/a)$|^(?:isn['’]?t|is not|not) (?:known|recorded|set|given|filled in)$/i;

const notBlank =
  /^(?:(?:is not|isn['’]?t|are not|not|!=|<>|≠) ?(?:blank|empty|null|missing|none|unset|unrecorded)|is (?:known|recorded|set|given|present|filled in)|has (?:a|any) value|exists)$/i;

/** The words for what is asked, and whether they deny it. */
type Operators<Form> = readonly (readonly [words: RegExp, form: Form, isNegated: boolean])[];

const equal: Operators<ValuesForm> = [
  [/^(?:is none of|is neither|is anything but|is other than|is anything other than)(?:\s+|$)/i, 'any', true],
  [/^(?:is not|isn['’]?t|are not|aren['’]?t|was not|not)(?: (?:one of|any of|in|equal to))?(?:\s+|:|$)/i, 'any', true],
  [/^(?:does not|doesn['’]?t|has not|hasn['’]?t) (?:equal|have|include)(?:\s+|$)/i, 'any', true],
  [/^(?:!==?|<>|≠|=\/=|not in|except)\s*/i, 'any', true],
  [/^(?:is|are|was|=|==|:)(?: (?:one of|any of|either|in|equal to|exactly))?(?=\s|$)\s*/i, 'any', false],
  [/^(?:equals?|in)\s+/i, 'any', false],
  [/^(?:===?|=|:)\s*/, 'any', false],
];

const equalOfChoices: Operators<ValuesForm> = [
  ...equal,
  [/^(?:has|have|any of)(?: (?:one|any) of)?\s+/i, 'any', false],
];

/** What is asked of several values at once: all of these, or none but these. */
const several: Operators<ValuesForm> = [
  [/^(?:does not have|doesn['’]?t have|has not|is not|isn['’]?t) (?:all|both|every)(?: of)?:?\s+/i, 'all', true],
  [/^(?:has|have|is|are|includes?|contains?) (?:all|both|every)(?: of)?:?\s+/i, 'all', false],
  [/^(?:does not have|doesn['’]?t have|has not|is not|isn['’]?t|not) only(?: of)?:?\s+/i, 'only', true],
  [/^(?:(?:has|have|is|are|=) )?only:?\s+/i, 'only', false],
];

const ofTexts: Operators<'contains' | 'starts with' | 'ends with'> = [
  [/^(?:does not|doesn['’]?t|do not|not) (?:contains?|includes?|mentions?)\s+/i, 'contains', true],
  [/^(?:does not|doesn['’]?t|do not|not) (?:starts?|begins?) with\s+/i, 'starts with', true],
  [/^(?:does not|doesn['’]?t|do not|not) ends? with\s+/i, 'ends with', true],
  [/^(?:contains?|containing|mentions?|includes?)\s+/i, 'contains', false],
  [/^(?:starts?|begins?|starting|beginning) with\s+/i, 'starts with', false],
  [/^(?:ends?|ending) with\s+/i, 'ends with', false],
];

/**
 * Reads the part of a condition behind its subject.
 *
 * @param text the whole condition, for the message
 * @param today as 20251130
 */
export function readCondition(
  subject: Subject,
  rest: string,
  { text, today }: { text: string; today: number },
): ReadCondition {
  const words = rest
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  const read = conditionOf(subject, words, today);
  if (read && 'condition' in read) return read;
  const reason = read ? `: ${read.problem.replace(/\.$/, '')}` : '';
  return { problem: `${quote(text)} cannot be read${reason}. ${formsOf(subject)}` };
}

function conditionOf(subject: Subject, rest: string, today: number): ReadCondition | undefined {
  return (
    readWholeOption(subject, rest) ??
    readBlank(subject, rest) ??
    readSeveral(subject, rest) ??
    readTexts(subject, rest) ??
    readWithin(subject, rest, today) ??
    readEqual(subject, rest)
  );
}

/** `consent is Not yet asked`, `consent is not None`: an option's whole name wins over the words in it. */
function readWholeOption(subject: Subject, rest: string): ReadCondition | undefined {
  if (!subject.options) return undefined;
  const forms = [
    [/^(?:(?:is|=|:)(?= |[^\p{L}]) ?)?(.+)$/iu, false],
    [/^(?:(?:is )?not |isn['’]?t |!= ?|<> ?|≠ ?)(.+)$/i, true],
  ] as const;
  for (const [form, isNegated] of forms) {
    const [, value = ''] = form.exec(rest) ?? [];
    if (areOptions(subject, value)) return readSought(subject, { form: 'any', isNegated, value }, /;/);
  }
  return undefined;
}

function readBlank(subject: Subject, rest: string): ReadCondition | undefined {
  const [, value = ''] = /^(?:is|=|:) ?(.+)$/i.exec(rest) ?? [];
  if (subject.field.meaning === 'name' && /^(?:null|none|nil|missing)$/i.test(value)) {
    return { problem: `say "is blank", or write the name in quotes: ${subject.name} is "${value}"` };
  }
  if (/\bgiven$/i.test(rest) && isConsent(subject.name)) return undefined;
  const ofNothing = mayBeOptionOfNothing(value) ? optionOfNothing(subject) : undefined;
  if (ofNothing) {
    return { problem: `say "is blank" for nobody's answer, or name the option: ${subject.name} is ${ofNothing}` };
  }
  if (subject.kind === 'text' && yesOrNo(value) !== undefined) {
    return { problem: `say "is blank" or "is not blank", or write the word in quotes: ${subject.name} is "${value}"` };
  }
  const isNegated = notBlank.test(rest) || meansAnything(value);
  const isBlank = isNegated || blank.test(rest) || meansNothing(value);
  return isBlank ? { condition: { subject, isNegated, test: { form: 'blank' } } } : undefined;
}

/** The option that says that there is nothing, such as "No religion"; `undefined` where there is none. */
export function optionOfNothing({ options = [] }: Subject): string | undefined {
  return options.find(({ name }) => /^(?:no|none|nil|not applicable)\b/i.test(name))?.name;
}

function readSeveral(subject: Subject, rest: string): ReadCondition | undefined {
  const operator = subject.kind === 'choice' ? operatorIn(rest, several) : undefined;
  return operator && readSought(subject, operator, / and |,| & /i);
}

function readTexts(subject: Subject, rest: string): ReadCondition | undefined {
  if (subject.kind === 'age' || subject.kind === 'birthday' || subject.kind === 'yes_no') return undefined;
  const alike = readLike(subject, rest);
  const operator = operatorIn(rest, ofTexts);
  if (alike || !operator) return alike;
  const { form, isNegated, value } = operator;
  const written = splitValues(value);
  if (written.length === 0) return { problem: 'a text is missing' };
  const wrong = written.find(({ text, isQuoted }) => !isQuoted && (/ and /i.test(text) || saysMore(text)));
  if (wrong) return { problem: notOneText(wrong.text) };
  return { condition: { subject, isNegated, test: { form, texts: [...new Set(written.map(({ text }) => text))] } } };
}

/** `like '%dog%'`, as databases are asked. */
function readLike(subject: Subject, rest: string): ReadCondition | undefined {
  const [, not, text = ''] = /^((?:is )?not )?like ["']?(.+?)["']?$/i.exec(rest) ?? [];
  const wildcard = readWildcard(text);
  if (!wildcard) return undefined;
  const test: Test = { form: wildcard.form, texts: [wildcard.text] };
  return { condition: { subject, isNegated: not !== undefined, test } };
}

function notOneText(text: string): string {
  if (/ or /i.test(text)) return 'several texts are separated by ;, and one with "or" in it stands in quotes';
  if (/ and /i.test(text)) return 'two texts are two conditions, and one with "and" in it stands in quotes';
  if (readWildcard(text)) return `${quote(text)} needs no * or %`;
  return `${quote(text)} says more than a text; what is meant to the letter stands in quotes`;
}

/** Words between a subject and its range. */
const beforeRange = /^(?:(?:is |are )?not |isn['’]?t |!= ?|<> ?|≠ ?|(?:is|are|=|==|:|in|on|is in|is on)(?= |\d) ?)/i;

function readWithin(subject: Subject, rest: string, today: number): ReadCondition | undefined {
  const plain = readRanges(rest, subject.kind, today);
  const [words = ''] = beforeRange.exec(rest) ?? [];
  const read = plain ?? (words === '' ? undefined : readRanges(rest.slice(words.length), subject.kind, today));
  if (!read || 'problem' in read) return read;
  // Behind "is" stands a text, where the field may hold one.
  const mayBeText = isOneValue(read.ranges) || /^\d+ ?- ?\d+$/.test(rest.slice(words.length));
  if (!plain && subject.kind === 'open' && mayBeText) return undefined;
  const isNegated = !plain && /not|n['’]?t|!|<>|≠/i.test(words);
  return { condition: { subject, isNegated, test: { form: 'within', ...read } } };
}

function isOneValue(ranges: readonly { from?: { at: number }; to?: { at: number } }[]): boolean {
  return ranges.every(({ from, to }) => from?.at === to?.at);
}

function readEqual(subject: Subject, rest: string): ReadCondition | undefined {
  const { kind } = subject;
  if (kind !== 'choice' && kind !== 'yes_no' && kind !== 'text' && kind !== 'open') return undefined;
  const operator = operatorIn(rest, kind === 'choice' ? equalOfChoices : equal);
  if (!operator && kind !== 'yes_no') return undefined;
  const { isNegated = false, value = rest } = operator ?? {};
  const separator = isNegated ? / n?or |,|\//i : / or |,|\//i;
  return readSought(subject, { form: 'any', isNegated, value: withoutBrackets(value) }, separator);
}

/** `('Eastwick', 'Dunmere')`, as databases are asked. */
function withoutBrackets(value: string): string {
  const [, list] = /^\(((?:'[^']*'|"[^"]*")(?:, ?(?:'[^']*'|"[^"]*"))*)\)$/.exec(value) ?? [];
  return list?.replace(/(["']), ?(?=["'])/g, '$1;') ?? value;
}

/** An operator, and what stands behind it. */
interface Operator<Form> {
  readonly form: Form;
  readonly isNegated: boolean;
  readonly value: string;
}

function operatorIn<Form>(text: string, operators: Operators<Form>): Operator<Form> | undefined {
  const found = operators.find(([words]) => words.test(text));
  return found && { form: found[1], isNegated: found[2], value: text.replace(found[0], '') };
}

function readSought(
  subject: Subject,
  { form, isNegated, value }: Operator<ValuesForm>,
  separator: RegExp,
): ReadCondition {
  const read = readValues(subject, value, separator);
  return 'problem' in read ? read : { condition: { subject, isNegated, test: { form, values: read.values } } };
}

/** The forms that a condition of this subject has, with its name. */
function formsOf({ name, kind, options }: Subject): string {
  const [first = 'A', second = 'B'] = options?.map(option => option.name) ?? [];
  const ofSeveral = name === 'type' ? [`${name} has only ${first}`] : [];
  const forms: Record<Subject['kind'], readonly string[]> = {
    choice: [`${name} is ${first};${second}`, `${name} is not ${first}`, ...ofSeveral],
    yes_no: [`${name} is yes`, `${name} is no`],
    number: [`${name} >= 3`, `${name} 2..4`, `${name} is 3`],
    age: [`${name} >= 65`, `${name} 18..24`],
    day: [`${name} 2025-01-01..2025-12-31`, `${name} >= today-3y`],
    birthday: [`${name} 12-20..01-10`, `${name} is 12-25`],
    text: [`${name} is TEXT`, `${name} contains TEXT`, `${name} starts with TEXT`],
    open: [`${name} is TEXT`, `${name} contains TEXT`, `${name} >= 3`],
  };
  return `Forms: ${[...forms[kind], `${name} is blank`].map(form => JSON.stringify(form)).join(', ')}.`;
}
