import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import type { Call } from '../call.ts';
import { byPartWhereNotFound, wholeNotes } from './by-part.ts';
import { expectShown, readAgainWhereDoubtful } from './doubts.ts';
import { appliedOf, withOtherSpellings } from './filters.ts';
import { type CountingCollector, openReader, type Showing } from './people-reader.ts';
import type { Question } from './question.ts';

/** How the people who were asked for were found. */
export interface Found {
  /** What was applied, as the caller is told of it. */
  readonly applied: Readonly<Record<string, unknown>>;
  /** What the caller should know of it. */
  readonly notes: readonly string[];
}

/**
 * Reads everybody who is asked for, in every usual spelling of a number or an address. The fields of the filters come
 * along, and people who don't have what was asked for are left out here: the API may not apply a filter.
 *
 * A value of several that brought nobody is asked for once more by itself, and so is a yes/no filter that has never brought
 * anybody: a system that reads several values as one would leave people out. A text that nobody has as it was asked for is
 * looked for once more in what records hold.
 */
export async function readPeople(
  question: Question,
  showing: Showing,
  collector: CountingCollector,
  call: Call,
): Promise<Found> {
  const filters = question.filters.map(withOtherSpellings);
  const reader = await openReader({ question, showing, collector }, call);
  const widened = filters.filter((filter, n) => filter !== question.filters[n]);
  try {
    await reader.read(filters);
  } catch (error) {
    if (widened.length === 0 || !isCharitylogError(error, 'invalid')) throw error;
    for (const { field } of widened) call.heeding.applyHere(field.name);
    await reader.read(filters);
  }
  await readAgainWhereDoubtful(reader, filters, call);
  for (const field of reader.unseenFields) await expectShown(field, call);
  for (const check of reader.checks) if (check.isUnreadable) throw neitherYesNorNo(check.filter.argument);
  reader.tally.expectHeld();
  const applied = { ...appliedOf(filters), ...question.appliedHere };
  const wider = await byPartWhereNotFound(question, reader.checks, call);
  if (!wider) return { applied, notes: [...question.notes, ...reader.notes(), ...wholeNotes(reader.checks)] };
  const again = await openReader({ question: wider.question, showing, collector }, call);
  await again.read(wider.question.filters.map(withOtherSpellings));
  for (const field of again.unseenFields) await expectShown(field, call);
  return { applied, notes: [...question.notes, ...again.notes(), ...(again.total > 0 ? wider.notes : [])] };
}

function neitherYesNorNo(argument: string): CharitylogError {
  return new CharitylogError(
    'unreadable',
    `Charitylog shows ${argument} of nobody as yes or no, so it is unknown who has it. Ask without it; the administrator can ` +
      'set how this system writes yes and no (CHARITYLOG_YES_NO).',
    { logText: 'neither yes nor no' },
  );
}
