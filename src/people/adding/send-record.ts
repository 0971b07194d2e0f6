import { isCharitylogError } from '../../base/errors.ts';
import type { FieldLists } from '../../catalogue/catalogue.ts';
import type { PeopleApi } from '../../charitylog/api.ts';
import { statedInSuccess } from '../../charitylog/http/failures.ts';
import type { ToolContext } from '../../mcp/tool.ts';
import { findDuplicates } from '../matching/find-candidates.ts';
import type { Outcome, SeenBefore } from './ledger.ts';
import type { NewRecord } from './read-record.ts';
import { stagedValues } from './staging.ts';

/** How long finding out about a doubtful create may take, in milliseconds. */
const longestLookUpMs = 20_000;

/**
 * Sends the record, once. What is doubtful is looked up.
 *
 * @throws CharitylogError where the API refused it: nothing was written
 */
export async function sendRecord(
  { values }: NewRecord,
  before: SeenBefore,
  lists: FieldLists,
  { people, config }: ToolContext,
): Promise<Outcome> {
  try {
    if (config.createVia === 'clients') return { status: 'created', id: await people.createPerson(values) };
    await people.stagePerson(stagedValues(values, config));
    return { status: 'staged' };
  } catch (error) {
    if (isCharitylogError(error, 'invalid') && error.code === statedInSuccess && config.createVia === 'clients') {
      const outcome = await lookUp(values, before, lists, people);
      if (outcome.status === 'created') return outcome;
    }
    if (!isCharitylogError(error, 'unknown_outcome')) throw error;
    return config.createVia === 'clients'
      ? lookUp(values, before, lists, people, error.message)
      : { status: 'unknown', detail: error.message };
  }
}

/**
 * Finds out about a create that wasn't confirmed: the one person of this name who wasn't there before, and of whom nothing
 * differs from what was sent, is the new record.
 *
 * @param fact what is known of it so far
 */
export async function lookUp(
  values: NewRecord['values'],
  before: SeenBefore,
  lists: FieldLists,
  people: PeopleApi,
  fact = 'Charitylog did not confirm the new record.',
): Promise<Outcome> {
  try {
    const now = await findDuplicates(values, lists, people, AbortSignal.timeout(longestLookUpMs));
    const added = [...now.namesakes].filter(([id]) => !before.namesakes.includes(id));
    const [found] = added;
    if (found?.[1] && added.length === 1 && !before.isPartial && !now.isPartial) {
      return { status: 'created', id: found[0], wasFound: true };
    }
    const seen =
      added.length > 0
        ? `New people of this name or key: ids ${added.map(([id]) => id).join(', ')}.`
        : 'No new record of this name is there so far.';
    return { status: 'unknown', detail: `${fact} ${seen}` };
  } catch {
    return { status: 'unknown', detail: `${fact} It could not be looked up either.` };
  }
}
