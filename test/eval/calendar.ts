/** The calendar of the truths. Days are texts as YYYY-MM-DD, which compare as days do. */

/** Today in the United Kingdom. */
export function todayInUk(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format();
}

/** The whole years that somebody has lived. */
export function ageOn(today: string, born: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The day that comes so many days later. */
export function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The same day some years before. */
export function yearsBefore(day: string, count: number): string {
  return `${Number(day.slice(0, 4)) - count}${day.slice(4)}`;
}

/** Whether the birthday is one of the days from the first to the last, given as MM-DD, over the turn of the year too. */
export function isBirthdayWithin(born: string, first: string, last: string): boolean {
  const birthday = born.slice(5);
  return first <= last ? first <= birthday && birthday <= last : first <= birthday || birthday <= last;
}

/** `2025-Q4` of a day or a time. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
