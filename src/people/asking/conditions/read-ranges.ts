/** Reads ranges of numbers, days and days of a year, as people write them. */
import { isCalendarNumber } from '../../values/date.ts';
import type { Range, Subject, Unit } from './condition.ts';

/** Ranges, or what is wrong with them, as the end of a sentence; `undefined` for what is none. */
export type ReadRanges = { readonly unit: Unit; readonly ranges: readonly Range[] } | { readonly problem: string };

/** What one word or date stands for: a day, or all days of a month or a year. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** The kinds of subjects that have ranges. */
type RangeKind = 'number' | 'age' | 'day' | 'birthday';

/**
 * Reads `1950-01-01..1959-12-31`, `>= 65`, `between 3 and 5`, `18-25`, `65+`, `before 2020`, `today-3y`, `12-20..01-10`, `2026-12-20..2027-01-10` or one value.
 *
 * @param today as 20251130
 */
export function readRanges(text: string, kind: Subject['kind'], today: number): ReadRanges | undefined {
  if (kind === 'open') return readOpen(text, today);
  if (kind === 'choice' || kind === 'yes_no' || kind === 'text') return undefined;
  const whole = readRange(text, kind, today);
  const parts = whole ? [whole] : text.split(/;|,| or /i).map(part => readRange(part.trim(), kind, today));
  const ranges: Range[] = [];
  for (const part of parts) {
    if (!part || 'problem' in part) return part;
    ranges.push(part);
  }
  return { unit: kind === 'day' ? 'day' : kind === 'birthday' ? 'day of a year' : 'number', ranges };
}

/** Whole dates are days, everything else is a number; nothing else tells what the field holds. */
function readOpen(text: string, today: number): ReadRanges | undefined {
  const isOfDays = /\d[-/]\d+[-/]\d|today/i.test(text);
  const range = readRange(text, isOfDays ? 'day' : 'number', today);
  if (!range || 'problem' in range) return range;
  return { unit: isOfDays ? 'day' : 'number', ranges: [range] };
}

const comparisons: readonly (readonly [words: RegExp, sign: '>=' | '<=' | '>' | '<', kinds?: readonly RangeKind[]])[] =
  [
    [/^(?:>=|=>|≥|at least |minimum |(?:no|not) (?:less|fewer|younger|earlier) than )/i, '>='],
    [/^(?:<=|=<|≤|at most |maximum |up to |(?:no|not) (?:more|older|later|greater) than )/i, '<='],
    [/^(?:since |on or after |from )/i, '>=', ['day']],
    [/^(?:until |till |on or before )/i, '<=', ['day']],
    [/^from /i, '>=', ['number', 'age']],
    [/^(?:>|more than |greater than )/i, '>'],
    [/^(?:<|less than |fewer than )/i, '<'],
    [/^(?:over |above )/i, '>', ['number', 'age']],
    [/^(?:under |below )/i, '<', ['number', 'age']],
    [/^older than /i, '>', ['age']],
    [/^younger than /i, '<', ['age']],
    [/^(?:after |later than )/i, '>', ['day']],
    [/^(?:before |earlier than )/i, '<', ['day']],
  ];

const suffixes: readonly (readonly [words: RegExp, sign: '>=' | '<='])[] = [
  [/ ?(?:\+|plus| (?:and|or) (?:over|above|older|more))$/i, '>='],
  [/ (?:and|or) (?:under|below|younger|less|fewer)$/i, '<='],
];

/** The two ends of a range. */
const pairs: readonly RegExp[] = [
  /^(?:between |from )(.+?) (?:and|to) (.+)$/i,
  /^((?:[^.…–—]|\.(?!\.))+)(?:\.{2,3}|…|–|—)(.+)$/,
  /^(.+?) (?:to|until|-) (.+)$/i,
];

