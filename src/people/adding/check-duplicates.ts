import type { DuplicateCheck } from '../matching/candidate-collector.ts';
import { findCandidates, findCandidatesLately, noCheck } from '../matching/find-candidates.ts';
import type { Adding } from './adding.ts';
import type { NewRecord } from './read-record.ts';

/** The staging area is where the vendor's own search for duplicates happens, so none is made for it. */
export async function checkDuplicates({ values }: NewRecord, adding: Adding): Promise<DuplicateCheck> {
  return adding.settings.createVia === 'external_referral' ? noCheck : findCandidates(values, adding);
}

/** The same for what isn't written yet: several in a row share one reading of everybody. */
export async function checkLately({ values }: NewRecord, adding: Adding): Promise<DuplicateCheck> {
  return adding.settings.createVia === 'external_referral' ? noCheck : findCandidatesLately(values, adding);
}
