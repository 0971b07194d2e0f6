import { optionName } from '../catalogue/options.ts';
import { decodeTypes } from '../charitylog/decode.ts';
import type { Option } from '../charitylog/people-api.ts';
import type { Candidate, DuplicateCheck } from './duplicates.ts';
import type { NewRecord } from './new-record.ts';
import { PersonView } from './person-view.ts';
import { AskPerson, type ToolContext } from './tool.ts';

const maxShown = 10;

/**
 * Whether a person may be added now: by a token for exactly these values and candidates, or by the word of the person at
 * the host, who is asked once where the host can ask.
 *
 * @returns `undefined` to go on; else what to answer, or the question to put
 */
export function consentFor(
  record: NewRecord,
  check: DuplicateCheck,
  types: readonly Option[],
  { config, tokens, host }: ToolContext,
): Record<string, unknown> | AskPerson | undefined {
  const { candidates } = check;
  if (candidates.length === 0 && !check.isPartial && config.confirm !== 'always') return undefined;
  const ids = candidates.map(({ person }) => person.id);
  const isConfirmed = (token: string | undefined) =>
    token !== undefined && tokens.mintedAt(token, record.values, ids) !== undefined;
  if (isConfirmed(record.confirmToken)) return undefined;
  if (host.answer !== undefined && isConfirmed(host.state)) {
    return host.answer === 'accepted'
      ? undefined
      : { status: 'declined', next: 'Nothing was added, as the person asked said no.' };
  }
  const token = tokens.mint(record.values, ids);
  const mayAsk = config.confirm !== 'never' && config.elicitation === 'on' && host.canAsk && host.answer === undefined;
  if (mayAsk) return new AskPerson(questionFor(record, check, types), token);
  return {
    status: candidates.length > 0 ? 'possible_duplicates' : 'needs_confirmation',
    ...candidateList(candidates, types),
    confirm_token: token,
    next: nextStep(record, check),
  };
}

/** `{candidates: [{id, name, type, matches, strength}]}`: no more than is needed to tell people apart. */
export function candidateList(candidates: readonly Candidate[], types: readonly Option[]): Record<string, unknown> {
  if (candidates.length === 0) return {};
  const view = new PersonView(new Map([['type', types]]));
  const shown = candidates.slice(0, maxShown).map(({ person, matches, strength }) => ({
    ...view.shortForm(person, []),
    matches: matches.join(', '),
    strength,
  }));
  const left = candidates.length - shown.length;
  return { candidates: shown, ...(left > 0 && { further_candidates: left }) };
}

function nextStep({ confirmToken }: NewRecord, { candidates, isPartial }: DuplicateCheck): string {
  const stale =
    confirmToken === undefined ? '' : 'That confirm_token is too old or belongs to other values or candidates. ';
  const why = isPartial ? 'Only the keys could be compared, not the names. ' : '';
  const ask =
    candidates.length > 0 ? 'whether one of the candidates is the person' : 'whether the person should be added';
  return `${stale}${why}Nothing was added. Ask the user ${ask}; if a new record is wanted, repeat the call with confirm_token.`;
}

function questionFor(
  { shown }: NewRecord,
  { candidates, isPartial }: DuplicateCheck,
  types: readonly Option[],
): string {
  const type = shown.type === undefined ? '' : ` (${shown.type})`;
  const lines = candidates.slice(0, maxShown).map(({ person, matches, isInactive }) => {
    const typeNames = decodeTypes(person.type)
      .map(id => optionName(types, id))
      .join('; ');
    const name = `${person.first_name ?? ''} ${person.surname ?? ''}`.trim();
    return `- ${name}, id ${person.id}, ${typeNames}${isInactive ? ', inactive' : ''}: ${matches.join(', ')}`;
  });
  const doubt = isPartial ? '\nOnly the keys could be compared, not the names.' : '';
  const known = lines.length > 0 ? `\nPossibly there already:\n${lines.join('\n')}` : '';
  return `Add ${shown.first_name} ${shown.surname}${type} to Charitylog as a new person?${known}${doubt}`;
}
