/** Reads ranges of numbers, days and days of a year, as people write them. */
import { dayText, isCalendarNumber } from '../../values/date.ts';
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

/** How much time ago: more of it is earlier. A sign may mean more time or a later day. */
const timesAgo: readonly (readonly [
  words: RegExp,
  read: (day: number, today: number) => Range | { problem: string },
])[] = [
  [/^(?:more than|over|longer than|greater than) /i, day => ({ to: { at: day, isOpen: true } })],
  [/^(?:at least|minimum|(?:no|not) (?:less|fewer) than) /i, day => ({ to: { at: day } })],
  [/^(?:less than|fewer than|under) /i, (day, today) => ({ from: { at: day, isOpen: true }, to: { at: today } })],
  [/^(?:at most|maximum|up to|(?:no|not) more than) /i, (day, today) => ({ from: { at: day }, to: { at: today } })],
  [
    /^[<>=≥≤]+ ?/,
    day => ({
      problem: `may mean more time or a later day; write "before ${dayText(day)}" or "after ${dayText(day)}"`,
    }),
  ],
];

/** `more than 2 years ago` */
function readAgo(text: string, today: number): ReturnType<typeof readRange> {
  for (const [words, read] of timesAgo) {
    const day = words.test(text) && / ago$/i.test(text) ? relativeDay(text.replace(words, ''), today) : undefined;
    if (day !== undefined) return read(day, today);
  }
  return undefined;
}

function readRange(text: string, kind: RangeKind, today: number): Range | { readonly problem: string } | undefined {
  const span = readSpan(text, kind, today);
  if (span) return { from: { at: span.first }, to: { at: span.last } };
  const read = kind === 'day' ? (yearProblem(text, today) ?? readAgo(text, today)) : undefined;
  if (read) return read;
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
  return readNear(text, kind, today) ?? readPair(text, kind, today);
}

/** `in the last 12 months`, `within the next 7 days` */
function readNear(text: string, kind: RangeKind, today: number): ReturnType<typeof readRange> {
  const form = /^(?:(?:in|within|during|over) )?(?:the )?(last|past|next|coming) (\d{1,4} ?[a-z]+)$/i;
  const [, which = '', time] = form.exec(text) ?? [];
  const isLast = /^(?:last|past)$/i.test(which);
  const end = time ? relativeDay(isLast ? `${time} ago` : `today+${time}`, today) : undefined;
  if (end === undefined) return undefined;
  const [first, last] = isLast ? [end, today] : [today, end];
  if (kind === 'birthday') return readComingDays(dayText(first), dayText(last), today);
  return kind === 'day' ? { from: { at: first }, to: { at: last } } : undefined;
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
  return readPeriod(text, today) ?? spanOfDay(relativeDay(text, today));
}

/** `this week`, `last month`, `next quarter`, `2025-Q3`. Weeks begin on Monday, as in Britain. */
function readPeriod(text: string, today: number): Span | undefined {
  const [, year, quarter] = /^(\d{4})-q([1-4])$/i.exec(text) ?? [];
  if (quarter) return monthsFrom(Number(year) * 12 + (Number(quarter) - 1) * 3, 3);
  const [, which, unit] = periodForm.exec(text.toLowerCase()) ?? [];
  const turns = turnsOf(which);
  const month = Math.floor(today / 10_000) * 12 + (Math.floor(today / 100) % 100) - 1;
  if (unit === 'week') return weekOf(movedDay(today, turns, 'w') ?? today);
  if (unit === 'month') return monthsFrom(month + turns, 1);
  return unit === 'quarter' ? monthsFrom(month - (month % 3) + turns * 3, 3) : undefined;
}

const periodForm = /^(this|current|last|previous|next) (week|month|quarter|year)$/;

/** Charities count by two kinds of years, and nobody knows which is meant. */
function yearProblem(text: string, today: number): { readonly problem: string } | undefined {
  const [, which, unit] = periodForm.exec(text.toLowerCase()) ?? [];
  if (unit !== 'year') return undefined;
  const year = Math.floor(today / 10_000) + turnsOf(which);
  const april = today % 10_000 < 401 ? year - 1 : year;
  return {
    problem: `may be a calendar year or a financial one; write ${year}, or ${april}-04-01..${april + 1}-03-31`,
  };
}

function turnsOf(which = ''): number {
  if (/^(?:this|current)$/i.test(which)) return 0;
  return /^next$/i.test(which) ? 1 : -1;
}

function weekOf(day: number): Span {
  const weekday = new Date(
    Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100),
  ).getUTCDay();
  const monday = movedDay(day, -((weekday + 6) % 7), 'd') ?? day;
  return { first: monday, last: movedDay(monday, 6, 'd') ?? day };
}

/** So many months from one on, as months since the year 0. */
function monthsFrom(month: number, count: number): Span {
  const dayOf = (months: number) => Math.floor(months / 12) * 10_000 + ((months % 12) + 1) * 100 + 1;
  return { first: dayOf(month), last: movedDay(dayOf(month + count), -1, 'd') ?? dayOf(month) };
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
  if (word === 'tomorrow') return movedDay(today, 1, 'd');
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
  const period = periodForm.test(text.toLowerCase()) ? readPeriod(text, today) : undefined;
  if (period) return { first: period.first % 10_000, last: period.last % 10_000 };
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
