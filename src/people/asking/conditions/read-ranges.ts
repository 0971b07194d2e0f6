/** Reads ranges of numbers, days and days of a year, as people write them. */
import { dayText } from '../../values/date.ts';
import type { Range, Ranges, Subject, Wrong } from './condition.ts';
import { movedDay, readDays, readDaysOfYear, relativeDay, type Span, yearProblem } from './read-days.ts';

/** The kinds of subjects that have ranges. */
type RangeKind = 'number' | 'age' | 'day' | 'birthday';

/**
 * Reads `1950-01-01..1959-12-31`, `>= 65`, `between 3 and 5`, `18-25`, `65+`, `before 2020`, `today-3y`, `12-20..01-10`, `2026-12-20..2027-01-10` or one value.
 *
 * @param today as 20251130
 */
export function readRanges(text: string, kind: Subject['kind'], today: number): Ranges | Wrong | undefined {
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
function readOpen(text: string, today: number): Ranges | Wrong | undefined {
  const isOfDays = /\d[-/]\d+[-/]\d|today/i.test(text);
  const range = readRange(text, isOfDays ? 'day' : 'number', today);
  if (!range || 'problem' in range) return range;
  return { unit: isOfDays ? 'day' : 'number', ranges: [range] };
}

/** The range that a comparison with a day or a number asks for. */
type Compare = (span: Span) => Range;

const atLeast: Compare = ({ first }) => ({ from: { at: first } });
const atMost: Compare = ({ last }) => ({ to: { at: last } });
const above: Compare = ({ last }) => ({ from: { at: last, isOpen: true } });
const below: Compare = ({ first }) => ({ to: { at: first, isOpen: true } });

const comparisons: readonly (readonly [words: RegExp, compare: Compare, kinds?: readonly RangeKind[]])[] = [
  [/^(?:>=|=>|≥|at least |minimum |(?:no|not) (?:less|fewer|younger|earlier) than )/i, atLeast],
  [/^(?:<=|=<|≤|at most |maximum |up to |(?:no|not) (?:more|older|later|greater) than )/i, atMost],
  [/^(?:since |on or after )/i, atLeast, ['day']],
  [/^(?:until |till |on or before )/i, atMost, ['day']],
  [/^from /i, atLeast],
  [/^(?:>|more than |greater than )/i, above],
  [/^(?:<|less than |fewer than )/i, below],
  [/^(?:over |above )/i, above, ['number', 'age']],
  [/^(?:under |below )/i, below, ['number', 'age']],
  [/^older than /i, above, ['age']],
  [/^younger than /i, below, ['age']],
  [/^(?:after |later than )/i, above, ['day']],
  [/^(?:before |earlier than )/i, below, ['day']],
  [/ ?(?:\+|plus| (?:and|or) (?:over|above|older|more))$/i, atLeast, ['number', 'age']],
  [/ (?:and|or) (?:under|below|younger|less|fewer)$/i, atMost, ['number', 'age']],
];

/** The two ends of a range. */
const pairs: readonly RegExp[] = [
  /^(?:between |from )(.+?) (?:and|to) (.+)$/i,
  /^((?:[^.…–—]|\.(?!\.))+)(?:\.{2,3}|…|–|—)(.+)$/,
  /^(.+?) (?:to|until|-) (.+)$/i,
];

/** How much time ago: more of it is earlier. A sign may mean more time or a later day. */
const timesAgo: readonly (readonly [words: RegExp, read: (day: number, today: number) => Range | Wrong])[] = [
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
function readAgo(text: string, today: number): Range | Wrong | undefined {
  for (const [words, read] of timesAgo) {
    const day = words.test(text) && / ago$/i.test(text) ? relativeDay(text.replace(words, ''), today) : undefined;
    if (day !== undefined) return read(day, today);
  }
  return undefined;
}

function readRange(text: string, kind: RangeKind, today: number): Range | Wrong | undefined {
  const span = readSpan(text, kind, today);
  if (span) return { from: { at: span.first }, to: { at: span.last } };
  const read = kind === 'day' ? (yearProblem(text, today) ?? readAgo(text, today)) : undefined;
  if (read) return read;
  for (const [words, compare, kinds] of comparisons) {
    if (kind === 'birthday' || (kinds && !kinds.includes(kind)) || !words.test(text)) continue;
    const bound = readSpan(text.replace(words, '').trim(), kind, today);
    if (bound) return compare(bound);
  }
  return readNear(text, kind, today) ?? readPair(text, kind, today);
}

/** `in the last 12 months`, `within the next 7 days` */
function readNear(text: string, kind: RangeKind, today: number): Range | Wrong | undefined {
  const form = /^(?:(?:in|within|during|over) )?(?:the )?(last|past|next|coming) (\d{1,4} ?[a-z]+)$/i;
  const [, which = '', time] = form.exec(text) ?? [];
  const isLast = /^(?:last|past)$/i.test(which);
  const end = time ? relativeDay(isLast ? `${time} ago` : `today+${time}`, today) : undefined;
  if (end === undefined) return undefined;
  const [first, last] = isLast ? [end, today] : [today, end];
  if (kind === 'birthday') return comingDays(first, last, today);
  return kind === 'day' ? { from: { at: first }, to: { at: last } } : undefined;
}

function readPair(text: string, kind: RangeKind, today: number): Range | Wrong | undefined {
  const forms =
    kind === 'number' || kind === 'age' ? [...pairs, /^(\d+) ?- ?(\d+)$/] : [...pairs, /^(\d{4}) ?- ?(\d{4})$/];
  for (const form of forms) {
    const [, start = '', end = ''] = form.exec(text) ?? [];
    const [first, last] = [readDays(start.trim(), today)?.first, readDays(end.trim(), today)?.last];
    const dated = kind === 'birthday' ? comingDays(first, last, today) : undefined;
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
function comingDays(first: number | undefined, last: number | undefined, today: number): Range | Wrong | undefined {
  if (first === undefined || last === undefined || first > last) return undefined;
  const isComing = [first, last].every(day => Math.abs(Math.floor(day / 10_000) - Math.floor(today / 10_000)) <= 1);
  if (!isComing) return { problem: 'has days of other years; for when people were born, ask about the date of birth' };
  if (last >= (movedDay(first, 1, 'y') ?? 0))
    return { problem: 'takes less than a year: everybody has a birthday in a whole one' };
  return { from: { at: first % 10_000 }, to: { at: last % 10_000 } };
}

function readSpan(text: string, kind: RangeKind, today: number): Span | undefined {
  if (kind === 'day') return readDays(text, today);
  if (kind === 'birthday') return readDaysOfYear(text, today);
  const form = kind === 'age' ? /^\d{1,3}$/ : /^-?\d{1,15}(?:\.\d{1,6})?$/;
  const number = form.test(text) ? Number(text) + 0 : undefined;
  return number === undefined ? undefined : { first: number, last: number };
}
