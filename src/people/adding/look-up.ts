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
  /** True where the record with that id has the names that were sent, or near ones. */
  readonly isNamedAlike?: boolean;
}

/**
 * Finds out about a create that wasn't confirmed, and never rejects: the one person of this name who wasn't there before, and
 * of whom nothing differs from what was sent, is the new record. So is the one with the id that Charitylog answered with, if it
 * is the only new one of this name or key, and its names are near: the system stored a value otherwise.
 */
export async function lookUp(
  { values }: NewRecord,
  before: SeenBefore,
  { api, catalogue, writing }: Pick<Adding, 'api' | 'catalogue' | 'writing'>,
  { fact, id: answered, isNamedAlike = false }: Answered = { fact: 'Charitylog did not confirm the new record.' },
): Promise<Outcome> {
  const look = async (): Promise<Outcome> => {
    const now = await findCandidates(values, {
      api,
      catalogue,
      writing,
      waiting: { signal: AbortSignal.timeout(longestLookUpMs) },
    });
    const added = [...now.namesakes].filter(([id]) => !before.namesakes.includes(id));
    const [[id, isIdentical] = []] = added;
    const isAnswered = id === answered;
    const isIt = isIdentical || (isAnswered && isNamedAlike);
    if (id !== undefined && isIt && added.length === 1 && !before.isPartial && !now.doubt) {
      return { status: 'created', id, ...(!isAnswered && { wasFound: true }) };
    }
    const seen =
      added.length > 0
        ? `New people of this name or key: ids ${added.map(([id]) => id).join(', ')}.`
        : 'No new record of this name is there so far.';
    return { status: 'unknown', detail: `${fact} ${seen}` };
  };
  return onceSent(look, () => ({ status: 'unknown', detail: `${fact} It could not be looked up either.` }));
}
