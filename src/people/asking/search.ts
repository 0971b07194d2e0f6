import type { Field } from '../../catalogue/field.ts';
import type { Call } from '../call.ts';
import { nearNotes, PageOrNear } from './near-people.ts';
import { Page } from './page.ts';
import type { Question } from './question.ts';
import { readPeople } from './read-people.ts';
import type { RecentAnswer, RecentAnswers } from './recent-answers.ts';
import { fieldsToResolve, shortFormFields } from './show-person.ts';
import type { Place } from './sorting/order.ts';
import type { Sorting } from './sorting/sorting.ts';

/** Which people of an answer are wanted: so many, after a place in their order. */
export interface Wanted {
  readonly after: Place | undefined;
  readonly limit: number;
}

/** How people are wanted: with which fields beside the short form, and in which order, which is that of their ids unless told. */
export interface Listing {
  readonly extra: readonly Field[];
  readonly sorting: Sorting | undefined;
}

/** The question in its order, as text: what a cursor belongs to. */
export function listingKey({ key }: Question, sorting: Sorting | undefined): string {
  return sorting ? JSON.stringify([key, sorting.key]) : key;
}

/** The answer that holds a page of the people who are asked for: a recent one for a later page, else a new one. */
export async function searchPeople(
  question: Question,
  { extra, sorting }: Listing,
  { after, limit, answers }: Wanted & { readonly answers: RecentAnswers },
  call: Call,
): Promise<RecentAnswer> {
  const sortedBy = sorting ? [sorting.field] : [];
  const shown = [...shortFormFields, ...extra.map(field => field.name)];
  const key = JSON.stringify([listingKey(question, sorting), shown]);
  const recent = after ? answers.find(key) : undefined;
  if (recent?.page.slice(after, limit)) return recent;
  const compared = sortedBy.map(field => field.name);
  const showing = {
    fields: [...shown, ...compared],
    resolve: fieldsToResolve([...extra, ...sortedBy]),
    compared,
  };
  const collector = new PageOrNear(new Page(after, sorting?.order), question.distanceToName);
  const { applied, notes } = await readPeople(question, showing, collector, call);
  const { page, near } = collector;
  const similar = near.people;
  const answer = { page, similar, applied, notes: [...nearNotes(similar.length, near.found), ...notes] };
  // Who has no next page isn't asked for again.
  if (page.slice(after, limit)?.hasMore) answers.keep(key, answer);
  return answer;
}
