import { quote } from '../../../base/quote.ts';
import { foldSpelling } from '../../../base/spelling.ts';
import { matchOption, wholeOption } from '../../../catalogue/options.ts';
import { preparedOptions } from '../../../catalogue/prepared-options.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import { withWholeNames } from '../field-value.ts';
import type { Sought, Subject, Wrong } from './condition.ts';
import { denied, meansAnything, meansNothing, readWildcard } from './words.ts';

/** A value as it was written; one in quotes is meant to the letter. */
export interface WrittenValue {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Values as records hold them, or what is wrong: a sentence for the caller. */
export type ReadValues = { readonly values: readonly Sought[] } | Wrong;

/** The values between semicolons, without those in quotes. */
export function splitValues(text: string): readonly WrittenValue[] {
  const values: WrittenValue[] = [];
  for (let rest = text; rest !== ''; ) {
    const [part, inQuotes] = /^\s*["“”]((?:[^"“”]|"")*)["“”]\s*(?:;|$)/.exec(rest) ?? [
      /^[^;]*;?/.exec(rest)?.[0] ?? '',
    ];
    rest = rest.slice(part.length);
    const plain = part.replace(/;$/, '').trim();
    const [, single] = /^'(.*)'$|^‘(.*)’$/.exec(plain) ?? [];
    if (inQuotes !== undefined) values.push({ text: inQuotes.replaceAll('""', '"').trim(), isQuoted: true });
    else if (plain !== '') values.push({ text: single ?? plain, isQuoted: single !== undefined });
  }
  return values;
}

/** Reads what a choice, a yes/no field or a text is to be. */
export function readValues(subject: Subject, text: string, separator: RegExp): ReadValues {
  const { options, kind } = subject;
  if (options) return readOptions(subject, text, separator);
  return readAll(splitValues(text), kind === 'yes_no' ? readYesNo : readText);
}

/** Each value once; or what is wrong with the first that can't be read. */
function readAll<T>(parts: readonly T[], read: (part: T) => Sought | Wrong): ReadValues {
  if (parts.length === 0) return { problem: 'a value is missing' };
  const values = new Map<string, Sought>();
  for (const part of parts) {
    const one = read(part);
    if ('problem' in one) return one;
    values.set(one.value, one);
  }
  return { values: [...values.values()] };
}

/** An option's whole name wins over any sign, word or separator in it. */
function readOptions({ options = [], name }: Subject, text: string, separator: RegExp): ReadValues {
  const matching = { inSingular: name === 'type' };
  const whole = wholeOption(options, text, matching);
  const texts = whole ? [whole.id] : namesIn(text, options);
  const parts = texts.flatMap(part => {
    const pieces = part.split(separator).map(piece => piece.trim());
    const areOptions = pieces.every(piece => wholeOption(options, piece, matching));
    return !wholeOption(options, part, matching) && areOptions ? pieces : [part];
  });
  return readAll(parts, part => {
    const option = wholeOption(options, part, matching) ?? lettersOf(options, part);
    if (option) return { value: option.id, shown: option.name };
    if (denied(part, { isChoice: true }) !== undefined) return { problem: `${quote(part)} is no option` };
    const match = matchOption(options, part, name, { ...matching, forReading: true });
    return 'problem' in match ? match : { value: match.option.id, shown: match.option.name };
  });
}

/** True where each of these values is one option's whole name. */
export function areOptions({ options = [], name }: Subject, text: string): boolean {
  const written = namesIn(text, options);
  const matching = { inSingular: name === 'type' };
  return written.length > 0 && written.every(one => wholeOption(options, one, matching) ?? lettersOf(options, one));
}

/** The option with these letters, where nothing but spaces, hyphens and apostrophes stands between them. */
function lettersOf(options: NonNullable<Subject['options']>, text: string) {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}\s'’-]*$/u.test(text)) return undefined;
  const [option, ...others] = preparedOptions(options).folded(foldSpelling(text));
  return others.length === 0 ? option : undefined;
}

/** The names between semicolons; quotes keep one together, and so does an option's own semicolon. */
function namesIn(text: string, options: NonNullable<Subject['options']>): readonly string[] {
  const written = splitValues(text);
  if (written.some(({ isQuoted }) => isQuoted)) return written.map(one => one.text);
  return withWholeNames(
    written.map(one => one.text),
    options,
  );
}

function readYesNo({ text }: WrittenValue): Sought | Wrong {
  const answer = decodeYesNo(text);
  if (answer === undefined) return { problem: `${quote(text)} is not yes or no` };
  return answer ? { value: 'Y', shown: 'yes' } : { value: 'N', shown: 'no' };
}

/** True for a text that may say more than a value, unless it stands in quotes. */
export function saysMore(text: string): boolean {
  const isStandIn = meansNothing(text) || meansAnything(text);
  return isStandIn || denied(text) !== undefined || readWildcard(text) !== undefined || moreThanOne.test(text);
}

/** A comparison, a range, an alternative, or a second condition. */
const moreThanOne = /[<>=≥≤]|\.\.|…| or | (?:is|contains|starts with) /i;

/** A text is taken to the letter in quotes alone, where it could say more. */
function readText({ text, isQuoted }: WrittenValue): Sought | Wrong {
  if (text === '') return { problem: 'a value is missing' };
  if (!isQuoted && saysMore(text)) {
    return {
      problem: `${quote(text)} says more than one value; what is meant to the letter stands in quotes`,
    };
  }
  return { value: text, shown: text };
}
