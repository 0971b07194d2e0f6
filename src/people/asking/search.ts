import type { Field } from '../../catalogue/field.ts';
import type { Call } from '../call.ts';
import { nearNotes, PageOrNear } from './near-people.ts';
import { Page } from './page.ts';
import type { Question } from './question.ts';
import { readPeople } from './read-people.ts';
import type { RecentAnswer, RecentAnswers } from './recent-answers.ts';
import { fieldsToResolve, shortFormFields } from './show-person.ts';

/** Which people of an answer are wanted: so many, after an id. */
export interface Wanted {
  readonly afterId: number;
  readonly limit: number;
}

/**
 * The answer that holds a page of the people who are asked for: a recent one for a later page, else a new one.
 *
 * @param extra fields to show beside the short form
 */
export async function searchPeople(
  question: Question,
  extra: readonly Field[],
  { afterId, limit, answers }: Wanted & { readonly answers: RecentAnswers },
  call: Call,
): Promise<RecentAnswer> {
  const fields = [...shortFormFields, ...extra.map(field => field.name)];
  const key = JSON.stringify([question.key, fields]);
  const recent = afterId > 0 ? answers.find(key) : undefined;
  if (recent?.page.slice(afterId, limit)) return recent;
  const collector = new PageOrNear(new Page(afterId), question.distanceToName);
  const { applied, notes } = await readPeople(question, { fields, resolve: fieldsToResolve(extra) }, collector, call);
  const { page, near } = collector;
  const similar = near.people;
  const answer = { page, similar, applied, notes: [...nearNotes(similar.length, near.found), ...notes] };
  // Who has no next page isn't asked for again.
  if (page.slice(afterId, limit)?.hasMore) answers.keep(key, answer);
  return answer;
}