function readRange(text: string, kind: RangeKind, today: number): Range | { readonly problem: string } | undefined {
  const span = readSpan(text, kind, today);
  if (span) return { from: { at: span.first }, to: { at: span.last } };
  for (const [words, sign, kinds] of comparisons) {
    if (kind === 'birthday' || (kinds && !kinds.includes(kind)) || !words.test(text)) continue;
    const bound = readSpan(text.replace(words, '').trim(), kind, today);
    if (bound) return compared(sign, bound);
  }
  for (const [words, sign] of suffixes) {
    if ((kind !== 'number' && kind !== 'age') || !words.test(text)) continue;
    const bound = readSpan(text.replace(words, ''), kind, today);
    if (bound) return compared(sign, bound);
  }
  return readLast(text, kind, today) ?? readPair(text, kind, today);
}

/** `in the last 12 months` */
function readLast(text: string, kind: RangeKind, today: number): Range | undefined {
  const [, time] = /^(?:(?:in|within|during|over) )?(?:the )?(?:last|past) (\d{1,4} ?[a-z]+)$/i.exec(text) ?? [];
  const from = kind === 'day' && time ? relativeDay(`${time} ago`, today) : undefined;
  return from === undefined ? undefined : { from: { at: from }, to: { at: today } };
}

function readPair(text: string, kind: RangeKind, today: number): ReturnType<typeof readRange> {
  const forms =
    kind === 'number' || kind === 'age' ? [...pairs, /^(\d+) ?- ?(\d+)$/] : [...pairs, /^(\d{4}) ?- ?(\d{4})$/];
  for (const form of forms) {
    const [, start = '', end = ''] = form.exec(text) ?? [];
    const dated = kind === 'birthday' ? readComingDays(start.trim(), end.trim(), today) : undefined;
    if (dated) return dated;
    const [from, to] = [readSpan(start.trim(), kind, today), readSpan(end.trim(), kind, today)];
    if (!from || !to) continue;
    if (kind !== 'birthday' && from.first > to.last)
      return { problem: `ends before it begins; write it as ${end}..${start}` };
    return { from: { at: from.first }, to: { at: to.last } };
  }
  return undefined;
}

/** `2026-12-24..2027-01-03`: the birthdays between two days of about now. */
function readComingDays(start: string, end: string, today: number): ReturnType<typeof readRange> {
  const [first, last] = [readDays(start, today)?.first, readDays(end, today)?.last];
  if (first === undefined || last === undefined || first > last) return undefined;
  const isComing = [first, last].every(day => Math.abs(Math.floor(day / 10_000) - Math.floor(today / 10_000)) <= 1);
  if (!isComing) return { problem: 'has days of other years; for when people were born, ask about the date of birth' };
  if (last >= (movedDay(first, 1, 'y') ?? 0))
    return { problem: 'takes less than a year: everybody has a birthday in a whole one' };
  return { from: { at: first % 10_000 }, to: { at: last % 10_000 } };
}

function compared(sign: '>=' | '<=' | '>' | '<', { first, last }: Span): Range {
  switch (sign) {
    case '>=':
      return { from: { at: first } };
    case '>':
      return { from: { at: last, isOpen: true } };
    case '<=':
      return { to: { at: last } };
    case '<':
      return { to: { at: first, isOpen: true } };
  }
}

function readSpan(text: string, kind: RangeKind, today: number): Span | undefined {
  if (kind === 'day') return readDays(text, today);
  if (kind === 'birthday') return readDaysOfYear(text, today);
  const form = kind === 'age' ? /^\d{1,3}$/ : /^-?\d{1,15}(?:\.\d{1,6})?$/;
  const number = form.test(text) ? Number(text) + 0 : undefined;
  return number === undefined ? undefined : { first: number, last: number };
}

function readDays(text: string, today: number): Span | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text) ?? [];
  if (year && Number(year) > 0) return spanOf(Number(year), month, day);
  const [, britishDay, britishMonth, britishYear] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  if (britishYear) return spanOf(Number(britishYear), britishMonth, britishDay);
  const [, date, name = '', yearBehind] = /^(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9}),? (\d{4})$/i.exec(text) ?? [];
  const number = monthOf(name);
  if (number > 0) return spanOf(Number(yearBehind), String(number), date);
  return spanOfDay(relativeDay(text, today));
}

