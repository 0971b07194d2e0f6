/** Reads what stands for days: dates, months, periods, and days seen from today. */
import { isCalendarNumber } from '../../values/date.ts';
import type { Wrong } from './condition.ts';

/** What one word or date stands for: a day, or all days of a month or a year. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** `2025-11-30`, `30/11/2025`, `November 2025`, `2025`, `last month`, `today-3y`; `undefined` for what is no day. */
export function readDays(text: string, today: number): Span | undefined {
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
  const { unit, turns } = periodOf(text);
  const month = Math.floor(today / 10_000) * 12 + (Math.floor(today / 100) % 100) - 1;
  if (unit === 'week') return weekOf(movedDay(today, turns, 'w') ?? today);
  if (unit === 'month') return monthsFrom(month + turns, 1);
  return unit === 'quarter' ? monthsFrom(month - (month % 3) + turns * 3, 3) : undefined;
}

/** `last month` is the month that is one turn back. */
function periodOf(text: string): { readonly unit?: string | undefined; readonly turns: number } {
  const [, which = '', unit] =
    /^(this|current|last|previous|next) (week|month|quarter|year)$/.exec(text.toLowerCase()) ?? [];
  return { unit, turns: which === 'next' ? 1 : which === 'last' || which === 'previous' ? -1 : 0 };
}

/** What is wrong with `this year`: charities count by two kinds of years, and nobody knows which is meant. */
export function yearProblem(text: string, today: number): Wrong | undefined {
  const { unit, turns } = periodOf(text);
  if (unit !== 'year') return undefined;
  const year = Math.floor(today / 10_000) + turns;
  const april = today % 10_000 < 401 ? year - 1 : year;
  return {
    problem: `may be a calendar year or a financial one; write ${year}, or ${april}-04-01..${april + 1}-03-31`,
  };
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

/** `today`, `today-3y`, `3 years ago`. */
export function relativeDay(text: string, today: number): number | undefined {
  const word = text.toLowerCase();
  if (word === 'today') return today;
  if (word === 'yesterday') return movedDay(today, -1, 'd');
  if (word === 'tomorrow') return movedDay(today, 1, 'd');
  const form = /^(?:today ?([+-]) ?)?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)( ago)?$/;
  const [, sign, count, unit = '', ago] = form.exec(word) ?? [];
  if (!count || (sign === undefined) === (ago === undefined)) return undefined;
  return movedDay(today, sign === '+' ? Number(count) : -Number(count), unit.charAt(0) as TimeUnit);
}

/** Days, weeks, months or years. */
type TimeUnit = 'd' | 'w' | 'm' | 'y';

/** A day of a month that has fewer is its last one. */
export function movedDay(day: number, count: number, unit: TimeUnit): number | undefined {
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
export function readDaysOfYear(text: string, today: number): Span | undefined {
  const [, month, day] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (day) return dayOfYear(Number(month), Number(day));
  const [, britishDay, britishMonth] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
  if (britishMonth) return dayOfYear(Number(britishMonth), Number(britishDay));
  const relative = relativeDay(text, today);
  if (relative !== undefined) return { first: relative % 10_000, last: relative % 10_000 };
  const period = periodOf(text).unit ? readPeriod(text, today) : undefined;
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
