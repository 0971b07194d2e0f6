import { untilAborted } from '../../base/deadlines.ts';
import type { Adding, CreateResult } from './adding.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { candidateList, typeNote } from './consent.ts';
import { handToken } from './hand-token.ts';
import type { NewRecord } from './read-record.ts';
import { stagedValues } from './staging.ts';

/** What adding the person would send, whom it would ask about, and the token to go on with. Nothing is written. */
export async function dryRun(record: NewRecord, adding: Adding): Promise<CreateResult> {
  const { settings, tokens, ledger, catalogue, signal } = adding;
  const check = await checkDuplicates(record, adding);
  const ids = check.candidates.map(({ person }) => person.id);
  const shown = Object.entries(record.shown).map(([name, value]) => [name, String(value)] as const);
  const payload =
    settings.createVia === 'clients' ? record.shown : Object.fromEntries(stagedValues(new Map(shown), settings));
  const doubt = (await untilAborted(ledger.hasDoubt(record.nameKey), signal))
    ? ' A person of this name was sent before, and whether they were added is not known: look them up first.'
    : '';
  return {
    status: 'dry_run',
    payload,
    ...candidateList(check.candidates, await catalogue.typesToShow(signal), settings),
    ...handToken(
      tokens.mint(record.values, ids),
      {
        next: `Nothing was added. ${nextStep(check.candidates.length > 0, doubt)}${typeNote(record)}`,
        doubts: doubt.trim(),
      },
      adding,
    ),
  };
}

function nextStep(hasCandidates: boolean, doubt: string): string {
  if (!hasCandidates) return `Repeat the call without dry_run to add the person.${doubt}`;
  return `One of the candidates may be this person: the user decides. If it is another, repeat the call without dry_run and with confirm_token.${doubt}`;
}
