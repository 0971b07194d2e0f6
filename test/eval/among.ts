import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import { ageOn } from './calendar.ts';
import type { Truth } from './question.ts';
import { type Conditions, grouped, type Key, type Keys, where } from './truths.ts';

/** What fields and values can't say of a person. The day is today's, as YYYY-MM-DD. */
export type Test = (person: SandboxPerson, today: string) => boolean;

/** How many of the people who meet the conditions also pass the test. */
export function countAmong(conditions: Conditions, test: Test): Truth {
  return (people, { today }) => ({ is: 'count', count: among(people, conditions, test, today).length });
}

/** Who meets the conditions and passes the test. */
export function idsAmong(conditions: Conditions, test: Test): Truth {
  return (people, { today }) => ({ is: 'ids', ids: among(people, conditions, test, today).map(({ id }) => id) });
}

/** How many of the people who meet the conditions and pass the test are in each group. */
export function groupsAmong(conditions: Conditions, test: Test, ...by: Keys): Truth {
  return (people, { today }) => ({ is: 'groups', groups: grouped(among(people, conditions, test, today), today, by) });
}

/** The share of each group in percent, with one decimal. */
export function percentagesOf(conditions: Conditions, by: Key): Truth {
  return (people, { today }) => {
    const all = where(people, conditions);
    const shares = Object.entries(grouped(all, today, [by])).map(([value, count]) => [
      value,
      oneDecimal((Number(count) / all.length) * 100),
    ]);
    return { is: 'groups', groups: Object.fromEntries(shares) };
  };
}

/** The share in percent, with one decimal, of those who pass the test among those of whom it is known. */
export function percentageOf(conditions: Conditions, isKnown: Test, test: Test): Truth {
  return (people, { today }) => {
    const known = among(people, conditions, isKnown, today);
    return {
      is: 'count',
      count: oneDecimal((known.filter(person => test(person, today)).length / known.length) * 100),
    };
  };
}

/** The number of each group, where counts from 1 to 4 must not be told, nor be told by the others. */
export function hiddenGroupsOf(conditions: Conditions, by: Key): Truth {
  return (people, { today }) => ({ is: 'hidden groups', groups: grouped(where(people, conditions), today, [by]) });
}

/** The ages of the people who meet the conditions, as one number. */
export function agesOf(conditions: Conditions, figure: (ages: readonly number[]) => number): Truth {
  return (people, { today }) => {
    const born = where(people, conditions).flatMap(({ date_of_birth }) => date_of_birth ?? []);
    return { is: 'count', count: figure(born.map(day => ageOn(today, day))) };
  };
}

/** The mean with one decimal. */
export function mean(numbers: readonly number[]): number {
  return oneDecimal(numbers.reduce((total, number) => total + number, 0) / numbers.length);
}

/** The band of a person's age, of those that begin at these ages: `under 18`, `18-24`, `65+`. */
export function ageBand(...starts: readonly [number, ...number[]]): Key {
  return ({ date_of_birth }, today) => {
    if (!date_of_birth) return undefined;
    const age = ageOn(today, date_of_birth);
    const start = starts.findLast(one => one <= age);
    const next = starts.find(one => one > age);
    if (start === undefined) return `under ${next}`;
    return next === undefined ? `${start}+` : `${start}-${next - 1}`;
  };
}

function among(people: readonly SandboxPerson[], conditions: Conditions, test: Test, today: string) {
  return where(people, conditions).filter(person => test(person, today));
}

function oneDecimal(number: number): number {
  return Math.round(number * 10) / 10;
}
