import type { Params } from './host.ts';
import type { Person } from './person.ts';
import type { Drawn } from './view.ts';

/** Somebody who may be the new person. */
export interface Candidate extends Person {
  readonly type?: string;
  readonly born?: number | string;
  readonly postcode?: string;
  readonly matches?: string;
  readonly differs?: string;
}

/** What the review view is to show of an answer. */
export type ReviewAnswer = ReturnType<typeof readAnswer>;

/** The part of an answer that goes to the view alone. */
const forView = 'charitylog/review';

/** Reads an answer of create_person, and what only the view is told of it. */
export function readAnswer({ input, result }: Drawn) {
  const { structuredContent: told = {}, _meta } = result;
  const alone = (_meta?.[forView] ?? {}) as Params;
  const { dry_run: _, confirm_token: __, ...call } = input;
  const token = alone.confirm_token ?? told.confirm_token;
  return {
    status: String(told.status ?? ''),
    // What would be stored, or was, by argument.
    values: (alone.payload ?? told.payload ?? told.stored_fields ?? call) as Params,
    candidates: (told.candidates ?? []) as readonly Candidate[],
    furtherCandidates: Number(told.further_candidates ?? 0),
    // The call that adds the person, where there may be one.
    adding: token === undefined ? undefined : { ...call, confirm_token: token },
    // What whoever decides should know besides the candidates.
    doubts: String(alone.doubts ?? ''),
    id: told.id,
    next: told.next as string | undefined,
    notes: told.notes,
  };
}

/** `{values}` of an answer as the name of the person. */
export function nameIn(values: Params): string {
  return [values.first_name, values.surname].filter(Boolean).join(' ') || 'this person';
}
