import { findCandidates } from '../matching/find-candidates.ts';
import type { Adding } from './adding.ts';
import type { Outcome, SeenBefore } from './ledger.ts';
import { onceSent } from './once-sent.ts';
import type { NewRecord } from './read-record.ts';

/** How long finding out about a doubtful create may take, in milliseconds. */
const longestLookUpMs = 20_000;

/** What is known of a create before it is looked up. */
export interface Answered {
  readonly fact: string;
  /** The id that Charitylog answered with, where it did. */
  readonly id?: number;
}

/**
 * Finds out about a create that wasn't confirmed: the one person of this name who wasn't there before, and of whom nothing
 * differs from what was sent, is the new record.
 *
 * @returns `created` or `unknown`; never rejects
 */
export async function lookUp(
  { values }: NewRecord,
  before: SeenBefore,
  { api, catalogue, writing }: Pick<Adding, 'api' | 'catalogue' | 'writing'>,
  { fact, id: answered }: Answered = { fact: 'Charitylog did not confirm the new record.' },
): Promise<Outcome> {
  const look = async (): Promise<Outcome> => {
    const now = await findCandidates(values, { api, catalogue, writing, signal: AbortSignal.timeout(longestLookUpMs) });
    const added = [...now.namesakes].filter(([id]) => !before.namesakes.includes(id));
    const [found] = added;
    if (found?.[1] && added.length === 1 && !before.isPartial && !now.doubt) {
      return { status: 'created', id: found[0], ...(found[0] !== answered && { wasFound: true }) };
    }
    const seen =
      added.length > 0
        ? `New people of this name or key: ids ${added.map(([id]) => id).join(', ')}.`
        : 'No new record of this name is there so far.';
    return { status: 'unknown', detail: `${fact} ${seen}` };
  };
  return onceSent(look, () => ({ status: 'unknown', detail: `${fact} It could not be looked up either.` }));
}
