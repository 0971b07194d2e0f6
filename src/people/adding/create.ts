import type { Field } from '../../catalogue/field.ts';
import type { Given } from '../call.ts';
import { addPerson } from './add-person.ts';
import type { Adding, AskUser, CreateResult } from './adding.ts';
import { dryRun } from './dry-run.ts';
import { type NewRecord, readRecord } from './read-record.ts';

/** How a new person is asked for. */
export interface CreateOptions {
  /** The fields that a new record may have. */
  readonly writable: readonly Field[];
  readonly confirmToken: string | undefined;
  readonly isDryRun: boolean;
}

/**
 * Reads the person to be added, and adds them in a turn of the ledger, or tells what adding them would do.
 *
 * @throws CharitylogError where nothing was written
 */
export async function create(
  given: readonly Given[],
  { isDryRun, ...options }: CreateOptions,
  adding: Adding,
): Promise<{ readonly record: NewRecord; readonly result: CreateResult | AskUser }> {
  const record = await readRecord(given, options, adding);
  const result = isDryRun
    ? await dryRun(record, adding)
    : await adding.ledger.inTurn(adding.signal, () => addPerson(record, adding));
  return { record, result };
}
