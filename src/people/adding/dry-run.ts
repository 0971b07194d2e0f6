import { untilAborted } from '../../base/deadlines.ts';
import type { Adding, CreateResult } from './adding.ts';
import { checkLately } from './check-duplicates.ts';
import { doubtsOf, handToken, ifItIs, typeNote } from './consent.ts';
import type { NewRecord } from './read-record.ts';
import { candidateViewFor } from './show-candidates.ts';
import { stagedValues } from './staging.ts';

/** What adding the person would send, whom it would ask about, and the token to go on with. Nothing is written. */
export async function dryRun(record: NewRecord, adding: Adding): Promise<CreateResult> {
  const { settings, tokens, ledger, waiting } = adding;
  const check = await checkLately(record, adding);
  const candidateIds = check.candidates.map(({ person }) => person.id);
  const shown = Object.entries(record.shown).map(([name, value]) => [name, String(value)] as const);
  const payload =
    settings.createVia === 'clients' ? record.shown : Object.fromEntries(stagedValues(new Map(shown), settings));
  const hasDoubt = await untilAborted(ledger.hasDoubt(record.nameKey), waiting.signal);
  const hasCandidates = candidateIds.length > 0;
  const doubts = doubtsOf(record, check, false);
  const steps = doubts === '' || hasCandidates ? nextStep(record, hasCandidates) : inDoubtOfCheck;
  const next = `${doubts} Nothing was added. ${steps}${typeNote(record)}`.trim();
  return {
    status: 'dry_run',
    payload,
    ...(await candidateViewFor(adding)).listOf(check.candidates),
    // In doubt, the create itself looks again and asks: a token from here would go past that.
    ...(hasDoubt
      ? { next: stepsInDoubt(record, hasCandidates), forView: {} }
      : handToken(tokens.mint(record.values, { candidateIds }), { next, doubts }, adding)),
  };
}

const inDoubtOfCheck =
  'Ask the user whether the person should be added all the same; if so, repeat the call without dry_run and with confirm_token.';

/** What to do where a person of this name was sent before, and the outcome isn't known. */
function stepsInDoubt(record: NewRecord, hasCandidates: boolean): string {
  const candidates = hasCandidates
    ? ` One of the candidates may be this person: the user decides. ${ifItIs(record)}`
    : '';
  return (
    'A person of this name was sent before, and whether they were added is not known: look them up first with ' +
    `search_people. Nothing was added now.${candidates} If they are not there and the user wants them added, repeat the call ` +
    `without dry_run: it looks again, and sends nothing before the user has agreed.${typeNote(record)}`
  );
}

function nextStep(record: NewRecord, hasCandidates: boolean): string {
  if (!hasCandidates) return 'Repeat the call without dry_run to add the person.';
  return (
    `One of the candidates may be this person: the user decides. ${ifItIs(record)} If it is another, repeat the call without ` +
    'dry_run and with confirm_token.'
  );
}
