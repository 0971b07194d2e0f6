import { checkOrLeaveOut, masked, type ValueKind } from './value-kind.ts';

/** The oldest person ever known was 122. */
const oldestAge = 130;

/** A day, as `YYYY-MM-DD`. */
export const date: ValueKind = {
  normal: dayOf,
  spellings: () => [],
  isWhole: () => true,
  finds: asked => stored => dayOf(stored) === dayOf(asked),
  problem: dateProblem,
  mask: text => dayOf(text).slice(0, 4) || masked,
};

/** The day of somebody's birth. */
export const birthDate: ValueKind = {
  ...date,
  problem(text, now) {
    const problem = dateProblem(text);
    if (problem) return problem;
    const today = dayInUk(now);
    const earliest = `${Number(today.slice(0, 4)) - oldestAge}${today.slice(4)}`;
    if (text > today) return `is in the future; ${checkOrLeaveOut}`;
    return text < earliest ? `is more than ${oldestAge} years ago; ${checkOrLeaveOut}` : undefined;
  },
};

/**
 * A day as `YYYYMMDD`, from `YYYY-MM-DD` (with or without a time) or from the British `DD/MM/YYYY`; blank for what is
 * none, `0000-00-00` included.
 */
function dayOf(text: string): string {
  const written = withoutUtc(text);
  const [, year, month, day] = /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(written) ?? [];
  const [, britishDay, britishMonth, britishYear] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(written) ?? [];
  const parts = [year ?? britishYear, month ?? britishMonth, day ?? britishDay].map(part =>
    (part ?? '').padStart(2, '0'),
  );
  return parts.some(part => Number(part) === 0) ? '' : parts.join('');
}

/** A day of summer that was turned into UTC begins at 23:00 the day before: `1958-08-31T23:00:00.000Z` is 1 September. */
function withoutUtc(text: string): string {
  if (text.length < 17 || !/T23:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)\s*$/.test(text)) return text;
  const moment = new Date(text.trim());
  return Number.isNaN(moment.getTime()) ? text : dayInUk(moment);
}

function dateProblem(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'is no date as YYYY-MM-DD; write it like 2001-10-30, or leave it out';
  return isCalendarDay(text) ? undefined : `is no day of the calendar; ${checkOrLeaveOut}`;
}

/** `Date` takes 30 February for 2 March, and gives another day back then. */
function isCalendarDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * A day as the number 20251130; `undefined` for what is none. Called for each of very many people, so the usual form is
 * read without an expression.
 */
export function dayNumber(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  // At 23:00 in UTC, a day of summer begins.
  const isUsual = text.length >= 10 && text[4] === '-' && text[7] === '-' && !(text[11] === '2' && text[12] === '3');
  const day = isUsual
    ? Number(text.slice(0, 4)) * 10_000 + Number(text.slice(5, 7)) * 100 + Number(text.slice(8, 10))
    : Number(dayOf(text) || Number.NaN);
  return isDay(day) ? day : undefined;
}

/**
 * A day as the number 20251130, and the time of day as a part of one behind the point, as it is written: systems write all
 * their times in one zone. `undefined` for what is no day.
 */
export function momentNumber(text: unknown): number | undefined {
  const day = dayNumber(text);
  if (day === undefined || typeof text !== 'string' || text.length <= 10 || withoutUtc(text) !== text) return day;
  const [, hour, minute, second = '0', half] =
    /[T ](\d{1,2}):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?(?: ?([ap])m)?/i.exec(text) ?? [];
  if (hour === undefined) return day;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return day + Math.min(hours * 3600 + Number(minute) * 60 + Number(second), 86_399.999) / 86_400;
}

/**
 * Somebody's age in years; `undefined` for what is no day, or is yet to come.
 *
 * @param today as 20251130
 * @param born as a record holds it
 */
export function ageOn(today: number, born: unknown): number | undefined {
  const day = dayNumber(born);
  return day === undefined || day > today ? undefined : Math.floor((today - day) / 10_000);
}

function isDay(day: number): boolean {
  const [month, date] = [Math.floor(day / 100) % 100, day % 100];
  return day >= 1_0101 && month >= 1 && month <= 12 && date >= 1 && date <= 31;
}

/** True for a day of the calendar as the number 20251130. */
export function isCalendarNumber(day: number): boolean {
  return isCalendarDay(dayText(day));
}

/** A day as YYYY-MM-DD, from the number 20251130. */
export function dayText(day: number): string {
  return String(day)
    .padStart(8, '0')
    .replace(/^(....)(..)/, '$1-$2-');
}

/** The day in the UK, as 20251130. */
export function todayInUk(): number {
  return Number(dayOf(dayInUk(new Date())));
}

let ukDays: Intl.DateTimeFormat | undefined;

/**
 * The day of a moment in the UK, as YYYY-MM-DD: in summer it begins while it is still the day before in UTC. Swedish dates
 * are written so.
 */
export function dayInUk(moment: Date): string {
  ukDays ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' });
  return ukDays.format(moment);
}