function spanOf(year: number, month: string | undefined, day: string | undefined): Span | undefined {
  const start = year * 10_000;
  if (!month) return { first: start + 101, last: start + 1231 };
  const first = start + Number(month) * 100 + 1;
  if (!isCalendarNumber(first)) return undefined;
  if (day) return spanOfDay(start + Number(month) * 100 + Number(day));
  return { first, last: [31, 30, 29, 28].map(last => first - 1 + last).find(isCalendarNumber) ?? first };
}

function spanOfDay(day: number | undefined): Span | undefined {
  return day !== undefined && isCalendarNumber(day) ? { first: day, last: day } : undefined;
}

const units: Readonly<Record<string, 'd' | 'w' | 'm' | 'y'>> = { d: 'd', w: 'w', m: 'm', y: 'y' };

/** `today`, `today-3y`, `3 years ago`. */
function relativeDay(text: string, today: number): number | undefined {
  const word = text.toLowerCase();
  if (word === 'today') return today;
  if (word === 'yesterday') return movedDay(today, -1, 'd');
  const form = /^(?:today ?([+-]) ?)?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)( ago)?$/;
  const [, sign, count, unit = '', ago] = form.exec(word) ?? [];
  if (!count || (sign === undefined) === (ago === undefined)) return undefined;
  return movedDay(today, sign === '+' ? Number(count) : -Number(count), units[unit.charAt(0)] ?? 'd');
}

/** A day of a month that has fewer is its last one. */
export function movedDay(day: number, count: number, unit: 'd' | 'w' | 'm' | 'y'): number | undefined {
  const [year, month, date] = [Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100];
  if (unit === 'd' || unit === 'w') {
    const moved = new Date(Date.UTC(year, month - 1, date + count * (unit === 'w' ? 7 : 1)));
    return moved.getUTCFullYear() * 10_000 + (moved.getUTCMonth() + 1) * 100 + moved.getUTCDate();
  }
  const months = year * 12 + month - 1 + count * (unit === 'y' ? 12 : 1);
  const start = Math.floor(months / 12) * 10_000 + ((months % 12) + 1) * 100;
  return [date, 30, 29, 28].map(last => start + Math.min(date, last)).find(isCalendarNumber);
}

const months = 'january february march april may june july august september october november december'.split(' ');

/** `12-20`, `20/12`, `20 December`, `December`, `today+7d`. */
function readDaysOfYear(text: string, today: number): Span | undefined {
  const [, month, day] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (day) return dayOfYear(Number(month), Number(day));
  const [, britishDay, britishMonth] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
  if (britishMonth) return dayOfYear(Number(britishMonth), Number(britishDay));
  const relative = relativeDay(text, today);
  if (relative !== undefined) return { first: relative % 10_000, last: relative % 10_000 };
  const [, before, name = '', after] = /^(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})(?: (\d{1,2}))?$/i.exec(text) ?? [];
  const number = monthOf(name);
  if (number === 0 || (before && after)) return undefined;
  if (before || after) return dayOfYear(number, Number(before ?? after));
  const last = [31, 30, 29].find(date => dayOfYear(number, date)) ?? 29;
  return { first: number * 100 + 1, last: number * 100 + last };
}

/** 1 to 12; 0 for what is no month. */
function monthOf(name: string): number {
  return months.findIndex(month => [month, month.slice(0, 3)].includes(name.toLowerCase())) + 1;
}

/** 2000 is a leap year: somebody may be born on 29 February. */
function dayOfYear(month: number, day: number): Span | undefined {
  const date = month * 100 + day;
  return isCalendarNumber(20_000_000 + date) && month > 0 && day > 0 ? { first: date, last: date } : undefined;
}
