import type { Field } from '../../catalogue/field.ts';
import type { Call } from '../call.ts';
import { GroupCounter } from './groups.ts';
import { NestedValues } from './nested-values.ts';
import { isAskedFor, type Question } from './question.ts';
import { type Found, readPeople } from './read-people.ts';
import { fieldsToResolve, idsShown } from './show-person.ts';

/** How many people were asked for, in groups, and what was applied to find them. */
export interface Counted extends Found {
  readonly counter: GroupCounter;
}

/**
 * Counts the people who are asked for by some fields. Their records are read: what the live system's own reports count
 * (manual: API Details, `dimension`) isn't documented, so their numbers can't be believed.
 */
export async function countPeople(question: Question, fields: readonly Field[], call: Call): Promise<Counted> {
  const nested = new NestedValues(call.catalogue.nestedKeys, fields);
  const by = await Promise.all(
    fields.map(async field => ({
      field,
      nested,
      options: await call.catalogue.optionsToShow(field, call.signal),
      isAsked: isAskedFor(question, field),
    })),
  );
  const unnamed = by.filter(({ options }) => !options).map(({ field }) => field);
  const showing = { fields: ['id', ...fields.map(field => field.name)], resolve: fieldsToResolve(unnamed) };
  const counter = new GroupCounter(by);
  const { applied, notes } = await readPeople(question, showing, counter, call);
  const choices = unnamed.filter(field => field.kind === 'choice');
  return { counter, applied, notes: [...notes, ...choices.map(({ name }) => idsShown(name))] };
}
