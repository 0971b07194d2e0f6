import type { Option } from '../../charitylog/api.ts';
import { withLink } from '../asking/record-link.ts';
import { namesOf, PersonView } from '../asking/show-person.ts';
import type { DuplicateCheck } from '../matching/find-candidates.ts';
import type { Candidate } from '../matching/same-person.ts';
import { type Adding, AskUser, type CreateResult } from './adding.ts';
import { handToken } from './hand-token.ts';
import type { NewRecord } from './read-record.ts';

const maxShown = 10;

const notAsked = 'This host could not put the question to its user.';
const afterDismissal =
  'Nothing was added: the user closed the question without an answer. Ask them what they want, and repeat the call to have ' +
  'it put again.';

/**
 * Whether a person may be added now. If the host can ask its user, the user decides, and is asked once. Otherwise a token
 * for exactly these values and candidates decides.
 *
 * @returns `given` to go on; else what to answer, or the question to put
 */
export async function consentTo(
  record: NewRecord,
  check: DuplicateCheck,
  { settings, tokens, user, ledger, catalogue, signal }: Adding,
): Promise<'given' | CreateResult | AskUser> {
  if (user.answer === 'refused') return { status: 'declined', next: 'Nothing was added: the user said no.' };
  if (user.answer === 'dismissed') return { status: 'declined', next: afterDismissal };
  const doubts = doubtsOf(check, await ledger.hasDoubt(record.nameKey));
  const { candidates } = check;
  if (candidates.length === 0 && doubts === '' && !isAlwaysAsked(settings)) return 'given';
  const ids = candidates.map(({ person }) => person.id);
  const isConfirmed = (token: string | undefined) =>
    token !== undefined && tokens.mintedAt(token, record.values, ids) !== undefined;
  if (user.answer === 'accepted' && isConfirmed(user.state)) return 'given';
  const token = tokens.mint(record.values, ids);
  const types = await catalogue.typesToShow(signal);
  // A token is for hosts that can't ask: with one that can, it would go past the user.
  const isAsking = asksAtHost(settings) && user.canAsk;
  if (isAsking && user.answer === undefined) return new AskUser(questionFor(record, check, doubts, types), token);
  if ((!isAsking || user.answer === 'failed') && isConfirmed(record.confirmToken)) return 'given';
  const told = user.answer === 'failed' ? `${notAsked} ${doubts}`.trim() : doubts;
  return {
    status: candidates.length > 0 ? 'possible_duplicates' : 'needs_confirmation',
    ...candidateList(candidates, types, settings),
    ...handToken(token, { next: nextStep(record, check, told), doubts: told }, { settings, user }),
  };
}

function isAlwaysAsked({ confirm }: Adding['settings']): boolean {
  return confirm === 'always' || confirm === 'view';
}

/** Whether the host's own question decides; a click in the view is another way. */
function asksAtHost({ confirm, elicitation }: Adding['settings']): boolean {
  return (confirm === 'duplicates' || confirm === 'always') && elicitation === 'on';
}

/**
 * `{candidates: [{id, name, type, born, postcode, matches, differs}]}`: no more than is needed to tell people apart, and the
 * links.
 */
export function candidateList(
  candidates: readonly Candidate[],
  types: readonly Option[],
  { recordUrl }: Pick<Adding['settings'], 'recordUrl'>,
): Record<string, unknown> {
  if (candidates.length === 0) return {};
  const view = new PersonView(new Map([['type', types]]));
  const shown = candidates.slice(0, maxShown).map(({ person, born, postcode, matches, differs }) => {
    const row = {
      ...view.summaryOf(person, []),
      ...(born !== undefined && { born }),
      ...(postcode && { postcode }),
      matches: matches.join(', '),
      ...(differs.length > 0 && { differs: differs.join(', ') }),
    };
    return withLink(row, recordUrl);
  });
  const left = candidates.length - shown.length;
  return { candidates: shown, ...(left > 0 && { further_candidates: left }) };
}

/** What the caller should know of the check besides the candidates. */
function doubtsOf({ doubt }: DuplicateCheck, hasDoubtBefore: boolean): string {
  const doubts = [
    ...(doubt === 'keys only' ? ['Only the keys could be compared, not the names.'] : []),
    ...(doubt === 'nobody'
      ? ['Charitylog showed nobody at all, so the program could not check whether the person is there already.']
      : []),
    ...(hasDoubtBefore ? ['A person of this name was sent before, and the outcome is unknown.'] : []),
  ];
  return doubts.join(' ');
}

/** Which type the person gets where none is given; blank where one is. */
export function typeNote({ defaultType }: NewRecord): string {
  return defaultType === undefined ? '' : ` No type is given: Charitylog would use its default, ${defaultType}.`;
}

function nextStep(record: NewRecord, { candidates }: DuplicateCheck, doubts: string): string {
  const stale =
    record.confirmToken === undefined ? '' : 'That confirm_token is too old or belongs to other values or candidates.';
  const ask =
    candidates.length > 0 ? 'whether one of the candidates is the person' : 'whether the person should be added';
  const steps = `Nothing was added. Ask the user ${ask}; if a new record is wanted, repeat the call with confirm_token.${typeNote(record)}`;
  return [stale, doubts, steps].filter(text => text !== '').join(' ');
}

function questionFor(
  { shown, defaultType }: NewRecord,
  { candidates }: DuplicateCheck,
  doubts: string,
  types: readonly Option[],
): string {
  const type = ` (${oneLine(shown.type ?? `${defaultType}, the default`)})`;
  const lines = candidates.slice(0, maxShown).map(({ person, matches, isInactive }) => {
    const name = oneLine(`${person.first_name ?? ''} ${person.surname ?? ''}`);
    return `- ${name}, id ${person.id}, ${oneLine(namesOf(person.type, types).join('; '))}${isInactive ? ', inactive' : ''}: ${matches.join(', ')}`;
  });
  const known = lines.length > 0 ? `\nPossibly there already:\n${lines.join('\n')}` : '';
  const question = `Add ${oneLine(shown.first_name)} ${oneLine(shown.surname)}${type} to Charitylog as a new person?`;
  return `${question}${known}${doubts === '' ? '' : `\n${doubts}`}`;
}

/** A value inside a question to a person: it can't make a line of its own, nor push the question out of sight. */
function oneLine(value: unknown): string {
  const text = String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
