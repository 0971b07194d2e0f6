import { dayNumber } from '../../values/date.ts';

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
