/** Texts that nobody has as they were asked for: records may hold them more fully, or written otherwise. */
import type { Call } from '../call.ts';
import { kindOf } from '../values/kinds.ts';
import { type FilterCheck, isYesNo } from './filter-check.ts';
import type { Filter } from './filters.ts';
import { conditionOfFilter, type Question } from './question.ts';

interface WiderQuestion {
  readonly question: Question;
  /** How people were found, for the caller. */
  readonly notes: readonly string[];
}

/**
 * The question with a condition for each filter by a text that brought nobody for some value; `undefined` where there is no
 * such filter. How Charitylog compares texts isn't documented.
 */
export async function byPartWhereNotFound(
  question: Question,
  checks: readonly FilterCheck[],
  { catalogue, waiting }: Pick<Call, 'catalogue' | 'waiting'>,
): Promise<WiderQuestion | undefined> {
  const { selectable } = await catalogue.fields(waiting);
  const wider = question.filters.filter(filter => {
    const check = checks.find(one => one.filter.field === filter.field);
    const isReadable = selectable.some(({ name }) => name === filter.field.name);
    return check !== undefined && isReadable && isText(filter) && filter.values.some(value => isMissing(value, check));
  });
  if (wider.length === 0) return undefined;
  // A condition is decided here beside its filter.
  const asFilters = wider.filter(({ isCondition }) => !isCondition);
  return {
    question: {
      ...question,
      filters: question.filters.filter(filter => !wider.includes(filter)),
      conditions: [...question.conditions, ...asFilters.map(conditionOfFilter)],
    },
    notes: asFilters.filter(isFree).map(({ argument, values }) => {
      const texts = values.map(value => JSON.stringify(value)).join(' or ');
      return `${argument} was looked for within what is recorded, as nobody has exactly ${texts}.`;
    }),
  };
}

/** Tells of a free text that may be stored more fully by others than by those who were found. */
export function wholeNotes(checks: readonly FilterCheck[]): string[] {
  return checks
    .filter(({ filter, isProved }) => isProved && isText(filter) && isFree(filter) && !filter.isCondition)
    .map(({ filter: { argument, field, values } }) => {
      const texts = values.map(value => (/^[\p{L}\p{N} ]+$/u.test(value) ? value : `"${value}"`)).join(';');
      return `${argument} may be compared as a whole; where ${JSON.stringify(`${field.name} contains ${texts}`)} also finds longer texts.`;
    });
}

function isText(filter: Filter): boolean {
  return filter.field.kind === 'text' && filter.field.name !== 'id' && !isYesNo(filter);
}

/** Words without a form of their own: nobody knows whether they are the whole. */
function isFree({ field: { meaning } }: Filter): boolean {
  return meaning === undefined || ['text', 'address', 'note', 'name'].includes(meaning);
}

function isMissing(value: string, { filter, seen }: FilterCheck): boolean {
  const { normal, spellings } = kindOf(filter.field.meaning);
  const own = new Set([value, ...spellings(value)]);
  return ![...seen].some(text => own.has(text) || normal(text) === normal(value));
}
